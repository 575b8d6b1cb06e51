"""What can be wrong with data that an office hands over: one clear Chinese sentence, its place, what to do."""

from __future__ import annotations

import errno

# How the system and DuckDB say that nothing more can be written: the disk, a quota, the room to spill is full.
FULL_ERRORS = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
FULL_WORDS = (
    "No space left",
    "Disk quota exceeded",
    "File too large",
    "out of disk",
    "max_temp_directory_size",
    "Could not write all bytes",
)


def disk_is_full(error: BaseException) -> bool:
    """Whether an error means that there is no room to write, not that something is wrong."""
    return getattr(error, "errno", None) in FULL_ERRORS or any(word in str(error) for word in FULL_WORDS)


class ScreeningError(Exception):
    """Anything the screening library refuses; its text is a sentence for the officer."""


class BadData(ScreeningError):
    """A file, sheet, cell or folder that cannot be used as it stands."""

    def __init__(self, place: str, reason: str) -> None:
        super().__init__(f"{place}：{reason}")
        self.place = place
        self.reason = reason


class BadContract(ScreeningError):
    """A table contract of the catalogue contradicts itself: a fault of ours, found at load."""
