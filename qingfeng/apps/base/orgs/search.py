"""A user's reach as the search index knows it, and the fields by whose change a body is called otherwise."""

from __future__ import annotations

from qingfeng.apps.base.orgs.models import User
from qingfeng.apps.base.orgs.visibility import own_groups, reach
from qingfeng.apps.base.records.search.sources import group_mark, person_mark, unit_mark

NAME_FIELDS = frozenset({"name", "short_name"})
SMALL_REACH = 64
"""So many units at most are asked for by name; a wider reach fills a page soon enough without."""


def marks_of_reach(user: User) -> list[str] | None:
    """Marks of the units in reach, of the own groups and the person; None where the reach is wide. One query."""
    units = list(reach(user).values_list("descendant_id", flat=True).distinct()[: SMALL_REACH + 1])
    if len(units) > SMALL_REACH:
        return None
    marks = [*map(unit_mark, units), *map(group_mark, own_groups(user))]
    return [*marks, person_mark(user.person_id)]
