"""A step of set-up: done once for the same inputs, and done again when it was interrupted."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tools.places import say


@dataclass(frozen=True)
class Step:
    """Work that need not be repeated while its inputs are the same and its outputs are there.

    The stamp is written last, so a step that was cut off has none and starts anew.
    """

    title: str
    stamp: Path
    action: Callable[[], None]
    files: tuple[Path, ...] = ()
    words: tuple[str, ...] = ()
    outputs: tuple[Path, ...] = field(default=())

    def fingerprint(self) -> str:
        """The hash of everything that this step depends on."""
        digest = hashlib.sha256()
        for word in self.words:
            digest.update(word.encode() + b"\0")
        for path in self.files:
            digest.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
        return digest.hexdigest()

    def is_done(self) -> bool:
        if not all(output.exists() for output in self.outputs):
            return False
        return self.stamp.is_file() and self.stamp.read_text() == self.fingerprint()

    def take(self) -> bool:
        """Do the step if it is due; True when something was done."""
        if self.is_done():
            return False
        say(f"· {self.title}")
        self.stamp.unlink(missing_ok=True)
        self.action()
        self.stamp.parent.mkdir(parents=True, exist_ok=True)
        unfinished = self.stamp.with_suffix(".tmp")
        unfinished.write_text(self.fingerprint())
        unfinished.replace(self.stamp)
        return True
