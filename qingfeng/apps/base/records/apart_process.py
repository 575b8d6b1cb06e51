"""Does a function that `apart` hands over: pickled on standard input with its arguments, the answer on standard output."""

from __future__ import annotations

import pickle
import sys
from typing import Any

import django
from django.utils import translation

from qingfeng.apps.base.records.reading_limits import bounded
from qingfeng.apps.base.web.errors import BadInput


def answered(asked: bytes) -> tuple[Any, ...]:
    """What comes of it, or why the input is refused, in the language of whoever asked."""
    language, function, args, kwargs = pickle.loads(asked)  # noqa: S301  (from the process that started this one)
    with translation.override(language):
        try:
            return "done", function(*args, **kwargs)
        except BadInput as refusal:
            return "refused", str(refusal), refusal.places


def main() -> int:
    """Answers once."""
    bounded()
    django.setup()
    sys.stdout.buffer.write(pickle.dumps(answered(sys.stdin.buffer.read())))
    return 0


if __name__ == "__main__":
    sys.exit(main())
