"""A draft item and an obligation in words: what stands beside the source sentence, and in lists."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingfeng.apps.base.orgs.models import GroupKind, UnitKind
from qingfeng.apps.base.web.marks import Mark
from qingfeng.apps.work.campaigns.drafts import in_short, rhythm_in_words
from qingfeng.apps.work.campaigns.models import (
    BearerKind,
    Decision,
    DraftItem,
    ItemKind,
    Obligation,
    StageKind,
)

Facts = list[tuple[str, str]]
DECISION_MARKS = {
    Decision.PENDING: "waiting",
    Decision.ACCEPTED: "done",
    Decision.EDITED: "done",
    Decision.DROPPED: "neutral",
}
FAULT_WORDS = {Decision.ACCEPTED: gettext_lazy("属实，已知悉"), Decision.DROPPED: gettext_lazy("不成立")}
CHANNELS = {
    "electronic": gettext_lazy("电子稿"),
    "paper": gettext_lazy("纸质稿"),
    "electronic+paper": gettext_lazy("电子稿和纸质稿"),
}


@dataclass(frozen=True)
class ItemView:
    """A draft item as the review page draws it."""

    item: DraftItem
    title: str
    facts: Facts
    mark: Mark
    editable: bool


def view_of(item: DraftItem) -> ItemView:
    """The item in words."""
    decision = Decision(item.decision)
    label = str(decision.label)
    if item.kind == ItemKind.FAULT and decision in FAULT_WORDS:
        label = str(FAULT_WORDS[decision])
    tone: Any = DECISION_MARKS[decision]
    return ItemView(
        item,
        in_short(item.kind, item.data),
        facts_of(item.kind, item.data),
        Mark(label, tone),
        item.kind != ItemKind.FAULT,
    )


def facts_of(kind: str, data: Mapping[str, Any]) -> Facts:
    """(label, value) of what is known of an item, in the words of the field."""
    told = {
        ItemKind.STAGE: _stage_facts,
        ItemKind.CONTENT: _content_facts,
        ItemKind.OBLIGATION: _obligation_facts,
        ItemKind.GROUP: _group_facts,
        ItemKind.FORM: _form_facts,
    }.get(ItemKind(kind))
    return [(label, value) for label, value in told(data) if value] if told else []


def _stage_facts(data: Mapping[str, Any]) -> Facts:
    return [
        (_("类别"), _label(StageKind, data.get("kind"))),
        (
            _("起止"),
            _("%(start)s 至 %(end)s") % {"start": data.get("start") or "？", "end": data.get("end") or "？"},
        ),
    ]


def _content_facts(data: Mapping[str, Any]) -> Facts:
    return [(_("内容"), data.get("text") or "")]


def _group_facts(data: Mapping[str, Any]) -> Facts:
    return [
        (_("类别"), _label(GroupKind, data.get("kind"))),
        (_("个数"), str(data.get("count") or 1)),
        (_("成员单位"), "、".join(data.get("members") or [])),
    ]


def _form_facts(data: Mapping[str, Any]) -> Facts:
    return [(_("附件"), str(data.get("attachment") or "")), (_("栏目"), "、".join(data.get("fields") or []))]


def _obligation_facts(data: Mapping[str, Any]) -> Facts:
    return [
        (_("承担者"), bearers_in_words(data.get("bearers") or [])),
        (_("何时"), when_in_words(data)),
        (_("报送给"), "、".join(data.get("deliver_to") or [])),
        (_("形式"), media_in_words(bool(data.get("wants_electronic")), bool(data.get("wants_paper")))),
        (_("表式"), _("月报表（附件4）") if data.get("is_monthly_form") else data.get("form") or ""),
        (_("条件"), data.get("condition") or ""),
        (_("阶段"), _("第%(number)s阶段") % {"number": data["stage"]} if data.get("stage") else ""),
    ]


def when_in_words(data: Mapping[str, Any]) -> str:
    """The date, the rhythm or the event by which it is owed."""
    if data.get("recurrence"):
        return rhythm_in_words(data["recurrence"])
    if data.get("due") and data.get("start"):
        return _("%(start)s 至 %(due)s") % {"start": data["start"], "due": data["due"]}
    if data.get("due"):
        return _("%(due)s前") % {"due": data["due"]}
    return data.get("trigger") or data.get("due_text") or _("没有写明期限")


def media_in_words(electronic: bool, paper: bool) -> str:
    """电子稿、纸质稿."""
    return "、".join(word for word, yes in ((_("电子稿"), electronic), (_("纸质稿"), paper)) if yes)


def channel_in_words(channel: str) -> str:
    """The reader's slugs in words; the plan's own words as they are."""
    return str(CHANNELS.get(channel, channel))


def bearers_in_words(bearers: Iterable[Mapping[str, Any]]) -> str:
    """Who bears it, once classes and names are chosen."""
    return "；".join(_one_in_words(one) for one in bearers)


def _one_in_words(one: Mapping[str, Any]) -> str:
    if one["kind"] == BearerKind.OFFICE:
        return _("领导小组办公室")
    kinds: Any = UnitKind if one["kind"] == BearerKind.UNITS else GroupKind
    words = [_("各%(kind)s") % {"kind": _label(kinds, value)} for value in one.get("classes") or []]
    words += one.get("names") or []
    everyone = _("全部参加单位") if one["kind"] == BearerKind.UNITS else _("方案设立的全部组")
    return "、".join(words) or everyone


def of_obligation(obligation: Obligation) -> dict[str, str]:
    """The same words for an obligation of a running campaign."""
    bearer = {
        "kind": obligation.bearer_kind,
        "classes": obligation.bearer_classes,
        "names": obligation.bearer_names,
    }
    data = {
        "recurrence": obligation.recurrence,
        "due": obligation.due,
        "start": obligation.starts_on,
        "trigger": obligation.trigger,
        "due_text": obligation.due_text,
    }
    return {
        "bearers": bearers_in_words([bearer]),
        "when": when_in_words(data),
        "media": media_in_words(obligation.wants_electronic, obligation.wants_paper),
        "channel": channel_in_words(obligation.channel),
        "deliver_to": "、".join(obligation.deliver_to),
    }


def _label(choices: Any, value: Any) -> str:
    return str(choices(value).label) if value in choices.values else ""
