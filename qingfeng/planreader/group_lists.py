"""Groups named by a list that shares one word (乡村治理、执法监督2个专班), or only in a table."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from qingfeng.planreader.bodies import is_body, split_bodies
from qingfeng.planreader.lines import Line, fold
from qingfeng.planreader.ordinals import chinese_number
from qingfeng.planreader.outline import Outline

_N = r"(?:\d{1,2}|[一二两三四五六七八九十]{1,3})"
_SHARED = re.compile(
    rf"(?:下设|设立|成立|组建|分设|内设|设置|设|抽调[^，。；]{{2,20}}组成)(?:了)?(?P<list>[\u4e00-\u9fff“”]{{2,12}}(?:(?:、|和|及|以及)[\u4e00-\u9fff“”]{{2,12}})+?)(?P<more>等)?"
    rf"(?P<n>{_N})[个支](?P<word>[\u4e00-\u9fff]{{0,8}}?(?:专班|小组|组|工作队|分队))(?=[，。；、：（]|$|分|开|负|对|具|统|按|由|进)"
)
_NUMBERED = re.compile(
    rf"(?:下设|设立|成立|组建|分设|内设|设置|设|组成|分成|分为)(?:了)?(?:以下|下列)?(?:{_N}[个支])?[\u4e00-\u9fff]{{0,8}}?(?:专班|小组|组|工作队|分队)[：:，](?:分别[是为]|即|其中)?[：:，]?(?=(?P<list>.+)$)"
)
_OWN_HEAD = re.compile(
    r"^(?:其中[，：]?)?(?:（?[一二三四五六七八九十\d]{1,2}[）、.])?(?P<name>(?![各每该本副由])[\u4e00-\u9fff“”]{1,12}?(?:工作专班|专班|小组|组|工作队|分队))(?:（[^）]*）)?(?=[，：]?(?:由|负责|成员|组长|牵头)|[，：])."
)
_BETWEEN_GROUPS = re.compile(r"；|。(?=(?:其中，?)?[\u4e00-\u9fff“”]{2,14}(?:专班|组|队)[，：由])")
_SET_UP_IN_NAME = re.compile(
    r"成立|组建|下设|[分设]设|设立|设(?=[一二两三四五六七八九十\d])|[一二两三四五六七八九十\d]个"
)
_OWN_NAME = re.compile(r"(?:组|专班|队)$")
_NAME_COLUMN = re.compile(
    r"^(?:组别|组名|小组|专班|工作组|工作专班|专项组|督导组|(?:小组|专班|工作组|工作专班|专项小组|机构)(?:名称|类别))$"
)
_MEMBER_COLUMN = re.compile(r"组成|成员|牵头|责任单位|责任部门|参与|人员构成")


@dataclass(frozen=True)
class SharedList:
    """A list of groups that shares its last word, and the number that stands with it."""

    names: tuple[str, ...]
    stated: int | None
    complete: bool
    begin: int
    end: int


@dataclass(frozen=True)
class Composed:
    """A group of a list that tells of each who makes it up or what it does."""

    name: str
    about: str


@dataclass(frozen=True)
class GroupRow:
    """A group as a row of a table."""

    name: str
    members: tuple[str, ...]
    line: int


def shared_lists(text: str) -> Iterator[SharedList]:
    """Each list of groups in which the names leave out the word that they share."""
    for match in _SHARED.finditer(text):
        parts = [part for part in re.split(r"、|以及|和|及", match["list"]) if part]
        if any(_OWN_NAME.search(part) for part in parts):
            continue
        complete = not match["more"] and not parts[-1].endswith("等")
        names = tuple(part.removesuffix("等") + match["word"] for part in parts)
        stated = chinese_number(match["n"].replace("两", "二"))
        yield SharedList(names, stated, complete, match.start(), match.end())


def composed(text: str) -> list[Composed]:
    """下设三个专班：甲专班，由…组成；乙专班由…组成；丙组：…。 Each piece opens with a group's own name."""
    return _told_one_by_one(text)[1]


def text_before_groups(text: str) -> str:
    """What a text says before it tells of groups one by one."""
    return text[: _told_one_by_one(text)[0]]


def _told_one_by_one(text: str) -> tuple[int, list[Composed]]:
    """Where the list begins that names most groups, and the groups."""
    begin, best = len(text), list[Composed]()
    for match in _NUMBERED.finditer(text):
        heads = [(piece, _OWN_HEAD.match(piece)) for piece in _BETWEEN_GROUPS.split(match["list"])]
        found = [Composed(head["name"], piece[head.end() - 1 :]) for piece, head in heads if head]
        found = [group for group in found if not _SET_UP_IN_NAME.search(group.name)]
        if len({group.name for group in found}) > max(1, len(best)):
            begin, best = match.start("list"), found
    return begin, best


def group_rows(outline: Outline) -> list[GroupRow]:
    """The groups of tables whose first columns name groups."""
    rows = [p.line for p in outline.paragraphs if p.line.is_row]
    rows += [line for attachment in outline.attachments for line in attachment.lines if line.is_row]
    found: list[GroupRow] = []
    for table in dict.fromkeys(line.table for line in rows):
        found += _of_table([line for line in rows if line.table == table])
    return found


def _of_table(rows: list[Line]) -> Iterator[GroupRow]:
    for order, head in enumerate(rows[:2]):
        cells = ["".join(cell.split()) for cell in head.columns]
        column = next((i for i, cell in enumerate(cells[:3]) if _NAME_COLUMN.match(cell)), None)
        if column is None or not any(_MEMBER_COLUMN.search(c) or "职责" in c for c in cells):
            continue
        members = [i for i, cell in enumerate(cells) if _MEMBER_COLUMN.search(cell)]
        label = "专班" if "专班" in cells[column] else "组"
        yield from (row for line in rows[order + 1 :] for row in _row(line, column, members, label))
        return


def _row(line: Line, column: int, members: list[int], label: str) -> Iterator[GroupRow]:
    cells = line.columns
    name = "".join(cells[column].split()) if column < len(cells) else ""
    name = re.sub(r"^[（(]?[一二三四五六七八九十\d]{1,2}[)）]?[、.．]", "", name)
    if not 2 <= len(name) <= 16 or re.search(r"[。，；：]", name):
        return
    name = name if _OWN_NAME.search(name) else name + label
    listed = [part for i in members if i < len(cells) for part in split_bodies(fold(cells[i]).text)]
    yield GroupRow(name, tuple(dict.fromkeys(part for part in listed if is_body(part))), line.number)
