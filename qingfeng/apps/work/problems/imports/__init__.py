"""Inspection sheets from files: read what is there, say what is wrong and where, file what is right."""

from qingfeng.apps.work.problems.imports.filing import ImportResult, Place, import_sheets, look_through
from qingfeng.apps.work.problems.imports.model import Fault, ReadProblem, ReadSheet
from qingfeng.apps.work.problems.imports.reading import read_sheets

__all__ = [
    "Fault",
    "ImportResult",
    "Place",
    "ReadProblem",
    "ReadSheet",
    "import_sheets",
    "look_through",
    "read_sheets",
]
