"""One body under two names, and groups that are counted but not named."""

import re
from collections.abc import Iterator

from qingfeng.planreader.bodies import is_body, subject_of
from qingfeng.planreader.faults.facts import Facts, places
from qingfeng.planreader.model import Fault

_COMMISSION = re.compile(
    r"纪委监委|纪委监察局|纪委监察委|纪检监察工委|纪检监察组|纪检监察|纪工委|纪委|纪检|监委|监察局"
)
_THEME = re.compile(r"专项|整治|治理|行动|清理|工作")
_INSIDE = re.compile(r"(?:部|室|办公室|办|科|处|组|股)$")
# 联社纪委办公室, 院纪检监察科: the one office of a unit that has but one; counties have several.
_OF_COMMISSION = re.compile(
    r"(?P<body>.{1,12}?)(?:纪委监委|纪检监察|纪工委|纪检组|纪委|纪检|监委|监察)(?:办公室|部|室|办|科|处|股|组)"
)
_AREA = re.compile(r"(?:^|[县市区省州旗])$|^[县市区省州旗]|^驻")
_GROUP_OFFICE = re.compile(r"领导小组(?:办公室|办)$")
_BY = re.compile(r"(?<!自)由(?=(?P<rest>[^，。；：]{4,40}))")
_MANY = ("各", "每", "全体", "所有")
_ADDS_NOTHING = re.compile(r"管理|业务|工作|事务|事业")
_DEPARTMENT = re.compile(r"[部科处股室]$")
_ABBREVIABLE = re.compile(r"[局委]$|(?<!公)[办室]$")
_ABBREVIATED = re.compile(r"（以?下?(?:简称|统称)[：:]?“?(?P<short>[^）”“]{2,16})“?）")


def check_two_names(facts: Facts) -> Iterator[Fault]:
    """Two names among bearers and recipients that can only mean one body."""
    seen: dict[str, dict[str, list[int]]] = {}
    declared = _declared(facts)
    for name, line in _bodies(facts):
        if name not in declared:
            seen.setdefault(_core(name), {}).setdefault(name, []).append(line)
    for names in seen.values():
        if len(names) > 1:
            yield _fault(names)
    every = {n: lines for names in seen.values() for n, lines in names.items()}
    yield from _abbreviations(every, declared)
    yield from _departments(every, declared)


def _bodies(facts: Facts) -> Iterator[tuple[str, int]]:
    for item in facts.draft.obligations:
        for name in (*item.who, *item.deliver_to):
            yield name, item.line
    for paragraph in facts.outline.paragraphs:
        if paragraph.line.is_row:
            continue
        for match in _BY.finditer(paragraph.text):
            for name in subject_of(match["rest"])[0]:
                yield name, paragraph.line.number


def _declared(facts: Facts) -> set[str]:
    return {m["short"] for line in facts.outline.lines for m in _ABBREVIATED.finditer(line.plain)}


def _core(name: str) -> str:
    """The name with its commission or theme written in one way; only for offices inside a body."""
    if not _INSIDE.search(name) or name.startswith(("各", "每")):
        return name
    office = _OF_COMMISSION.fullmatch(name)
    if office and not _AREA.search(office["body"]):
        return office["body"] + "纪※"
    core = _COMMISSION.sub("纪", name)
    if core != name and len(core) >= 4:
        return core
    if _GROUP_OFFICE.search(name):
        return _THEME.sub("", name) + "※"
    if name.endswith("办") and len(name) <= 6:
        return _THEME.sub("", name) + "※" if _THEME.search(name) else name
    return name


def _abbreviations(names: dict[str, list[int]], declared: set[str]) -> Iterator[Fault]:
    """县卫健局 beside 县卫生健康局, never said to be the same."""
    agencies = sorted(
        (n for n in names if _ABBREVIABLE.search(n) and 4 <= len(n) <= 16 and not n.startswith("各")),
        key=len,
    )
    for index, short in enumerate(agencies):
        for full in agencies[index + 1 :]:
            if full not in declared and _may_be_short(short) and _is_drawn_from(short, full):
                yield _fault({short: names[short], full: names[full]})


def _departments(names: dict[str, list[int]], declared: set[str]) -> Iterator[Fault]:
    """社纪检部 beside 社纪检合规部, 院审计监督处 beside 院监督审计处: one department cut short or turned about."""
    rooms = [n for n in names if _DEPARTMENT.search(n) and 5 <= len(n) <= 16 and not n.startswith(_MANY)]
    rooms = [n for n in rooms if n not in declared and not re.search(r"[一二三四五六七八九十\d、]", n)]
    for index, one in enumerate(rooms):
        for other in rooms[index + 1 :]:
            if _is_turned(one, other) and _core(one) != _core(other):
                yield _fault({one: names[one], other: names[other]})
    for short in rooms:
        full = [n for n in rooms if n != short and _is_cut(short, n)]
        if len(full) == 1 and _core(short) != _core(full[0]):
            yield _fault({short: names[short], full[0]: names[full[0]]})


def _is_cut(short: str, full: str) -> bool:
    """Is one the other without a word that adds no task, or without the second task of a commission's department?"""
    stem = short[:-1]
    if short[-1] != full[-1] or not full.startswith(stem) or not 1 <= len(full) - len(short) <= 4:
        return False
    word = full[len(stem) : -1]
    return bool(_ADDS_NOTHING.fullmatch(word) or re.search(r"(?:纪检|纪检监察|纪委|监察)$", stem))


def _is_turned(one: str, other: str) -> bool:
    return one != other and sorted(one) == sorted(other)


def _may_be_short(name: str) -> bool:
    """An agency, or an office whose head is not itself a body (县政府办 is no short form of 县政府信访办)."""
    if re.search(r"[局委]$", name):
        return not _COMMISSION.search(name)
    return not is_body(_INSIDE.sub("", name)) and not re.search(r"第?[一二三四五六七八九十\d]", name)


def _is_drawn_from(short: str, full: str) -> bool:
    letters = iter(full)
    same_ends = len(short) < len(full) and (short[0], short[-1]) == (full[0], full[-1])
    return same_ends and all(char in letters for char in short)


def _fault(names: dict[str, list[int]]) -> Fault:
    lines = tuple(sorted({line for found in names.values() for line in found}))
    listed = "”“".join(names)
    return Fault(
        "body_two_names", f"“{listed}”像是同一个机构写成了不同名称（{places(lines)}）；请核对后统一。", lines
    )


def check_unnamed(facts: Facts) -> Iterator[Fault]:
    """Groups given by their number only."""
    for group in facts.draft.groups:
        if group.count > 1:
            message = f"第{group.line}行只写了{group.count}个{group.name}，没有写明各组名称、组成和分工；请补列名单后再分派任务。"
            yield Fault("groups_unnamed", message, (group.line,))
