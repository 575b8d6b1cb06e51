"""Places of the desk that are filled in `site/panels.py`: apps beside it, which it does not import."""

from qingfeng.apps.base.web.slots import Slot

further_matters: Slot = Slot("what waits for this user there: f(user) -> Iterator[desk.matters.Matter]")
