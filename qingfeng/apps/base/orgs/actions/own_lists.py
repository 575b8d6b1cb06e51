"""What a person keeps about ledgers: lists under names, columns. Personal settings, so without events (see the model)."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

from django.db import transaction
from django.utils.translation import gettext as _

from qingfeng.apps.base.orgs.models import OwnList, User
from qingfeng.apps.base.web.errors import BadInput, NotThere

MOST_LISTS = 20
LONGEST_NAME = 30
LONGEST_QUERY = 2000
MOST_COLUMNS = 60


@transaction.atomic
def keep_list(*, ledger: str, name: str, query: str, by: User) -> OwnList:
    """The present state of a ledger under a name; under a name that exists already it takes the place of the old one."""
    name = _checked_name(name)
    if len(query) > LONGEST_QUERY:
        raise BadInput(_("筛选条件太长，不能保存。请缩短查找的文字或少选几个栏目。"))
    rows = OwnList.objects.select_for_update().filter(user=by, ledger=ledger).exclude(name="")
    if rows.count() >= MOST_LISTS and not rows.filter(name=name).exists():
        raise BadInput(_("每个台账最多保存%(most)d个视图，请先删除不用的。") % {"most": MOST_LISTS})
    row, _made = OwnList.objects.update_or_create(
        user=by, ledger=ledger, name=name, defaults={"query": query}
    )
    return row


@transaction.atomic
def rename_list(*, key: int, name: str, by: User) -> OwnList:
    """Another name for a list."""
    row, name = _own(key, by), _checked_name(name)
    if OwnList.objects.filter(user=by, ledger=row.ledger, name=name).exclude(pk=key).exists():
        raise BadInput(_("您已有名为“%(name)s”的视图，请换个名字。") % {"name": name})
    row.name = name
    row.save(update_fields=["name"])
    return row


@transaction.atomic
def put_first(*, key: int, first: bool, by: User) -> OwnList:
    """The list that opens when the ledger is opened; no longer, when `first` is false."""
    row = _own(key, by)
    OwnList.objects.filter(user=by, ledger=row.ledger, is_first=True).update(is_first=False)
    row.is_first = first
    row.save(update_fields=["is_first"])
    return row


@transaction.atomic
def drop_list(*, key: int, by: User) -> str:
    """The list is gone; the records are as they were."""
    row = _own(key, by)
    row.delete()
    return row.name


@transaction.atomic
def keep_columns(*, ledger: str, columns: Sequence[str], by: User) -> None:
    """The columns, in their order, in which this person wants to see the ledger; none is the ledger's own choice."""
    rows = OwnList.objects.filter(user=by, ledger=ledger, name="")
    if not columns:
        rows.delete()
        return
    query = urlencode([("col", key) for key in columns[:MOST_COLUMNS]])
    if len(query) > LONGEST_QUERY:
        raise BadInput(_("栏目太多，不能保存。"))
    OwnList.objects.update_or_create(user=by, ledger=ledger, name="", defaults={"query": query})


def _own(key: int, by: User) -> OwnList:
    row = OwnList.objects.select_for_update().filter(pk=key, user=by).exclude(name="").first()
    if row is None:
        raise NotThere()
    return row


def _checked_name(name: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise BadInput(_("请给视图起个名字。"))
    if len(name) > LONGEST_NAME:
        raise BadInput(_("名称最多%(most)d个字。") % {"most": LONGEST_NAME})
    return name
