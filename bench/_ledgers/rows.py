"""The ledgers filled: sheets with their problems, each in the state that its age makes likely, and what that state needs.

Rows come day by day, as they do in life, so that ids grow with the dates. They keep to every constraint; the running
figures and the number series say what the rows say.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from random import Random

from qingfeng.apps.base.orgs.models import Group, GroupKind, GroupOversight, Unit, UnitKind, User
from qingfeng.apps.base.records.models import NumberSeries, StoredFile
from qingfeng.apps.base.records.references import ALPHABET
from qingfeng.apps.work.campaigns.models import Campaign, ContentCategory
from qingfeng.apps.work.inspections.models import InspectionMethod, Sheet, SheetKind, Suggestion
from qingfeng.apps.work.problems import models
from qingfeng.apps.work.problems.flow import OPEN

from . import texts
from .bulk import Table, begin, end, write
from .district import STARTED, TODAY
from .events import Events

CHUNK = 5_000
SPAN = (TODAY - STARTED).days
DAYS = [(STARTED + timedelta(days=n)).isoformat() for n in range(-10, SPAN + 800)]
OFFSET = 10
LIVES = (2, 4, 7, 10, 14, 18, 22, 26, 30, 36, 45, 60, 90, 400)
"""Days from found to struck off, each as likely as the other; the last never is."""
TERMS = (10, 15, 30, 30, 45, 60)
LOOK_BACK_AFTER = 90
NEVER_IN_TIME = SPAN + 400


def day(number: int) -> str:
    """A day counted from the start of the campaign."""
    return DAYS[number + OFFSET]


def moment(number: int) -> str:
    return f"{day(min(number, SPAN))} 02:30:00"


@dataclass(frozen=True)
class Place:
    """A unit with those who act in it and those who look at it from above."""

    unit: Unit
    clerk: User
    head: User
    groups: tuple[tuple[Group, User], ...]
    """The first of them closes what the unit finds itself."""


@dataclass(frozen=True)
class Filing:
    """A sheet on its way: who filed it, when, where."""

    sheet: int
    place: Place
    unit_id: int | None
    group: Group | None
    by: User
    kind: str
    day: int
    number: str
    suggestion: int


def places() -> list[Place]:
    """Every unit below the district."""
    users = {user.username: user for user in User.objects.select_related("person")}
    units = {unit.pk: unit for unit in Unit.objects.exclude(kind=UnitKind.DISTRICT)}
    above: dict[int, list[tuple[Group, User]]] = {pk: [] for pk in units}
    kinds = (GroupKind.STREET_COMMITTEE, GroupKind.DISPATCHED_GROUP, GroupKind.GOVERNANCE_GROUP)
    for row in GroupOversight.objects.filter(group__kind__in=kinds).select_related("group").order_by("pk"):
        member = users[_member(row.group)]
        for unit in units.values():
            if row.unit_id in (unit.pk, unit.parent_id):
                above[unit.pk].append((row.group, member))
    return [
        Place(unit, users[f"clerk{unit.code}"], users[f"head{unit.code}"], tuple(above[unit.pk]))
        for unit in units.values()
    ]


def _member(group: Group) -> str:
    named = {"JW": "committee", "PZ": "dispatched", "ZL": "governance"}
    return f"{named[group.code[:2]]}{group.code[2:]}-a"


class Ledgers:
    """Fills the ledgers of one campaign with so many problems."""

    def __init__(self, campaign: Campaign, *, seed: int = 11) -> None:
        self.chance = Random(seed)
        self.campaign = campaign
        self.places = places()
        self.weights = [self.chance.choice((1, 1, 1, 2, 2, 3, 5)) for _ in self.places]
        self.office = User.objects.get(username="office")
        self.recused = User.objects.get(username="office-recused")
        self.categories = list(ContentCategory.objects.filter(campaign=campaign).values_list("pk", flat=True))
        self.origins = dict(models.Origin.objects.filter(campaign=campaign).values_list("slug", "pk"))
        self.wordings = [texts.problem_text(self.chance) for _ in range(40_000)]
        self.series: Counter[tuple[str, int, str]] = Counter()
        self.sums: dict[tuple[int, str], list[int]] = {}
        self.due: dict[tuple[int, str, str], list[int]] = {}
        self.references: set[str] = set()
        self.found = 0
        self._tables()
        self.events = Events(campaign)

    def _tables(self) -> None:
        who = "campaign_id problem_id"
        self.sheets = Table(
            Sheet,
            "campaign_id kind filing_unit_id filing_group_id number reference filled_on inspected_on"
            " inspected_unit_id inspectors method content due_date state void_reason filed_at filed_by_id",
        )
        self.suggestions = Table(Suggestion, "campaign_id sheet_id order text")
        self.problems = Table(
            models.Problem,
            "campaign_id sheet_id ordinal reference number origin_id finding_unit_id finding_group_id"
            " lead_unit_id text category_id nature term people_affected sum_involved sum_returned found_on"
            " responsible_person_id responsible_name duty_text leader_in_charge first_due_date due_date state"
            " state_since completion new_rule no_rule_reason closed_out_on closed_out_at closed_out_by_id"
            " look_back_on review_on void_reason registered_at registered_by_id",
        )
        self.answers = Table(models.Problem.suggestions.through, "problem_id suggestion_id")
        self.measures = Table(models.Measure, f"{who} kind text taken_on entered_at entered_by_id")
        self.submissions = Table(
            models.Submission,
            f"{who} round statement submitted_on submitted_at submitted_by_id signed_on signed_at signed_by_id"
            " decided_on decided_at decided_by_id verdict opinion",
        )
        asked = f"{who} reason asked_on asked_at asked_by_id decided_at decided_by_id answer opinion"
        self.extensions = Table(models.Extension, f"{asked} old_date new_date")
        self.transfers = Table(models.Transfer, f"{asked} from_unit_id to_unit_id state_before")
        self.look_backs = Table(
            models.LookBack,
            f"{who} planned_on carried_out_on result note carried_out_at carried_out_by_id",
        )
        self.co_units = Table(models.CoUnit, f"{who} unit_id sub_task done_at done_by_id")
        self.files = Table(StoredFile, "id name kind size sha256 uploaded_at uploaded_by")
        self.evidence = Table(models.Evidence, f"{who} file_id description added_on added_at added_by_id")
        self.involved = Table(models.PersonInvolved, f"{who} name post")
        self.recusals = Table(models.Recusal, f"{who} person_id reason declared_at declared_by_id")
        self.summaries = Table(
            models.UnitSummary,
            "campaign_id unit_id state problems people_affected sum_involved sum_returned closed_late",
        )
        self.dues = Table(models.DueSummary, "campaign_id unit_id span starts_on due first_due")
        self.numbers = Table(NumberSeries, "key last")

    @property
    def tables(self) -> Sequence[Table]:
        return [*(value for value in vars(self).values() if isinstance(value, Table)), *self.events.tables]

    def fill(self, wanted: int) -> None:
        begin()
        done = 0
        while self.found < wanted:
            place = self.chance.choices(self.places, self.weights)[0]
            self._sheet(place, min(SPAN, self.found * (SPAN + 1) // wanted), wanted - self.found)
            if self.found - done >= CHUNK:
                write(self.tables)
                done = self.found
        self._close()
        write(self.tables)
        end(self.tables)

    def _close(self) -> None:
        for (unit, state), sums in self.sums.items():
            self.summaries.add(self.campaign.pk, unit, state, *sums)
        for (unit, span, starts_on), numbers in self.due.items():
            self.dues.add(self.campaign.pk, unit, span, starts_on, *numbers)
        for (body, pk, kind), last in self.series.items():
            start = "problem" if kind == "" else "sheet"
            self.numbers.add(f"{start}:{self.campaign.pk}:{body}:{pk}" + (f":{kind}" if kind else ""), last)
        self.events.close()

    def _reference(self) -> str:
        letters = "".join(self.chance.choices(ALPHABET, k=8))
        reference = f"{letters[:4]}-{letters[4:]}"
        if reference in self.references:
            return self._reference()
        self.references.add(reference)
        return reference

    # Sheets

    def _sheet(self, place: Place, filled: int, room: int) -> None:
        chance = self.chance
        group, by, unit_id = None, place.clerk, place.unit.pk
        kind: SheetKind = SheetKind.SELF_INSPECTION
        if place.groups and chance.random() < 0.3:
            group, by = chance.choice(place.groups)
            unit_id, kind = None, chance.choice((SheetKind.SUPERVISION, SheetKind.RANDOM))
        if chance.random() < 0.02:
            self._registered(place, filled)
            return
        body, pk = ("group", group.pk) if group else ("unit", place.unit.pk)
        self.series[body, pk, kind] += 1
        number, inspected = self.series[body, pk, kind], filled - chance.randrange(3)
        name = group.short_name if group else place.unit.short_name
        state = "filed" if chance.random() > 0.004 else "returned"
        sheet = self.sheets.add(
            self.campaign.pk, kind.value, unit_id, group.pk if group else None, number, self._reference(), day(filled),
            day(inspected), place.unit.pk, f"{by.person.name}、{texts.given_name(chance)}",
            chance.choice(list(InspectionMethod)).value, chance.choice(texts.CONTENTS), day(inspected + 30), state,
            "", moment(filled), by.pk,
        )  # fmt: skip
        suggestion = self.suggestions.add(self.campaign.pk, sheet, 1, chance.choice(texts.SUGGESTIONS) + "。")
        self.events.filed(sheet, by.pk, filled)
        filing = Filing(
            sheet, place, unit_id, group, by, kind, inspected, f"{name}{kind.label}{number}号", suggestion
        )
        for ordinal in range(1, min(room, chance.choice((0, 1, 1, 2, 2, 3, 3, 4, 5, 8))) + 1):
            self._problem(filing, ordinal)

    def _registered(self, place: Place, filled: int) -> None:
        """A problem without a sheet: assigned by the office, feedback of a tour."""
        pk = place.unit.pk
        self.series["unit", pk, ""] += 1
        ordinal = self.series["unit", pk, ""]
        number = f"{place.unit.short_name}问题{ordinal}号"
        self._problem(Filing(0, place, pk, None, place.clerk, "", filled, number, 0), ordinal)

    # Problems

    def _problem(self, filing: Filing, ordinal: int) -> None:
        chance, place, found = self.chance, filing.place, filing.day
        life = chance.choice(LIVES) + chance.randrange(4)
        age = SPAN - found
        state = self._state(age, life)
        if state != "closed_out":
            life = NEVER_IN_TIME
        term = chance.choice(TERMS)
        extended = term + 15 if state not in ("found", "void") and chance.random() < 0.08 else 0
        known = state not in ("found", "transferred")
        due = found + (extended or term) if known else None
        people = chance.randrange(1, 60) if chance.random() < 0.6 else 0
        fen = chance.randrange(1, 40_000) * 100 if chance.random() < 0.3 else 0
        returned = fen if state == "closed_out" else 0
        closed = found + life if state == "closed_out" else None
        closer = place.groups[0][1] if place.groups else self.office
        if filing.group:
            closer = filing.by
        looked = closed is not None and closed + LOOK_BACK_AFTER < SPAN and chance.random() < 0.97
        rule = chance.choice(texts.RULES) if closed is not None and chance.random() < 0.3 else ""
        name, person = (place.head.person.name, place.head.person_id) if known else ("", None)
        number = f"{filing.number}-{ordinal}" if filing.sheet else filing.number
        slug = filing.kind or chance.choice(("tour_feedback", "assigned", "instruction"))
        pk = self.problems.add(
            self.campaign.pk, filing.sheet or None, ordinal, self._reference(), number, self.origins[slug],
            filing.unit_id, filing.group.pk if filing.group else None, place.unit.pk,
            self.wordings[int(chance.random() * 40_000)],
            chance.choice(self.categories) if self.categories and chance.random() < 0.95 else None,
            "ordinary" if chance.random() < 0.8 else "risk", "by_date", people, fen, returned, day(found), person,
            name, chance.choice(texts.DUTIES) if known else "", place.head.person.name if known else "",
            day(found + term) if known else None, day(due) if due is not None else None, state,
            day(self._since(state, found, closed)), chance.choice(texts.MEASURES) if closed is not None else "",
            rule, "" if rule or closed is None else "个别问题，已有制度",
            day(closed) if closed is not None else None, moment(closed) if closed is not None else None,
            closer.pk if closed is not None else None,
            day(closed + LOOK_BACK_AFTER) if closed is not None and not looked else None,
            day(found + 365) if state == "long_term" else None, "重复登记" if state == "void" else "",
            moment(found), filing.by.pk,
        )  # fmt: skip
        self.found += 1
        late = closed is not None and closed > found + term
        self._sum(place.unit.pk, state, people, fen, returned, int(late))
        if due is not None and state in OPEN:
            self._due(place.unit.pk, day(due), day(found + term))
        if filing.sheet:
            self.answers.add(pk, filing.suggestion)
        self.events.lived(pk, filing.by.pk, place, closer, found, closed)
        self._around(pk, place, filing, state, found)
        if known and state != "void":
            self._worked(pk, place, state, found, closed, closer, looked)
        if extended:
            self._extension(pk, place, closer, found, term, open_=state in ("assigned", "in_rectification"))

    def _state(self, age: int, life: int) -> str:
        draw = self.chance.random()
        if draw < 0.01:
            return "void"
        if draw < 0.03 and age > 20:
            return "long_term"
        if age >= life:
            return "reopened" if draw > 0.995 else "closed_out"
        if age < 3 and draw < 0.3:
            return "found"
        shares = (("in_rectification", 0.5), ("assigned", 0.75), ("submitted", 0.93), ("returned", 0.98))
        return next((state for state, share in shares if draw < share), "transferred")

    def _since(self, state: str, found: int, closed: int | None) -> int:
        if closed is not None:
            return closed
        return found if state in ("found", "assigned") else min(SPAN, found + self.chance.randrange(12))

    def _sum(self, unit: int, state: str, *numbers: int) -> None:
        sums = self.sums.setdefault((unit, state), [0] * (1 + len(numbers)))
        for place, value in enumerate((1, *numbers)):
            sums[place] += value

    def _due(self, unit: int, due: str, first: str) -> None:
        for place, one in enumerate((due, first)):
            for span, starts_on in ((models.MONTH, f"{one[:8]}01"), (models.DAY, one)):
                self.due.setdefault((unit, span, starts_on), [0, 0])[place] += 1

    # What a problem needs in its state

    def _around(self, pk: int, place: Place, filing: Filing, state: str, found: int) -> None:
        chance, campaign = self.chance, self.campaign.pk
        if chance.random() < 0.03:
            other = chance.choice(self.places)
            if other is not place:
                done = (moment(found + 9), other.clerk.pk) if state == "closed_out" else (None, None)
                self.co_units.add(campaign, pk, other.unit.pk, "配合核查", *done)
        if chance.random() < 0.004:
            self.involved.add(campaign, pk, texts.given_name(chance), "经办人员")
        if chance.random() < 0.001:
            person = self.recused.person_id if chance.random() < 0.5 else place.clerk.person_id
            self.recusals.add(campaign, pk, person, "近亲属所在单位", moment(found), self.office.pk)
        if state == "transferred":
            other = chance.choice(self.places).unit.pk
            self.transfers.add(
                campaign, pk, "职责不属本单位", day(found), moment(found), filing.by.pk, moment(found + 1),
                self.office.pk, "approved", "", other, place.unit.pk, "assigned",
            )  # fmt: skip
        elif state == "assigned" and chance.random() < 0.02:
            other = chance.choice(self.places).unit.pk
            self.transfers.add(
                campaign, pk, "职责不属本单位", day(found), moment(found), place.clerk.pk, None, None, "", "",
                place.unit.pk, other, "assigned",
            )  # fmt: skip

    def _worked(
        self, pk: int, place: Place, state: str, found: int, closed: int | None, closer: User, looked: bool
    ) -> None:
        chance, campaign = self.chance, self.campaign.pk
        if state == "assigned":
            return
        last = min(SPAN, closed if closed is not None else found + 12)
        for turn in range(chance.choice((1, 1, 1, 2))):
            kind = "progress" if turn else "measure"
            at = min(last, found + 1 + turn)
            self.measures.add(
                campaign, pk, kind, chance.choice(texts.MEASURES) + "。", day(at), moment(at), place.clerk.pk
            )
        if chance.random() < 0.3:
            key = f"{chance.getrandbits(128):032x}"
            self.files.add(key, "整改照片.jpg", "jpeg", 120_000, "0" * 64, moment(last), place.clerk.pk)
            self.evidence.add(campaign, pk, key, "整改后", day(last), moment(last), place.clerk.pk)
        self._submitted(pk, place, state, last, closed, closer)
        if looked and closed is not None:
            at = min(SPAN, closed + LOOK_BACK_AFTER + 2)
            self.look_backs.add(
                campaign, pk, day(closed + LOOK_BACK_AFTER), day(at), "holds", "现场复核，没有反弹。",
                moment(at), closer.pk,
            )  # fmt: skip

    def _submitted(
        self, pk: int, place: Place, state: str, last: int, closed: int | None, closer: User
    ) -> None:
        if state not in ("submitted", "returned", "closed_out", "reopened"):
            return
        first = max(last - 2, 0)
        head, statement = (day(last), moment(last), place.head.pk), self.chance.choice(texts.MEASURES)
        handed = (statement, day(first), moment(first), place.clerk.pk)
        decided = (day(last), moment(last), closer.pk)
        back = (*handed, *head, *decided, "returned", "请补充凭证后再报。")
        if state == "submitted":
            signed = head if self.chance.random() < 0.7 else (None, None, None)
            self.submissions.add(self.campaign.pk, pk, 1, *handed, *signed, None, None, None, "", "")
            return
        if state == "returned" or self.chance.random() < 0.12:
            self.submissions.add(self.campaign.pk, pk, 1, *back)
        if state != "returned":
            number = 2 if self.submissions.rows[-1:] and self.submissions.rows[-1][2] == pk else 1
            agreed = (*handed, *head, *decided, "closed_out", "同意")
            self.submissions.add(self.campaign.pk, pk, number, *agreed)

    def _extension(self, pk: int, place: Place, closer: User, found: int, term: int, *, open_: bool) -> None:
        asked, dates = min(SPAN, found + 5), (day(found + term), day(found + term + 15))
        told = (self.campaign.pk, pk, "资金拨付需要时间", day(asked), moment(asked), place.clerk.pk)
        self.extensions.add(*told, moment(asked + 1), closer.pk, "approved", "", *dates)
        if open_ and self.chance.random() < 0.1:
            later = (dates[1], day(found + term + 30))
            self.extensions.add(*told, None, None, "", "", *later)
