"""The worker process of one zone: `python -m qingfeng.site.worker [--name NAME] [--after NAME] [--once] [--kept]`.

`--after` names the worker before it that is known to be gone; `--kept` that a supervisor started it, without whom it
does not stay.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qingfeng.site.settings")
STOPS = (signal.SIGTERM, signal.SIGINT)


def main(words: list[str]) -> int:
    options = _options(words)
    for number in STOPS:  # no job is begun yet: Ctrl+C ends it without a trace
        signal.signal(number, lambda *_signal: sys.exit())
    django.setup()
    # Only now are the apps there.
    from qingfeng.apps.base.jobs.worker import Worker
    from qingfeng.apps.base.records.search.actions import is_stale, rebuild

    if is_stale():  # rows loaded past the actions, by a restored backup or a bulk load
        rebuild()
    parent = os.getppid()
    worker = Worker(options.name, options.after, alone=lambda: options.kept and os.getppid() != parent)
    for number in STOPS:
        signal.signal(number, lambda *_signal: worker.stop())
    wants_room = worker.run(once=options.once)
    if wants_room and os.name == "posix":
        os.execv(sys.executable, sys.orig_argv)  # noqa: S606 — itself, anew
    return 0


def _options(words: list[str]) -> argparse.Namespace:
    reader = argparse.ArgumentParser(prog="qingfeng work")
    reader.add_argument("--name", default="")
    reader.add_argument("--after", default="")
    reader.add_argument("--once", action="store_true")
    reader.add_argument("--kept", action="store_true")
    return reader.parse_args(words)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
