"""A small history for papers: May and June in two streets, with a recurrence, a late one, and a void one."""

from __future__ import annotations

from datetime import date
from typing import Any

from qingfeng.apps.base.orgs.models import User
from qingfeng.apps.base.web import clock
from qingfeng.apps.work.campaigns.models import Campaign, ContentCategory
from qingfeng.apps.work.problems import actions as problems
from qingfeng.apps.work.problems.models import Origin, Problem
from qingfeng.apps.work.reports.papers.kind import asked_for, built
from qingfeng.apps.work.reports.papers.model import Block, Chart, Grid, Heading, Items, Paper, Text, plain
from qingfeng.apps.work.reports.papers.register import KINDS
from qingfeng.apps.work.returns.tests.story import close_out, file_sheet, owe_monthly_form
from tests.cast import Cast
from tests.environment.kept import kept

MAY, JUNE = date(2026, 5, 20), date(2026, 6, 8)


@kept
def history(cast: Cast, campaign: Campaign) -> dict[str, Problem]:
    """Six problems that count and a void one, by what became of them."""
    money, windows = ContentCategory.objects.filter(campaign=campaign)
    made: dict[str, Problem] = {}
    with clock.on(MAY):
        for name, content in (("struck", money), ("back", money), ("void", windows)):
            made[name] = file_sheet(cast, campaign, MAY, text=f"{name}未公示", category=content)[0]
        for name in ("struck", "back"):
            close_out(cast, made[name])
        problems.void_problem(problem=made["void"], reason="重复登记", by=cast.office)
    with clock.on(date(2026, 5, 25)):
        late = {"due_date": date(2026, 6, 5), "category": windows}
        made["late"] = file_sheet(
            cast, campaign, date(2026, 5, 25), unit=cast.street, text="临江街道窗口迟开", **late
        )[0]
    with clock.on(JUNE):
        made["open"] = file_sheet(cast, campaign, JUNE, text="名册有误", category=money, people_affected=40)[
            0
        ]
        made["plain"] = file_sheet(cast, campaign, JUNE, text="公示栏未更新")[0]
        made["sister"] = problems.register_problem(
            campaign=campaign,
            origin=Origin.objects.get(campaign=campaign, slug="tour_feedback"),
            entry=problems.ProblemEntry(
                text="台账不全", lead_unit=cast.sister, people_affected=5, category=windows
            ),
            by=cast.inspector,
            finding_group=cast.governance,
        )
        back = Problem.objects.get(pk=made["back"].pk)
        problems.look_back(problem=back, result="recurred", note="又未公示", by=cast.secretary)
    return {name: Problem.objects.get(pk=one.pk) for name, one in made.items()}


def owed(cast: Cast, campaign: Campaign) -> None:
    """A monthly form of May that nobody has handed in."""
    owe_monthly_form(cast, campaign, date(2026, 5, 1))


def made(kind: str, user: User, campaign: Campaign, **typed: Any) -> Paper:
    """The paper as this user gets it."""
    return built(KINDS[kind], asked_for(KINDS[kind], user, campaign, **typed))


def words(paper: Paper) -> str:
    """All text and tables of a paper, without its figure list."""
    return "\n".join(_words(block) for block in paper.all_blocks())


def _words(block: Block) -> str:
    if isinstance(block, Heading):
        return block.text
    if isinstance(block, Text):
        return block.lead + plain(block.runs)
    if isinstance(block, Items):
        return "\n".join(plain(item) for item in block.items)
    grid = block if isinstance(block, Grid) else block.grid
    assert isinstance(block, Grid | Chart)
    return "\n".join("|".join(map(str, row)) for row in (grid.head, *grid.rows))
