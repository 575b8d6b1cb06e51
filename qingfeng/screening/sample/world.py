"""The made-up district while it is being made: who lives there, which villages, firms and public bodies it has.

Everything is drawn from one random source, so that the same seed gives the same district.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product
from random import Random

from qingfeng.screening.sample import numbers, words

AS_OF = date(2026, 6, 30)
DAYS_A_YEAR = 365.25


@dataclass(slots=True)
class Village:
    """A village or community of a street."""

    name: str
    street: str
    region: str
    account: str


@dataclass(slots=True)
class Person:
    """Somebody who lives here; `known` is false for the few whose number no office wrote down."""

    number: str
    name: str
    birth: date
    village: Village
    household: str
    account: str
    known: bool = True

    @property
    def id_no(self) -> str:
        """The number as the offices' lists have it."""
        return self.number if self.known else ""

    def age(self, day: date) -> int:
        """Full years on a day."""
        return day.year - self.birth.year - ((day.month, day.day) < (self.birth.month, self.birth.day))


@dataclass(slots=True)
class Firm:
    """A firm or a shop; its people are kept in the register tables."""

    code: str
    name: str
    trade: str


class World:
    """The district: hands out people, villages, firms and numbers that nobody else has."""

    def __init__(self, seed: int, villages: int) -> None:
        self.rng = Random(f"district {seed}")  # noqa: S311 — made-up people, no secret
        self._serials: dict[str, int] = {}
        self._numbers: set[str] = set()
        names = [f"{a}{b}村" for a, b in product(words.VILLAGE_HEADS, words.VILLAGE_TAILS)]
        self.rng.shuffle(names)
        self._village_names = iter(names)
        bodies = [words.DISTRICT + a + b for a, b in product(words.BODY_WORDS, words.BODY_TAILS)]
        bodies += [s + a + b for s, a, b in product(words.STREETS, words.BODY_WORDS, words.BODY_TAILS)]
        self.rng.shuffle(bodies)
        self._bodies = iter(bodies)
        self.villages = [self.village(index) for index in range(villages)]

    def serial(self, of: str) -> int:
        """The next number of a series."""
        self._serials[of] = self._serials.get(of, 0) + 1
        return self._serials[of]

    def coded(self, prefix: str, width: int = 6) -> str:
        """The next reference number of a kind, like HT000017."""
        return f"{prefix}{self.serial(prefix):0{width}d}"

    def village(self, index: int | None = None) -> Village:
        """A new village, in the street whose turn it is."""
        turn = self.serial("village") if index is None else index
        street = words.STREETS[turn % len(words.STREETS)]
        region = f"99{words.STREETS.index(street) + 1:02d}{self.rng.randrange(1, 6):02d}"
        return Village(next(self._village_names), street, region, self.account())

    def body(self) -> str:
        """A new public body; after the words run out they are numbered."""
        name = next(self._bodies, None)
        return name or f"{words.DISTRICT}第{self.serial('body')}公共服务站"

    def account(self) -> str:
        return numbers.bank_card(self.serial("account"))

    def phone(self) -> str:
        return numbers.phone(self.serial("phone"))

    def official_plate(self) -> str:
        return f"云Z{self.serial('official plate'):05d}"

    def plate(self) -> str:
        number = self.serial("plate")
        return f"云Y{chr(65 + number // 10000 % 8)}{number % 10000:04d}"

    def name(self, *, male: bool) -> str:
        """A name; a few have a middle dot, as names of some peoples do."""
        if self.rng.random() < 0.004:
            return self.rng.choice(words.FAR_NAMES)
        given = words.MALE if male else words.FEMALE
        length = 1 if self.rng.random() < 0.2 else 2
        return self.rng.choice(words.SURNAMES) + "".join(self.rng.choice(given) for _ in range(length))

    def birthday(self, age: int) -> date:
        """A day on which somebody was born who is `age` (and some months) on the as-of day."""
        return AS_OF - timedelta(days=int(age * DAYS_A_YEAR) + self.rng.randrange(30, 330))

    def person(
        self,
        age: int | None = None,
        *,
        birth: date | None = None,
        village: Village | None = None,
        household: str | None = None,
        name: str | None = None,
    ) -> Person:
        """Somebody new. Unless told otherwise of working age, of any village, in a household of their own."""
        rng = self.rng
        home = village or rng.choice(self.villages)
        born = birth or self.birthday(rng.randrange(35, 50) if age is None else age)
        while True:
            serial = rng.randrange(1, 1000)
            number = numbers.identity_number(home.region, born, serial)
            if number not in self._numbers:
                break
        self._numbers.add(number)
        who = name or self.name(male=serial % 2 == 1)
        return Person(number, who, born, home, household or self.household(), self.account())

    def household(self) -> str:
        return self.coded("H", 7)

    def firm(self, trade: str | None = None, *, kind: str = "91") -> Firm:
        """A new firm with a name of its own; it still has to be registered."""
        number = self.serial("firm")
        chosen = trade or self.rng.choice(("建设", "市政", "商贸", "科技", "园林"))
        letters = words.FIRM_WORDS
        size = len(letters)
        word = letters[number % size] + letters[number // size % size] + letters[(number * 7 + 3) % size]
        name = f"{words.DISTRICT}{word}{words.TRADES[chosen]}"
        return Firm(numbers.credit_code(kind, "990101", number), name, chosen)
