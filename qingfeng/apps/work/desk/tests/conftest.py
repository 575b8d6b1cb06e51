"""The campaign started from the made-up plan, with its duties."""

from qingfeng.apps.work.campaigns.tests.conftest import plan, running

__all__ = ["plan", "running"]
