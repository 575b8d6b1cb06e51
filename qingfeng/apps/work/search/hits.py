"""What the result page shows: groups of hits, a few of each kind."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet

from qingfeng.apps.base.orgs.models import User
from qingfeng.apps.base.records.search.snippets import Piece, snippet
from qingfeng.apps.base.records.search.words import Phrase, folded, phrases_of
from qingfeng.apps.base.web.marks import Due, Mark
from qingfeng.apps.work.campaigns.models import Campaign

SHOWN = 6
"""Hits of each kind; the ledger shows the rest."""


@dataclass(frozen=True)
class Asked:
    """Who asks for what; the campaign whose ledgers this user works in, where there is one."""

    user: User
    query: str
    campaign: Campaign | None

    @property
    def phrases(self) -> tuple[Phrase, ...]:
        return phrases_of(self.query)

    def marked(self, *texts: str) -> list[Piece]:
        """A piece of the first of these texts in which something stands, else of the first."""
        pieces = [snippet(text, self.phrases) for text in texts if text]
        hit = next((found for found in pieces if any(is_hit for _text, is_hit in found)), None)
        return hit or (pieces[0] if pieces else [])

    def said_in(self, *lookups: str) -> Q:
        """Every word stands in one of these columns: for the small ledgers, which have no index."""
        words = folded(self.query).split()
        either = [reduce(or_, (Q(**{f"{lookup}__icontains": word}) for lookup in lookups)) for word in words]
        return Q(*either) if either else Q(pk__in=[])


@dataclass(frozen=True)
class Hit:
    """One record: what it is called, where it is, a piece of its text, how it stands."""

    title: Sequence[Piece]
    href: str
    text: Sequence[Piece] = ()
    of: str = ""
    mark: Mark | None = None
    due: Due | None = None
    is_exact: bool = False
    """Its number itself was typed."""


@dataclass(frozen=True)
class Hits:
    """What was found in one ledger."""

    key: str
    label: str
    hits: list[Hit] = field(default_factory=list)
    more: str = ""
    """The ledger filtered by the same words; empty when all is shown."""


def shown(rows: QuerySet) -> tuple[list, bool]:
    """A few of these rows, and whether there are more. One query."""
    found = list(rows[: SHOWN + 1])
    return found[:SHOWN], len(found) > SHOWN


def exact(groups: Iterable[Hits]) -> Hit | None:
    """The one record whose number was typed; None when there is none or several."""
    found = [hit for group in groups for hit in group.hits if hit.is_exact]
    return found[0] if len(found) == 1 else None
