"""What is written out: 10,000 rows in the official form, and the monthly forms of all units."""

from __future__ import annotations

import io
import time

import xlsxwriter
from django.test import RequestFactory
from django.urls import reverse

from qingfeng.apps.base.documents.ledger_files import IN_WORKER, ledger_file
from qingfeng.apps.base.orgs.models import User
from qingfeng.apps.work.campaigns.models import Campaign, CampaignUnit
from qingfeng.apps.work.problems.ledgers import problem_ledger
from qingfeng.apps.work.problems.models import Problem
from qingfeng.apps.work.returns.counting import count
from qingfeng.apps.work.returns.periods import month_of

from .district import TODAY
from .report import Line, Report

ROWS = 10_000


def export(report: Report) -> None:
    """The office's ledger in the columns of the paper, as the platform writes the file; beside it the bare cells."""
    user, campaign = User.objects.get(username="office"), Campaign.objects.get()
    request = RequestFactory().get(reverse("problems:list"))
    request.user = user  # type: ignore[assignment]
    setattr(request, IN_WORKER, lambda _number: None)
    ledger = problem_ledger(request, user, campaign)
    ledger.everything = ledger.everything.filter(pk__lte=ROWS)
    line = Line("export: 10,000 rows, official form", most_ms=3000, of_cpu=True)
    wall, cpu = time.perf_counter(), time.process_time()
    ledger_file(request, ledger.extract(official=True), "xlsx", ROWS)
    line.wall.append(1000 * (time.perf_counter() - wall))
    line.cpu.append(1000 * (time.process_time() - cpu))
    cells = [list(map(str, row)) for row in campaign_rows(campaign)]
    begun = time.perf_counter()
    book = xlsxwriter.Workbook(io.BytesIO(), {"in_memory": True})
    page = book.add_worksheet()
    for place, row in enumerate(cells):
        page.write_row(place, 0, row)
    book.close()
    line.floor.append(1000 * (time.perf_counter() - begun))
    report.add(line)


def campaign_rows(campaign: Campaign) -> list[tuple[object, ...]]:
    columns = ("ordinal", "text", "lead_unit__name", "responsible_name", "due_date", "state", "completion")
    return list(Problem.objects.filter(campaign=campaign, pk__lte=ROWS).values_list(*columns))


def forms(report: Report) -> None:
    """Every figure of the month of every unit that takes part, with the records behind it."""
    campaign = Campaign.objects.get()
    month = month_of(campaign, TODAY)
    line = Line("monthly forms of all units: counted", most_ms=60_000)
    wall, cpu = time.perf_counter(), time.process_time()
    for row in CampaignUnit.objects.filter(campaign=campaign).select_related("unit"):
        count(campaign, row.unit, month)
    line.wall.append(1000 * (time.perf_counter() - wall))
    line.cpu.append(1000 * (time.process_time() - cpu))
    report.add(line)
