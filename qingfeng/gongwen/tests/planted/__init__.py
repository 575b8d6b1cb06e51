"""The gold of the checker, made without having seen it: ten faultless papers, forty with one planted fault each."""

from qingfeng.gongwen.tests.planted.faultless import clean
from qingfeng.gongwen.tests.planted.faults import planted

__all__ = ["clean", "planted"]
