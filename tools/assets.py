"""The front-end files: fetched by npm, copied into ``static/vendor``, never committed.

No node on the machine is used or needed: pip brings one into a throw-away environment.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tools.places import ASSETS, PROGRAMS, REQUIREMENTS, ROOT, VENDOR, program, run

NPM_FILES = ("package.json", "package-lock.json", ".npmrc")

# From node_modules to static/vendor. Bootstrap's bundle holds Popper.
SERVED = {
    "bootstrap/dist/css/bootstrap.min.css": "bootstrap/bootstrap.min.css",
    "bootstrap/dist/js/bootstrap.bundle.min.js": "bootstrap/bootstrap.bundle.min.js",
    "bootstrap/LICENSE": "bootstrap/LICENSE",
    # The simple build draws bars and lines, which is all that our charts are made of.
    "echarts/dist/echarts.simple.min.js": "echarts/echarts.simple.min.js",
    "echarts/LICENSE": "echarts/LICENSE",
    "echarts/NOTICE": "echarts/NOTICE",
}

# Judges the accessibility of pages in the journeys; not served.
AXE = "axe-core/axe.min.js"


def place_assets() -> None:
    with node_modules(ROOT) as modules:
        unfinished = VENDOR.with_name("vendor.tmp")
        shutil.rmtree(unfinished, ignore_errors=True)
        for source, target in SERVED.items():
            copy(modules / source, unfinished / target)
        copy(modules / AXE, ASSETS / Path(AXE).name)
        shutil.rmtree(VENDOR, ignore_errors=True)
        unfinished.rename(VENDOR)


def copy(source: Path, target: Path) -> None:
    """Text loses its pointer to a source map that is not shipped: the static-files check would look for it."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.suffix not in {".css", ".js"}:
        shutil.copyfile(source, target)
        return
    lines = source.read_text(encoding="utf-8").splitlines(keepends=True)
    target.write_text("".join(line for line in lines if "sourceMappingURL=" not in line), encoding="utf-8")


@contextmanager
def node_modules(folder: Path) -> Iterator[Path]:
    """The packages that the lock in this folder names, in a place that vanishes afterwards."""
    with node() as env:
        place = ASSETS / "npm"
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir(parents=True)
        for name in NPM_FILES:
            shutil.copyfile(folder / name, place / name)
        try:
            npm = shutil.which("npm", path=env["PATH"]) or "npm"
            run([npm, "ci", "--no-progress"], cwd=place, env=env)
            yield place / "node_modules"
        finally:
            shutil.rmtree(place, ignore_errors=True)


@contextmanager
def node() -> Iterator[dict[str, str]]:
    """An environment whose path begins with the locked node."""
    venv = ASSETS / "node"
    shutil.rmtree(venv, ignore_errors=True)
    python = program("python", venv)
    try:
        run([program("python"), "-m", "venv", venv])
        lock = REQUIREMENTS / "node.txt"
        run(
            [
                python,
                "-m",
                "pip",
                "install",
                "--quiet",
                "--disable-pip-version-check",
                "--require-hashes",
                "--no-deps",
                "-r",
                lock,
            ]
        )
        yield dict(os.environ, PATH=f"{venv / PROGRAMS}{os.pathsep}{os.environ.get('PATH', '')}")
    finally:
        shutil.rmtree(venv, ignore_errors=True)
