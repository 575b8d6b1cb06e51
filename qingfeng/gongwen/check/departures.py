"""What a check says: where a document departs from the standard, which rule it is, and how to mend it."""

from __future__ import annotations

from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Departure:
    """One departure: `rule` a stable short name, `clause` of GB/T 9704-2012, `place` and texts in Chinese."""

    rule: str
    clause: str
    place: str
    found: str
    mend: str

    def as_dict(self) -> dict[str, str]:
        """For JSON."""
        return asdict(self)

    def sentence(self) -> str:
        """One line for an officer."""
        return f"{self.place}：{self.found}。应：{self.mend}（GB/T 9704—2012 第{self.clause}条）"
