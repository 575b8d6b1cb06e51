"""A second gold of the checker, made by another hand that had not seen it: five faultless papers, twenty with a fault."""

from qingfeng.gongwen.tests.planted2.faults import Planted, clean, planted

__all__ = ["Planted", "clean", "planted"]
