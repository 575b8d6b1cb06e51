"""What the makers of rows hold in their hands: the world, the book of rows, the keys of this sample."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from qingfeng.screening.cleaning.keys import Keys
from qingfeng.screening.sample.book import NEAR_MISS, TRUE, Book, Row
from qingfeng.screening.sample.world import Firm, Person, World


def fen(yuan: float) -> int:
    """Yuan as the integer of fen that rows hold."""
    return round(yuan * 100)


def hundredths(quantity: float) -> int:
    """Mu or square metres as the integer that rows hold."""
    return round(quantity * 100)


def month_of(day: date) -> date:
    return day.replace(day=1)


def days(number: int) -> timedelta:
    return timedelta(days=number)


@dataclass
class District:
    """The making of one sample."""

    world: World
    book: Book
    keys: Keys
    # Experts who may be drawn for a panel.
    panel: list[Person] = field(default_factory=list)
    noticed: set[tuple[str, str]] = field(default_factory=set)

    @property
    def rng(self) -> Random:
        return self.world.rng

    def person_key(self, person: Person) -> str:
        return self.keys.person(person.number)

    def true(self, rule: str, subject: str | Person | Firm, rows: Iterable[Row], note: str) -> None:
        """Plants a case that MODELS.md's condition holds for."""
        self.book.plant(rule, TRUE, self._subject(subject), rows, note)

    def near(self, rule: str, subject: str | Person | Firm, rows: Iterable[Row], note: str) -> None:
        """Plants a case one step outside the condition, or a usual false positive that the data can tell."""
        self.book.plant(rule, NEAR_MISS, self._subject(subject), rows, note)

    def _subject(self, subject: str | Person | Firm) -> str:
        if isinstance(subject, Person):
            return self.person_key(subject)
        return subject.code if isinstance(subject, Firm) else subject
