"""What an action may answer instead of doing it. The text is what the user reads."""

from __future__ import annotations


class Refused(Exception):
    """This person may not make this move now; the text names the reason. (Command line: exit 3.)"""


class BadInput(Exception):
    """What was handed in is wrong; the text says what, where and what to do. (Command line: exit 2.)"""

    def __init__(self, message: str, *, places: list[str] | None = None) -> None:
        super().__init__(message)
        self.places = places or []


class Conflict(Refused):
    """Somebody else changed the record in between; nothing was overwritten."""


class NotThere(Exception):
    """Not there, or out of reach: the two look alike everywhere."""
