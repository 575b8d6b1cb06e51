"""Fills the person keys that ingest left open, tier by tier, and writes down each link with its reason."""

from __future__ import annotations

from qingfeng.screening.matching.resolving.people import Resolution, resolve_people
from qingfeng.screening.matching.resolving.stores import ResolveReport, resolve

__all__ = ["Resolution", "ResolveReport", "resolve", "resolve_people"]
