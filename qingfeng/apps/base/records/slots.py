"""Places of this app that higher apps fill in `site/panels.py`."""

from qingfeng.apps.base.web.slots import Slot

audited_streams: Slot = Slot("keys of the streams that this user audits: f(user) -> Iterable[str]")
search_sources: Slot = Slot("kinds of record in the search index: a search.sources.Source each")
"""Not callables: each filler is a source."""
