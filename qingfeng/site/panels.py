"""Slots of lower apps, filled by higher ones. The only place where a lower page learns of a higher record."""

from __future__ import annotations


def fill() -> None:
    """Called once when all apps are loaded."""
