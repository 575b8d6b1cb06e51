"""The sample is what it says: the same each time, its gold where planted.csv puts it, its background clean."""

from __future__ import annotations

import csv
from collections import defaultdict
from datetime import date
from pathlib import Path
from random import Random

import pytest
from python_calamine import CalamineWorkbook

from qingfeng.screening.catalogue import tables
from qingfeng.screening.sample import make, numbers
from qingfeng.screening.sample.cells import headers

PEOPLE = 600
RULES = [
    "A01",
    "A02",
    "A03",
    "A04",
    "A05",
    "A06",
    "A07",
    "A08",
    "A09",
    "A10",
    "A11",
    "A12",
    "A13",
    "A14",
    "A15",
    "B01",
    "B02",
    "B03",
    "B04",
    "B05",
    "B06",
    "B07",
    "B08",
    "B09",
    "B10",
    "B11",
    "B12",
    "C01",
    "C02",
    "C03",
    "C04",
    "C05",
    "C06",
    "C07",
    "C08",
    "D01",
    "D02",
    "D03",
    "D04",
    "D05",
    "D06",
    "D07",
    "D08",
    "E01",
    "E02",
    "E03",
    "E04",
    "E05",
    "E06",
    "E07",
    "E08",
    "E09",
    "E10",
    "E11",
    "E12",
    "E13",
    "F01",
    "F02",
    "F03",
    "F04",
    "F05",
    "G01",
    "G02",
    "G03",
    "G04",
    "G05",
    "G06",
    "G07",
    "G08",
    "G09",
    "H01",
    "H02",
    "H03",
    "H04",
    "H05",
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("sample")
    make(out, PEOPLE, 3)
    return out


def _planted(folder: Path) -> list[dict[str, str]]:
    with (folder / "planted.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _text(path: Path) -> str:
    raw = path.read_bytes()
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("gb18030")


def _row(folder: Path, place: dict[str, str]) -> list[object]:
    path, number = folder / place["file"], int(place["row"])
    if path.suffix == ".csv":
        return list(csv.reader(_text(path).splitlines()))[number - 1]
    sheet = CalamineWorkbook.from_path(str(path)).get_sheet_by_name(place["sheet"])
    return sheet.to_python(skip_empty_area=False)[number - 1]


def test_the_same_seed_gives_the_same_files(folder: Path, tmp_path: Path) -> None:
    make(tmp_path, PEOPLE, 3)
    names = sorted(path.name for path in folder.iterdir())
    assert names == sorted(path.name for path in tmp_path.iterdir())
    assert all((folder / name).read_bytes() == (tmp_path / name).read_bytes() for name in names)


def test_every_rule_has_true_cases_and_near_misses(folder: Path) -> None:
    kinds = defaultdict(set)
    for line in _planted(folder):
        kinds[line["rule"]].add(line["kind"])
    assert sorted(kinds) == sorted(RULES)
    assert all(found == {"true", "near_miss"} for found in kinds.values())


def test_no_subject_of_a_rule_is_both_true_and_near_miss(folder: Path) -> None:
    kinds = defaultdict(set)
    for line in _planted(folder):
        kinds[line["rule"], line["subject"]].add(line["kind"])
    assert all(len(found) == 1 for found in kinds.values())


@pytest.mark.parametrize("table", ["payments", "deaths", "asset_contracts", "vouchers", "fuel", "bids"])
def test_planted_records_stand_where_the_gold_says(folder: Path, table: str) -> None:
    lines = [line for line in _planted(folder) if line["table"] == table][:3]
    for line in lines:
        found = [str(cell) for cell in _row(folder, line)]
        assert line["key"].split("|")[0].casefold() in {cell.replace("·", "").casefold() for cell in found}


def test_headers_never_name_two_columns_of_a_table() -> None:
    for table in tables().values():
        told = headers(table, list(table.columns), Random(5))
        assert len(set(told.values())) == len(told)


def test_made_up_numbers_have_right_check_digits() -> None:
    number = numbers.identity_number("990101", date(1950, 2, 3), 17)
    weighted = sum(int(digit) * weight for digit, weight in zip(number, numbers.ID_WEIGHTS, strict=False))
    assert number[17] == numbers.ID_CHECKS[weighted % 11]
    assert numbers.fifteen_digits(number) == "990101500203017"
    assert len(numbers.credit_code("91", "990101", 7)) == 18


def test_an_officer_is_told_what_the_folder_is(folder: Path) -> None:
    told = (folder / "README.txt").read_text("utf-8")
    assert "编造" in told
    assert "planted.csv" in told
