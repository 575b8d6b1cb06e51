"""What this library refuses, in the words of whoever wrote the document."""

from __future__ import annotations


class Unusable(Exception):
    """A source or file that cannot become, or is not, an official document: the place, and what to do about it."""

    def __init__(self, place: str, reason: str) -> None:
        super().__init__(f"{place}：{reason}")
        self.place = place
        self.reason = reason
