"""From the text of a cell to the stored values of its column: the plain form, value by value.

It is the reference: rule specs, made-up tables and whatever the whole-column SQL does not take for sure pass here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from qingfeng.screening.catalogue import Column
from qingfeng.screening.catalogue.stored import of_column
from qingfeng.screening.cleaning import accounts, addresses, amounts, codes, dates, ids, names, plates, text
from qingfeng.screening.cleaning.keys import Keys
from qingfeng.screening.cleaning.text import Unusable

# Clear values of these kinds go to the vault, and are never stored in the tables.
SECRET_TYPES = frozenset({"person_id", "person_name", "account", "phone", "plate", "address"})

PLAIN: dict[str, Callable[[str], Any]] = {
    "text": text.clean_text,
    "place": text.clean_text,
    "code": text.clean_code,
    "integer": amounts.clean_integer,
    "decimal": amounts.clean_decimal,
    "boolean": amounts.clean_boolean,
    "date": dates.clean_date,
    "from_day": dates.clean_from_day,
    "to_day": dates.clean_to_day,
    "month": dates.clean_month,
    "timestamp": dates.clean_timestamp,
    "firm_code": codes.clean_firm_code,
    "firm_name": codes.clean_firm_name,
}
MEASURED: dict[str, Callable[[str, Decimal], int]] = {
    "money": amounts.clean_money,
    "area": amounts.clean_area,
    "area_m2": amounts.clean_area_m2,
}


@dataclass(frozen=True)
class Cleaned:
    """What became of one cell: its stored values, its clear value for the vault, and what was wrong with it."""

    stored: dict[str, Any]
    clear: str | None = None
    fault: str | None = None
    notes: tuple[str, ...] = field(default=())


def clean_cell(column: Column, value: str | None, keys: Keys, factor: Decimal = Decimal(1)) -> Cleaned:
    """One cell, cleaned. A value that cannot be taken is NULL and its fault named; nothing is guessed."""
    nothing: dict[str, Any] = dict.fromkeys(of_column(column))
    if value is None or text.is_nothing(value):
        return Cleaned(nothing)
    try:
        text.refuse_excel_error(value)
        return _cleaned(column, value, keys, factor)
    except Unusable as fault:
        if column.type == "person_id" and not value.startswith("#"):
            number = ids.normalised(value)
            shown = {**nothing, f"{column.name.removesuffix('id_no')}id_shown": ids.shown(number)}
            return Cleaned(shown, clear=number, fault=fault.reason)
        return Cleaned(nothing, fault=fault.reason)


def _cleaned(column: Column, value: str, keys: Keys, factor: Decimal) -> Cleaned:
    if column.type in MEASURED:
        return Cleaned({column.name: MEASURED[column.type](value, factor)})
    if column.type == "firm_code":
        code = codes.clean_firm_code(value)
        return Cleaned({column.name: code}, fault=codes.fault_of(code))
    if column.type in PLAIN:
        return Cleaned({column.name: PLAIN[column.type](value)})
    return _KEYED[column.type](column, value, keys)


def _person_id(column: Column, value: str, keys: Keys) -> Cleaned:
    person = ids.clean_person_id(value)
    role = column.name.removesuffix("id_no")
    stored = {
        f"{role}person_key": keys.person(person.number),
        f"{role}person_tier": person.tier,
        f"{role}birth_date": person.birth_date,
        f"{role}id_shown": ids.shown(person.number),
    }
    return Cleaned(stored, clear=person.number)


def _person_name(column: Column, value: str, keys: Keys) -> Cleaned:
    name = names.clean_name(value)
    return Cleaned({column.name: names.shown(name), f"{column.name}_key": keys.name(name)}, clear=name)


def _account(column: Column, value: str, keys: Keys) -> Cleaned:
    number = accounts.clean_account(value)
    return Cleaned(
        {column.name: accounts.shown(number), f"{column.name}_key": keys.account(number)}, clear=number
    )


def _phone(column: Column, value: str, keys: Keys) -> Cleaned:
    number = accounts.clean_phone(value)
    return Cleaned(
        {column.name: accounts.shown(number), f"{column.name}_key": keys.phone(number)}, clear=number
    )


def _plate(column: Column, value: str, keys: Keys) -> Cleaned:
    plate = plates.clean_plate(value)
    return Cleaned({column.name: plates.shown(plate), f"{column.name}_key": keys.plate(plate)}, clear=plate)


def _official_plate(column: Column, value: str, keys: Keys) -> Cleaned:
    plate = plates.clean_plate(value)
    return Cleaned({column.name: plate, f"{column.name}_key": keys.plate(plate)})


def _address(column: Column, value: str, keys: Keys) -> Cleaned:
    key = keys.address(addresses.address_core(value))
    return Cleaned({f"{column.name}_key": key}, clear=addresses.clean_address(value))


def _public_address(column: Column, value: str, keys: Keys) -> Cleaned:
    key = keys.address(addresses.address_core(value))
    return Cleaned({column.name: addresses.clean_address(value), f"{column.name}_key": key})


_KEYED: dict[str, Callable[[Column, str, Keys], Cleaned]] = {
    "person_id": _person_id,
    "person_name": _person_name,
    "account": _account,
    "phone": _phone,
    "plate": _plate,
    "official_plate": _official_plate,
    "address": _address,
    "public_address": _public_address,
}
