"""The rule pages of the handbook, drawn from the rules and their cases, so that they cannot differ from what runs."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from qingfeng.screening.engine.macros import MACROS
from qingfeng.screening.engine.parameters import settled, told
from qingfeng.screening.engine.report.page import CONTENTS, asks
from qingfeng.screening.engine.rule import Rule, find
from qingfeng.screening.engine.run import BUNDLED, header, title
from qingfeng.screening.engine.specs import document
from qingfeng.screening.explaining import columns_used, tables_needed

INDEX, WORDS = "README.md", "words.md"
HIT_WORDS = {
    "subject": "对象", "sum": "合计（元）", "rows": "记录数", "kind": "类别", "first": "首次", "last": "末次", "score": "强度",
    "sentence": "说明",
}  # fmt: skip
DRAWN = "<!-- 由 python -m qingfeng.screening handbook 据规则文件画出，请勿手改。 -->"


def pages() -> dict[str, str]:
    """Every page by its file name."""
    rules = find(BUNDLED)
    drawn = {f"{rule.id.lower()}.md": rule_page(rule) for rule in rules}
    return {INDEX: index_page(rules), WORDS: words_page(), **drawn}


def write(folder: Path) -> int:
    """Writes the pages and removes those of rules that are gone; returns how many."""
    folder.mkdir(parents=True, exist_ok=True)
    drawn = pages()
    for path in folder.glob("*.md"):
        if path.name not in drawn:
            path.unlink()
    for name, text in drawn.items():
        (folder / name).write_text(text, encoding="utf-8")
    return len(drawn)


def index_page(rules: list[Rule]) -> str:
    """All rules in a table."""
    lines = ["# 规则一览", "", DRAWN, "", "| 规则 | 名称 | 治理内容 | 需要的表 |", "|---|---|---|---|"]
    lines += [
        f"| [{rule.id}]({rule.id.lower()}.md) | {rule.title} | {CONTENTS[rule.content - 1]} |"
        f" {tables_needed(rule)} |"
        for rule in rules
    ]
    return "\n".join([*lines, "", "规则里可用的词见 [words.md](words.md)。", ""])


def words_page() -> str:
    """The words that rules may use besides SQL's own."""
    lines = ["# 规则里可用的词", "", DRAWN, "", "| 写法 | 结果 | 意思 |", "|---|---|---|"]
    lines += [
        f"| `{macro.name}({', '.join(macro.arguments)})` | {macro.returns} | {macro.meaning} |"
        for macro in MACROS.values()
    ]
    lines.append(
        "| `has_word(文字, $名单)` | BOOLEAN | 文字含有名单（list 参数）里的任何一个词；空值视为不含 |"
    )
    return "\n".join([*lines, ""])


def rule_page(rule: Rule) -> str:
    """One rule: what it asks, on what ground, with which parameters, and its drawn cases."""
    values = settled(rule.path.name, rule.parameters, date.max, {})
    lines = [f"# {rule.id} {rule.title}", "", DRAWN, ""]
    lines += [
        f"版本 {rule.version} · 治理内容：{CONTENTS[rule.content - 1]}",
        "",
        f"**查什么**　{asks(rule)}",
        "",
    ]
    lines += [f"**依据**　{rule.basis}", "", "## 需要的表和列", ""]
    for name, columns in columns_used(rule).items():
        optional = "（可缺）" if name in rule.optional else ""
        lines.append(f"- {title(name)}（`{name}`）{optional}：{'、'.join(columns)}")
    lines += ["", "## 常见误报", "", *(f"- {word}" for word in rule.false_positives)]
    lines += ["", "## 怎样核实", "", *(f"- {word}" for word in rule.verify)]
    if rule.parameters:
        lines += ["", "## 参数", "", "| 名称 | 写法 | 值 | 为什么 |", "|---|---|---|---|"]
        lines += [
            f"| {p.title} | `{rule.id.lower()}.{name}` | {_value(told(p, values[name]))} | {p.why} |"
            for name, p in rule.parameters.items()
        ]
    if rule.choices:
        lines += ["", "## 口径取舍", "", *rule.choices.splitlines()]
    lines += ["", "## 用例", "", *_cases(rule)]
    return "\n".join([*lines, "", "## SQL", "", "```sql", rule.sql.strip("\n"), "```", ""])


def _value(value: object) -> str:
    if isinstance(value, list):
        return "；".join("＋".join(map(str, v)) if isinstance(v, list) else str(v) for v in value).replace(
            "|", "\\|"
        )
    return json.dumps(value, ensure_ascii=False).strip('"')


def _cases(rule: Rule) -> list[str]:
    """The spec file as it is, its headings one level lower and its table names in words."""
    path = document.beside(rule.path)
    lines: list[str] = []
    name = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        bare = line.strip()
        if bare.startswith("# "):
            continue
        if bare.startswith("## "):
            lines += ["", f"###{line.lstrip('#')}", ""]
        elif bare in {*rule.inputs, *rule.optional, document.HITS}:
            name = bare
            lines += ["", "**应有的命中**" if bare == document.HITS else f"{title(bare)}（`{bare}`）", ""]
        elif name and bare.startswith("|"):
            lines.append(_header_line(name, bare))
            name = ""
        else:
            lines.append("（没有）" if bare == document.NONE else line)
    return _single_blanks(lines)


def _header_line(name: str, line: str) -> str:
    """The first line of a drawn table with Chinese headers."""
    cells = [cell.strip() for cell in line.strip("|").split("|")]
    words = [HIT_WORDS.get(cell, cell) if name == document.HITS else header(name, cell) for cell in cells]
    return "| " + " | ".join("编号" if word == "rec" else word for word in words) + " |"


def _single_blanks(lines: list[str]) -> list[str]:
    kept: list[str] = []
    for line in lines:
        if line.strip() or (kept and kept[-1].strip()):
            kept.append(line)
    return kept
