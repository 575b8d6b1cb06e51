"""A text as the eye reads it, with the way back: what cannot be seen is left out, every digit is a plain digit.

Full-width and circled digits, digits in words (一三八…, 壹叁捌…, 幺) and letters without a width between them hide a
number from a machine, not from a person.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_SPOKEN = "〇零○一二三四五六七八九壹贰叁肆伍陆柒捌玖幺"
_SAID = "0001234567891234567891"
_IN_WORDS = dict(zip(_SPOKEN, _SAID, strict=True))
_NUMBER_IN_WORDS = re.compile(rf"[{_SPOKEN}](?:[\s\-—、]{{0,2}}[{_SPOKEN}]){{6,}}")
"""Seven and more digits in words without 十, 百, 万 are a number that was spelled out; four are a year."""


_ODD = re.compile("[^\x00-\x7f\u4e00-\u9fff\u3001\u3002]")
"""Whatever may have a plainer form, or none that is seen."""


@dataclass(frozen=True)
class Reading:
    """The text to look through, and for each of its letters where it stands in the text as written."""

    text: str
    places: tuple[int, ...] | range

    def span(self, start: int, end: int) -> tuple[int, int]:
        """A stretch of what was read as a stretch of what was written."""
        return self.places[start], self.places[end - 1] + 1


def read(text: str) -> Reading:
    """The text as the eye reads it."""
    if not _ODD.search(text):
        return Reading(_NUMBER_IN_WORDS.sub(_in_digits, text), range(len(text)))
    kept = [(at, _plain(letter)) for at, letter in enumerate(text) if not _invisible(letter)]
    seen = "".join(letter for _at, letter in kept)
    return Reading(_NUMBER_IN_WORDS.sub(_in_digits, seen), tuple(at for at, _letter in kept))


def fold(text: str) -> str:
    """The text in plain letters, without what cannot be seen."""
    return read(text).text


def squeezed(text: str) -> str:
    """The folded text without blanks: names are compared so."""
    return re.sub(r"\s", "", fold(text))


def _in_digits(match: re.Match[str]) -> str:
    return "".join(_IN_WORDS.get(letter, letter) for letter in match.group())


def _invisible(letter: str) -> bool:
    return letter > "\x7f" and unicodedata.category(letter) == "Cf"


def _plain(letter: str) -> str:
    if letter <= "\x7f" or "\u4e00" <= letter <= "\u9fff":
        return letter
    plain = unicodedata.normalize("NFKC", letter)
    return plain if len(plain) == 1 else letter
