"""The locks: up to date with pyproject.toml, for every platform, and without the address of any registry.

``python -m tools.locks`` checks (no network, no uv); ``--renew`` writes them anew and needs uv on the path.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

from tools.places import REQUIREMENTS, ROOT, say

COMPILE = (
    *("uv", "pip", "compile", "--quiet", "--universal", "--generate-hashes", "--python-version", "3.11"),
    *("--no-emit-index-url", "--no-emit-find-links", "--no-header", "--no-annotate"),
)
# Each lock with what it is made from; a later one keeps to the versions of the one before.
MADE_FROM = {
    "run.txt": ("pyproject.toml", "--group", "build"),
    "dev.txt": (
        "pyproject.toml",
        "--group",
        "build",
        "--group",
        "dev",
        "--constraint",
        "requirements/run.txt",
    ),
    "node.txt": ("--group", "node"),
    "linkage.txt": ("--group", "linkage"),
}
NODE_FOLDERS = (ROOT, ROOT / "tests" / "environment" / "browser")
ADDRESS = re.compile(r"https?://|(?:^|\s)--?(?:index-url|extra-index-url|find-links|i|f)\b|\bfile:/")


def faults() -> list[str]:
    """Everything that is wrong with the locks, each in a sentence."""
    found = [fault for lock in sorted(REQUIREMENTS.glob("*.txt")) for fault in faults_of_text(lock)]
    for folder in NODE_FOLDERS:
        found += (
            faults_of_text(folder / "package-lock.json")
            + faults_of_text(folder / ".npmrc")
            + faults_of_node(folder)
        )
    return found + faults_of_text(ROOT / "pyproject.toml") + faults_of_versions()


def faults_of_text(path: Path) -> list[str]:
    """An address of a registry would bind every installation to that registry."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [
        f"{path.relative_to(ROOT)}:{number}: names an address or an index: {line.strip()[:80]}"
        for number, line in enumerate(lines, 1)
        if ADDRESS.search(line)
    ]


def faults_of_node(folder: Path) -> list[str]:
    """package-lock.json must pin what package.json asks for, by hash."""
    wanted = json.loads((folder / "package.json").read_text(encoding="utf-8"))
    lock = json.loads((folder / "package-lock.json").read_text(encoding="utf-8"))
    name = (folder / "package-lock.json").relative_to(ROOT)
    kinds = ("dependencies", "devDependencies")
    found = [
        f"{name}: is not of this package.json"
        for kind in kinds
        if wanted.get(kind) != lock["packages"][""].get(kind)
    ]
    for package, entry in lock["packages"].items():
        if package and "integrity" not in entry:
            found.append(f"{name}: {package} has no hash")
        found += [f"{name}: {package} carries “{word}”" for word in ("resolved", "funding") if word in entry]
    return found


def faults_of_versions() -> list[str]:
    """What pyproject.toml asks for stands in the locks, in a version that it allows."""
    from packaging.requirements import Requirement
    from packaging.utils import canonicalize_name

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = project["dependency-groups"]
    run = project["project"]["dependencies"] + groups["build"]
    wanted = {
        "run.txt": run,
        "dev.txt": run + groups["dev"],
        "node.txt": groups["node"],
        "linkage.txt": groups["linkage"],
    }
    found = []
    for lock, lines in wanted.items():
        pinned = {canonicalize_name(name): version for name, version in pins(REQUIREMENTS / lock)}
        for line in lines:
            asked = Requirement(line)
            version = pinned.get(canonicalize_name(asked.name))
            if version is None or not asked.specifier.contains(version, prereleases=True):
                found.append(f"requirements/{lock}: {line} is not met (locked: {version})")
    return found


def pins(lock: Path) -> list[tuple[str, str]]:
    return re.findall(r"^([\w.-]+)==(\S+)", lock.read_text(encoding="utf-8"), re.MULTILINE)


def renew() -> None:
    """Write the Python locks anew with uv. Versions move only where pyproject.toml asks, or with --upgrade."""
    for lock, sources in MADE_FROM.items():
        target = str((REQUIREMENTS / lock).relative_to(ROOT))
        subprocess.run([*COMPILE, *sources, *sys.argv[2:], "--output-file", target], cwd=ROOT, check=True)


def main() -> int:
    if "--renew" in sys.argv[1:2]:
        renew()
    found = faults()
    for fault in found:
        say(fault)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
