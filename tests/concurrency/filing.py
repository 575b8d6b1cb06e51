"""A process of its own that files sheets into an existing home: `python -m tests.concurrency.filing set-up|file N|count`."""

from __future__ import annotations

import json
import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qingfeng.site.settings")
django.setup()

from datetime import timedelta  # noqa: E402

from django.core.management import call_command  # noqa: E402

from qingfeng.apps.base.orgs.models import Unit, User  # noqa: E402
from qingfeng.apps.base.records.verification import verify_streams  # noqa: E402
from qingfeng.apps.base.web import clock  # noqa: E402
from qingfeng.apps.work.campaigns.models import Campaign  # noqa: E402
from qingfeng.apps.work.inspections.actions import SheetEntry  # noqa: E402
from qingfeng.apps.work.inspections.models import Sheet  # noqa: E402
from qingfeng.apps.work.problems import actions, queries  # noqa: E402
from qingfeng.apps.work.problems.actions import ProblemEntry  # noqa: E402
from tests.cast import make_campaign, make_cast  # noqa: E402


def file_sheets(count: int) -> None:
    """Sheets of one street with two problems each, one transaction a sheet."""
    clerk, street = User.objects.get(username="clerk"), Unit.objects.get(code="990101")
    campaign = Campaign.objects.get()
    today = clock.today()
    entry = SheetEntry(
        kind="self_inspection",
        inspected_unit=street,
        filing_unit=street,
        inspectors="林晓禾",
        content="窗口服务",
        inspected_on=today,
    )
    problem = ProblemEntry(
        text="未公示", due_date=today + timedelta(30), responsible_name="林晓禾", people_affected=1
    )
    for _ in range(count):
        actions.file_sheet(campaign=campaign, entry=entry, problems=(problem, problem), by=clerk)


def counts() -> dict[str, object]:
    """What must hold afterwards."""
    return {
        "numbers": list(Sheet.objects.order_by("number").values_list("number", flat=True)),
        "broken": [result.stream for result in verify_streams() if result.broken],
        "differences": queries.recount(),
    }


if __name__ == "__main__":
    if sys.argv[1] == "set-up":
        call_command("migrate", verbosity=0)
        make_campaign(make_cast())
    elif sys.argv[1] == "file":
        file_sheets(int(sys.argv[2]))
    else:
        print(json.dumps(counts(), ensure_ascii=False))
