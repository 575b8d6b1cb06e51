"""Reads a source: Markdown whose front matter (YAML between two lines of ---) names the elements of the document."""

from __future__ import annotations

import datetime
import difflib
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token

from qingfeng.gongwen.errors import Unusable
from qingfeng.gongwen.model import (
    Attachment,
    Attendance,
    Block,
    Document,
    Form,
    Paragraph,
    Picture,
    Table,
    Words,
)
from qingfeng.gongwen.numbering import NUMBER, heading_mark, level_of
from qingfeng.gongwen.standard import KINDS, UPWARD

KEYS = {
    "kind": "文种", "issuer": "发文机关", "mark": "发文机关标志", "number": "发文字号", "signatory": "签发人",
    "secrecy": "密级和保密期限", "urgency": "紧急程度", "copy_no": "份号", "title": "标题", "addressees": "主送机关",
    "date": "成文日期", "attachments": "附件", "copied_to": "抄送机关", "issued_by": "印发机关",
    "issue_date": "印发日期", "seal": "是否盖章", "letter": "是否用信函格式", "note": "附注",
    "present": "出席", "excused": "请假", "observing": "列席",
}  # fmt: skip
"""The keys of the front matter with what they are called on paper."""

SECRECY = re.compile(r"^(绝密|机密|秘密)(★.{1,6})?$")
URGENCY = ("特急", "加急", "平急", "特提")
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
"""Makes nothing but text and lists: 000012 is no number of another base. In C where it was built, ten times as fast."""
_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_FIELD = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\$\{[^}]*\}")
"""A field of a template, as the usual template languages write one."""
_LANDSCAPE = re.compile(r"^<!--\s*横排\s*-->$")
_ATTACHMENT = re.compile(r"^附件\s*(\d*)\s*[：:]?\s*(.*)$")
_CAPTION = re.compile(r"^(?:表|图)\s*\d*\s*[：: ]?.{0,40}$")


def read_source(text: str, *, folder: Path | None = None) -> Document:
    """Reads a source text. Pictures are looked for in `folder` and nowhere else.

    Raises Unusable with the place and what to do: front matter missing, a key unknown or missing, a value of the
    wrong form, a picture that is not there.
    """
    head, body = _split(text)
    front = _front(head)
    form = _form(front)
    blocks, bodies = _blocks(body, folder or Path("."))
    document = Document(
        kind=front["kind"],
        title=front["title"],
        issuers=_list(front, "issuer"),
        blocks=tuple(blocks),
        form=form,
        mark=_text(front, "mark"),
        copy_no=_copy_no(front),
        secrecy=_matching(front, "secrecy", SECRECY, "应写作“秘密★1年”一类"),
        urgency=_one_of(front, "urgency", URGENCY),
        number=_number(front),
        signatories=_list(front, "signatory"),
        addressees=_list(front, "addressees"),
        attachments=_attachments(_list(front, "attachments"), bodies),
        date=_date(front, "date"),
        seal=_flag(front, "seal", True),
        note=_text(front, "note"),
        copied_to=_list(front, "copied_to"),
        issued_by=_text(front, "issued_by"),
        issue_date=_date(front, "issue_date"),
        attendance=Attendance(_list(front, "present"), _list(front, "excused"), _list(front, "observing")),
    )
    _check_whole(document)
    return document


def _split(text: str) -> tuple[str, str]:
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    if not text.strip():
        raise Unusable("开头", "文稿是空的；请以一行 --- 开始写明文种、标题等要素，再写正文")
    _check_letters(text)
    if not text.startswith("---\n"):
        raise Unusable("开头", "缺少写明文种、标题等要素的头部；请以一行 --- 开始，写完要素后再写一行 ---")
    head, mark, body = text[4:].partition("\n---\n")
    if not mark:
        raise Unusable("头部", "没有结束；请在要素之后单独写一行 ---")
    return head, body


def _check_letters(text: str) -> None:
    """What no paper can hold: letters that cannot be seen, fields of a template that nobody filled in."""
    for number, line in enumerate(text.split("\n"), start=1):
        if _UNSEEN.search(line):
            raise Unusable(f"第{number}行", "有看不见的控制字符，请重新录入这一行")
        if field := _FIELD.search(line):
            raise Unusable(
                f"第{number}行", f"模板栏目“{field.group()}”没有填上，请核对栏目名称，填写内容或删去"
            )


def _front(head: str) -> dict[str, Any]:
    """The front matter; every value is text as it was written."""
    try:
        front = _values(head)
    except yaml.YAMLError as trouble:
        mark = getattr(trouble, "problem_mark", None)
        where = f"第{mark.line + 2}行" if mark else "头部"
        raise Unusable(where, "写法有误，冒号后要空一格，含冒号的文字请加引号") from trouble
    if not isinstance(front, dict):
        raise Unusable("头部", "应是一行一个“名称: 内容”")
    for key in front:
        if key not in KEYS:
            near = difflib.get_close_matches(str(key), KEYS, 1)
            hint = f"，是否想写 {near[0]}（{KEYS[near[0]]}）？" if near else f"。可用的有：{'、'.join(KEYS)}"
            raise Unusable(f"头部“{key}”", f"没有这一项{hint}")
    for key in ("kind", "title", "issuer"):
        if not front.get(key):
            raise Unusable("头部", f"缺少 {key}（{KEYS[key]}）")
    front |= {key: _text(front, key) for key in ("kind", "title")}
    if front["kind"] not in KINDS:
        raise Unusable("头部“kind”", f"没有文种“{front['kind']}”。可用的有：{'、'.join(KINDS)}")
    return front


def _values(head: str) -> Any:
    """What the YAML says. One key stands once; references within it (& and *) are not taken."""
    if any(getattr(event, "anchor", None) for event in yaml.parse(head, Loader=_LOADER)):
        raise Unusable("头部", "不能用 & 和 * 引用别处；以它们开头的文字请加引号")
    node = yaml.compose(head, Loader=_LOADER)
    seen: set[str] = set()
    for key, _value in node.value if isinstance(node, yaml.MappingNode) else ():
        if key.value in seen:
            raise Unusable(f"第{key.start_mark.line + 2}行", f"{key.value} 写了两次，请只留一个")
        seen.add(str(key.value))
    return _value_of(node) if node else {}


def _value_of(node: yaml.Node) -> Any:
    if isinstance(node, yaml.MappingNode):
        return {str(key.value): _value_of(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_value_of(part) for part in node.value]
    return node.value


def _form(front: dict[str, Any]) -> Form:
    if _flag(front, "letter", front["kind"] == "函"):
        return "letter"
    return "minutes" if front["kind"] == "纪要" else "document"


def _text(front: dict[str, Any], key: str) -> str:
    value = front.get(key)
    if value is None:
        return ""
    if isinstance(value, (list, dict)):
        raise Unusable(f"头部“{key}”", f"{KEYS[key]}只能写一个")
    return str(value).strip()


def _list(front: dict[str, Any], key: str) -> tuple[str, ...]:
    value = front.get(key)
    if value is None:
        return ()
    if isinstance(value, dict):
        raise Unusable(f"头部“{key}”", f"{KEYS[key]}应写成一个或用 - 列出几个")
    return tuple(
        str(part).strip() for part in (value if isinstance(value, list) else [value]) if str(part).strip()
    )


def _flag(front: dict[str, Any], key: str, default: bool) -> bool:
    value = front.get(key) or default
    said = value.strip().lower() if isinstance(value, str) else value
    if said in (True, "是", "有", "true", "yes"):
        return True
    if said in (False, "否", "无", "false", "no"):
        return False
    raise Unusable(f"头部“{key}”", f"{KEYS[key]}应写“是”或“否”")


def _date(front: dict[str, Any], key: str) -> datetime.date | None:
    value = front.get(key)
    if not value:
        return None
    found = re.fullmatch(r"(\d{4})\s*[-年./]\s*(\d{1,2})\s*[-月./]\s*(\d{1,2})\s*日?", str(value).strip())
    try:
        if found:
            return datetime.date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        pass
    raise Unusable(f"头部“{key}”", f"{KEYS[key]}“{value}”不是一个日子，应写作 2026-03-05 或 2026年3月5日")


def _copy_no(front: dict[str, Any]) -> str:
    value = _text(front, "copy_no")
    if value and not re.fullmatch(r"\d{1,6}", value):
        raise Unusable("头部“copy_no”", "份号应是不超过6位的阿拉伯数字")
    return value.zfill(6) if value else ""


def _matching(front: dict[str, Any], key: str, pattern: re.Pattern[str], hint: str) -> str:
    value = _text(front, key)
    if value and not pattern.match(value):
        raise Unusable(f"头部“{key}”", f"{KEYS[key]}“{value}”{hint}")
    return value


def _one_of(front: dict[str, Any], key: str, allowed: Sequence[str]) -> str:
    value = _text(front, key)
    if value and value not in allowed:
        raise Unusable(f"头部“{key}”", f"{KEYS[key]}应是{'、'.join(allowed)}之一")
    return value


def _number(front: dict[str, Any]) -> str:
    value = _text(front, "number")
    if value and front["kind"] != "纪要" and not NUMBER.match(value):
        raise Unusable(
            "头部“number”",
            f"发文字号“{value}”应写作“云纪发〔2026〕6号”：六角括号、四位年份，不加“第”，不补零",
        )
    return value


def _check_whole(document: Document) -> None:
    if document.kind in UPWARD and document.form == "document" and not document.signatories:
        raise Unusable("头部", f"{document.kind}是上行文，缺少 signatory（签发人）")
    if document.kind == "请示" and len(document.addressees) > 1:
        raise Unusable("头部“addressees”", "请示只能主送一个机关，其他写入 copied_to（抄送机关）")
    if not document.blocks:
        raise Unusable("正文", "没有内容")
    if document.form != "minutes" and document.date is None:
        raise Unusable("头部", "缺少 date（成文日期）")


def _attachments(names: Sequence[str], bodies: list[tuple[str, list[Block]]]) -> tuple[Attachment, ...]:
    left = dict(enumerate(bodies))
    made = []
    for name in names:
        at = next((at for at, (title, _) in left.items() if title == name), None)
        if at is None:
            at = next((at for at, (title, _) in left.items() if not title), None)
        made.append(Attachment(name, tuple(left.pop(at)[1]) if at is not None else ()))
    for title, blocks in left.values():
        if not title:
            raise Unusable("附件", "写了附件的内容，却没有名称；请写作“# 附件1 名称”")
        made.append(Attachment(title, tuple(blocks)))
    return tuple(made)


def _blocks(body: str, folder: Path) -> tuple[list[Block], list[tuple[str, list[Block]]]]:
    tokens = MarkdownIt("commonmark").enable("table").parse(body)
    reader = _Reader(folder)
    reader.read(tokens)
    return reader.body, reader.attachments


class _Reader:
    """Walks the Markdown tokens: body first, then attachments, each begun by a heading “附件…”."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.body: list[Block] = []
        self.attachments: list[tuple[str, list[Block]]] = []
        self._counts = [0, 0, 0, 0, 0]
        self._landscape = False

    @property
    def _here(self) -> list[Block]:
        return self.attachments[-1][1] if self.attachments else self.body

    def read(self, tokens: list[Token]) -> None:
        at = 0
        while at < len(tokens):
            token = tokens[at]
            if token.type == "html_block":
                self._remark(token)
            elif token.type == "table_open":
                at = self._table(tokens, at)
                continue
            elif token.type in {"fence", "code_block"}:
                self._add_text(token.content.rstrip("\n"), 0)
            elif token.type == "inline":
                self._inline(tokens, at)
            at += 1

    def _remark(self, token: Token) -> None:
        if _LANDSCAPE.match(token.content.strip()):
            self._landscape = True
        elif not token.content.strip().startswith("<!--"):
            line = (token.map or [0])[0] + 1
            raise Unusable(f"正文第{line}行", "不能写 HTML；表格请用 | 分列，换行请空一行")

    def _inline(self, tokens: list[Token], at: int) -> None:
        token, opened = tokens[at], tokens[at - 1]
        pictures = [child for child in token.children or [] if child.type == "image"]
        if pictures:
            for picture in pictures:
                self._picture(picture)
            return
        if opened.type == "heading_open":
            self._heading(token, int(opened.tag[1]))
            return
        if opened.type == "paragraph_open" and opened.level and (mark := _item_mark(tokens, at)):
            self._here.append(Paragraph((Words(mark), *_words(token))))
            return
        for words in _paragraphs(token):
            self._here.append(_run_in(words))

    def _heading(self, token: Token, level: int) -> None:
        text = _plain(token)
        found = _ATTACHMENT.match(text)
        if level == 1 and found:
            self.attachments.append((found[2].strip(), []))
            self._counts = [0, 0, 0, 0, 0]
            return
        self._add_text(text, min(level, 4))

    def _add_text(self, text: str, level: int) -> None:
        written = level_of(text)
        if level:
            self._counts[level] += 1
            self._counts[level + 1 :] = [0] * (4 - level)
            if not written:
                text = heading_mark(level, self._counts[level]) + text
        self._here.append(Paragraph((Words(text),), level or 0))

    def _picture(self, token: Token) -> None:
        name = unquote(str(token.attrs.get("src", "")))
        path = (self.folder / name).resolve()
        if "://" in name or not path.is_relative_to(self.folder.resolve()):
            raise Unusable(f"图片“{name}”", "只能引用与文稿放在一起的图片文件，不能引用网络或别处的文件")
        if not path.is_file():
            raise Unusable(f"图片“{name}”", "没有这个文件")
        self._here.append(Picture(path, token.content))

    def _table(self, tokens: list[Token], at: int) -> int:
        rows: list[list[str]] = []
        heads = 0
        while tokens[at].type != "table_close":
            token = tokens[at]
            if token.type == "tr_open":
                rows.append([])
            elif token.type == "thead_close":
                heads = len(rows)
            elif token.type == "inline":
                rows[-1].append(_plain(token))
            at += 1
        caption = ""
        if self._here and isinstance(last := self._here[-1], Paragraph) and _is_caption(last):
            caption = last.text
            self._here.pop()
        filled = tuple(tuple(row) for row in rows)
        self._here.append(Table(filled[:heads], filled[heads:], caption, self._landscape))
        self._landscape = False
        return at + 1


def _is_caption(paragraph: Paragraph) -> bool:
    text = paragraph.text
    return (
        not paragraph.level
        and text.startswith("表")
        and _CAPTION.match(text) is not None
        and not text.endswith("。")
    )


def _item_mark(tokens: list[Token], at: int) -> str:
    """The number of a list item; a bullet stands for a plain paragraph."""
    item = tokens[at - 2]
    if item.type != "list_item_open" or not item.info:
        return ""
    return f"{item.info}."


def _words(token: Token) -> Iterator[Words]:
    strong = 0
    for child in token.children or []:
        if child.type == "strong_open":
            strong += 1
        elif child.type == "strong_close":
            strong -= 1
        elif child.type in {"text", "code_inline"} and child.content:
            yield Words(child.content, bool(strong))
        elif child.type == "hardbreak":
            yield Words("\n")
        elif child.type == "link_open" and not _is_bare(token, child):
            raise Unusable(f"正文“{token.content[:12]}…”", "不能写链接，纸上点不开；网址请照原样写出来")
        elif child.type == "html_inline":
            raise Unusable(f"正文“{token.content[:12]}…”", "不能写 HTML；加粗请用两个星号，换行请空一行")


def _is_bare(token: Token, link: Token) -> bool:
    """Whether a link is the address itself, written out."""
    children = token.children or []
    after = children[children.index(link) + 1]
    return after.content in str(link.attrs.get("href", ""))


def _paragraphs(token: Token) -> Iterator[tuple[Words, ...]]:
    """A paragraph; a hard break in Markdown begins a new one. Soft breaks join, as Chinese has no blanks."""
    words: list[Words] = []
    for part in _words(token):
        if part.text == "\n":
            yield tuple(words)
            words = []
        else:
            words.append(part)
    if words:
        yield tuple(words)


def _run_in(words: tuple[Words, ...]) -> Paragraph:
    text = "".join(part.text for part in words)
    level = level_of(text)
    if level not in {1, 2}:
        return Paragraph(words)
    stop = text.find("。")
    if stop < 0:
        return Paragraph(words, level)
    return Paragraph(words, 0, lead=stop + 1) if len(text) > stop + 1 else Paragraph(words, level)


def _plain(token: Token) -> str:
    return "".join(part.text for part in _words(token)).strip()
