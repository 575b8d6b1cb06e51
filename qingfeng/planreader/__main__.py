"""`python -m qingfeng.planreader read|text FILE [--json]`, as the web process starts it.

Exit 0: done; 2: the input cannot be read, with one Chinese sentence on stderr.
"""

import argparse
import json
import os
import sys
from pathlib import Path

from qingfeng.calendars import TableInvalid, WorkingDays, load_folder
from qingfeng.planreader import Unreadable, read, text_lines
from qingfeng.planreader.summary import summary_of


def main(arguments: list[str] | None = None) -> int:
    """Read one document and print its draft or its lines."""
    parser = argparse.ArgumentParser(prog="python -m qingfeng.planreader", description="读取专项治理方案")
    parser.add_argument("action", choices=("read", "text"))
    parser.add_argument("file", type=Path)
    parser.add_argument("--json", action="store_true", dest="as_json")
    parser.add_argument("--calendar", type=Path, help="放假安排所在的文件夹")
    asked = parser.parse_args(arguments)
    try:
        sys.stdout.write(_answer(asked) + "\n")
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader of the pipe (head, less) has seen enough; what is left must not be written at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (Unreadable, TableInvalid) as refusal:
        sys.stderr.write(f"{refusal}\n")
        return 2
    return 0


def _answer(asked: argparse.Namespace) -> str:
    if asked.action == "text":
        lines = text_lines(asked.file)
        if asked.as_json:
            return json.dumps(
                [{"line": line.number, "text": line.text} for line in lines], ensure_ascii=False
            )
        return "\n".join(f"{line.number:>5}  {line.text}" for line in lines)
    calendar = WorkingDays(load_folder(asked.calendar)) if asked.calendar else None
    draft = read(asked.file, calendar=calendar)
    if asked.as_json:
        return json.dumps(draft.as_dict(), ensure_ascii=False, indent=2)
    return summary_of(draft)


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    sys.exit(main())
