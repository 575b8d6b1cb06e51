"""Commands that work on a data folder."""

from __future__ import annotations

import typer

from qingfeng.cli import accounts, campaign, keeping, ledgers, serving
from qingfeng.cli.demo import load_demo
from qingfeng.cli.problem import problem
from qingfeng.cli.report import report


def add_to(application: typer.Typer) -> None:
    """Adds them in the order of the work."""
    application.add_typer(campaign.campaign, name="campaign")
    application.add_typer(ledgers.sheet, name="sheet")
    application.add_typer(problem, name="problem")
    application.command("lists")(ledgers.lists)
    application.add_typer(ledgers.return_, name="return")
    application.command("report")(report)
    application.add_typer(accounts.units, name="units")
    application.add_typer(accounts.account, name="account")
    application.add_typer(keeping.calendar, name="calendar")
    application.add_typer(keeping.search, name="search")
    application.command("case-key")(keeping.case_key)
    application.command("verify")(keeping.verify)
    application.command("demo")(load_demo)
    serving.add_to(application)
    application.command("jobs")(keeping.jobs)
    application.command("docs")(keeping.docs)
