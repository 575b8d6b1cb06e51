"""Which problem a row speaks of: by its number, by its sheet's number and its words, or by unit and words."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from qingfeng.apps.base.orgs.models import Unit, User
from qingfeng.apps.base.orgs.visibility import visible_units
from qingfeng.apps.base.web import clock
from qingfeng.apps.base.web.errors import BadInput
from qingfeng.apps.work.inspections import visibility as sheet_visibility
from qingfeng.apps.work.inspections.models import WORDS_IN_NUMBERS
from qingfeng.apps.work.problems.flow import ProblemState
from qingfeng.apps.work.problems.imports.filing import Place
from qingfeng.apps.work.problems.imports.rectification.comparing import bare_words
from qingfeng.apps.work.problems.imports.rectification.model import ReadAnswer
from qingfeng.apps.work.problems.imports.unit_names import UnitNames
from qingfeng.apps.work.problems.models import Problem
from qingfeng.apps.work.problems.visibility import listed, with_shown_number

_KINDS = {words: kind for kind, words in WORDS_IN_NUMBERS.items()}
_SHEET = re.compile(rf"(.*?)({'|'.join(_KINDS)})(?:第)?(\d+)号?(?:第([\d、,，]+)项)?")
_CHUNK = 500
_SAID = 5
"""Numbers that are told where several problems fit."""


class Problems:
    """The problems of a campaign that exist for whoever imports, as papers call them."""

    def __init__(self, place: Place, by: User) -> None:
        self._place, self._by = place, by
        self._rows = listed(by, place.campaign)
        self._units = UnitNames(list(visible_units(by).select_related("parent")), place.body)
        self._by_number: dict[str, int] = {}
        self._asked: set[str] = set()
        self._of_sheet: dict[tuple[str, str, int], list[list[Problem]]] = {}
        self._of_unit: dict[int | None, dict[str, list[int]]] = {}

    def look_up(self, reads: Iterable[ReadAnswer]) -> None:
        """Asks for all numbers of a file at once."""
        numbers = {one for read in reads for one in self._numbers(read)} - self._asked
        self._asked |= numbers
        wanted = sorted(numbers)
        for at in range(0, len(wanted), _CHUNK):
            part = wanted[at : at + _CHUNK]
            for field in ("number", "reference"):
                found = self._rows.filter(**{f"{field}__in": part}).values_list(field, "pk")
                self._by_number.update(found)

    def find(self, read: ReadAnswer) -> int:
        """The key of the problem; BadInput says why there is none, or which ones it could be."""
        self.look_up([read])
        for number in self._numbers(read):
            if number in self._by_number:
                return self._by_number[number]
        if read.stated_no:
            found = self._on_its_sheet(read)
            if found is not None:
                return found
        if not read.text:
            raise BadInput(
                _(
                    "没有编号为“%(number)s”的问题，或者您不能办理它。请核对编号；也可以写上“存在问题”，按单位和问题对应。"
                )
                % {"number": read.stated_no}
            )
        return self._by_words(read)

    def as_read(self, keys: Iterable[int]) -> dict[int, Problem]:
        """These problems with their numbers as whoever imports may read them."""
        rows = Problem.objects.filter(pk__in=list(keys)).select_related(
            "campaign", "lead_unit", "finding_unit"
        )
        return {row.pk: row for row in with_shown_number(rows, self._by).order_by("pk")}

    def _numbers(self, read: ReadAnswer) -> list[str]:
        """The ways in which the full number may be meant: as written, or without the body before it."""
        number = re.sub(r"\s", "", read.stated_no).translate(str.maketrans("－—–", "---"))
        if not number:
            return []
        names = [read.filing_body, read.unit, self._place.body.short_name, self._place.body.name]
        short = [self._short(name) for name in names if name]
        return list(dict.fromkeys([number, number.upper(), *(f"{name}{number}" for name in short)]))

    def _short(self, name: str) -> str:
        try:
            return self._units.named(name, clock.today()).short_name
        except BadInput:
            return name

    def _on_its_sheet(self, read: ReadAnswer) -> int | None:
        """One of the problems of the sheet whose number the form states: by its words, else by its place on the form."""
        stated = _SHEET.fullmatch(re.sub(r"\s", "", read.stated_no))
        if not stated:
            return None
        sheets = self._sheets(stated[1], stated[2], int(stated[3]), read)
        if len(sheets) != 1:
            return None
        ordinals = [int(one) for one in re.findall(r"\d+", stated[4] or "")]
        rows = [row for row in sheets[0] if not ordinals or row.ordinal in ordinals]
        if not read.text:
            return rows[0].pk if len(rows) == 1 else None
        return _in_place(rows, read) or _of_words(rows, read)

    def _sheets(self, body: str, kind: str, number: int, read: ReadAnswer) -> list[list[Problem]]:
        """For each visible sheet of that number its counted problems."""
        key = (body, kind, number)
        if key in self._of_sheet:
            return self._of_sheet[key]
        rows = sheet_visibility.listed(self._by, self._place.campaign).filter(
            kind=_KINDS[kind], number=number
        )
        sheets = list(rows.select_related("filing_unit", "filing_group"))
        names = {body} if body else {read.filing_body, read.unit, self._place.body.name} - {""}
        meant = [row for row in sheets if {row.filing_body.name, row.filing_body.short_name} & names]
        problems: dict[int | None, list[Problem]] = defaultdict(list)
        counted = self._rows.exclude(state=ProblemState.VOID).filter(sheet__in=meant).order_by("ordinal")
        for row in counted.select_related("lead_unit"):
            problems[row.sheet_id].append(row)
        self._of_sheet[key] = [problems[row.pk] for row in meant]
        return self._of_sheet[key]

    def _by_words(self, read: ReadAnswer) -> int:
        name = read.unit or read.filing_body
        unit: Unit | None = self._units.named(name, clock.today()) if name else self._place.unit
        found = self._words_of(unit).get(bare_words(read.text), [])
        if len(found) == 1:
            return found[0]
        given = {"unit": unit.name if unit else _("各单位"), "text": read.text[:60]}
        if not found and read.stated_no:
            raise BadInput(
                _(
                    "没有编号为“%(number)s”的问题，“%(unit)s”也没有这样写的问题：“%(text)s”。"
                    "请核对编号；还没有登记的，先导入检查台账。"
                )
                % {**given, "number": read.stated_no}
            )
        if not found:
            raise BadInput(
                _(
                    "平台上“%(unit)s”没有这个问题：“%(text)s”。请写上平台的编号；还没有登记的，先导入检查台账。"
                )
                % given
            )
        rows = self.as_read(found[:_SAID]).values()
        numbers = "、".join(row.shown_number for row in rows)
        raise BadInput(
            _("“%(unit)s”有%(count)d个问题都是这样写的（%(numbers)s），分不清是哪一个，请写明编号。")
            % {**given, "count": len(found), "numbers": numbers}
        )

    def _words_of(self, unit: Unit | None) -> dict[str, list[int]]:
        """The counted problems of a unit by their words; of all units for a body that is none."""
        key = unit.pk if unit else None
        if key not in self._of_unit:
            rows = self._rows.exclude(state=ProblemState.VOID).order_by("pk")
            known: dict[str, list[int]] = defaultdict(list)
            for pk, text in (rows.filter(lead_unit=unit) if unit else rows).values_list("pk", "text"):
                known[bare_words(text)].append(pk)
            self._of_unit[key] = known
        return self._of_unit[key]


def _in_place(rows: Sequence[Problem], read: ReadAnswer) -> int | None:
    """The problem that stands in this place of the form, if the words are its own."""
    own = [
        row for row in rows if not read.unit or read.unit in (row.lead_unit.name, row.lead_unit.short_name)
    ]
    if len(own) != read.out_of:
        return None
    row = own[read.ordinal - 1]
    return row.pk if bare_words(row.text) == bare_words(read.text) else None


def _of_words(rows: Sequence[Problem], read: ReadAnswer) -> int | None:
    """The only problem of the sheet in these words."""
    found = [row.pk for row in rows if bare_words(row.text) == bare_words(read.text)]
    return found[0] if len(found) == 1 else None
