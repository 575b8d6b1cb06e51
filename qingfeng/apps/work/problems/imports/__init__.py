"""Inspection sheets from files: read what is there, say what is wrong and where, file what is right."""

from qingfeng.apps.work.problems.imports.checking import look_through
from qingfeng.apps.work.problems.imports.extra_columns import extra_of
from qingfeng.apps.work.problems.imports.filing import ImportResult, Place, file_read, import_sheets
from qingfeng.apps.work.problems.imports.model import Fault, ReadProblem, ReadSheet
from qingfeng.apps.work.problems.imports.reading import Reading, read_file, read_sheets

__all__ = [
    "Fault",
    "ImportResult",
    "Place",
    "ReadProblem",
    "ReadSheet",
    "Reading",
    "extra_of",
    "file_read",
    "import_sheets",
    "look_through",
    "read_file",
    "read_sheets",
]
