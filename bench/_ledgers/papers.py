"""What is written out: 10,000 rows in the official form, and the monthly forms of all units."""

from __future__ import annotations

import io
import time
from collections.abc import Callable

import xlsxwriter
from django.db import connection, transaction
from django.test import RequestFactory
from django.urls import reverse

from qingfeng.apps.base.documents.ledger_files import IN_WORKER, ledger_file
from qingfeng.apps.base.orgs.models import User
from qingfeng.apps.work.campaigns.models import Campaign
from qingfeng.apps.work.problems.ledgers import problem_ledger
from qingfeng.apps.work.returns.district import DistrictTotal, UnitMonth, unit_file, units_of_month
from qingfeng.apps.work.returns.periods import Month, months_until
from qingfeng.apps.work.returns.tallying import Tally

from .district import TODAY
from .handed_in import hand_in
from .report import Line, Report

ROWS = 10_000
READ = """SELECT p.number, p.found_on, u.name, p.responsible_name, p.duty_text, p.text, p.completion,
    (SELECT MIN(m.text) FROM problems_measure m WHERE m.problem_id = p.id)
    FROM problems_problem p JOIN orgs_unit u ON u.id = p.lead_unit_id WHERE p.campaign_id = %s AND p.id <= %s"""
COUNTED = """SELECT lead_unit_id, state, COUNT(*), SUM(people_affected), SUM(sum_returned) FROM problems_problem
    WHERE campaign_id = %s AND found_on BETWEEN %s AND %s GROUP BY lead_unit_id, state"""
CELLS_OF_A_FORM = [["数"] * 9] * 12


def export(report: Report) -> None:
    """The office's ledger in the columns of the paper, from the query to the file; beside it bare SQL and bare cells."""
    user, campaign = User.objects.get(username="office"), Campaign.objects.get()
    request = RequestFactory().get(reverse("problems:list"))
    request.user = user  # type: ignore[assignment]
    setattr(request, IN_WORKER, lambda _number: None)
    ledger = problem_ledger(request, user, campaign)
    assert ledger.official is not None
    rows = ledger.in_order.filter(pk__lte=ROWS)
    line = Line("export: 10,000 rows, official form", most_ms=3000, of_cpu=True)

    def write() -> None:
        ledger_file(request, ledger.extract_of(rows, official=True), "xlsx", ROWS)

    def bare() -> None:
        with connection.cursor() as cursor:
            cursor.execute(READ, [campaign.pk, ROWS])
            _bare_book([list(map(str, row)) for row in cursor.fetchall()])

    _timed(line, write)
    _floor(line, bare)
    report.add(line)


def forms(report: Report) -> None:
    """The newest month of every unit that takes part; and a month after all of them handed in the one before it."""
    campaign = Campaign.objects.get()
    office = User.objects.get(username="office")
    months = months_until(campaign, TODAY)
    report.add(_forms_of(campaign, months[0], units_of_month(office, campaign, months[0]), ""))
    first, second = months[-1], months[-2]
    with transaction.atomic():
        counted = hand_in(campaign, first, units_of_month(office, campaign, first), office)
        line = _forms_of(campaign, second, units_of_month(office, campaign, second), ", a month handed in")
        transaction.set_rollback(True)
    report.add(line)
    report.facts["records behind the forms handed in"] = counted


def _forms_of(campaign: Campaign, month: Month, units: list[UnitMonth], told: str) -> Line:
    """Counted, written as attachment 4, and summed, as the worker does it."""
    line = Line(f"monthly forms of {len(units)} units{told}", most_ms=60_000)

    def write() -> None:
        tally, total = Tally(campaign, month), DistrictTotal(campaign, month)
        for one in units:
            contents, _form = unit_file(tally, one)
            total.add(one, contents)
        total.form(), total.table()

    def bare() -> None:
        with connection.cursor() as cursor:
            cursor.execute(COUNTED, [campaign.pk, month.start, month.end])
            cursor.fetchall()
        for _unit in units:
            _bare_book(CELLS_OF_A_FORM)

    _timed(line, write)
    _floor(line, bare)
    return line


def _bare_book(rows: list[list[str]]) -> None:
    book = xlsxwriter.Workbook(io.BytesIO(), {"in_memory": True})
    page = book.add_worksheet()
    for place, row in enumerate(rows):
        page.write_row(place, 0, row)
    book.close()


def _timed(line: Line, work: Callable[[], None]) -> None:
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    line.wall.append(1000 * (time.perf_counter() - wall))
    line.cpu.append(1000 * (time.process_time() - cpu))


def _floor(line: Line, work: Callable[[], None]) -> None:
    begun = time.process_time()
    work()
    line.floor.append(1000 * (time.process_time() - begun))
