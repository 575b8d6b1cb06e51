"""One year of the State Council's holiday notice (国务院办公厅部分节假日安排), as a file.

A table holds the weekdays off and the weekend days worked (调休上班). JSON:
`{"year": 2027, "holidays": ["2027-01-01"], "workdays": ["2027-02-06"], "source": "国办发明电…"}`;
CSV: the columns `date,kind` (kind is holiday or workday, 休 or 班), one day a line.
"""

import csv
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

KINDS = {
    "holiday": "holiday",
    "休": "holiday",
    "放假": "holiday",
    "workday": "workday",
    "班": "workday",
    "上班": "workday",
}


class TableInvalid(ValueError):
    """A holiday table that cannot be used; the message says where and what to do, in Chinese."""


@dataclass(frozen=True)
class YearTable:
    """The days of one year that differ from the plain week."""

    year: int
    holidays: frozenset[date]
    workdays: frozenset[date]
    source: str = ""

    def __post_init__(self) -> None:
        both = self.holidays & self.workdays
        if both:
            raise TableInvalid(f"{min(both).isoformat()}既列为放假又列为上班，请改正后重新载入。")
        stray = [day for day in self.holidays | self.workdays if abs(day.year - self.year) > 1]
        if stray:
            raise TableInvalid(f"{min(stray).isoformat()}不属于{self.year}年的放假安排，请核对年份。")
        if not self.holidays:
            raise TableInvalid(f"{self.year}年的放假安排没有一天放假，请补齐后重新载入。")


def load_table(path: Path) -> YearTable:
    """Read one table from a .json or .csv file."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise TableInvalid(f"没有找到文件“{path.name}”，请核对路径。") from None
    except (OSError, UnicodeDecodeError):
        raise TableInvalid(f"文件“{path.name}”不能按UTF-8文本读取，请另存为UTF-8编码的JSON或CSV。") from None
    read = {".json": _from_json, ".csv": _from_csv}.get(path.suffix.lower())
    if read is None:
        raise TableInvalid(f"“{path.name}”不是JSON或CSV文件，放假安排只能由这两种文件载入。")
    return read(text, path.name)


def load_folder(folder: Path) -> tuple[YearTable, ...]:
    """All tables of a folder, by year; a folder that does not exist holds none."""
    if not folder.is_dir():
        return ()
    files = [path for path in folder.iterdir() if path.suffix.lower() in {".json", ".csv"}]
    return tuple(sorted((load_table(path) for path in files), key=lambda table: table.year))


def _from_json(text: str, name: str) -> YearTable:
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        raise TableInvalid(f"“{name}”第{error.lineno}行不是正确的JSON，请改正后重新载入。") from None
    if not isinstance(data, Mapping) or not isinstance(data.get("year"), int):
        raise TableInvalid(f"“{name}”缺少年份（year），请写成整数，如2027。")
    unknown = set(data) - {"year", "holidays", "workdays", "source"}
    if unknown:
        raise TableInvalid(f"“{name}”有不认识的项目“{min(unknown)}”，请删去或改正。")
    return YearTable(
        year=data["year"],
        holidays=_days(data.get("holidays", []), name),
        workdays=_days(data.get("workdays", []), name),
        source=str(data.get("source", "")),
    )


def _from_csv(text: str, name: str) -> YearTable:
    days: dict[str, list[str]] = {"holiday": [], "workday": []}
    for number, row in enumerate(csv.reader(text.splitlines()), start=1):
        if not row or row[0].strip().lower() in {"date", "日期"}:
            continue
        kind = KINDS.get(row[1].strip().lower()) if len(row) > 1 else None
        if kind is None:
            raise TableInvalid(f"“{name}”第{number}行没有写明休或班，请写成“日期,休”或“日期,班”。")
        days[kind].append(row[0].strip())
    holidays, workdays = _days(days["holiday"], name), _days(days["workday"], name)
    years = [day.year for day in holidays | workdays]
    if not years:
        raise TableInvalid(f"“{name}”里没有日期，请补齐后重新载入。")
    return YearTable(year=max(set(years), key=years.count), holidays=holidays, workdays=workdays, source=name)


def _days(values: Iterable[object], name: str) -> frozenset[date]:
    if not isinstance(values, list):
        raise TableInvalid(f"“{name}”的放假或上班日期应是一列日期，请改正后重新载入。")
    found = set()
    for value in values:
        try:
            found.add(date.fromisoformat(str(value)))
        except ValueError:
            raise TableInvalid(f"“{name}”里的“{value}”不是日期，请写成2027-01-01的样式。") from None
    return frozenset(found)
