"""Who owes what a plan asks: from the plan's words (各街道各部门, 各专项治理小组, 领导小组办公室) to real bodies."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.db.models import Q

from qingfeng.apps.base.orgs.models import Group, GroupKind, Unit, UnitClosure, UnitKind
from qingfeng.apps.base.web import clock
from qingfeng.apps.work.campaigns.models import BearerKind, Campaign, CampaignGroup, CampaignUnit, Obligation

OFFICE_KINDS = ("office", GroupKind.CAMPAIGN_OFFICE)
OFFICE = re.compile(
    r"(领导小组|治理小组|专治|整治|治理|专项|专班|三资|清理|攻坚|活动|工作组)办(公室)?$|^办公室$"
)
GROUP_WORDS = (
    (re.compile(r"领导小组"), GroupKind.LEADING_GROUP),
    (re.compile(r"治理小组"), GroupKind.GOVERNANCE_GROUP),
    (re.compile(r"督导|指导组|督查检查|巡回"), GroupKind.GUIDANCE_TEAM),
    (re.compile(r"派驻|派出.*组"), GroupKind.DISPATCHED_GROUP),
    (re.compile(r"(街道|乡镇|镇|乡)纪(工)?委"), GroupKind.STREET_COMMITTEE),
    (re.compile(r"专班"), GroupKind.TASK_FORCE),
    (re.compile(r"组$"), GroupKind.WORK_GROUP),
)
UNIT_WORDS = (
    (re.compile(r"街道|乡镇|镇街|各镇|各乡|镇\(|镇（"), UnitKind.STREET),
    (re.compile(r"部门|各.{0,8}局$|各委办"), UnitKind.DEPARTMENT),
    (re.compile(r"社区|各村|村（居）|村居"), UnitKind.COMMUNITY),
    (re.compile(r"科室|各科|处室"), UnitKind.SECTION),
    (re.compile(r"站\(所\)|站（所）|站所|各站|各所(?!属)"), UnitKind.STATION),
    (re.compile(r"窗口"), UnitKind.WINDOW),
)
CLASS = re.compile(
    r"各|全区|全县|全镇|全市|所有|^(街道|社区|部门|科室|村|站所|窗口)$|[区县市镇]级|[区县市]直|职能|主管|基层"
)
EACH = re.compile(r"各|^全体|^所有|单位$")
"""“Each of them” of a class that the platform does not know (schools, firms): all that take part."""
EACH_AT_HEAD = re.compile(r"^(各个?|全体|所有)")


@dataclass(frozen=True)
class Bearers:
    """Who bears an obligation: classes of units or groups, single ones by name, or the office."""

    kind: str
    classes: tuple[str, ...] = ()
    names: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        return {**asdict(self), "classes": list(self.classes), "names": list(self.names)}

    @classmethod
    def of(cls, value: Mapping[str, Any]) -> Bearers:
        return cls(str(value["kind"]), tuple(value.get("classes", ())), tuple(value.get("names", ())))


def infer(who: Iterable[str], groups: Iterable[Mapping[str, Any]] = ()) -> list[Bearers]:
    """The bearers that the plan's words mean, one entry for each kind; the office may change them in the review."""
    known = {_plain(str(group["name"])): group for group in groups}
    classes: dict[str, list[str]] = {}
    names: dict[str, list[str]] = {}
    everyone = False
    for name in who:
        kind, found, single = _one(_plain(name), known)
        classes.setdefault(kind, []).extend(found)
        names.setdefault(kind, []).extend(single)
        everyone |= kind == BearerKind.UNITS and not found and not single
    if everyone:  # “all units” takes in every class of units, and each of them by name
        classes[BearerKind.UNITS], names[BearerKind.UNITS] = [], []
    return [
        Bearers(kind, tuple(dict.fromkeys(classes[kind])), tuple(dict.fromkeys(names[kind])))
        for kind in BearerKind.values
        if kind in classes
    ]


def _one(name: str, known: Mapping[str, Mapping[str, Any]]) -> tuple[str, list[str], list[str]]:
    """(kind of bearer, classes, names) of one of the plan's words."""
    if OFFICE.search(name) or known.get(name, {}).get("kind") in OFFICE_KINDS:
        return BearerKind.OFFICE, [], []
    if name in known and known[name].get("count", 1) == 1:
        return BearerKind.GROUPS, [], [str(known[name]["name"])]
    group_kinds = [str(kind) for word, kind in GROUP_WORDS if word.search(name)][:1]
    counted = known.get(EACH_AT_HEAD.sub("", name))
    if counted or (group_kinds and name.endswith(("组", "专班", "委"))):
        return BearerKind.GROUPS, [str(counted["kind"])] if counted else group_kinds, []
    unit_kinds = [str(kind) for word, kind in UNIT_WORDS if word.search(name)]
    if unit_kinds and CLASS.search(name):
        return BearerKind.UNITS, unit_kinds, []
    return BearerKind.UNITS, [], [] if EACH.search(name) else [name]


def _plain(name: str) -> str:
    return re.sub(r"[“”\"‘’'\s]", "", name)


def resolve(obligation: Obligation) -> tuple[list[Unit], list[Group]]:
    """The real units and groups that bear it today. Empty where the plan names somebody who is not set up here."""
    campaign = obligation.campaign
    if obligation.bearer_kind == BearerKind.OFFICE:
        return [], [campaign.office]
    if obligation.bearer_kind == BearerKind.GROUPS:
        return [], groups_of(campaign, obligation.bearer_classes, obligation.bearer_names)
    return units_of(campaign, obligation.bearer_classes, obligation.bearer_names), []


def units_of(campaign: Campaign, classes: Iterable[str], names: Iterable[str]) -> list[Unit]:
    """Units that take part, of these classes (below those that take part, where the class is one of theirs)."""
    part = Unit.objects.on(clock.today()).filter(
        pk__in=CampaignUnit.objects.filter(campaign=campaign).values("unit_id")
    )
    wanted, single = set(classes), list(names)
    if not wanted and not single:
        return list(part)
    below = UnitClosure.objects.filter(ancestor_id__in=part.values("pk")).values("descendant_id")
    own_kinds = set(part.values_list("kind", flat=True))
    chosen = Q(pk__in=part.values("pk"), kind__in=wanted & own_kinds)
    chosen |= Q(pk__in=below, kind__in=wanted - own_kinds)
    subtree = UnitClosure.objects.filter(ancestor_id=campaign.root_unit_id).values("descendant_id")
    chosen |= Q(pk__in=subtree) & (Q(name__in=single) | Q(short_name__in=single))
    return list(Unit.objects.on(clock.today()).filter(chosen))


def groups_of(campaign: Campaign, classes: Iterable[str], names: Iterable[str]) -> list[Group]:
    """The real groups that stand for the plan's groups of these kinds and names."""
    rows = CampaignGroup.objects.filter(campaign=campaign)
    wanted, single = list(classes), list(names)
    if wanted or single:
        rows = rows.filter(Q(kind__in=wanted) | Q(name__in=single))
    linked = CampaignGroup.groups.through.objects.filter(campaigngroup_id__in=rows.values("pk")).values(
        "group_id"
    )
    return list(Group.objects.filter(pk__in=linked))


def recipients(obligation: Obligation) -> list[int]:
    """Ids of the groups to which it is handed in: those the plan names, beside the office."""
    named = groups_of(obligation.campaign, [], obligation.deliver_to) if obligation.deliver_to else []
    return [obligation.campaign.office_id, *(group.pk for group in named)]
