"""Which photos and papers from the spot exist for a user: with their sheet, and never without their problem."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from qingfeng.apps.base.orgs.models import User
from qingfeng.apps.work.inspections import visibility as sheets
from qingfeng.apps.work.problems.models import FindingEvidence
from qingfeng.apps.work.problems.visibility import visible


def visible_findings(user: User) -> QuerySet[FindingEvidence]:
    """Those of sheets that exist for the user; one that shows a problem only if that exists for the user too."""
    shown = Q(problem=None) | Q(problem__in=visible(user))
    rows = FindingEvidence.objects.filter(shown, sheet__in=sheets.visible(user))
    return rows.select_related("file", "problem", "sent_by__person")
