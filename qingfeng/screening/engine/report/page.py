"""Draws report.html."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

import duckdb

from qingfeng.screening.catalogue import tables
from qingfeng.screening.engine.basis import in_words
from qingfeng.screening.engine.report.reading import FIRST_HITS, Row, Shown, ShownHit
from qingfeng.screening.engine.rule import Rule
from qingfeng.screening.engine.summary import RuleResult, Summary

STYLE = Path(__file__).with_name("report.css")
SCRIPT = (
    "addEventListener('beforeprint',function(){document.querySelectorAll('details:not(.quiet)').forEach("
    "function(d){d.open=true})});"
)
STATUS = {"done": "完成", "skipped": "未运行", "failed": "出错"}
FILE_STATUS = {
    "loaded": "已载入", "unchanged": "未变，沿用", "asked": "待确认", "unread": "读不了", "empty": "空表",
    "skipped": "不用", "duplicate": "重复",
}  # fmt: skip
CONTENTS = (
    "惠民惠农补贴", "集体三资", "土地征收和旧城改造", "执法和窗口服务", "工程和采购", "作风", "中央八项规定精神", "其他",
)  # fmt: skip
WORDS = {"first": "首次日期", "last": "末次日期", "rows": "记录数", "sum": "合计", "subject": "对象"}


def write(connection: duckdb.DuckDBPyConnection, path: Path, summary: Summary, rules: Sequence[Rule]) -> None:
    """Writes the page, rule by rule, so that a large run does not lie in memory."""
    by_id = {rule.id: rule for rule in rules}
    shown = Shown(connection)
    with path.open("w", encoding="utf-8") as page:
        page.write(_head(summary))
        page.write(_unsearched(summary))
        page.write(_overview(summary))
        page.write(_loads(summary))
        page.write(_quality(summary))
        for result in summary.rules:
            if result.status == "done" and result.hits:
                page.write(_rule(by_id[result.id], result, shown.of(result.id)))
        page.write("</main></body></html>\n")


def money(value: float | None) -> str:
    """Yuan with two decimals."""
    return "" if value is None else f"{value:,.2f}"


def _head(summary: Summary) -> str:
    raised = sum(result.hits for result in summary.rules)
    asked = sum(result.questions for result in summary.rules)
    ran = sum(result.status == "done" for result in summary.rules)
    stopped = (
        '<p class="note late">运行被中断：未运行的规则在下表注明，加 --resume 可接着做。</p>'
        if summary.interrupted
        else ""
    )
    return f"""<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>业务数据比对结果 {escape(summary.as_of)}</title><style>{STYLE.read_text("utf-8")}</style><script>{SCRIPT}</script></head>
<body><header><h1>业务数据比对结果</h1>
<p>数据截止 {escape(summary.as_of)} · 运行于 {escape(summary.started[:16].replace("T", " "))}
 · {len(summary.rules)}条规则，运行{ran}条 · 命中{raised:,}条，其中{asked:,}条须先核实是否同一人</p></header>
<main><p class="note">命中是要问的问题，不是结论。先看“常见误报”，再按“怎样核实”逐条核对原始记录；核实之前不停发、不通报、不作为处理依据。</p>
{stopped}"""


FOLDED_FROM = 12
UNREAD = {"asked": "待确认", "unread": "读不了"}


def _unsearched(summary: Summary) -> str:
    """What no hit can come from: files not loaded or in doubt, rules that did not run, and what to do about them."""
    out = [
        f"{_place(line)}（{UNREAD[line['status']]}）：{line.get('why') or '请看 mapping.yaml'}"
        for line in summary.files
        if line.get("status") in UNREAD
    ]
    doubted = [
        f"{_place(line)}：{'；'.join(line['doubts'])}"
        for line in summary.files
        if line.get("doubts") and line.get("status") not in UNREAD
    ]
    rules = [
        f"{result.id} {result.title}（{STATUS[result.status]}）：{result.why}"
        for result in summary.rules
        if result.status != "done"
    ]
    parts = [
        _folded(f"没有载入的表（{len(out)}张）", "待确认的，在数据文件夹的 mapping.yaml 里按说明写明是什么表、什么列；读不了的，请报送单位重新导出。", out),
        _folded(f"先载入、有列待确认的表（{len(doubted)}张）", "靠这些列判断的规则没有查它们；请在 mapping.yaml 里写明。", doubted),
        _folded(f"没有查的规则（{len(rules)}条）", "缺表、缺列的，补齐后放进数据文件夹；出错的，按说明改正。", rules),
    ]  # fmt: skip
    if not any(parts):
        return ""
    return f"<section><h2>没有查到的部分</h2>{''.join(parts)}<p class=counting>补齐后用同一条命令再运行一次，只读新增和改过的文件。没有查，不等于没有问题。</p></section>"


def _folded(title: str, remedy: str, lines: Sequence[str]) -> str:
    """Some lines under a title, folded away where they would bury what follows."""
    if not lines:
        return ""
    opened = " open" if len(lines) <= FOLDED_FROM else ""
    return (
        f"<details{opened}><summary>{title}</summary><p class=counting>{remedy}</p>{_list(lines)}</details>"
    )


def _cells(cells: Iterable[tuple[str, str, bool]]) -> str:
    return "".join(
        f'<td data-label="{escape(label)}"{" class=figure" if right else ""}>{content}</td>'
        for label, content, right in cells
    )


def _table(
    caption: str, columns: Sequence[tuple[str, bool]], rows: Iterable[Sequence[str]], kind: str = "cards"
) -> str:
    head = "".join(
        f'<th scope="col"{" class=figure" if right else ""}>{escape(name)}</th>' for name, right in columns
    )
    body = "".join(
        "<tr>"
        + _cells((name, cell, right) for (name, right), cell in zip(columns, row, strict=True))
        + "</tr>"
        for row in rows
    )
    return (
        f'<div class="wide" tabindex="0" role="region" aria-label="{escape(caption)}"><table class="{kind}">'
        f"<caption>{escape(caption)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _overview(summary: Summary) -> str:
    columns = (
        ("规则", False), ("状态", False), ("命中", True), ("待核身份", True), ("对象", True), ("涉及金额（元）", True),
        ("说明", False),
    )  # fmt: skip
    rows = []
    for result in summary.rules:
        name = f"{escape(result.id)} {escape(result.title)}"
        linked = f'<a href="#{escape(result.id)}">{name}</a>' if result.hits else name
        why = "；".join([word.rstrip("。") for word in (result.why, *result.notes) if word])
        mark = f'<span class="mark {result.status}">{STATUS[result.status]}</span>'
        counts = (result.hits, result.questions, result.subjects) if result.status == "done" else ("", "", "")
        rows.append(
            (linked, mark, *(f"{c:,}" if c != "" else "" for c in counts), money(result.sum), escape(why))
        )
    return f"<section id='all'><h2>各规则结果</h2>{_table('各规则的命中', columns, rows)}<p class=counting>口径：一条命中是一条规则下的一个对象；同一笔记录只计一次金额。强度（0—100）说明线索有多直接，用来排先后，不是属实的可能性。</p></section>"


def _loads(summary: Summary) -> str:
    """How each sheet was read: what is to be put right first, the others folded away."""
    if not summary.files:
        return ""
    told: list[tuple[str, ...]] = []
    clean: list[tuple[str, ...]] = []
    for line in summary.files:
        asked = line.get("status") in UNREAD or any(line.get(name) for name in ("why", "refused", "warnings"))
        (told if asked else clean).append(_load(line))
    shown = _table("各文件的装载", LOADS, told) if told else ""
    folded = (
        f"<details class=quiet><summary>另有{len(clean)}张表页没有要更正的（略去的合计行、重复行也列在里面）</summary>"
        f"{_table('没有要更正的文件', LOADS, clean)}</details>"
        if clean
        else ""
    )
    return f"<section><h2>装载质量</h2><p>行没有载入或格子没有采用的，都在这里按原因列出，请退给报送单位更正。</p>{shown}{folded}</section>"


LOADS = (
    ("文件", False), ("标准表", False), ("状态", False), ("读到", True), ("载入", True), ("有误", True), ("说明", False),
)  # fmt: skip


def _load(line: Mapping[str, Any]) -> tuple[str, ...]:
    status = str(line.get("status", ""))
    name = tables()[line["table"]].title if line.get("table") in tables() else ""
    wrong = sum(entry["rows"] for entry in line.get("refused") or [])
    return (
        escape(_place(line)), escape(name), escape(FILE_STATUS.get(status, status)), f"{line.get('rows_read', 0):,}",
        f"{line.get('rows_loaded', 0):,}", f"{wrong:,}", escape(remarks(line)),
    )  # fmt: skip


def remarks(line: Mapping[str, Any]) -> str:
    """What there is to say of a sheet: why it was not loaded, which rows and cells were left out and why."""
    entries = [entry for kind in ("refused", "set_aside", "warnings") for entry in line.get(kind) or []]
    return "；".join(word for word in (line.get("why"), *(_reason(entry) for entry in entries)) if word)


def _place(line: Mapping[str, Any]) -> str:
    return f"{line['file']}{' · ' + line['sheet'] if line.get('sheet') else ''}"


def _quality(summary: Summary) -> str:
    """What is to be asked back before a hit is trusted; the same words as `check` says."""
    if not summary.quality:
        return ""
    said = (
        f"{one['title']}：{one['sentence']}"
        + (f"（如 {'、'.join(one['examples'])}）" if one["examples"] else "")
        for one in summary.quality
    )
    return f"<section><h2>数据质量</h2><p>这些会让比对查不到人，或者把同一笔查成两笔；请先向报送单位问清。</p>{_list(said)}</section>"


def _examples(entry: dict[str, Any]) -> str:
    rows = entry.get("examples") or []
    return f"（如第{'、'.join(str(row) for row in rows[:5])}行）" if rows else ""


def _reason(entry: Any) -> str:
    if isinstance(entry, dict) and "reason" in entry:
        return f"{entry['reason']}{'：' + format(entry['rows'], ',') + '行' if entry.get('rows') else ''}{_examples(entry)}"
    return str(entry)


def _list(words: Iterable[str]) -> str:
    return "<ul>" + "".join(f"<li>{escape(word)}</li>" for word in words) + "</ul>"


def asks(rule: Rule) -> str:
    """The sentence of a rule with the names of its values instead of values."""

    def named(match: re.Match[str]) -> str:
        name = match[1]
        return f"〔{rule.values[name].title if name in rule.values else WORDS[name]}〕"

    return re.sub(r"{(\w+)}", named, rule.sentence)


def _rule(rule: Rule, result: RuleResult, shown: list[ShownHit]) -> str:
    content = CONTENTS[rule.content - 1]
    values = "".join(
        f"<tr><td>{escape(rule.parameters[name].title)}</td><td>{escape(spoken(value))}</td><td>{escape(rule.parameters[name].why)}</td></tr>"
        for name, value in result.parameters.items()
    )
    parameters = (
        f'<details><summary>参数</summary><div class="wide" tabindex="0" role="region" aria-label="{escape(rule.id)}的参数"><table>'
        f'<thead><tr><th scope="col">名称</th><th scope="col">值</th><th scope="col">为什么</th></tr></thead><tbody>{values}</tbody></table></div></details>'
        if values
        else ""
    )
    rest = result.hits - len(shown)
    more = (
        f"<p class=counting>这里列出前{FIRST_HITS}条，其余{rest:,}条在 hits.csv（规则 {escape(rule.id)}），证据在 evidence.parquet。</p>"
        if rest > 0
        else ""
    )
    moneys = {value.title for value in rule.values.values() if value.type == "money"}
    questions = f"，其中{result.questions:,}条须先核实是否同一人" if result.questions else ""
    amount = f"，涉及{money(result.sum)}元" if result.sum else ""
    return f"""<section id="{escape(rule.id)}" class="rule"><h2>{escape(rule.id)} {escape(rule.title)}</h2>
<p class="counting">治理内容：{content} · 规则版本 {escape(rule.version)} · 疑点{result.hits:,}条，均待核实{questions}，对象{result.subjects:,}个{amount} · <a href="#top-{escape(rule.id)}" class="skip">看命中</a> <a href="#all" class="skip">回总表</a></p>
<dl><dt>查什么</dt><dd>{escape(asks(rule))}</dd><dt>依据</dt><dd>{escape(in_words(rule.basis))}</dd>
<dt>常见误报</dt><dd>{_list(rule.false_positives)}</dd><dt>怎样核实</dt><dd>{_list(rule.verify)}</dd></dl>{parameters}
<div id="top-{escape(rule.id)}">{"".join(_hit(hit, moneys) for hit in shown)}</div>{more}</section>"""


def spoken(value: Any) -> str:
    """The value of a parameter as people write it: lists with 、, rows of a table with ；."""
    if isinstance(value, list) and value and isinstance(value[0], list):
        return "；".join("｜".join("—" if cell in (None, "") else str(cell) for cell in row) for row in value)
    if isinstance(value, list):
        return "、".join(str(cell) for cell in value)
    return {True: "是", False: "否"}[value] if isinstance(value, bool) else str(json.loads(json.dumps(value)))


def _hit(hit: ShownHit, moneys: set[str]) -> str:
    mark = (
        '<span class="mark asked">先核实身份</span>'
        if hit.kind == "question"
        else '<span class="mark open">待核实</span>'
    )
    amount = f'<span class="figure">{_grouped(hit.sum)}元</span>' if hit.sum else ""
    titles = dict.fromkeys(t for row in hit.rows for t, value in row.values.items() if value)
    same = [t for t in titles if len({row.values.get(t) for row in hit.rows}) == 1]
    varied = [t for t in titles if t not in same]

    def cell(row: Row, title: str) -> str:
        value = row.values.get(title) or ""
        return _grouped(value) if title in moneys else value

    common = "；".join(escape(f"{_with_unit(t, moneys)} {cell(hit.rows[0], t)}") for t in same)
    columns = [
        ("序", True),
        *((_with_unit(t, moneys), _is_figure(hit, t)) for t in varied),
        ("出处（文件 · 表页 · 行）", False),
    ]
    rows = [
        (str(number), *(escape(cell(row, t)) for t in varied), _places(row.places))
        for number, row in enumerate(hit.rows, start=1)
    ]
    rest = hit.rows_in_all - len(hit.rows)
    more = f"<p class=counting>另有{rest:,}行，见 evidence.parquet。</p>" if rest > 0 else ""
    return f"""<details class="hit"><summary><span class="who">{escape(hit.subject)}</span> {mark} {amount}
<span class="said">{escape(hit.sentence)}</span></summary>
<p class="counting">编号 {escape(hit.hit_id)} · 记录{hit.count:,}条 · 强度{hit.score}{f"<br>{'各行相同' if len(hit.rows) > 1 else '记录内容'}：{common}" if common else ""}</p>{_table(f"{hit.hit_id} 的证据", columns, rows, "evidence")}{more}</details>"""


def _with_unit(title: str, moneys: set[str]) -> str:
    """The header of a value; money says its unit."""
    return f"{title}（元）" if title in moneys and "元" not in title else title


def _grouped(amount: str) -> str:
    whole, point, cents = amount.partition(".")
    return f"{int(whole):,}{point}{cents}" if whole not in {"", "-", "-0"} else amount


def _is_figure(hit: ShownHit, title: str) -> bool:
    return all(re.fullmatch(r"-?[\d.]+%?", row.values.get(title) or "0") for row in hit.rows)


def _places(places: list[tuple[str, str, str, int]]) -> str:
    return "<br>".join(
        escape(f"{tables()[name].title}：{file}{' · ' + sheet if sheet else ''} · 第{line}行")
        for name, file, sheet, line in places
    )
