"""The demo as somebody meets it who starts Qingfeng for the first time."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.db import transaction
from django.test import override_settings

from qingfeng.apps.base.orgs.models import Unit, User
from qingfeng.apps.base.orgs.visibility import roles
from qingfeng.apps.base.records.verification import verify_streams
from qingfeng.apps.base.web import clock
from qingfeng.apps.base.web.errors import BadInput
from qingfeng.apps.work.campaigns.models import Activity, Campaign, Duty, Plan
from qingfeng.apps.work.problems import queries
from qingfeng.apps.work.problems.flow import ProblemState
from qingfeng.apps.work.problems.models import Extension, ExtraValue, ImportBatch, ImportLine, Problem
from qingfeng.apps.work.returns.models import MonthlyReturn, ReturnState
from qingfeng.apps.work.returns.verification import all_figures_agree
from qingfeng.demo import loading
from qingfeng.demo.columns import ADDED
from qingfeng.demo.district import ACCOUNTS, PASSWORD

pytestmark = pytest.mark.slow


class _Undone(Exception):
    """Takes a loaded demo back."""


def _home(folder: Path) -> override_settings:
    return override_settings(
        ZONE_HOME=folder,
        FILES=folder / "files",
        KEYS=folder / "keys",
        BUSINESS_DATE_FILE=folder / "business_date",
        BUSINESS_TODAY=None,
    )


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker, tmp_path_factory) -> Iterator[loading.DemoReport]:  # type: ignore[no-untyped-def]
    """Loaded once for this file, and taken back after it."""
    with django_db_blocker.unblock(), _home(tmp_path_factory.mktemp("demo")), clock.on(loading.HOME_DAY):
        try:
            with transaction.atomic():
                yield loading.load()
                raise _Undone
        except _Undone:
            pass


def test_the_district_has_its_size(demo: loading.DemoReport) -> None:
    kinds = Counter(Unit.objects.values_list("kind", flat=True))
    assert (kinds["district"], kinds["street"], kinds["department"], kinds["community"]) == (1, 15, 40, 150)
    assert User.objects.count() == 60
    assert all(code.startswith("9907") for code in Unit.objects.values_list("code", flat=True))


def test_loading_again_changes_nothing(demo: loading.DemoReport) -> None:
    again = loading.load()
    assert not again.loaded_now
    assert (again.counts, again.day) == (demo.counts, demo.day)


def test_the_accounts_to_try_first_sign_in_and_hold_their_roles(demo: loading.DemoReport) -> None:
    wanted = {
        "office": "campaign_office",
        "clerk": "unit_clerk",
        "head": "unit_head",
        "secretary": "inspector",
        "inspector": "inspector",
        "leader": "leader",
        "auditor": "auditor",
        "admin": "administrator",
    }
    assert [one.username for one in ACCOUNTS] == list(wanted)
    for username, role in wanted.items():
        user = User.objects.get(username=username)
        assert check_password(PASSWORD, user.password) and not user.must_change_password
        assert role in roles(user)
    assert len({user.password for user in User.objects.all()}) == 1


def test_the_table_of_accounts_names_people_and_password(demo: loading.DemoReport) -> None:
    table = demo.accounts_table()
    assert PASSWORD in table and "林知夏" in table and "2026-06-24" in table and "私钥生成后即已丢弃" in table


def test_the_data_folder_is_marked_as_a_demo(demo: loading.DemoReport) -> None:
    told = json.loads((settings.ZONE_HOME / loading.MARK).read_text(encoding="utf-8"))
    assert told["day"] == "2026-06-24" and len(told["accounts"]) == 8
    assert settings.BUSINESS_DATE_FILE.read_text(encoding="ascii").strip() == "2026-06-24"
    assert [path.name for path in (settings.KEYS).iterdir()] == ["case_office.pub"]


def test_the_plan_was_read_with_its_planted_faults(demo: loading.DemoReport) -> None:
    draft = Campaign.objects.get().plan.draft
    assert {fault["code"] for fault in draft["faults"]} == {
        "attachment_missing",
        "stages_overlap",
        "due_outside_stage",
        "due_on_day_off",
        "groups_unnamed",
        "person_named",
    }
    assert len(draft["stages"]) == 4 and len(draft["contents"]) == 8 and len(draft["forms"]) == 3
    assert "沈砚秋" not in json.dumps(Campaign.objects.get().plan.lines, ensure_ascii=False)


def test_problems_stand_in_every_state(demo: loading.DemoReport) -> None:
    states = Counter(Problem.objects.values_list("state", flat=True))
    assert set(states) == set(ProblemState.values)
    assert 110 <= sum(states.values()) <= 145
    assert set(Extension.objects.values_list("answer", flat=True)) == {"", "approved", "refused"}
    assert Problem.objects.overdue(loading.HOME_DAY).count() >= 8  # type: ignore[attr-defined]


def test_duties_are_answered_late_missing_and_waived(demo: loading.DemoReport) -> None:
    rows = Duty.objects.filter(due__lte=loading.HOME_DAY)
    assert rows.filter(fulfilled_at__isnull=False).count() > 200
    assert any(duty.fulfilled_on > duty.due for duty in rows.filter(fulfilled_on__isnull=False))
    assert (
        rows.filter(fulfilled_at=None, waived_at=None).exists()
        and rows.filter(waived_at__isnull=False).exists()
    )
    assert Activity.objects.filter(
        task_for__isnull=False, done_at=None, task_due__lt=loading.HOME_DAY
    ).exists()


def test_monthly_forms_are_handed_in_corrected_and_begun(demo: loading.DemoReport) -> None:
    rows = Counter(MonthlyReturn.objects.values_list("month", "state"))
    may, june = date(2026, 5, 1), date(2026, 6, 1)
    assert rows[may, ReturnState.HANDED_IN] > 15 and rows[may, ReturnState.REPLACED] == 1
    assert rows[june, ReturnState.DRAFT] == 4 and rows[june, ReturnState.SIGNED] == 1


def test_units_at_zero_have_signed_or_still_owe(demo: loading.DemoReport) -> None:
    owing = {unit.code for unit in queries.units_owing_commitment(Campaign.objects.get())}
    assert "990715" in owing and "990710" not in owing


def test_the_first_desks_are_not_empty(demo: loading.DemoReport) -> None:
    user = {one.username: User.objects.get(username=one.username) for one in ACCOUNTS}
    assert queries.on_my_desk(user["clerk"]).exists() and queries.to_sign(user["head"]).exists()
    assert queries.to_close_out(user["secretary"]) and queries.to_close_out(user["inspector"])
    assert queries.transfers_to_decide(user["office"]).exists()


def test_chains_and_figures_hold(demo: loading.DemoReport) -> None:
    assert all(result.broken is None for result in verify_streams())
    assert queries.recount() == [] and all_figures_agree() == []


def _told(folder: Path) -> list[tuple[object, ...]]:
    """The problems of a demo that is taken back at once."""
    folder.mkdir()
    with _home(folder), suppress(_Undone), transaction.atomic():
        loading.load(date(2026, 5, 19))
        found = list(Problem.objects.order_by("number").values_list("number", "text", "state", "due_date"))
        raise _Undone
    return found


@pytest.mark.nightly_on_postgresql
@pytest.mark.django_db
def test_the_story_is_the_same_every_time(tmp_path: Path) -> None:
    tellings = [_told(tmp_path / str(turn)) for turn in range(2)]
    assert tellings[0] == tellings[1] and len(tellings[0]) > 10


@pytest.mark.django_db
def test_a_folder_with_other_data_is_left_alone(cast: object) -> None:
    with pytest.raises(BadInput, match="空的数据文件夹"):
        loading.load()
    assert not Unit.objects.filter(code="990700").exists()


@pytest.mark.django_db
def test_a_day_outside_the_story_is_named() -> None:
    with pytest.raises(BadInput, match="业务日期应在"):
        loading.load(date(2025, 1, 1))


def test_a_further_plan_and_two_files_lie_half_done(demo: loading.DemoReport) -> None:
    assert set(Plan.objects.values_list("state", flat=True)) == {"started", "read"}
    lines = {"inspection": ["ready"] * 3 + ["faulty"], "rectification": ["ready"] * 2}
    for batch in ImportBatch.objects.filter(state="read"):
        found = ImportLine.objects.filter(batch=batch).order_by("order")
        assert list(found.values_list("state", flat=True)) == lines.pop(batch.kind)
    assert not lines


def test_the_columns_that_the_campaign_adds_are_filled_in(demo: loading.DemoReport) -> None:
    filled = Counter(ExtraValue.objects.values_list("column__name", flat=True))
    assert set(filled) == {name for name, *_rest in ADDED} and min(filled.values()) > 40
