"""All kinds of paper, in the order in which an office meets them."""

from __future__ import annotations

from qingfeng.apps.work.reports.papers.kind import Kind
from qingfeng.apps.work.reports.papers.kinds.circular import CIRCULAR
from qingfeng.apps.work.reports.papers.kinds.work_reports import HALF_YEAR, STAGE_SUMMARY, YEAR_SUMMARY

_ALL: tuple[Kind, ...] = (CIRCULAR, STAGE_SUMMARY, HALF_YEAR, YEAR_SUMMARY)
KINDS = {kind.key: kind for kind in _ALL}
