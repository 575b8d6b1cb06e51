"""All kinds of paper, in the order in which an office meets them."""

from __future__ import annotations

from qingfeng.apps.work.reports.papers.kind import Kind

_ALL: tuple[Kind, ...] = ()
KINDS = {kind.key: kind for kind in _ALL}
