"""What an export is made of: a title, columns, records, and the words that stand at its foot."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from qingfeng.apps.base.web import clock
from qingfeng.apps.base.web.ledgers.columns import Column

_NOT_IN_NAMES = re.compile(r"[\\/:*?\"<>|\s]+")
_LONGEST_NAME = 60
CHUNK = 500


@dataclass(frozen=True)
class Extract:
    """A table to be taken away. `narrowed` are the words of what it was narrowed to, for its name and its foot."""

    title: str
    columns: Sequence[Column]
    records: Iterable[Any]
    rule: str = ""
    narrowed: Sequence[str] = ()

    @property
    def file_name(self) -> str:
        """问题台账_整改中_2026-06-24, without the ending."""
        said = "_".join([self.title, *self.narrowed])
        return f"{_NOT_IN_NAMES.sub('', said)[:_LONGEST_NAME]}_{clock.today().isoformat()}"

    def foot(self, count: int, who: str) -> list[str]:
        """What the sheet says about itself: how many, narrowed to what, counted how, taken by whom and when."""
        lines = [
            _("共%(count)d条。筛选：%(words)s。")
            % {"count": count, "words": "；".join(self.narrowed) or _("无")},
            _("口径：%(rule)s") % {"rule": self.rule} if self.rule else "",
            _("%(who)s于%(day)s导出。") % {"who": who, "day": clock.today().isoformat()},
        ]
        return [line for line in lines if line]


@dataclass(frozen=True)
class Official:
    """The columns of the paper of which a ledger is one (attachment 2, attachment 3), under its title.

    `fields` are what the columns and `prepare` read of a record, as paths: nothing else is fetched. Empty: everything.
    """

    title: str
    columns: Sequence[Column]
    prepare: Callable[[list[Any]], None] | None = None
    fields: Sequence[str] = ()

    def fetched(self, rows: QuerySet) -> QuerySet:
        """The same rows, with no more of each than the paper says."""
        if not self.fields:
            return rows
        beside = sorted({path.rpartition("__")[0] for path in self.fields} - {""})
        return rows.select_related(None).select_related(*beside).only(*self.fields)


def prepared(records: Iterable[Any], prepare: Callable[[list[Any]], None] | None) -> Iterator[Any]:
    """The records one after the other; what belongs to them is fetched a few hundred at a time."""
    if prepare is None:
        yield from records
        return
    rest = iter(records)
    while chunk := list(islice(rest, CHUNK)):
        prepare(chunk)
        yield from chunk
