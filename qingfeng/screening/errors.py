"""What can be wrong with data that an office hands over: one clear Chinese sentence, its place, what to do."""

from __future__ import annotations


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
