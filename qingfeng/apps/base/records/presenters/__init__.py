"""How events read: one sentence a kind, with what must be known beside it.

Kinds are words that actions wrote; nothing here imports the app that wrote them.
"""

from qingfeng.apps.base.records.presenters import campaigns, organisation, problems
from qingfeng.apps.base.records.presenters.sentences import entries, entry, kinds, label_of

__all__ = ["campaigns", "entries", "entry", "kinds", "label_of", "organisation", "problems"]
