"""What may be done next with a record, and what may not, with the reason."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from qingfeng.apps.base.web.errors import Refused


@dataclass(frozen=True)
class MoveButton:
    """A verb on a record page. Not allowed: `reason` says why, and the verb is listed instead of offered."""

    label: str
    href: str
    reason: str = ""
    primary: bool = False
    dangerous: bool = False
    post: bool = False
    """Made at once by POST; otherwise the address is the page on which the move is made."""

    @property
    def allowed(self) -> bool:
        return not self.reason


def why_not(check: Callable[..., object], *args: object) -> str:
    """The reason a permission check gives for refusing; empty when the move is allowed."""
    try:
        check(*args)
    except Refused as refusal:
        return str(refusal)
    return ""
