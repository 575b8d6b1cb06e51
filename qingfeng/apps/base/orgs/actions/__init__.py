"""Setting up and changing the organisation: units, groups, people, posts, appointments, accounts."""

from qingfeng.apps.base.orgs.actions.accounts import (
    change_own_password,
    create_account,
    reset_password,
    set_account_active,
)
from qingfeng.apps.base.orgs.actions.groups import (
    create_group,
    end_group,
    end_oversight,
    oversee,
    rename_group,
)
from qingfeng.apps.base.orgs.actions.importing import ImportResult, import_units
from qingfeng.apps.base.orgs.actions.people import (
    appoint,
    change_appointment,
    change_post,
    create_person,
    end_appointment,
    handover_sources,
    open_items,
    rename_person,
)
from qingfeng.apps.base.orgs.actions.undoing import check_can_undo_import, undo_import
from qingfeng.apps.base.orgs.actions.units import (
    change_unit,
    correct_unit,
    create_unit,
    end_unit,
    move_unit,
    rename_unit,
)

__all__ = [
    "ImportResult",
    "appoint",
    "change_appointment",
    "change_own_password",
    "change_post",
    "change_unit",
    "check_can_undo_import",
    "correct_unit",
    "create_account",
    "create_group",
    "create_person",
    "create_unit",
    "end_appointment",
    "end_group",
    "end_oversight",
    "end_unit",
    "handover_sources",
    "import_units",
    "move_unit",
    "open_items",
    "oversee",
    "rename_group",
    "rename_person",
    "rename_unit",
    "reset_password",
    "set_account_active",
    "undo_import",
]
