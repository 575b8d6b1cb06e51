"""A worker of its own on an existing home: `python -m tests.concurrency.long_work set-up|ask [all]|work NAME [AFTER]|claim NAME|count`.

Its job writes one number a chunk, by a real action with its event, so that a doubled or lost chunk is seen.
"""

from __future__ import annotations

import json
import os
import signal
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qingfeng.site.settings")
django.setup()

from django.core.management import call_command  # noqa: E402
from django.utils.translation import gettext_lazy  # noqa: E402

from qingfeng.apps.base.jobs.actions import start, working  # noqa: E402
from qingfeng.apps.base.jobs.models import Job, JobLine  # noqa: E402
from qingfeng.apps.base.jobs.registry import job  # noqa: E402
from qingfeng.apps.base.jobs.run import Run  # noqa: E402
from qingfeng.apps.base.jobs.worker import Worker  # noqa: E402
from qingfeng.apps.base.orgs.models import User  # noqa: E402
from qingfeng.apps.base.records.actions import note, take_number  # noqa: E402
from qingfeng.apps.base.records.models import Event, NumberSeries  # noqa: E402
from qingfeng.apps.base.records.verification import verify_streams  # noqa: E402
from tests.cast import make_cast  # noqa: E402

CHUNKS, KILLED_IN = 30, 7


@job("tests.numbers", title=gettext_lazy("导出"))
def numbers(run: Run) -> None:
    """A number a chunk; its first worker is killed within one."""
    for step in range(run.resume.get("next", 0), CHUNKS):
        with run.chunk():
            number = take_number("tests")
            note(run.job, "job.retried", by=run.by, payload={"number": number})
            run.line(f"第{step}行", True, str(number))
            run.resume["next"] = step + 1
            run.progress(step + 1, CHUNKS)
            if step == KILLED_IN and not run.is_continued:
                os.kill(os.getpid(), signal.SIGKILL)  # no clean-up of any kind: the chunk is half written
    run.finished("完")


def counts() -> dict[str, object]:
    """What must hold afterwards."""
    found = Job.objects.order_by("pk").first()
    return {
        "state": found.state if found else "",
        "attempts": found.attempts if found else 0,
        "done": found.done if found else 0,
        "lines": list(JobLine.objects.order_by("number").values_list("place", "words")),
        "last": NumberSeries.objects.filter(key="tests").values_list("last", flat=True).first(),
        "events": Event.objects.filter(kind="job.retried").count(),
        "broken": [result.stream for result in verify_streams() if result.broken],
    }


def claim_all(worker: str) -> list[int]:
    """Everything that this worker can get."""
    taken = []
    while found := working.claim(worker=worker):
        taken.append(found.pk)
    return taken


def main(words: list[str]) -> None:
    match words:
        case ["set-up"]:
            call_command("migrate", verbosity=0)
            make_cast()
        case ["ask", *everybody]:
            for user in User.objects.all() if everybody else User.objects.filter(username="clerk"):
                start("tests.numbers", by=user)
        case ["work", name, *after]:
            Worker(name, *after).run(once=True)
        case ["claim", name]:
            print(json.dumps(claim_all(name)))
        case _:
            print(json.dumps(counts(), ensure_ascii=False))


if __name__ == "__main__":
    main(sys.argv[1:])
