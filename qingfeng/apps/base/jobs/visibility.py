"""Which jobs exist for a user: those that the user asked for."""

from __future__ import annotations

from django.db.models import QuerySet

from qingfeng.apps.base.jobs.models import Job
from qingfeng.apps.base.orgs.models import User


def visible(user: User) -> QuerySet[Job]:
    """The user's own."""
    return Job.objects.filter(owner=user).select_related("file")
