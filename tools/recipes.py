"""The recipes of the Makefile by name."""

from __future__ import annotations

import subprocess

from tools import checking, fresh, running, testing
from tools.places import ROOT, Stopped, program, say
from tools.setting_up import set_up


def setup(arguments: list[str]) -> int:
    set_up(for_tests="--dev" in arguments)
    return 0


def bench(arguments: list[str]) -> int:
    """Every figure that we claim, taken anew; `make bench ARGS=main_job` takes one."""
    set_up(for_tests=True)
    scripts = sorted((ROOT / "bench").glob("[!_]*.py"))
    wanted = [script for script in scripts if not arguments or script.stem in arguments]
    if not wanted:
        names = "、".join(script.stem for script in scripts) or "—"
        raise Stopped(f"没有这个测量,可选:{names}。\nNo such measurement; there are: {names}.")
    return max(subprocess.call([program("python"), script], cwd=ROOT) for script in wanted)


def shots(arguments: list[str]) -> int:
    """A picture of every page on a phone and on a screen, in both languages; what is wrong with a page fails it."""
    set_up(for_tests=True)
    testing.prepare_browser()
    return subprocess.call([program("python"), "-m", "tests.pages.shots", *arguments], cwd=ROOT)


RECIPES = {
    "setup": setup,
    "run": running.start_site,
    "test": testing.test,
    "check": checking.check,
    "fix": checking.fix,
    "bench": bench,
    "fresh": fresh.fresh,
    "shots": shots,
}


def follow(arguments: list[str]) -> int:
    """Carry out one recipe; what stops it is said in a sentence, never in a traceback."""
    name = arguments[0] if arguments else ""
    if name not in RECIPES:
        say("用法 usage: python3 tools/start.py " + "|".join(RECIPES))
        return 2
    try:
        return RECIPES[name](arguments[1:])
    except Stopped as reason:
        say(str(reason))
        return 2
    except KeyboardInterrupt:
        return 130
