"""The pages of long work: one's own only, with progress, report, result and what to do."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from qingfeng.apps.base.jobs import actions
from qingfeng.apps.base.jobs.actions import working
from qingfeng.apps.base.jobs.models import Job, JobState
from qingfeng.apps.base.jobs.tests.conftest import Bench
from qingfeng.apps.base.web.errors import Refused
from tests.cast import Cast


@pytest.fixture
def job(cast: Cast, bench: Bench, client: Client) -> Job:
    client.force_login(cast.clerk)
    return actions.start("tests.work", by=cast.clerk, about="2026年6月")


def page_of(client: Client, job: Job, page: str = "job") -> str:
    answer = client.get(reverse(f"jobs:{page}", args=[job.reference]))
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_page_tells_how_far_it_is_and_asks_again(job: Job, client: Client) -> None:
    working.begin_work(name="w1", host="here", pid=1)
    claimed = working.claim(worker="w1")
    assert claimed is not None
    working.keep_progress(job=claimed, lines=(), done=30, total=120, words="临江街道")
    page = page_of(client, job)
    assert '<progress max="100" value="25"' in page and "已处理 30 / 120" in page and "临江街道" in page
    assert 'hx-trigger="every 2s"' in page and "后台处理程序没有运行" not in page
    assert "every 2s" in page_of(client, job, "progress")


def test_where_no_worker_runs_the_page_says_so(job: Job, client: Client) -> None:
    assert "后台处理程序没有运行" in page_of(client, job)
    assert "后台处理程序没有运行" in client.get(reverse("jobs:list")).content.decode()


def test_what_ended_shows_its_report_and_its_file_and_asks_no_more(
    job: Job, bench: Bench, client: Client
) -> None:
    def work(run, **_):
        (run.folder / "out").write_bytes(b"a,b")
        run.line("第1行", True, "已登记")
        run.line("第2行", False, "没有这个单位。")
        run.finished(
            "登记1张，1行没有登记。", href="/sheets/", file=run.keep_file(run.folder / "out", "台账.csv")
        )

    bench.work = work
    bench.do_next()
    page = page_of(client, job)
    assert "every 2s" not in page and "已完成，有1行请看" in page
    assert page.index("没有这个单位。") < page.index("已登记")
    assert 'href="/sheets/"' in page and "台账.csv" in page
    answer = client.get(reverse("jobs:file", args=[job.reference]))
    assert b"".join(answer) == b"a,b" and answer["Cache-Control"] == "private, no-store"
    assert client.get(reverse("jobs:progress", args=[job.reference]))["HX-Refresh"] == "true"
    assert "台账.csv" not in client.get(reverse("jobs:list")).content.decode()


def test_a_file_is_not_given_to_whoever_may_no_longer_have_it(job: Job, bench: Bench, client: Client) -> None:
    def work(run, **_):
        (run.folder / "out").write_bytes(b"a,b")
        run.finished("好了", file=run.keep_file(run.folder / "out", "台账.csv"))

    def no(user, **_):
        raise Refused("已经免职。")

    bench.work = work
    bench.do_next()
    bench.check = no
    assert client.get(reverse("jobs:file", args=[job.reference])).status_code == 403


@pytest.mark.parametrize("page", ["job", "progress", "file"])
def test_for_everybody_else_it_is_not_there(cast: Cast, job: Job, client: Client, page: str) -> None:
    for other in (cast.head, cast.office, cast.administrator, cast.auditor):
        client.force_login(other)
        assert client.get(reverse(f"jobs:{page}", args=[job.reference])).status_code == 404
        assert job.reference not in client.get(reverse("jobs:list")).content.decode()


@pytest.mark.parametrize("move", ["cancel", "retry"])
def test_nobody_else_moves_it(cast: Cast, job: Job, client: Client, move: str) -> None:
    client.force_login(cast.head)
    assert client.post(reverse(f"jobs:{move}", args=[job.reference])).status_code == 404
    assert client.get(reverse(f"jobs:{move}", args=[job.reference])).status_code == 405
    job.refresh_from_db()
    assert job.state == JobState.WAITING


def test_the_owner_cancels_and_tries_again(job: Job, bench: Bench, client: Client) -> None:
    client.post(reverse("jobs:cancel", args=[job.reference]))
    assert "已取消" in page_of(client, job)
    Job.objects.update(state=JobState.FAILED, reason="处理时出错。")
    client.post(reverse("jobs:retry", args=[job.reference]))
    assert bench.do_next().state == JobState.DONE


def test_a_lapsed_lease_is_told_as_interrupted(job: Job, client: Client) -> None:
    working.claim(worker="w1")
    Job.objects.update(lease_until=timezone.now())
    assert "已中断，将自动继续" in page_of(client, job)


def test_the_desk_and_the_frame_tell_of_it(job: Job, bench: Bench, client: Client) -> None:
    desk = client.get(reverse("desk:today")).content.decode()
    assert reverse("jobs:job", args=[job.reference]) in desk
    client.get(reverse("jobs:list"))
    assert 'class="top-link"' in client.get(reverse("jobs:list")).content.decode()
    bench.do_next()
    assert 'class="top-link"' not in client.get(reverse("jobs:list")).content.decode()
    assert "已完成" in client.get(reverse("desk:today")).content.decode()
