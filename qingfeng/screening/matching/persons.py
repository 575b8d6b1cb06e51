"""The model of persons: the fields that offices' lists have, and the keys under which two records meet.

Blocking, not scoring, limits what is found: a pair that never meets under any key is never compared. So there are
many keys, each of which survives some of the ways in which a record goes wrong.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qingfeng.screening.matching.fields import (
    Field,
    address_field,
    date_field,
    firm_field,
    id_field,
    name_field,
    phone_field,
    place_field,
    sex_field,
)


@dataclass(frozen=True)
class Key:
    """Records with the same value of one of the `expressions` meet. `finer` divides the blocks that are too large."""

    title: str
    expressions: tuple[str, ...]
    columns: tuple[str, ...]
    finer: str = ""


@dataclass(frozen=True)
class Model:
    """What is compared and under which keys; only what both lists have is used."""

    fields: tuple[Field, ...]
    keys: tuple[Key, ...]
    # Records that agree so are one and the same without a score.
    sure: str = ""
    sure_columns: tuple[str, ...] = ()

    def within(self, columns: Sequence[str]) -> Model:
        fields = tuple(field for field in self.fields if field.column in columns)
        keys = tuple(key for key in self.keys if set(key.columns) <= set(columns))
        sure = self.sure if self.sure_columns and set(self.sure_columns) <= set(columns) else ""
        return Model(fields, keys, sure, self.sure_columns)


NAME_AND_BIRTH = ("name", "birth_date")

PERSON_KEYS = (
    Key("身份证号", ("id_no[1:17]",), ("id_no",)),
    Key("身份证后八位", ("id_no[10:17]",), ("id_no",), finer="name_s1"),
    Key("姓名＋身份证前十位", ("name || id_no[1:10]",), ("name", "id_no"), finer="birth_date_md"),
    Key("姓名＋出生日期", ("name || birth_date",), NAME_AND_BIRTH),
    Key("姓名读音＋出生年", ("name_sound || birth_date_year",), NAME_AND_BIRTH, finer="sex || village"),
    Key(
        "姓名读音＋月日",
        ("name_sound || birth_date_md", "name_sound || birth_date_dm"),
        NAME_AND_BIRTH,
        finer="birth_date_year[3:3]",
    ),
    Key("姓氏读音＋出生日期", ("name_s1 || birth_date",), NAME_AND_BIRTH, finer="sex || name_s2"),
    Key("末字读音＋出生日期", ("name_last || birth_date",), NAME_AND_BIRTH),
    Key("次字读音＋出生日期", ("name_s2 || birth_date",), NAME_AND_BIRTH),
    Key(
        "少一字的姓名＋出生年月",
        (
            "name_c1 || name_c2 || birth_date[1:6]",
            "name_c1 || name_c3 || birth_date[1:6]",
            "name_c2 || name_c3 || birth_date[1:6]",
        ),
        NAME_AND_BIRTH,
        finer="village",
    ),
    Key("姓名各字＋出生年", ("name_sorted || birth_date_year",), NAME_AND_BIRTH, finer="birth_date_md[1:2]"),
    Key("姓名＋村", ("name || village",), ("name", "village"), finer="birth_date_year[3:3]"),
    Key("姓名＋住址", ("name || address_numbers",), ("name", "address")),
    Key("电话＋姓氏读音", ("right(phone, 8) || name_s1",), ("phone", "name")),
    Key("电话＋出生年", ("right(phone, 8) || birth_date_year",), ("phone", "birth_date")),
    Key(
        "住址＋姓氏＋出生年", ("address_numbers || name_s1 || birth_date_year",), ("address", *NAME_AND_BIRTH)
    ),
    Key(
        "住址＋姓氏", ("address_words || address_numbers || name_s1",), ("address", "name"), finer="name_last"
    ),
    Key("住址＋末字读音", ("address_words || address_numbers || name_last",), ("address", "name")),
    Key("住址＋出生日期", ("address_numbers || birth_date_md",), ("address", "birth_date")),
    Key("姓名＋单位", ("name || firm_name",), ("name", "firm_name"), finer="birth_date_year"),
)

PERSON = Model(
    fields=(
        id_field(),
        name_field(),
        date_field(),
        sex_field(),
        phone_field(),
        place_field(),
        address_field(),
        firm_field(),
    ),
    keys=PERSON_KEYS,
    # The same number and a name that is not another one altogether: nobody's score would say otherwise.
    sure="l.id_no[1:17] = r.id_no[1:17] AND (l.name_c1 = r.name_c1 OR l.name_sound = r.name_sound OR l.name_last = r.name_last)",
    sure_columns=("id_no", "name"),
)
