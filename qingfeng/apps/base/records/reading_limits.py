"""What a reader of files from outside may use (see `limited_readers`): called first thing in its process."""

from __future__ import annotations

import resource

MEMORY = 1024 * 1024 * 1024
SECONDS = 20


def bounded(memory: int = MEMORY, seconds: int = SECONDS) -> None:
    """From here on the process ends when it wants more memory (bytes) or computing time; it leaves no core behind."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
