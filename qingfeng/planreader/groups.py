"""Groups that a plan sets up: leading groups, offices, work groups, task forces, by name or by number."""

import re
from collections.abc import Iterable
from dataclasses import replace

from qingfeng.planreader.bodies import is_body, split_bodies
from qingfeng.planreader.group_lists import composed, group_rows, shared_lists, text_before_groups
from qingfeng.planreader.lines import Line, balanced, fold
from qingfeng.planreader.model import Group
from qingfeng.planreader.ordinals import chinese_number
from qingfeng.planreader.outline import Outline
from qingfeng.planreader.persons import names_by_line, names_in, without_names

_N = r"(?P<n>\d{1,2}|[一二两三四五六七八九十]{1,3})"
_GROUP = r"(?:工作专班|专班|领导小组|工作小组|专项小组|治理小组|整治小组|督导组|督导检查组|督查组|检查组|巡查组|工作组|小组|组|巡查队|工作队|专项组|大队|办公室)"
_COUNTED = re.compile(
    rf"(?<![第\d]){_N}(?:个|支)(?P<name>[\u4e00-\u9fff“”]{{0,12}}?(?:工作专班|专班|小组|组|工作队|巡查队|分队))(?=[：:，。；、（]|$|和|及|，|分|开|负|对|赴|具|统|按|由|进)"
)
_SET_UP = re.compile(r"下设|设立|成立|组建|分设|内设|设置|(?<!建)设(?=[\u4e00-\u9fff\d])|组成")
_LEADING = re.compile(
    r"(?:成立|组建|设立|调整|建立)(?:了)?(?P<name>[^，。；：]{0,50}?(?:领导小组|指挥部|工作小组|工作专班|专班|协调小组|工作领导组))"
)
_COMPOSED = re.compile(
    r"(?:成立|组建)(?:了)?由[^。；]{3,180}?(?:为成员|为组员|参加|参与|组成)的(?P<name>[^，。；：]{0,24}?(?:领导小组|指挥部|工作专班|专班|工作组))"
)
_ABBREVIATED = re.compile(r"（(?:以下|下)?(?:统|简)称[：:]?“?(?P<short>[^）”“]{2,16})“?）")
_OFFICE = re.compile(
    r"(?:领导小组|专班|指挥部|工作小组)(?:（[^）]*）)?(?:下设|设立|设|及|在[^，。]{2,16}设)(?:立)?办公室|(?:领导小组)?办公室(?:（[^）]*）)?设在|(?:领导小组)?下设办公室"
)
_DUTY_GROUP = re.compile(r"^(?:各|每|本|该|以下|若干|相关|有关|上述|成立|下设)")
_MEMBERS = re.compile(
    r"(?:成员(?:单位)?(?:由|为|：|包括)|由|组员(?:由|：))(?P<members>[^。；]{3,160}?)(?:组成|为(?:组员|成员)|等组成|(?=。|；|$))"
)
_ROSTER = re.compile(r"^(?P<role>(?:常务)?副?组长|成员(?:单位)?|组员)：(?P<who>.+)$")
_LED_BY = re.compile(r"(?P<role>副?组长)由(?P<post>[^。；，]{2,40}?)(?:同志)?担任")
_NAMED_IN_LINE = re.compile(
    r"(?P<name>[\u4e00-\u9fff“”]{2,14}?(?:专班|组|小组|工作队))(?:（(?P<note>[^）]{2,60})）)?"
)


def find_groups(outline: Outline) -> tuple[Group, ...]:
    """The groups of a plan; a number of unnamed ones is one record with its count."""
    lines = [p.line for p in outline.paragraphs if not p.line.is_row]
    lines += [
        line for a in outline.attachments for line in a.lines if not line.is_row and len(line.plain) > 8
    ]
    found: dict[str, Group] = {}
    tabled = [Group(r.name, kind_of(r.name), 1, r.members, r.line) for r in group_rows(outline)]
    for index, line in enumerate(lines):
        counted = () if _headed_below(lines, index) else _counted(line)
        _seat(found, line)
        counted = [group for group in counted if group.count != len(tabled)]
        for group in (
            *_leading(line),
            *_shared(line),
            *_composed(line),
            *_named(line),
            *counted,
            *_headed(line),
        ):
            known = next(
                (o for o in found.values() if o.kind == group.kind and _same(group.name, o.name)), None
            )
            if known is None:
                found[group.name] = group
            elif group.members and not known.members:
                found[known.name] = replace(known, members=group.members)
    for group in tabled:
        known = next((other for other in found.values() if _same(group.name, other.name)), None)
        name = known.name if known else group.name
        found[name] = replace(known, members=known.members or group.members) if known else group
    return tuple(found.values())


def _shared(line: Line) -> Iterable[Group]:
    """组建乡村治理、执法监督两个专班: each name with the word that they share."""
    for listed in shared_lists(line.plain):
        for name in listed.names:
            yield Group(name, kind_of(name), 1, (), line.number)


def _composed(line: Line) -> Iterable[Group]:
    """下设两个工作组：综合协调组，由…组成；明察暗访组，由…组成: each with its own members."""
    for group in composed(line.plain):
        yield Group(_clean(group.name), kind_of(group.name), 1, _members(group.about), line.number)


def _headed_below(lines: list[Line], index: int) -> bool:
    """三个工作组： followed by its items 1.综合协调组。…"""
    return sum(1 for line in lines[index + 1 : index + 10] if list(_headed(line))) >= 2


def _seat(found: dict[str, Group], line: Line) -> None:
    """组长：…, 成员：… on lines of their own belong to the leading group set up last."""
    match = _ROSTER.match(line.plain)
    last = next((g for g in reversed(found.values()) if g.kind in {"leading_group", "task_force"}), None)
    if match is None or last is None:
        return
    apart = re.sub(
        r"(?<=[^\s：:])(?: {2,}|\u3000+)(?=\S)", "、", re.split(r"[：:]", line.text, maxsplit=1)[-1].strip()
    )
    text = without_names(fold(apart).text.rstrip("。"), names_by_line([line]).get(line.number, []))
    text = re.sub(r"（）|^（(.*)）$", r"\1", text).strip("、，")
    role = match["role"]
    seats = (
        split_bodies(re.sub(r"(?:的)?(?:主要)?(?:负责人|负责同志)$", "", text))
        if role.startswith("成员")
        else (f"{role}：{text}",)
    )
    if text:
        found[last.name] = replace(last, members=tuple(dict.fromkeys([*last.members, *seats])))


def _same(one: str, other: str) -> bool:
    one, other = (re.sub(r"[“”]", "", name) for name in (one, other))
    return one == other or (min(len(one), len(other)) >= 4 and (one.endswith(other) or other.endswith(one)))


def kind_of(name: str) -> str:
    """The kind of a group by its name."""
    if name.endswith(("领导小组", "指挥部", "领导组", "协调小组")):
        return "leading_group"
    if name.endswith("办公室") or name.endswith("办"):
        return "office"
    if name.endswith("专班"):
        return "task_force"
    if re.search(r"督导|督查检查|巡回|指导组", name):
        return "guidance_team"
    if re.search(r"(?:治理|整治|专项)小组$", name):
        return "governance_group"
    return "work_group"


def _leading(line: Line) -> Iterable[Group]:
    text = line.plain
    members = _members(text_before_groups(text))
    for match in _LEADING.finditer(text):
        name = _clean(
            re.sub(r"^.*?(?:开展|推进)(?=[^的]*$)", "", match["name"])
            if len(match["name"]) > 40
            else match["name"]
        )
        if re.search(r"[一二两三四五六七八九十\d]个", match["name"]) or re.match(
            r"相应|本单位|本部门|专门|各", name
        ):
            continue
        if len(name) >= 4:
            yield Group(name, kind_of(name), 1, members, line.number)
            if re.search(r"领导小组及(?:其)?办公室", text[match.start() :]):
                yield Group(name + "办公室", "office", 1, (), line.number)
    for match in _COMPOSED.finditer(text):
        yield Group(_clean(match["name"]), kind_of(match["name"]), 1, members, line.number)
    for match in _OFFICE.finditer(text):
        short = _ABBREVIATED.search(text[match.start() : match.end() + 24])
        name = "领导小组办公室"
        host = re.search(r"办公室(?:（[^）]*）)?设在(?P<host>[^，。；]{2,24})", text)
        in_host = split_bodies(host["host"]) if host and is_body(host["host"]) else ()
        yield Group(name, "office", 1, in_host if short or in_host else (), line.number)


def _named(line: Line) -> Iterable[Group]:
    """下设综合协调组、宣传报道组…; 设综合组、核查组、宣传组三个工作组."""
    text = line.plain
    for mark in _SET_UP.finditer(text):
        stop = min((i for i in (text.find(c, mark.end()) for c in "。；") if i >= 0), default=len(text))
        segment = re.sub(
            rf"{_N}(?:个|支)[\u4e00-\u9fff“”]{{0,12}}?(?:组|专班|队)(?=[，。；、：]|$|和|及)",
            "",
            text[mark.end() : stop],
        )
        pieces = re.split(
            r"、|，|和(?!谐)|及|以及|：|分别为|分别是|即",
            re.sub(
                r"（[^）]*）",
                lambda m: "〈" + m[0][1:-1].replace("、", "·").replace("，", "·") + "〉",
                segment,
            ),
        )
        for piece in pieces:
            match = re.fullmatch(
                r"(?P<name>[^〈]{2,16}?(?:组|专班|工作队|巡查队))(?:〈(?P<note>[^〉]*)〉)?", piece.strip()
            )
            name = _clean(match["name"]) if match else ""
            if (
                match
                and len(name) >= 3
                and not re.search(r"领导小组$|成员|组长", name)
                and not _DUTY_GROUP.match(name)
            ):
                yield Group(name, kind_of(name), 1, _lead_of(match["note"]), line.number)


def _counted(line: Line) -> Iterable[Group]:
    """8个专项治理小组 without names."""
    for match in _COUNTED.finditer(line.plain):
        number = chinese_number(match["n"].replace("两", "二"))
        before = line.plain[max(0, match.start() - 40) : match.start()]
        if (
            not number
            or number < 2
            or not (
                _SET_UP.search(before)
                or re.search(r"[、和及]$", before)
                or re.search(r"派出|抽调|组织|分成|划分", before)
            )
        ):
            continue
        if not is_listed_here(line.plain, match):
            yield Group(_clean(match["name"]), kind_of(match["name"]), number, (), line.number)


def is_listed_here(text: str, match: re.Match[str]) -> bool:
    """Are the counted groups named right before or behind the number?"""
    before = re.split(r"[。；]", text[: match.start()])[-1]
    before = _SET_UP.split(before)[-1]
    after = re.split(r"[。；]", text[match.end() :])[0]
    if composed(text[max(0, match.start() - 8) :]):
        return True
    if any(shared.begin <= match.start() < shared.end for shared in shared_lists(text)):
        return True
    listed = r"[\u4e00-\u9fff“”]{2,12}(?:组|专班|队)(?:（[^）]*）)?"
    # 综合协调组、宣传组…和8个专项小组 names others, not the eight.
    if re.search(r"(?:和|及|以及|、)$", before):
        return bool(re.match(rf"[：:，](?:分别为|即)?{listed}、", after))
    return bool(
        re.search(rf"{listed}(?:、|和|及|$)", before)
        or re.match(rf"[：:，（](?:分别[为是]|即|包括)?(?!由){listed}(?:、|和|及|，|$)", after)
    )


def _headed(line: Line) -> Iterable[Group]:
    """1.综合协调组。由县纪委监委牵头，… as an item of its own."""
    match = re.match(
        r"^(?:（[一二三四五六七八九十]{1,2}）|\d{1,2}[.、]|[一二三四五六七八九十]{1,2}、|[①-⑩])(?P<name>[\u4e00-\u9fff“”]{2,14}(?:工作组|专班|组|工作队|巡查队))(?:[。：（]|$)",
        line.plain,
    )
    if (
        match
        and not _DUTY_GROUP.match(match["name"])
        and not re.search(r"领导小组$|成立|组织|副?组长", match["name"])
    ):
        yield Group(_clean(match["name"]), kind_of(match["name"]), 1, _members(line.plain), line.number)


def _lead_of(note: str | None) -> tuple[str, ...]:
    if not note:
        return ()
    text = re.sub(r"(?:牵头|负责|为主|配合|参与)", "", note.replace("·", "、"))
    return tuple(part for part in split_bodies(text) if is_body(part))


def _members(text: str) -> tuple[str, ...]:
    """Units and posts that make up a group; names of persons are left out."""
    text = without_names(text, names_in(text))
    found: list[str] = []
    for match in _MEMBERS.finditer(text):
        listed = re.sub(
            r"(?:的)?(?:主要|分管)?(?:负责人|负责同志|领导同志|领导|同志)(?:等)?$", "", match["members"]
        )
        found += [part for part in split_bodies(listed) if is_body(part)]
    posts = re.finditer(
        r"(?:由)?(?P<post>[^，。；：、]{2,30}?(?:书记|主任|局长|院长|镇长|经理|区长|县长|主席|主要负责人|董事长))[，]?(?:同志)?(?:担?任|为)(?:常务)?(?P<role>副?组长)",
        text,
    )
    leads = [f"{m['role']}：{m['post'].removeprefix('由')}" for m in posts]
    leads += [f"{m['role']}：{m['post']}" for m in _LED_BY.finditer(text)]
    return tuple(dict.fromkeys([*leads, *(name for name in found if not re.search(r"组长", name))]))


def _clean(name: str) -> str:
    name = re.sub(r"^(?:了|由|以|区|县)?(?:区委|县委)?(?:办公室)?(?:下设|设立|设|成立)", "", name)
    return balanced(name.strip("、， ").removesuffix("等"))
