"""Asking for work, doing it, and every way in which it can end."""

from __future__ import annotations

import logging
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import OperationalError
from django.utils import timezone, translation

from qingfeng.apps.base.jobs import actions, terms
from qingfeng.apps.base.jobs.actions import working
from qingfeng.apps.base.jobs.doing import carry_out
from qingfeng.apps.base.jobs.models import Job, JobLine, JobState
from qingfeng.apps.base.jobs.tests.conftest import Bench
from qingfeng.apps.base.records.files import path_of
from qingfeng.apps.base.records.models import Event, StoredFile
from qingfeng.apps.base.web.errors import BadInput, NotThere, Refused
from tests.cast import Cast

NAME = "王小川"
"""A person's name that must not reach a log."""


def started(cast: Cast, **parameters: object) -> Job:
    return actions.start("tests.work", by=cast.clerk, about="2026年6月", **parameters)


def test_work_is_done_with_its_report_and_summary(cast: Cast, bench: Bench) -> None:
    def work(run, month):
        assert run.by == cast.clerk and month == "2026-06"
        for number in (1, 2):
            with run.chunk():
                run.line(f"第{number}行", number == 1, "" if number == 1 else "没有这个单位。")
                run.progress(number, 2)
        run.finished("登记1张", href="/sheets/")

    bench.work = work
    started(cast, month="2026-06")
    job = bench.do_next()
    assert (job.state, job.summary, job.href, job.percent) == (JobState.DONE, "登记1张", "/sheets/", 100)
    assert list(JobLine.objects.filter(job=job).values_list("place", "ok")) == [
        ("第1行", True),
        ("第2行", False),
    ]
    assert list(Event.objects.filter(subject=job.subject).values_list("kind", "actor_id")) == [
        ("job.started", cast.clerk.pk),
        ("job.finished", None),
    ]


def test_a_killed_attempt_is_continued_from_its_last_whole_chunk(cast: Cast, bench: Bench) -> None:
    """The first worker dies in the middle of its second chunk: nothing of that chunk stays."""
    done: list[int] = []

    def work(run, **_):
        for number in range(run.resume.get("next", 0), 4):
            with run.chunk():
                run.line(f"第{number}行", True)
                run.resume["next"] = number + 1
                run.progress(number + 1, 4)
                if number == 1 and not run.is_continued:
                    raise SystemExit(9)
            done.append(number)
        run.finished("完")

    bench.work = work
    started(cast)
    job = working.claim(worker="w1")
    assert job is not None
    with pytest.raises(SystemExit):
        carry_out(job)
    kept = Job.objects.get(pk=job.pk)
    assert (kept.done, kept.resume, kept.lines_ok) == (1, {"next": 1}, 1)
    assert working.take_up_lapsed() == 0  # its lease still holds
    assert working.take_up_lapsed(worker="w1") == 1
    assert Job.objects.get(pk=job.pk).state == JobState.INTERRUPTED
    job = bench.do_next("w2")
    assert (job.state, job.attempts, done) == (JobState.DONE, 2, [0, 1, 2, 3])
    assert list(JobLine.objects.filter(job=job).values_list("place", flat=True)) == [
        f"第{number}行" for number in range(4)
    ]


def test_a_worker_that_was_taken_for_gone_writes_nothing_more(cast: Cast, bench: Bench) -> None:
    def work(run, **_):
        Job.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
        assert working.take_up_lapsed() == 1
        assert working.claim(worker="w2") is not None
        with run.chunk():
            run.line("第1行", True)
        raise AssertionError("the chunk must not end well")

    bench.work = work
    started(cast)
    job = bench.do_next("w1")
    assert (job.state, job.worker) == (JobState.RUNNING, "w2")
    assert not JobLine.objects.exists()


def test_a_job_interrupted_too_often_fails_in_a_sentence(cast: Cast, bench: Bench) -> None:
    started(cast)
    for attempt in range(terms.MOST_ATTEMPTS):
        assert working.claim(worker=f"w{attempt}") is not None
        working.take_up_lapsed(worker=f"w{attempt}")
    job = Job.objects.get()
    assert job.state == JobState.FAILED and "中断了3次" in job.reason
    assert actions.retry(job=job, by=cast.clerk).state == JobState.WAITING
    assert bench.do_next().state == JobState.DONE


def test_one_job_is_claimed_once(cast: Cast, bench: Bench) -> None:
    started(cast)
    assert working.claim(worker="w1") is not None
    assert working.claim(worker="w2") is None


@pytest.mark.parametrize(
    ("error", "reason"),
    [(BadInput("第3行的日期不对。", places=["B3"]), "第3行的日期不对。B3；"), (Refused("不在任。"), "不在任。"),
     (NotThere(), "所要的记录不在了，或不在您的范围内。")],
)  # fmt: skip
def test_what_an_action_answers_is_the_reason(
    cast: Cast, bench: Bench, error: Exception, reason: str
) -> None:
    def work(run, **_):
        raise error

    bench.work = work
    started(cast)
    job = bench.do_next()
    assert (job.state, job.reason) == (JobState.FAILED, reason)


def test_a_defect_is_one_sentence_and_its_log_line_names_no_data(
    cast: Cast, bench: Bench, caplog: pytest.LogCaptureFixture
) -> None:
    def work(run, **_):
        with run.chunk():
            run.line("第1行", True)
        int(NAME)

    bench.work = work
    started(cast)
    with caplog.at_level(logging.DEBUG):
        job = bench.do_next()
    assert job.state == JobState.FAILED and job.reference in job.reason
    assert "Traceback" not in job.reason and NAME not in job.reason + caplog.text
    assert "ValueError at" in caplog.text and "test_work.py" in caplog.text
    assert job.lines_ok == 1


def test_a_database_that_goes_away_is_waited_for(cast: Cast, bench: Bench) -> None:
    def work(run, **_):
        if not run.is_continued:
            raise OperationalError("server closed the connection")
        run.finished("好了")

    bench.work = work
    started(cast)
    assert bench.do_next().state == JobState.INTERRUPTED
    assert bench.do_next().state == JobState.DONE


def test_cancelling_takes_effect_after_the_chunk_in_hand(cast: Cast, bench: Bench) -> None:
    def work(run, **_):
        for number in range(5):
            with run.chunk():
                run.line(f"第{number}行", True)
                if number == 1:
                    actions.cancel(job=Job.objects.get(), by=cast.clerk)

    bench.work = work
    started(cast)
    job = bench.do_next()
    assert (job.state, job.lines_ok) == (JobState.CANCELLED, 2)


def test_what_nobody_has_begun_is_cancelled_at_once(cast: Cast, bench: Bench) -> None:
    job = actions.cancel(job=started(cast), by=cast.clerk)
    assert job.state == JobState.CANCELLED
    assert working.claim(worker="w1") is None
    with pytest.raises(Refused):
        actions.cancel(job=job, by=cast.clerk)


def test_a_worker_that_is_told_to_stop_leaves_the_rest_to_the_next(cast: Cast, bench: Bench) -> None:
    def work(run, **_):
        for number in range(run.resume.get("next", 0), 3):
            with run.chunk():
                run.resume["next"] = number + 1
        run.finished("完")

    bench.work = work
    started(cast)
    job = working.claim(worker="w1")
    assert job is not None
    carry_out(job, stopping=lambda: True)
    left = Job.objects.get(pk=job.pk)
    assert (left.state, left.attempts, left.resume) == (JobState.INTERRUPTED, 0, {"next": 1})
    assert bench.do_next("w2").state == JobState.DONE


def test_the_same_work_asked_for_twice_is_one_job(cast: Cast, bench: Bench) -> None:
    assert started(cast, month="2026-06") == started(cast, month="2026-06")
    started(cast, month="2026-05")
    assert Job.objects.count() == 2
    bench.do_next()
    bench.do_next()
    started(cast, month="2026-06")
    assert Job.objects.count() == 3


def test_one_person_does_not_fill_the_queue(cast: Cast, bench: Bench) -> None:
    for month in range(terms.MOST_OPEN):
        started(cast, month=month)
    with pytest.raises(Refused, match="没有结束"):
        started(cast, month=99)


def test_who_may_not_does_not_start_it_nor_is_it_done_when_that_changes(cast: Cast, bench: Bench) -> None:
    def no(user, **_):
        raise Refused("已经免职。")

    started(cast)
    bench.check = no
    with pytest.raises(Refused):
        started(cast, month="2026-06")
    assert bench.do_next().reason == "已经免职。"


def test_words_are_in_the_language_of_whoever_asked(cast: Cast, bench: Bench) -> None:
    seen = []
    bench.work = lambda run, **_: seen.append(translation.get_language())
    with translation.override("en"):
        started(cast)
    bench.do_next()
    assert seen == ["en"]


def test_lines_beyond_measure_are_counted_but_not_kept(
    cast: Cast, bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(terms, "MOST_LINES", 3)

    def work(run, **_):
        for number in range(10):
            run.line(f"第{number}行", number % 2 == 0)

    bench.work = work
    started(cast)
    job = bench.do_next()
    assert (job.lines_ok, job.lines_bad, JobLine.objects.count()) == (5, 5, 6)


def test_a_result_ends_with_its_term_by_a_recorded_act(cast: Cast, bench: Bench, settings) -> None:
    def work(run, **_):
        path: Path = run.folder / "out.zip"
        path.write_bytes(b"PK")
        run.line("第1行", True, NAME)
        run.finished("好了", file=run.keep_file(path, "月报表.zip"))

    bench.work = work
    started(cast, month="2026-06")
    job = bench.do_next()
    assert job.file is not None and job.file.name == "月报表.zip"
    path = path_of(job.file.pk)
    assert path.read_bytes() == b"PK"
    assert actions.clear_past_term() == 0
    Job.objects.update(ended_at=timezone.now() - timedelta(days=settings.JOB_RESULTS_KEPT_DAYS, hours=1))
    assert actions.clear_past_term() == 1 and actions.clear_past_term() == 0
    job.refresh_from_db()
    assert job.file is None and job.parameters == {} and job.summary == "好了"
    assert not StoredFile.objects.filter(name="月报表.zip").exists()
    assert not JobLine.objects.exists()
    event = Event.objects.select_related("payload").get(kind="job.cleared")
    assert "月报表.zip" in event.payload.content
