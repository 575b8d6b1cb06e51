"""Which records are one person, which names one firm: with a score that says what it is made of."""

from __future__ import annotations

from qingfeng.screening.matching.linking import Links, link
from qingfeng.screening.matching.persons import PERSON, Key, Model

__all__ = ["PERSON", "Key", "Links", "Model", "link"]
