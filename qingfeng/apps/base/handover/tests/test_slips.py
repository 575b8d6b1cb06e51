"""A sealed slip can be read by the case office alone, and leaves no trace of who wrote it or what it says."""

from __future__ import annotations

import base64
import json
import logging
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps

from qingfeng.apps.base.handover import actions, case_keys
from qingfeng.apps.base.handover.models import SealedSlip
from qingfeng.apps.base.records.models import Event
from qingfeng.apps.base.records.verification import verify_streams
from qingfeng.apps.base.web.errors import BadInput, Refused
from qingfeng.sealing import envelopes
from tests.cast import Cast

SLIP = {"what": "帮扶款被截留六千元", "where": "柳荫社区服务站", "who": "甲某", "when": "今年四月上旬"}


@pytest.fixture(autouse=True)
def keys(settings: Any, tmp_path: Path) -> Path:
    settings.KEYS = tmp_path / "keys"
    return tmp_path / "keys"


def everything_stored() -> str:
    """All that the database holds, as text: every column of every table, bytes as hex and as they stand."""
    found = []
    for model in apps.get_models(include_auto_created=True):
        if not model._meta.managed:
            continue
        for row in model._base_manager.values_list():
            for value in row:
                raw = bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
                found.append(raw.decode("utf-8", "ignore") + json.dumps(raw.decode("utf-8", "ignore")))
    return "\n".join(found)


def test_only_the_private_key_opens_the_slip(cast: Cast):
    private = base64.b64decode(actions.new_case_key(by=None))
    actions.keep_slip(**SLIP, by=cast.clerk)
    slip = SealedSlip.objects.get()
    content = json.loads(envelopes.open_envelope(bytes(slip.envelope), private_key=private))
    assert {name: content[name] for name in SLIP} == SLIP
    assert content["filed_by"] == {"name": "林晓禾", "staff_no": "T003", "posts": ["纪检干事"]}
    assert content["filed_on"] == "2026-06-10" and slip.algorithm == envelopes.ALGORITHM
    with pytest.raises(envelopes.EnvelopeError):
        envelopes.open_envelope(bytes(slip.envelope), private_key=envelopes.new_key_pair()[0])


def test_nothing_of_it_stands_in_the_database_or_in_a_log(cast: Cast, caplog: pytest.LogCaptureFixture):
    actions.new_case_key(by=None)
    before = everything_stored()
    with caplog.at_level(logging.DEBUG):
        actions.keep_slip(**SLIP, by=cast.clerk)
    after = everything_stored()
    for words in (*SLIP.values(), "截留", "甲某"):
        assert words not in after and words not in caplog.text
    assert after.count("林晓禾") == before.count("林晓禾")
    assert "林晓禾" not in caplog.text


def test_the_event_names_nobody_and_says_nothing(cast: Cast):
    actions.new_case_key(by=None)
    actions.keep_slip(**SLIP, by=cast.clerk)
    event = Event.objects.get(stream__key="handover")
    assert (event.kind, event.actor_id) == ("slip.kept", None)
    assert json.loads(event.payload.content) == {"actor": ""}
    assert f'"actor":{cast.clerk.pk}' not in event.text
    assert not Event.objects.exclude(stream__key="handover").filter(actor_id=cast.clerk.pk).exists()


def test_the_table_tells_only_that_envelopes_lie_there(cast: Cast):
    assert {field.name for field in SealedSlip._meta.fields} == {"id", "revision", "algorithm", "envelope"}
    actions.new_case_key(by=None)
    actions.keep_slip(what="短", where="", who="", when="", by=cast.clerk)
    actions.keep_slip(**SLIP, by=cast.inspector)
    assert len({len(bytes(slip.envelope)) for slip in SealedSlip.objects.all()}) == 1


def test_the_chain_of_the_handover_holds(cast: Cast):
    actions.new_case_key(by=None)
    actions.keep_slip(**SLIP, by=cast.clerk)
    checked = {result.stream: result for result in verify_streams()}
    assert checked["handover"].events == 1 and checked["handover"].broken is None


def test_without_a_key_nothing_is_kept(cast: Cast):
    with pytest.raises(Refused, match="尚未配置案管室公钥"):
        actions.keep_slip(**SLIP, by=cast.clerk)
    assert not SealedSlip.objects.exists() and not Event.objects.filter(stream__key="handover").exists()


def test_a_damaged_key_is_as_good_as_none(cast: Cast, keys: Path):
    keys.mkdir()
    (keys / case_keys.FILE_NAME).write_text("AAAA\n")
    with pytest.raises(Refused, match="尚未配置"):
        actions.keep_slip(**SLIP, by=cast.clerk)


@pytest.mark.parametrize(
    ("given", "words"), [({"what": "  "}, "写明"), ({"where": "长" * 5001}, "不超过5000字")]
)
def test_an_empty_or_endless_slip_is_turned_away(cast: Cast, given: dict[str, str], words: str):
    actions.new_case_key(by=None)
    with pytest.raises(BadInput, match=words):
        actions.keep_slip(**{**SLIP, **given}, by=cast.clerk)
    assert not SealedSlip.objects.exists()


@pytest.mark.parametrize("who", ["leader", "auditor", "administrator", "outsider"])
def test_who_does_not_work_in_the_campaign_files_no_slip(cast: Cast, who: str):
    actions.new_case_key(by=None)
    with pytest.raises(Refused):
        actions.keep_slip(**SLIP, by=getattr(cast, who))


@pytest.mark.parametrize("who", ["clerk", "head", "inspector", "office", "secretary"])
def test_who_works_in_the_campaign_may(cast: Cast, who: str):
    actions.new_case_key(by=None)
    actions.keep_slip(**SLIP, by=getattr(cast, who))
    assert SealedSlip.objects.count() == 1


def test_the_administrator_sets_the_key_and_reads_its_fingerprint(cast: Cast, keys: Path):
    _private, public = envelopes.new_key_pair()
    written = base64.b64encode(public).decode()
    mark = actions.set_case_key(public_key_b64=f" {written}\n", by=cast.administrator)
    assert mark == case_keys.fingerprint(public) and case_keys.public_key() == public
    assert (keys / case_keys.FILE_NAME).read_text().strip() == written
    event = Event.objects.get(kind="case_key.set")
    assert json.loads(event.payload.content)["fingerprint"] == mark


@pytest.mark.parametrize("who", ["office", "clerk", "inspector", "leader"])
def test_nobody_else_sets_the_key(cast: Cast, who: str, keys: Path):
    with pytest.raises(Refused):
        actions.new_case_key(by=getattr(cast, who))
    assert not (keys / case_keys.FILE_NAME).exists()


@pytest.mark.parametrize("written", ["", "短", "AAAA", "A" * 44, "!" * 44])
def test_what_is_no_key_is_turned_away(cast: Cast, written: str, keys: Path):
    with pytest.raises(BadInput, match="公钥"):
        actions.set_case_key(public_key_b64=written, by=cast.administrator)
    assert not (keys / case_keys.FILE_NAME).exists()


def test_the_private_key_is_nowhere_on_the_machine(cast: Cast, keys: Path):
    private = actions.new_case_key(by=cast.administrator)
    assert private not in everything_stored()
    assert all(private.encode() not in path.read_bytes() for path in keys.rglob("*") if path.is_file())
