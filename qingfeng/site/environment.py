"""What the installation is told from outside, read once and checked loudly."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

PROJECT = Path(__file__).resolve().parents[2]


def default_home() -> Path:
    """`var` beside the project's own files, else `.qingfeng` in the user's folder."""
    return PROJECT / "var" if (PROJECT / "pyproject.toml").is_file() else Path.home() / ".qingfeng"


class Environment(BaseSettings):
    """The variables of README's table; a malformed one stops the start with its name."""

    model_config = SettingsConfigDict(env_prefix="QINGFENG_", extra="ignore")

    home: Path = default_home()
    """The data folder: one sub-folder a zone, each with its own database, files and keys."""
    zone: Literal["work"] = "work"
    """Which installation this is (only the work wing exists so far)."""
    today: date | None = None
    """The business date for demo and tests; events keep real time."""
    database: str = ""
    """postgresql://… ; empty means SQLite in the data folder."""
    debug: bool = False
    hosts: str = "127.0.0.1,localhost,[::1]"
    """The names under which the site is reached, separated by commas."""
    results_kept_days: int = Field(default=7, ge=1, le=365)
    """How long results of long work (exports, row reports) can be fetched."""

    @property
    def zone_home(self) -> Path:
        return self.home.expanduser().resolve() / self.zone


def read_environment() -> Environment:
    """The environment of this process; a malformed variable ends the start with its name, without a stack of calls."""
    try:
        return Environment()
    except ValidationError as error:
        wrong = [
            f"QINGFENG_{str(one['loc'][0]).upper()}：“{one['input']}”不是可用的值（{one['msg']}）。"
            for one in error.errors()
        ]
        raise SystemExit("\n".join(wrong)) from None
