"""Java for Apache Spark: from JAVA_HOME or the path, else from apt when the user is root.

``python -m tests.environment.java`` fetches it before any test runs; the tests themselves only look.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from tools import debian
from tools.places import say

PACKAGES = ("openjdk-21-jre-headless", "openjdk-17-jre-headless")
VERSIONS = (17, 21)


def java() -> Path | None:
    """The Java that Spark would start, or None."""
    home = os.environ.get("JAVA_HOME")
    named = Path(home, "bin", "java") if home else None
    if named and os.access(named, os.X_OK):
        return named
    found = shutil.which("java")
    return Path(found) if found else None


def version(program: Path) -> int:
    """Its major version; 0 when it does not say."""
    told = subprocess.run([program, "-version"], capture_output=True, text=True).stderr
    found = re.search(r'version "(\d+)', told)
    return int(found[1]) if found else 0


def missing() -> str:
    """Why Spark cannot run here; empty when it can."""
    found = java()
    if found is None:
        return "no Java on this machine: Spark needs 17 or 21 (Debian: openjdk-21-jre-headless)"
    if version(found) not in VERSIONS:
        return (
            f"Java {version(found)} on this machine: Spark needs 17 or 21 (Debian: openjdk-21-jre-headless)"
        )
    return ""


def fetch() -> str:
    """Make Java available; an empty text, or why there is none."""
    if not missing() or not debian.can_install():
        return missing()
    say("· 安装 Java(测试用) installing Java for Spark")
    for package in PACKAGES:
        if not debian.install(package):
            break
    return missing()


def main() -> int:
    trouble = fetch()
    if trouble:
        say(f"· {trouble}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
