"""How events read: one sentence a kind, with what must be known beside it.

Kinds are words that actions wrote; nothing here imports the app that wrote them.
"""

from qingfeng.apps.base.records.presenters import (
    campaigns,
    jobs,
    organisation,
    problems,
    publications,
)
from qingfeng.apps.base.records.presenters.sentences import entries, entry, kinds, label_of
from qingfeng.apps.base.records.presenters.subjects import SUBJECTS, stream_in_words, subject_in_words

__all__ = [
    "SUBJECTS",
    "campaigns",
    "entries",
    "entry",
    "jobs",
    "kinds",
    "label_of",
    "organisation",
    "problems",
    "publications",
    "stream_in_words",
    "subject_in_words",
]
