"""Working days, ten-day periods and month arithmetic of the Chinese office calendar.

A pure library: no Django and no other qingfeng package is imported here.
"""

from qingfeng.calendars.months import TenDayPeriod, add_months, month_end, ten_day_period
from qingfeng.calendars.working_days import WorkingDays, YearUnknown
from qingfeng.calendars.year_tables import TableInvalid, YearTable, load_folder, load_table

__all__ = [
    "TableInvalid",
    "TenDayPeriod",
    "WorkingDays",
    "YearTable",
    "YearUnknown",
    "add_months",
    "load_folder",
    "load_table",
    "month_end",
    "ten_day_period",
]
