"""Who speaks, to whom, and what the campaign and its plan are called on paper."""

from __future__ import annotations

from qingfeng.apps.base.orgs.models import UnitKind, User
from qingfeng.apps.base.orgs.visibility import holdings
from qingfeng.apps.work.campaigns.models import CampaignUnit
from qingfeng.apps.work.reports.papers.asking import Asked
from qingfeng.apps.work.reports.papers.counting import Books
from qingfeng.apps.work.reports.papers.model import Run
from qingfeng.apps.work.reports.papers.periods import MONTH, QUARTER, STAGE, YEAR
from qingfeng.apps.work.reports.papers.wording import day, days

_OWN_WORDS = {
    UnitKind.STREET: "我街道",
    UnitKind.COMMUNITY: "我社区",
    UnitKind.DISTRICT: "我区",
}


def we(asked: Asked) -> str:
    """How the issuer speaks of itself: 我办, 我街道, 我单位."""
    if asked.is_whole:
        return "我办"
    return _OWN_WORDS.get(UnitKind(asked.unit.kind), "我单位")


def the_area(asked: Asked) -> str:
    """Where it happened: 全区, 全街道."""
    if asked.is_whole:
        return "全区"
    return {UnitKind.STREET: "全街道", UnitKind.COMMUNITY: "本社区"}.get(UnitKind(asked.unit.kind), "本单位")


def in_time(asked: Asked) -> str:
    """The period, spoken of within the paper: 本月, 上半年, 全年."""
    is_over = asked.day >= min(asked.span.end, asked.campaign.ends_on)
    words = {MONTH: "本月", QUARTER: "本季度", YEAR: "全年" if is_over else "今年以来", STAGE: "本阶段"}
    return words.get(asked.span.kind) or asked.span.words[-3:]


def days_in_words(asked: Asked) -> str:
    """2026年上半年（2026年5月11日至6月30日）: the days of it in which the campaign ran."""
    first = max(asked.span.start, min(asked.campaign.starts_on, asked.span.end))
    last = min(asked.span.end, max(asked.campaign.ends_on, first))
    return f"{asked.span.words}（{days(first, last)}）"


def superior(asked: Asked) -> str:
    """To whom a report goes: the office reports to its leading group, a unit to the office."""
    office = asked.campaign.office.name
    if not asked.is_whole:
        return office
    group = office.removesuffix("办公室")
    return group if group != office else asked.campaign.issuer or asked.campaign.root_unit.name


def everyone(asked: Asked) -> list[str]:
    """To whom a circular goes: those that take part, by their kinds."""
    rows = CampaignUnit.objects.filter(campaign=asked.campaign).values_list("unit__kind", "unit__name")
    streets = {name for kind, name in rows if kind == UnitKind.STREET}
    found = []
    if streets:
        all_streets = all(name.endswith("街道") for name in streets)
        none_streets = not any(name.endswith("街道") for name in streets)
        found.append("各街道" if all_streets else "各乡镇" if none_streets else "各街道、乡镇")
    if any(kind == UnitKind.DEPARTMENT for kind, _name in rows):
        level = asked.campaign.root_unit.name[-1]
        found.append(f"{level}级有关部门" if level in "区县市" else "各有关部门")
    return found or ["各有关单位"]


def the_plan(asked: Asked) -> str:
    """《……实施方案》（云纪发〔2026〕3号）"""
    number = f"（{asked.campaign.document_no}）" if asked.campaign.document_no else ""
    return f"《{asked.campaign.title}》{number}"


def as_of(asked: Asked) -> str:
    """截至2026年6月10日"""
    return f"截至{day(asked.day)}"


def standing(books: Books) -> list[Run]:
    """How far it has come, all in all: one clause, for the beginning of a paper."""
    found = books.figure("found")
    if not found:
        return [f"{as_of(books.asked)}，台账中没有登记问题"]
    closed, rate = books.figure("closed_out"), books.figure("close_out_rate")
    runs: list[Run] = [f"{as_of(books.asked)}，累计发现问题", found, "个"]
    if closed:
        return [*runs, "，已销号", closed, "个，销号率", rate]
    return [*runs, "，尚无问题销号"]


def approval(asked: Asked) -> list[str]:
    """Who approved that units are named, as told by whoever drafts."""
    if asked.approved_by is None:
        return []
    account = User.objects.filter(person=asked.approved_by).first()
    titles = "、".join(dict.fromkeys(holding.title for holding in holdings(account))) if account else ""
    return [
        f"本通报点名的单位，经{asked.approved_by.name}（{titles}）批准；由{asked.user.person.name}于{day(asked.day)}登记。"
    ]
