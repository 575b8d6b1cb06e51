"""The unit tree, groups and people as an office keeps them in Excel: read, shown as what they become, then taken.

Reading writes nothing. `read_units()` gives a preview; `orgs.actions.import_units()` takes it.
"""

from qingfeng.apps.base.orgs.unit_import.lines import Fault, ImportPreview, Line, Outcome
from qingfeng.apps.base.orgs.unit_import.reading import judge, read_units

__all__ = ["Fault", "ImportPreview", "Line", "Outcome", "judge", "read_units"]
