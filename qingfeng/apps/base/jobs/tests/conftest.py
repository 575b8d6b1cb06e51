"""Kinds of work for tests only, and a worker without a process."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils.translation import gettext_lazy

from qingfeng.apps.base.jobs import registry
from qingfeng.apps.base.jobs.actions import working
from qingfeng.apps.base.jobs.doing import carry_out
from qingfeng.apps.base.jobs.models import Job
from qingfeng.apps.base.jobs.run import Run


class Bench:
    """What the work of a test does: any function of a run, put in for each test."""

    def __init__(self) -> None:
        self.work: Any = lambda run, **parameters: run.finished("好了")
        self.check: Any = lambda user, **parameters: None

    def do_next(self, worker: str = "w1") -> Job:
        """Claims the next job and does it."""
        job = working.claim(worker=worker)
        assert job is not None
        carry_out(job)
        return Job.objects.get(pk=job.pk)


@pytest.fixture
def bench(monkeypatch: pytest.MonkeyPatch) -> Bench:
    made = Bench()

    def work(run: Run, **parameters: Any) -> None:
        made.work(run, **parameters)

    def check(user: Any, **parameters: Any) -> None:
        made.check(user, **parameters)

    monkeypatch.setattr(registry, "_kinds", dict(registry._kinds))
    registry.job("tests.work", title=gettext_lazy("导出问题台账"), check=check)(work)
    return made
