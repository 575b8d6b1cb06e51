"""What can be wrong with a rule, its parameters or its run."""

from __future__ import annotations

from qingfeng.screening.errors import BadData, ScreeningError


class RuleInvalid(BadData):
    """A rule file, spec file or parameter that cannot be used as written."""


class RuleFailed(ScreeningError):
    """A rule that broke off while running; the others go on."""


class Interrupted(ScreeningError):
    """The person stopped the run (Ctrl-C) or the machine did (SIGTERM)."""
