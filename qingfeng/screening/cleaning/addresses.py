"""Addresses: compared without blanks and punctuation, with house numbers in one spelling."""

from __future__ import annotations

import re

from qingfeng.screening.cleaning.text import closed_up, plain

PUNCTUATION = re.compile(r"[,，.。;；:：、#＃()（）\[\]\"'/\\]")


def clean_address(value: str) -> str:
    """An address for showing: plain text."""
    return plain(value)


def address_core(value: str) -> str:
    """An address as its key is made: no blanks, no punctuation, “—” as “-”."""
    return PUNCTUATION.sub("", re.sub("[—–−~]", "-", closed_up(value).upper()))
