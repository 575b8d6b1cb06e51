"""The ways of a problem, each a row of commands with the exit code that they must end with."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from .desk import BAD_INPUT, DONE, REFUSED, Desk
from .world import Body

WORKED, ASKED, SIGNED, DECIDED, LOOKED = (date(2026, 6, day) for day in (8, 10, 11, 12, 16))
EARLY_LOOK, LATE_LOOK = "2026-06-16", "2026-09-10"


@dataclass(frozen=True)
class Item:
    """A problem of the ledger and who acts on it."""

    no: str
    """As those who see the whole series call it."""
    reference: str
    """As all others do."""
    body: Body
    other: Body
    """A unit that has nothing to do with it, in which it may end by transfer."""


@dataclass
class Moves:
    """Makes them, and keeps what must come out."""

    desk: Desk
    proof: Path
    states: Counter[str] = field(default_factory=Counter)
    verbs: Counter[str] = field(default_factory=Counter)
    refused: int = 0

    def go(self, item: Item, way: str) -> None:
        self.states[getattr(self, way)(item)] += 1

    # The ways; each answers the state in which it leaves the problem

    def struck_off(self, item: Item) -> str:
        self._submitted(item)
        self._do(
            DECIDED, item, "close-out", "--look-back", LATE_LOOK, by=item.body.closer, expect=REFUSED
        )  # not signed
        self._signed(item)
        self._do(DECIDED, item, "close-out", "--look-back", LATE_LOOK, by=item.body.clerk, expect=REFUSED)
        self._do(
            DECIDED, item, "close-out", "--look-back", "2026-06-01", by=item.body.closer, expect=BAD_INPUT
        )
        self._closed(item, LATE_LOOK)
        self._do(
            DECIDED, item, "close-out", "--look-back", LATE_LOOK, by=item.body.closer, expect=REFUSED
        )  # once is enough
        return "closed_out"

    def returned_first(self, item: Item) -> str:
        self._submitted(item)
        self._signed(item)
        self._do(DECIDED, item, "return", "--reason", "佐证不足", by=item.body.clerk, expect=REFUSED)
        self._do(DECIDED, item, "return", "--reason", "", by=item.body.closer, expect=BAD_INPUT)
        self._do(DECIDED, item, "return", "--reason", "佐证不足", by=item.body.closer)
        self._do(DECIDED, item, "submit", "--text", "已补充", "--no-rule", "个别疏漏", by=item.body.clerk)
        self._do(DECIDED, item, "sign", by=item.body.head)
        self._closed(item, LATE_LOOK)
        return "closed_out"

    def still_returned(self, item: Item) -> str:
        self._submitted(item)
        self._signed(item)
        self._do(DECIDED, item, "return", "--reason", "请补充照片", by=item.body.closer)
        return "returned"

    def waiting(self, item: Item) -> str:
        self._submitted(item)
        self._signed(item)
        self._do(SIGNED, item, "sign", by=item.body.head, expect=REFUSED)  # signed already
        return "submitted"

    def extended(self, item: Item) -> str:
        self._measured(item)
        ask = ("extend", "--to", "2026-08-20", "--reason", "等待批复")
        self._do(
            ASKED, item, *ask, by=item.other.clerk, expect=BAD_INPUT
        )  # out of reach looks like not there
        self._do(ASKED, item, *ask, by=item.body.clerk)
        self._do(ASKED, item, *ask, by=item.body.clerk, expect=REFUSED)  # one at a time
        self._do(DECIDED, item, "extend", "--approve", by=item.body.clerk, expect=REFUSED)
        self._do(DECIDED, item, "extend", "--approve", by=item.body.closer)
        return "in_rectification"

    def extension_refused(self, item: Item) -> str:
        self._measured(item)
        self._do(ASKED, item, "extend", "--to", "2026-08-20", "--reason", "等待批复", by=item.body.clerk)
        self._do(DECIDED, item, "extend", "--refuse", "--reason", "理由不充分", by=item.body.closer)
        return "in_rectification"

    def transferred(self, item: Item) -> str:
        ask = ("transfer", "--to", item.other.code, "--reason", "属其职责")
        self._do(WORKED, item, *ask, by=item.body.clerk)
        self._do(ASKED, item, "transfer", "--approve", by=item.body.head, expect=REFUSED)
        self._do(ASKED, item, "transfer", "--approve", by="office")
        item = replace(item, no=item.reference)
        self._do(
            SIGNED,
            item,
            "assign",
            "--person",
            item.other.clerk_name,
            "--due",
            "2026-07-20",
            by=item.other.clerk,
        )
        self._do(DECIDED, item, "measure", "--text", "接手核查", by=item.other.clerk)
        return "in_rectification"

    def transfer_refused(self, item: Item) -> str:
        self._do(
            WORKED, item, "transfer", "--to", item.other.code, "--reason", "属其职责", by=item.body.clerk
        )
        self._do(ASKED, item, "transfer", "--refuse", "--reason", "属本单位职责", by="office")
        return "assigned"

    def long_term(self, item: Item) -> str:
        self._measured(item)
        self._do(ASKED, item, "long-term", "--reason", "常态化事项", by=item.body.clerk, expect=REFUSED)
        self._do(ASKED, item, "long-term", "--reason", "常态化事项", by=item.body.closer)
        self._do(DECIDED, item, "review", "--text", "仍需坚持", "--goes-on", by=item.body.closer)
        return "long_term"

    def looked_back(self, item: Item) -> str:
        self._submitted(item)
        self._signed(item)
        self._closed(item, EARLY_LOOK)
        self._do(
            LOOKED,
            item,
            "look-back",
            "--result",
            "holds",
            "--text",
            "没有反弹",
            by=item.body.clerk,
            expect=REFUSED,
        )
        self._do(LOOKED, item, "look-back", "--result", "holds", "--text", "没有反弹", by=item.body.closer)
        return "closed_out"

    def recurred(self, item: Item) -> str:
        self._submitted(item)
        self._signed(item)
        self._closed(item, EARLY_LOOK)
        self._do(
            LOOKED, item, "look-back", "--result", "recurred", "--text", "又出现同类情况", by=item.body.closer
        )
        return "reopened"

    def reopened(self, item: Item) -> str:
        self._submitted(item)
        self._signed(item)
        self._closed(item, LATE_LOOK)
        self._do(
            LOOKED, item, "reopen", "--reason", "群众反映没有改好", "--due", "2026-07-31", by=item.body.closer
        )
        self._do(LOOKED, item, "measure", "--text", "重新整改", by=item.body.clerk)
        return "in_rectification"

    def void(self, item: Item) -> str:
        self._do(WORKED, item, "void", "--reason", "重复登记", by=item.body.clerk, expect=REFUSED)
        self._do(WORKED, item, "void", "--reason", "重复登记", by="office")
        self._do(ASKED, item, "measure", "--text", "无", by=item.body.clerk, expect=REFUSED)
        return "void"

    def begun(self, item: Item) -> str:
        self._measured(item)
        self._do(
            ASKED, item, "submit", "--text", "完成", "--rule", "办法", by=item.body.clerk, expect=REFUSED
        )  # no proof
        return "in_rectification"

    def untouched(self, item: Item) -> str:
        self._do(WORKED, item, "show", by="leader")
        self._do(WORKED, item, "measure", "--text", "代办", by="leader", expect=REFUSED)
        self._do(WORKED, item, "show", by="nobody", expect=BAD_INPUT)
        return "assigned"

    # Steps that several ways share

    def _measured(self, item: Item) -> None:
        self._do(WORKED, item, "measure", "--text", "核对名册，逐户告知", by=item.body.clerk)

    def _submitted(self, item: Item) -> None:
        self._measured(item)
        self._do(
            ASKED,
            item,
            "submit",
            "--text",
            "已整改到位",
            "--rule",
            "公示登记办法",
            "--file",
            str(self.proof),
            by=item.body.clerk,
        )

    def _signed(self, item: Item) -> None:
        self._do(SIGNED, item, "sign", by=item.body.head)

    def _closed(self, item: Item, look_back: str) -> None:
        self._do(
            DECIDED, item, "close-out", "--look-back", look_back, "--opinion", "同意", by=item.body.closer
        )

    def _do(self, day: date, item: Item, verb: str, *words: str, by: str, expect: int = DONE) -> None:
        self.desk.run(day, "problem", verb, item.no, *words, by=by, expect=expect)
        self.verbs[verb] += expect == DONE
        self.refused += expect != DONE


WAYS = (
    "struck_off",
    "returned_first",
    "extended",
    "transferred",
    "looked_back",
    "long_term",
    "waiting",
    "struck_off",
    "recurred",
    "extension_refused",
    "void",
    "begun",
    "struck_off",
    "reopened",
    "transfer_refused",
    "still_returned",
    "untouched",
)
