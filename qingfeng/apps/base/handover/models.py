"""What leaves for another wing. So far: sealed slips kept for the case wing."""

from __future__ import annotations

import uuid

from django.db import models

from qingfeng.apps.base.records.models import Record


class SealedSlip(Record):
    """A referral slip sealed to the case office's public key.

    It carries no author, no time, no unit: whoever reads this table learns nothing but that envelopes lie here.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    algorithm = models.CharField(max_length=40)
    envelope = models.BinaryField()

    def stream_key(self) -> str:
        return "handover"
