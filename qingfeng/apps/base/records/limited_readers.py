"""Files from outside are opened by a small process of its own, with limits on memory and time: what somebody sends may
unpack to gigabytes, or keep a program busy for hours, and the platform has to go on answering meanwhile.

A reader is a module that is run with the file on its standard input, begins with `bounded()`, and writes what it found
to its standard output. It imports neither Django nor anything else that takes long to load: a start costs about as much
as drawing a page.
"""

from __future__ import annotations

import subprocess
import sys
import threading

PATIENCE = 40
"""Seconds for one file; an ordinary one takes a fifth of a second."""
AT_A_TIME = 2
"""Readers that one process of the platform has running; whoever comes then waits."""
_places = threading.BoundedSemaphore(AT_A_TIME)


class Unread(Exception):
    """The reader came to no end."""


class TooMuch(Unread):
    """It needed more memory or time than one file may have."""


class Busy(Unread):
    """As many files as may be are being read, and none came to its end in time."""


def answer_of(module: str, content: bytes) -> bytes:
    """What this reader writes about the file."""
    if not _places.acquire(timeout=PATIENCE):
        raise Busy
    try:
        done = subprocess.run(
            (sys.executable, "-m", module), input=content, capture_output=True, timeout=PATIENCE, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise TooMuch from error
    finally:
        _places.release()
    if done.returncode < 0:  # ended by its limits
        raise TooMuch
    if done.returncode:
        raise Unread
    return done.stdout
