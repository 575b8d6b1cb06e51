"""Set-up: from a bare Python to a working ``.venv/bin/qingfeng``, in steps that are kept once done."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

from tools import debian
from tools.assets import place_assets
from tools.places import ASSETS, LOCALE, REQUIREMENTS, ROOT, VENDOR, VENV, Stopped, program, run, say
from tools.steps import Step

STAMPS = VENV / ".qingfeng"
MAKING = ROOT / ".venv.making"
CATALOGUE = LOCALE / "en" / "LC_MESSAGES" / "django.po"


def set_up(*, for_tests: bool = False) -> None:
    """What ``make run`` and ``make test`` share. The second time it takes a moment."""
    make_venv()
    which = "dev" if for_tests or packages("dev").is_done() else "run"
    steps = [packages(which), project(), assets()]
    if CATALOGUE.exists():
        steps.append(translations())
    taken = [step.take() for step in steps]
    if any(taken):
        say("· 准备完成 set-up is complete")


def make_venv() -> None:
    """A virtual environment of the chosen Python. One that was cut off half-way, or is of another Python, is remade."""
    if not MAKING.exists() and venv_works():
        return
    say(f"· 建立虚拟环境 making .venv (Python {sys.version.split()[0]})")
    need_ensurepip()
    MAKING.touch()
    run([getattr(sys, "_base_executable", sys.executable), "-m", "venv", "--clear", VENV])
    MAKING.unlink()


def venv_works() -> bool:
    """Whether .venv has a Python that is new enough, and pip. A Python chosen by name must be the very same version."""
    python = program("python")
    if not python.exists():
        return False
    question = "import pip, sys; print(*sys.version_info[:2])"
    answer = subprocess.run([python, "-c", question], capture_output=True, text=True)
    if answer.returncode != 0:
        return False
    version = tuple(int(part) for part in answer.stdout.split())
    return version == sys.version_info[:2] if os.environ.get("PYTHON") else version >= (3, 11)


def need_ensurepip() -> None:
    """Debian keeps ensurepip in a package of its own."""
    if importlib.util.find_spec("ensurepip") is not None:
        return
    package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
    if debian.can_install():
        say(f"· 安装 {package} installing {package}")
        trouble = debian.install(package) and debian.install("python3-venv")
        importlib.invalidate_caches()
        if not trouble and importlib.util.find_spec("ensurepip") is not None:
            return
    raise Stopped(
        f"这个 Python 缺少 ensurepip。请先安装系统软件包 {package}(例如:sudo apt-get install {package}),再运行一次。\n"
        f"This Python lacks ensurepip. Install the system package {package} "
        f"(for instance: sudo apt-get install {package}) and run again."
    )


def pip(*arguments: str | Path) -> None:
    quiet = ("--quiet", "--disable-pip-version-check", "--no-input")
    run([program("python"), "-m", "pip", "install", *quiet, *arguments], cwd=ROOT)


def packages(which: str) -> Step:
    """The locked packages: `run` for the site, `dev` for the site with its tests and checks."""
    lock = REQUIREMENTS / f"{which}.txt"
    return Step(
        title="安装锁定的依赖 installing the locked packages (a minute or two the first time)",
        stamp=STAMPS / f"packages-{which}",
        files=(lock,),
        outputs=(program("python"),),
        action=lambda: pip("--require-hashes", "--no-deps", "--requirement", lock),
    )


def project() -> Step:
    return Step(
        title="安装 qingfeng 命令 installing the command qingfeng",
        stamp=STAMPS / "project",
        files=(ROOT / "pyproject.toml",),
        words=(str(ROOT),),
        outputs=(program("qingfeng"),),
        action=lambda: pip("--no-deps", "--no-build-isolation", "--editable", ROOT),
    )


def assets() -> Step:
    """Bootstrap, and axe for the journeys, by npm, from a node that pip brings and that is thrown away afterwards."""
    return Step(
        title="取前端资源 fetching the front-end files",
        stamp=VENDOR / ".stamp",
        files=(
            ROOT / "package.json",
            ROOT / "package-lock.json",
            ROOT / ".npmrc",
            REQUIREMENTS / "node.txt",
            ROOT / "tools" / "assets.py",
        ),
        outputs=(VENDOR, ASSETS / "axe.min.js"),
        action=place_assets,
    )


def translations() -> Step:
    compiled = CATALOGUE.with_suffix(".mo")
    return Step(
        title="编译译文 compiling the translations",
        stamp=ASSETS / "translations",
        files=(CATALOGUE,),
        outputs=(compiled,),
        action=lambda: compile_catalogue(compiled),
    )


def compile_catalogue(compiled: Path) -> None:
    """Babel compiles, so that no msgfmt is needed. A half-written catalogue never stands in place."""
    unfinished = compiled.with_suffix(".mo.tmp")
    run(
        [
            program("pybabel"),
            "--quiet",
            "compile",
            "--input-file",
            CATALOGUE,
            "--output-file",
            unfinished,
            "--locale",
            "en",
        ]
    )
    unfinished.replace(compiled)
