"""A plan document in, a campaign draft out.

`read` gives the draft of a document, `text_lines` the numbered lines to which it refers; a file that
cannot be read raises `Unreadable` with one Chinese sentence. A pure library: no Django.
"""

from qingfeng.planreader.lines import Line
from qingfeng.planreader.model import Draft
from qingfeng.planreader.reader import read, text_lines
from qingfeng.planreader.sources.unreadable import Unreadable

__all__ = ["Draft", "Line", "Unreadable", "read", "text_lines"]
