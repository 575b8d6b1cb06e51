"""The only code that writes jobs: what owners ask for, what workers do, and the end of a term."""

from qingfeng.apps.base.jobs.actions.asking import cancel, retry, start
from qingfeng.apps.base.jobs.actions.clearing import clear, clear_past_term

__all__ = ["cancel", "clear", "clear_past_term", "retry", "start"]
