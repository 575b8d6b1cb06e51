"""The stage of the tests, and the table of settings in the README."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from qingfeng.site.environment import Environment
from tests.environment import postgres
from tests.environment.needs import need
from tools.places import ROOT

SOURCES = ("qingfeng", "tools", "tests", "bench")


def variables_in_code() -> set[str]:
    """Every setting that the code reads, by its full name or as a field of the settings."""
    files = [
        path
        for folder in SOURCES
        for path in (ROOT / folder).rglob("*.py")
        if path.name != Path(__file__).name
    ]
    text = "\n".join(path.read_text(encoding="utf-8") for path in [*files, ROOT / "conftest.py"])
    named = {name for name in re.findall(r"QINGFENG_[A-Z_]+", text) if not name.endswith("_")}
    return named | {f"QINGFENG_{field.upper()}" for field in Environment.model_fields}


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
def test_every_setting_is_in_the_table_of_the_readme_and_no_other(readme: str) -> None:
    text = (ROOT / readme).read_text(encoding="utf-8")
    documented = set(re.findall(r"^\| `(QINGFENG_[A-Z_]+)`", text, re.MULTILINE))
    assert documented == variables_in_code()


def test_no_file_of_the_repository_names_a_place_of_one_machine() -> None:
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True).stdout.split()
    place = re.compile(r"(?<![\w.~])/(?:work|root|home|farm)/[a-z]")
    found = [
        name
        for name in tracked
        if Path(name).suffix in {".py", ".toml", ".json", ".txt", ".md", ".html", ""}
        and (ROOT / name).is_file()
        if place.search((ROOT / name).read_text(encoding="utf-8", errors="replace"))
    ]
    assert found == []


def test_what_is_missing_skips_with_the_reason(monkeypatch) -> None:
    monkeypatch.delenv("QINGFENG_REQUIRE_ALL", raising=False)
    with pytest.raises(pytest.skip.Exception, match="no browser"):
        need("there is no browser")


def test_what_is_missing_fails_where_all_is_required(monkeypatch) -> None:
    monkeypatch.setenv("QINGFENG_REQUIRE_ALL", "1")
    with pytest.raises(pytest.fail.Exception, match="no browser"):
        need("there is no browser")


def test_the_network_is_closed_in_tests() -> None:
    with socket.socket() as line, pytest.raises(PermissionError, match="network is closed"):
        line.connect(("192.0.2.1", 80))


def test_tests_keep_their_data_in_a_folder_of_their_own() -> None:
    assert Path(os.environ["QINGFENG_HOME"]).name.startswith("qingfeng-test-")


@pytest.mark.slow
def test_the_server_of_a_killed_session_goes_too(monkeypatch) -> None:
    """The session holds the server by a pipe, which the system closes however the session ends."""
    monkeypatch.delenv("QINGFENG_TEST_PG_DSN", raising=False)
    script = (
        "from tests.environment.postgres import server\nwith server() as s:\n print(s, flush=True)\n input()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as session:
        assert session.stdout is not None
        address = session.stdout.readline().strip()
        session.kill()
    if not address:
        need("PostgreSQL does not start here")
    port = int(address.rsplit(":", 1)[1].split("/")[0])
    assert gone_within(20, port), "the server still answers"


def gone_within(seconds: float, port: int) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        with socket.socket() as line:
            if line.connect_ex(("127.0.0.1", port)) != 0:
                return True
        time.sleep(0.2)
    return False


def test_a_given_server_is_used_as_it_is(monkeypatch) -> None:
    monkeypatch.setenv("QINGFENG_TEST_PG_DSN", "postgresql://given.test/one")
    with postgres.server() as address:
        assert address == "postgresql://given.test/one"
