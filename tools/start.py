# -*- coding: utf-8 -*-
"""The door of every recipe of the Makefile: ``python3 tools/start.py run``.

Written so that even an old Python can read it, because its first duty is to say so in a clear sentence. It needs
nothing but Python itself; whatever else is needed is fetched by ``tools/setting_up.py``.
"""

from __future__ import print_function

import os
import subprocess
import sys

NEEDED = (3, 11)
NEWER_NAMES = ("python3.13", "python3.12", "python3.11", "python3.14")
ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
LOOPBACK = ("127.0.0.1", "localhost", "::1")


def say(sentence):
    """Print in UTF-8 whatever the locale of the terminal is."""
    out = getattr(sys.stdout, "buffer", sys.stdout)
    out.write((sentence + os.linesep).encode("utf-8"))
    out.flush()


def newer_python():
    """A Python on the path that is new enough, or None. It is asked, since a version manager leaves empty shims."""
    question = "import sys; sys.exit(sys.version_info < (%d, %d))" % NEEDED
    for folder in os.environ.get("PATH", "").split(os.pathsep):
        for name in NEWER_NAMES:
            candidate = os.path.join(folder, name)
            if not os.access(candidate, os.X_OK):
                continue
            with open(os.devnull, "w") as nowhere:
                if subprocess.call([candidate, "-c", question], stdout=nowhere, stderr=nowhere) == 0:
                    return candidate
    return None


def environment():
    """What every later process sees: UTF-8, and no proxy between this machine and itself."""
    env = dict(os.environ, PYTHONUTF8="1")
    for name in ("NO_PROXY", "no_proxy"):
        hosts = [host for host in env.get(name, "").split(",") if host]
        env[name] = ",".join(hosts + [host for host in LOOPBACK if host not in hosts])
    return env


def again(python, arguments, env):
    """Go on as this Python, in this environment."""
    command = [python, os.path.abspath(__file__)] + arguments
    if os.name == "posix":
        os.execve(python, command, env)
    return subprocess.call(command, env=env)


def too_old():
    """The sentence for a Python that cannot run Qingfeng."""
    have, need = "%d.%d" % sys.version_info[:2], "%d.%d" % NEEDED
    return (
        u"清风需要 Python %s 或更高版本,当前是 %s(%s)。请安装后指定:make run PYTHON=python%s\n"
        u"Qingfeng needs Python %s or newer; this is %s (%s). Install one and name it: make run PYTHON=python%s"
    ) % (need, have, sys.executable, need, need, have, sys.executable, need)


def main(arguments):
    if sys.version_info < NEEDED:
        chosen_by_hand = bool(os.environ.get("PYTHON"))
        other = None if chosen_by_hand else newer_python()
        if other is None:
            say(too_old())
            return 2
        return again(other, arguments, environment())
    if not sys.flags.utf8_mode:
        return again(sys.executable, arguments, environment())
    os.environ.update(environment())
    sys.path[0] = ROOT
    from tools.recipes import follow

    return follow(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
