"""All kinds of paper, in the order in which an office meets them."""

from __future__ import annotations

from qingfeng.apps.work.reports.papers.kind import Kind
from qingfeng.apps.work.reports.papers.kinds.bulletin import BULLETIN
from qingfeng.apps.work.reports.papers.kinds.circular import CIRCULAR
from qingfeng.apps.work.reports.papers.kinds.colour_letters import REMINDER, URGING
from qingfeng.apps.work.reports.papers.kinds.commitments import COMMITMENT, ZERO_COMMITMENT
from qingfeng.apps.work.reports.papers.kinds.inspection_circular import GROUP_CIRCULAR, UNIT_CIRCULAR
from qingfeng.apps.work.reports.papers.kinds.minutes import MINUTES
from qingfeng.apps.work.reports.papers.kinds.rectification_notice import (
    RECTIFICATION_NOTICE,
    UNIT_RECTIFICATION_NOTICE,
)
from qingfeng.apps.work.reports.papers.kinds.work_reports import HALF_YEAR, STAGE_SUMMARY, YEAR_SUMMARY

_ALL: tuple[Kind, ...] = (
    RECTIFICATION_NOTICE,
    UNIT_RECTIFICATION_NOTICE,
    REMINDER,
    URGING,
    GROUP_CIRCULAR,
    UNIT_CIRCULAR,
    COMMITMENT,
    ZERO_COMMITMENT,
    MINUTES,
    BULLETIN,
    CIRCULAR,
    STAGE_SUMMARY,
    HALF_YEAR,
    YEAR_SUMMARY,
)
KINDS = {kind.key: kind for kind in _ALL}
