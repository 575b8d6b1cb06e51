"""Ledgers: lists of records with views, filters, sorting, columns to choose, bulk moves, export and keyset paging.

The whole state of a list is its address, so that it can be copied and sent. A view makes a `Ledger` from the rows
that this person may see and answers with `ledger_page`: one definition serves the page, the export and the bulk moves.
"""

from qingfeng.apps.base.web.ledgers.columns import Cell, Column, Kind, Row, in_order_of
from qingfeng.apps.base.web.ledgers.extracts import Extract, Official
from qingfeng.apps.base.web.ledgers.filters import Chip, Choice, Filter, View
from qingfeng.apps.base.web.ledgers.ledger import COUNT_LIMIT, PAGE_SIZE, Ledger
from qingfeng.apps.base.web.ledgers.moves import BulkMove
from qingfeng.apps.base.web.ledgers.own import Own, OwnList
from qingfeng.apps.base.web.ledgers.pages import extract_page, ledger_page

__all__ = [
    "COUNT_LIMIT",
    "PAGE_SIZE",
    "BulkMove",
    "Cell",
    "Chip",
    "Choice",
    "Column",
    "Extract",
    "Filter",
    "Kind",
    "Ledger",
    "Official",
    "Own",
    "OwnList",
    "Row",
    "View",
    "extract_page",
    "in_order_of",
    "ledger_page",
]
