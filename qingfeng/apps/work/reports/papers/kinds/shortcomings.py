"""What is not well, and what follows from it: only what the figures show. Causes are for people to write."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import DateField
from django.urls import reverse

from qingfeng.apps.base.orgs.models import Unit
from qingfeng.apps.base.records.hints import Unindexed
from qingfeng.apps.work.campaigns.models import Stage
from qingfeng.apps.work.problems.models import Problem
from qingfeng.apps.work.problems.queries import self_inspection_ends
from qingfeng.apps.work.reports.papers.counting import Books
from qingfeng.apps.work.reports.papers.kinds.results import by_content
from qingfeng.apps.work.reports.papers.kinds.voice import as_of, in_time
from qingfeng.apps.work.reports.papers.model import Block, Gap, Items, Quoted, Run, Runs, Text
from qingfeng.apps.work.reports.papers.wording import days, stopped, with_measure

SHORTEST_NAME = 3
"""Shorter words are not taken for the name of a unit."""
TYPICAL = 3
"""Contents of which a typical problem is told: one each, that which concerns the most people."""


@dataclass(frozen=True)
class Shortcoming:
    """One thing that is not well: what the figures say, and what is to be done."""

    title: str
    runs: Runs
    remedy_title: str
    remedy: Runs


def shortcomings(books: Books) -> list[Shortcoming]:
    """In the order of weight; empty when the figures show none."""
    asked_for = (_overdue, _unstable, _returned, _unreported, _at_zero)
    return [one for ask in asked_for if (one := ask(books))]


def _overdue(books: Books) -> Shortcoming | None:
    late = books.figure("overdue")
    if not late:
        return None
    rows = [(one.title, books.figure("overdue", category=one)) for one in books.contents]
    worst = sorted((row for row in rows if row[1].value > 1), key=lambda row: -row[1].value)[:2]
    runs: list[Run] = [f"{as_of(books.asked)}，有", late, "个问题超过整改时限仍未销号"]
    if worst:
        runs.append("，较多的是")
    for at, (title, figure) in enumerate(worst):
        runs += ["和" if at else "", title, "（", figure, "个）"]
    return Shortcoming(
        "部分问题整改超期。",
        [*runs, "。"],
        "限期办结逾期问题。",
        [
            "对逾期的",
            late,
            "个问题逐一列明责任人和办结时间，能立即整改的立即办结；确需延期的，写明理由按程序报批，批准前仍按原时限督办。",
        ],
    )


def _unstable(books: Books) -> Shortcoming | None:
    recurred, again = books.done("recurred"), books.figure("reopened")
    if not recurred and not again:
        return None
    runs: list[Run] = []
    if recurred:
        runs += ["回头看发现反弹回潮", *with_measure(recurred), "，"]
    if again:
        runs += [f"{as_of(books.asked)}有", again, "个问题正在重新整改，"]
    return Shortcoming(
        "整改成果还不稳固。",
        [*runs, "整改成果有待巩固。"],
        "巩固整改成果。",
        ["对已销号问题按期开展回头看，反弹的退回重新整改，并查清首次整改没有到位的环节。"],
    )


def _returned(books: Books) -> Shortcoming | None:
    returned = books.done("returned")
    if not returned:
        return None
    return Shortcoming(
        "有的销号申请质量不高。",
        [f"{in_time(books.asked)}有", *with_measure(returned), "销号申请被退回补正。"],
        "严格销号审核。",
        ["申请销号须附整改佐证，由单位负责人签字；审核人对照问题逐项核实，材料不齐、措施不到位的一律退回。"],
    )


def _unreported(books: Books) -> Shortcoming | None:
    missing, late = books.done("duties_missing"), books.done("duties_late")
    if not missing and not late:
        return None
    runs: list[Run] = [f"{in_time(books.asked)}到期的应报事项中，"]
    if late:
        runs += ["逾期报送", *with_measure(late)]
    if missing:
        runs += ["，" if late else "", "至今未报", *with_measure(missing)]
    return Shortcoming(
        "有的事项没有按时报送。",
        [*runs, "。"],
        "按时报送各类事项。",
        ["各责任单位对照方案列出应报事项和期限，未报的尽快补报；今后不能按时报送的，事先说明原因。"],
    )


def _at_zero(books: Books) -> Shortcoming | None:
    """Only once self-inspection is over, and where others have found something."""
    ended = self_inspection_ends(books.asked.campaign)
    if not books.figure("found") or (ended and ended >= books.asked.day):
        return None
    idle = books.units_at_zero()
    if not idle:
        return None
    return Shortcoming(
        "有的单位自查不够深入。",
        [f"{as_of(books.asked)}，仍有", idle, "个单位没有登记问题，是否确无问题有待核实。"],
        "核实零问题单位。",
        [
            "对没有登记问题的",
            idle,
            "个单位安排抽查，确无问题的按要求签订承诺书；承诺后又查出问题的，追究单位负责人责任。",
        ],
    )


def paragraphs(found: Sequence[Shortcoming]) -> list[Block]:
    return [Text(one.runs, one.title) for one in found]


def remedies(found: Sequence[Shortcoming]) -> list[Block]:
    return [Text(one.remedy, one.remedy_title) for one in found]


def coming_stage(books: Books) -> list[Block]:
    """What the plan has next: the stages that run or begin after the day of counting."""
    asked = books.asked
    stages = list(Stage.objects.filter(campaign=asked.campaign, ends_on__gt=asked.day)[:2])
    if not stages:
        return []
    spans = [f"{one.name.removesuffix('阶段')}阶段（{days(one.starts_on, one.ends_on)}）" for one in stages]
    return [
        Text(
            [f"按照方案安排，抓好{'和'.join(spans)}各项任务的落实，逐项对照应报事项和期限推进。"],
            "推进下阶段任务。",
        )
    ]


def typical(books: Books, *, named: bool) -> list[Block]:
    """Typical problems in the ledger's own words, each opening its record; units are named only where they may be."""
    chosen = _typical(books)
    if not chosen:
        return []
    hidden = [] if named else _names(books.asked.campaign.root_unit)
    items: list[Runs] = []
    for problem in chosen:
        text = _without(stopped(problem.text), [*hidden, (problem.responsible_name, "有关责任人")])
        who = problem.lead_unit.short_name if named else "有的单位"
        items.append([f"{who}：", Quoted(text, reverse("problems:problem", args=[problem.reference]))])
    return [Text(["较为典型的有："]), Items(items)]


def _typical(books: Books) -> list[Problem]:
    """A small query for each of the foremost contents, one for the records themselves."""
    titles = {one.title: one for one in books.contents}
    contents = [titles[title] for title, _figure in by_content(books) if title in titles][:TYPICAL]
    keys: list[int] = []
    period = books.asked.span.days if books.asked.period else None
    found_on = Unindexed("found_on", output_field=DateField())  # the order names one of them at once
    for content in contents:
        rows = books.rows("found", category=content).alias(day_found=found_on)
        rows = rows.filter(day_found__range=period) if period else rows
        keys += rows.order_by("-people_affected", "-found_on", "pk").values_list("pk", flat=True)[:1]
    found = Problem.objects.select_related("lead_unit").in_bulk(keys)
    return [found[key] for key in keys]


def _names(root: Unit) -> list[tuple[str, str]]:
    """Every name of a unit with what stands in its place, the longest first: 云汀区民政局, 区民政局, 民政局."""
    names = {
        name for pair in Unit.objects.exclude(pk=root.pk).values_list("name", "short_name") for name in pair
    }
    names |= {name.removeprefix(root.name) for name in names} | {
        name.removeprefix(root.name[-1]) for name in names
    }
    told = [name for name in names if len(name) >= SHORTEST_NAME]
    return [(name, "某单位") for name in sorted(told, key=len, reverse=True)]


def _without(text: str, names: Sequence[tuple[str, str]]) -> str:
    for name, instead in names:
        if name:
            text = text.replace(name, instead)
    return text


def causes() -> Gap:
    """What no figure tells."""
    return Gap("问题产生的主要原因")
