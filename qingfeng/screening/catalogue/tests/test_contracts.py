"""The catalogue: every contract reads, and stores what the rules expect."""

from __future__ import annotations

import pytest

from qingfeng.screening import catalogue
from qingfeng.screening.catalogue import Column, FirmRole, Table
from qingfeng.screening.errors import BadContract


@pytest.mark.parametrize("name", list(catalogue.tables()))
def test_every_contract_stores_columns_of_its_own(name: str) -> None:
    stored = catalogue.stored_columns(catalogue.table(name))
    assert list(stored)[-4:] == ["rec", "source_file", "source_sheet", "source_row"]


@pytest.mark.parametrize("name", list(catalogue.tables()))
def test_no_header_stands_for_two_columns_of_one_table(name: str) -> None:
    headers = [h for column in catalogue.table(name).columns for h in (column.title, *column.headers)]
    assert sorted({h for h in headers if headers.count(h) > 1}) == []


def test_a_person_is_stored_as_key_tier_birth_date_and_masked_number() -> None:
    stored = catalogue.stored_columns(catalogue.table("relatives"))
    assert stored["cadre_person_key"] == "VARCHAR" and stored["cadre_person_tier"] == "TINYINT"
    assert stored["birth_date"] == "DATE" and "id_no" not in stored


def test_a_firm_has_one_key_for_its_code_and_its_name() -> None:
    roles = catalogue.firm_roles(catalogue.table("invoices"))
    assert roles == (FirmRole("seller", "seller_code", "seller_name"),)
    assert catalogue.firm_roles(catalogue.table("repairs")) == (FirmRole("workshop", None, "workshop"),)


def test_it_refuses_a_contract_that_names_a_column_twice() -> None:
    column = Column("name", "text", "名称")
    with pytest.raises(BadContract, match="重复"):
        Table("made_up", "虚构", "无", (column, column))


def test_it_refuses_a_type_the_catalogue_does_not_know() -> None:
    with pytest.raises(BadContract, match="类型"):
        Column("name", "float", "名称")
