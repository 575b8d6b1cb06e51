"""The hash chain of an event stream.

Each event's text names the hash of the one before it, so that a change, an insertion or a removal anywhere
shows at the first broken place. The text holds ids and a salted digest of the payload, never the payload:
personal content can be erased by a recorded act without breaking the chain.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

ALGORITHM = "sha256"
GENESIS = "0" * 64


def canonical(fields: Mapping[str, object]) -> str:
    """The one text of these fields: sorted keys, no spaces, UTF-8. What is hashed is what is stored."""
    return json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def payload_digest(payload: str, salt: bytes) -> str:
    """The digest that stays in the chain after the payload has been erased."""
    return hmac.new(salt, payload.encode(), hashlib.sha256).hexdigest()


def link(previous: str, text: str) -> str:
    """The hash of an event: over the hash before it and its own text."""
    return hashlib.sha256(f"{previous}\n{text}".encode()).hexdigest()


def merkle_root(leaves: Iterable[str]) -> str:
    """One hash over all stream heads (hex digests, in the order given); of none, the genesis hash."""
    level = [bytes.fromhex(leaf) for leaf in leaves]
    if not level:
        return GENESIS
    while len(level) > 1:
        if len(level) % 2:
            level.append(level[-1])
        level = [hashlib.sha256(a + b).digest() for a, b in zip(level[::2], level[1::2], strict=True)]
    return level[0].hex()


@dataclass(frozen=True)
class Break:
    """The first place at which a stream no longer holds."""

    seq: int
    what: str


def first_break(
    entries: Iterable[tuple[int, str, str]], *, head: tuple[int, str] | None = None
) -> Break | None:
    """The first broken place of a stream of (seq, text, hash) in order, or None.

    With `head` (last seq, its hash) a cut-off tail shows too.
    """
    previous, expected = GENESIS, 1
    for seq, text, stored in entries:
        if seq != expected:
            return Break(expected, "缺号")
        if link(previous, text) != stored:
            return Break(seq, "内容与摘要不符")
        previous, expected = stored, expected + 1
    if head is not None and head != (expected - 1, previous):
        return Break(expected - 1, "末尾与链头不符")
    return None
