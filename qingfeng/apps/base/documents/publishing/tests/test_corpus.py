"""The gate against 100 tricky and 50 harmless files that were made by somebody who had not seen it."""

from __future__ import annotations

import datetime

import pytest

from qingfeng.apps.base.documents.publishing.gate import Refusal, Released, Rule, release
from qingfeng.apps.base.documents.publishing.tests.corpus.cases import Case
from qingfeng.apps.base.documents.publishing.tests.corpus.maker import ALL, content_of

TODAY = datetime.date(2026, 11, 22)
TRICKY = [label for label, case in ALL.items() if case.kind == "tricky"]
HARMLESS = [label for label, case in ALL.items() if case.kind == "harmless"]


def put_to_the_gate(case: Case) -> Released:
    until = datetime.date.fromisoformat(case.until) if case.until else None
    rule = Rule(until, approved_names=case.approved, known_names=case.known)
    return release(content_of(case), f"公示.{case.ending}", rule, today=TODAY)


def test_the_corpus_is_whole() -> None:
    assert (len(TRICKY), len(HARMLESS)) == (100, 50)


@pytest.mark.parametrize("label", TRICKY)
def test_a_tricky_file_is_refused_for_what_it_exposes(label: str) -> None:
    case = ALL[label]
    with pytest.raises(Refusal) as refused:
        put_to_the_gate(case)
    assert set(case.exposes) <= {fault.kind for fault in refused.value.faults}, refused.value.places


@pytest.mark.parametrize("label", HARMLESS)
def test_a_harmless_file_passes(label: str) -> None:
    case = ALL[label]
    released = put_to_the_gate(case)
    assert released.content and released.until.isoformat() == case.until
