"""`make run`: set-up, then the site with its demo."""

from __future__ import annotations

import os
import socket
import subprocess

from tools.places import HOME, ROOT, Stopped, program
from tools.setting_up import set_up

DEFAULT_PORT = 8000


def start_site(arguments: list[str]) -> int:
    port = chosen_port()
    need_free(port)
    set_up()
    env = dict(os.environ)
    env.setdefault("QINGFENG_HOME", str(HOME))
    command = [str(program("qingfeng")), "serve", "--port", str(port), "--with-demo", *arguments]
    if os.name == "posix":
        os.chdir(ROOT)
        os.execve(command[0], command, env)
    return subprocess.call(command, cwd=ROOT, env=env)


def chosen_port() -> int:
    written = os.environ.get("PORT") or str(DEFAULT_PORT)
    if written.isascii() and written.isdigit() and 0 < int(written) < 65536:
        return int(written)
    raise Stopped(
        f"PORT 应是 1 到 65535 之间的数字,现在是“{written}”。\nPORT must be a number from 1 to 65535, not “{written}”."
    )


def need_free(port: int) -> None:
    """A taken port is named before anything else is done."""
    with socket.socket() as trial:
        if os.name == "posix":
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind(("127.0.0.1", port))
        except OSError:
            raise Stopped(
                f"端口 {port} 已被占用或不可用。换一个端口:make run PORT={port + 1 if port < 65535 else DEFAULT_PORT}\n"
                f"Port {port} is taken or not allowed. Choose another one with PORT=."
            ) from None
