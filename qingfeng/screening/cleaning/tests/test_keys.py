"""Keys: the same from Python and from DuckDB, another one under another key, nothing to read off."""

from __future__ import annotations

import hashlib
import hmac
import stat
from base64 import urlsafe_b64encode
from pathlib import Path

import duckdb
import pytest

from qingfeng.screening.cleaning.keys import Keys, read_or_make
from qingfeng.screening.errors import BadData

TEXTS = ["990101194003020015", "张三", "欧阳·买买提", "6228480012345678901", "a" * 200, "'"]


@pytest.mark.parametrize("secret", [b"k" * 16, b"k" * 64, b"a key longer than one block of the hash " * 3])
def test_duckdb_and_python_make_the_same_keys(secret: bytes) -> None:
    keys = Keys(secret)
    connection = duckdb.connect()
    for text in TEXTS:
        made = connection.execute(f"SELECT {keys.sql('name', '$text')}", {"text": text}).fetchone()
        assert made == (keys.name(text),)


def test_a_key_is_the_head_of_an_hmac_over_kind_and_value() -> None:
    digest = hmac.digest(b"k" * 32, b"person:990101194003020015", hashlib.sha256)
    assert Keys(b"k" * 32).person("990101194003020015") == urlsafe_b64encode(digest[:9]).decode()


def test_kinds_and_campaigns_do_not_share_keys() -> None:
    keys, others = Keys(b"k" * 32), Keys(b"l" * 32)
    assert len({keys.account("1"), keys.phone("1"), keys.name("1"), others.account("1")}) == 4
    assert keys.fingerprint != others.fingerprint


def test_the_secret_is_not_shown() -> None:
    assert "kkk" not in repr(Keys(b"k" * 32))


def test_a_key_file_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "screen.key"
    made = read_or_make(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert read_or_make(path).name("张三") == made.name("张三")


def test_a_short_key_is_refused(tmp_path: Path) -> None:
    (tmp_path / "screen.key").write_text("short")
    with pytest.raises(BadData, match="太短"):
        read_or_make(tmp_path / "screen.key")
