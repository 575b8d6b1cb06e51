"""Long exports: the page answers with a job, the worker with the file that the page would have given."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from qingfeng.apps.base.documents import ledger_files
from qingfeng.apps.base.jobs.actions import working
from qingfeng.apps.base.jobs.doing import carry_out
from qingfeng.apps.base.jobs.models import Job, JobState
from qingfeng.apps.base.records.files import content_of
from qingfeng.apps.work.campaigns.models import Campaign
from qingfeng.apps.work.problems.tests.story import submitted
from tests.cast import Cast

ADDRESS = "/problems/?view=open&export=csv"


@pytest.fixture
def asked(cast: Cast, campaign: Campaign, client: Client, monkeypatch: pytest.MonkeyPatch) -> Job:
    """A problem of the street, and its clerk who takes the ledger away, which is long."""
    submitted(cast, campaign)
    monkeypatch.setattr(ledger_files, "LONG", 0)
    client.force_login(cast.clerk)
    answer = client.get(ADDRESS)
    job = Job.objects.get()
    assert answer.status_code == 302 and answer["Location"] == reverse("jobs:job", args=[job.reference])
    return job


def done(job: Job) -> Job:
    claimed = working.claim(worker="w1")
    assert claimed is not None
    carry_out(claimed)
    return Job.objects.get(pk=job.pk)


def test_the_file_is_what_the_page_would_have_given(
    asked: Job, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = done(asked)
    assert job.state == JobState.DONE and job.file is not None, job.reason
    monkeypatch.setattr(ledger_files, "LONG", 2_000)
    at_once = client.get(ADDRESS)
    assert content_of(job.file) == at_once.content
    assert job.file.name.endswith(".csv") and job.about == job.file.name


def test_the_worker_sees_what_the_owner_may_see_then(asked: Job, cast: Cast) -> None:
    """The clerk's address, asked by somebody without any post: nothing of the street is in the answer."""
    Job.objects.filter(pk=asked.pk).update(owner=cast.outsider)
    job = done(asked)
    assert job.file is None or "林晓禾" not in content_of(job.file).decode("utf-8-sig")
