"""What must hold for every model: arrows, pairs of a fact and its author, Chinese labels."""

from __future__ import annotations

import re

import pytest
from django.apps import apps
from django.db import models
from django.utils import translation

from qingfeng.apps.base.orgs.models import User

LAYERS = (
    "web",
    "records",
    "orgs",
    "documents",
    "handover",
    "jobs",
    "campaigns",
    "inspections",
    "problems",
    "returns",
    "reports",
    "desk",
    "search",
)
OURS = [model for model in apps.get_models() if model.__module__.startswith("qingfeng.")]
IDS = [model._meta.label for model in OURS]


def test_there_are_models_to_look_at() -> None:
    assert len(OURS) > 30


@pytest.mark.parametrize("model", OURS, ids=IDS)
def test_foreign_keys_point_to_earlier_apps(model: type[models.Model]) -> None:
    for field in model._meta.get_fields():
        if isinstance(field, models.ForeignKey | models.ManyToManyField):
            target = field.related_model._meta.app_label
            assert target in LAYERS[: LAYERS.index(model._meta.app_label) + 1], field


@pytest.mark.parametrize("model", OURS, ids=IDS)
def test_no_reverse_accessor_points_upwards(model: type[models.Model]) -> None:
    for relation in model._meta.related_objects:
        ours = relation.related_model in OURS
        if ours and relation.related_model._meta.app_label != model._meta.app_label:
            assert relation.hidden, f"{relation.related_model._meta.label}.{relation.field.name}"


@pytest.mark.parametrize("model", OURS, ids=IDS)
def test_nothing_is_deleted_by_cascade(model: type[models.Model]) -> None:
    for field in model._meta.concrete_fields:
        if isinstance(field, models.ForeignKey):
            assert field.remote_field.on_delete is models.PROTECT, field


@pytest.mark.parametrize("model", OURS, ids=IDS)
def test_a_fact_and_its_author_travel_together(model: type[models.Model]) -> None:
    names = {field.name: field for field in model._meta.concrete_fields}
    for name, field in names.items():
        author = re.sub(r"_at$", "_by", name)
        if not name.endswith("_at") or author not in names:
            continue
        if not field.null:
            assert not names[author].null, f"{model._meta.label}.{author}"
            continue
        checks = [str(c.condition) for c in model._meta.constraints if isinstance(c, models.CheckConstraint)]
        assert any(name in check and author in check for check in checks), f"{model._meta.label}.{name}"


@pytest.mark.parametrize("model", OURS, ids=IDS)
def test_every_choice_has_a_chinese_label(model: type[models.Model]) -> None:
    with translation.override("zh-hans"):
        for field in model._meta.concrete_fields:
            for value, label in field.choices or []:
                assert re.search(r"[\u4e00-\u9fff]|^(PDF|JPEG|PNG|OFD|HTML|Word|Excel)", str(label)), (
                    field,
                    value,
                )


def test_an_account_carries_no_rights_of_its_own() -> None:
    assert not {"is_superuser", "is_staff", "groups", "user_permissions"} & {
        f.name for f in User._meta.get_fields()
    }
