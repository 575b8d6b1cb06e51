"""The half-year report of the whole campaign: every figure counted, then the Word file."""

from __future__ import annotations

from django.db import connection

from qingfeng.apps.base.orgs.models import User
from qingfeng.apps.work.campaigns.models import Campaign
from qingfeng.apps.work.problems.models import Problem
from qingfeng.apps.work.reports.papers import printing
from qingfeng.apps.work.reports.papers.kind import asked_for, built
from qingfeng.apps.work.reports.papers.register import KINDS

from .report import Line, Report, clocked

KIND = "half_year"
COUNTED = (
    "SELECT state, lead_unit_id, category_id, COUNT(*), SUM(people_affected), SUM(sum_returned) "
    "FROM problems_problem WHERE campaign_id = %s GROUP BY state, lead_unit_id, category_id"
)


def measure(report: Report) -> None:
    if KIND not in KINDS:
        report.facts["half-year report"] = "not there yet: not measured"
        return
    user, campaign = User.objects.get(username="office"), Campaign.objects.get()
    problems = Problem.objects.count()
    line = Line(f"half-year report over {problems:,} problems, counted", most=10.0)
    with clocked() as clock:
        paper = built(KINDS[KIND], asked_for(KINDS[KIND], user, campaign))
    line.wall, line.cpu = clock.wall, clock.cpu
    with clocked() as clock, connection.cursor() as cursor:
        cursor.execute(COUNTED, [campaign.pk])
        cursor.fetchall()
    line.floor, line.floor_is = clock.cpu, "one bare SQL count of all problems by state, unit and content"
    report.lines.append(line)
    report.facts["figures in the half-year report"] = len(list(paper.figures()))
    with clocked() as clock:
        made = printing.to_docx(paper)
    report.lines.append(Line("its Word file (a process of its own)", wall=clock.wall, cpu=clock.cpu))
    report.check("a Word file", made.docx[:2], b"PK")
