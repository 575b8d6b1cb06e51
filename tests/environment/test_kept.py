"""What is copied is what was made: rows, search index, files, and the objects in hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction

from qingfeng.apps.base.records.models import Event
from qingfeng.apps.base.records.search.verification import verify_search
from qingfeng.apps.base.records.verification import verify_streams
from qingfeng.apps.work.campaigns.models import Campaign
from qingfeng.apps.work.problems import actions
from qingfeng.apps.work.problems.models import Problem
from qingfeng.apps.work.problems.search import searched
from qingfeng.apps.work.problems.tests.story import PROOF, self_sheet
from qingfeng.apps.work.problems.visibility import visible
from tests.cast import Cast
from tests.environment.kept import kept
from tests.environment.rows import all_rows


def tell(cast: Cast, campaign: Campaign, problem: Problem) -> list[Problem]:
    """New rows, changed rows, words of a problem replaced in the index, and a file."""
    actions.add_measure(problem=problem, text="补充公示", by=cast.clerk)
    actions.add_evidence(problem=problem, name="照片.png", content=PROOF, by=cast.clerk)
    self_sheet(cast, campaign, texts=("合同没有备案",))
    return list(Problem.objects.order_by("pk"))


def files() -> set[Path]:
    folder = Path(settings.FILES)
    return {path.relative_to(folder) for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def problem(cast: Cast, campaign: Campaign) -> Problem:
    self_sheet(cast, campaign, texts=("名册没有公示",))
    return Problem.objects.get()


def test_what_is_copied_is_what_was_made(
    cast: Cast, campaign: Campaign, problem: Problem, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    story = kept(tell)
    with transaction.atomic():
        made, rows, stored = story(cast, campaign, problem), all_rows(), files()
        transaction.set_rollback(True)
    monkeypatch.setattr(settings, "FILES", tmp_path / "copied")
    seen = Problem.objects.get()
    copied = story(cast, campaign, seen)
    assert {table: set(found) for table, found in all_rows().items()} == {
        table: set(found) for table, found in rows.items()
    }
    assert copied == made and (seen.state, seen.revision) == (problem.state, problem.revision)
    assert files() and files() <= stored
    assert all(result.broken is None for result in verify_streams()) and verify_search() == []
    found = searched(visible(cast.clerk), "备案", user=cast.clerk, campaign=campaign)
    assert list(found) == [made[-1]]


def test_another_state_is_told_anew(cast: Cast, campaign: Campaign, problem: Problem) -> None:
    story = kept(tell)
    with transaction.atomic():
        first = len(story(cast, campaign, problem))
        transaction.set_rollback(True)
    self_sheet(cast, campaign, texts=("账实不符",))
    before = Event.objects.count()
    assert len(story(cast, campaign, Problem.objects.earliest("pk"))) == first + 1
    assert Event.objects.count() > before
