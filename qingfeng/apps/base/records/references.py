"""Random references: what a record is called by those who do not see its whole series, and in addresses.

They carry no order and no count, so that no gap tells of a record that somebody may not see.
"""

from __future__ import annotations

import secrets

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # without 0 O 1 I L, which are misread on paper


def new_reference() -> str:
    """Eight characters in two groups: about 10¹² of them."""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(8))
    return f"{letters[:4]}-{letters[4:]}"
