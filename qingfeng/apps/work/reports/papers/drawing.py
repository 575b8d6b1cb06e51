"""Charts as pictures, in black and grey as an office prints them. Only the printing process loads this.

A chart says no more than its table; where the machine has no face with Chinese letters, none is drawn.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib import font_manager
from matplotlib.figure import Figure

from qingfeng.gongwen.fonts import BODY, FIGURES, FIRST

INCHES = (6.1, 3.2)
DOTS = 200
SHADES = ("#3d3d3d", "#a8a8a8", "#e2e2e2", "#6f6f6f", "#c8c8c8")
HATCHES = ("", "", "", "///", "...")
MARKERS = ("o", "s", "^", "D", "x")
LONGEST_NAME = 10
"""Letters of a name that stand below a bar; lying bars hold longer ones."""


class NoFace(Exception):
    """No face of this machine has Chinese letters."""


def face() -> str:
    """The name of a face with Chinese letters: HeiTi first, as figures and tables have it."""
    wanted = [name for one in (FIRST, BODY, FIGURES) for name in (one.name, *one.stand_ins)]
    here = {entry.name for entry in font_manager.fontManager.ttflist}
    for name in [
        *wanted,
        "Noto Sans CJK JP",
        "Noto Serif CJK JP",
        "WenQuanYi Micro Hei",
        "WenQuanYi Zen Hei",
    ]:
        if name in here:
            return name
    raise NoFace("本机没有可用的中文字体，不能绘图")


def draw(chart: dict[str, Any], path: Path) -> None:
    """Draws bars or lines into a PNG. NoFace where no Chinese letters can be drawn."""
    settings: Any = {
        "font.family": [face()],
        "font.size": 10,
        "axes.unicode_minus": False,
        "hatch.linewidth": 0.5,
    }
    with mpl.rc_context(settings):
        figure = Figure(figsize=_size(chart), dpi=DOTS, layout="constrained")
        axes = figure.add_subplot()
        if chart["kind"] == "lines":
            _lines(axes, chart)
        elif _lies(chart):
            _lying_bars(axes, chart)
        else:
            _bars(axes, chart)
        axes.spines[["top", "right"]].set_visible(False)
        if len(chart["series"]) > 1:
            axes.legend(
                frameon=False, ncols=len(chart["series"]), loc="lower center", bbox_to_anchor=(0.5, 1.0)
            )
        figure.savefig(path, metadata={"Software": None})


def _lies(chart: dict[str, Any]) -> bool:
    return any(len(name) > LONGEST_NAME for name in chart["names"]) or len(chart["names"]) > 8


def _size(chart: dict[str, Any]) -> tuple[float, float]:
    wide, high = INCHES
    if chart["kind"] == "bars" and _lies(chart):
        return wide, max(high, 0.9 + 0.36 * len(chart["names"]))
    return wide, high


def _lines(axes: Any, chart: dict[str, Any]) -> None:
    for at, series in enumerate(chart["series"]):
        shade, marker = SHADES[at % 2], MARKERS[at % len(MARKERS)]
        axes.plot(
            chart["names"], series["values"], color=shade, marker=marker, label=series["name"], linewidth=1.5
        )
    axes.set_ylim(bottom=0)
    axes.yaxis.get_major_locator().set_params(integer=True)


def _bars(axes: Any, chart: dict[str, Any]) -> None:
    places, below = range(len(chart["names"])), [0.0] * len(chart["names"])
    share = 0.6 if chart["stacked"] else 0.8 / max(1, len(chart["series"]))
    for at, series in enumerate(chart["series"]):
        shift = 0.0 if chart["stacked"] else (at - (len(chart["series"]) - 1) / 2) * share
        bars = axes.bar(
            [place + shift for place in places],
            series["values"],
            share,
            bottom=below if chart["stacked"] else None,
            **_look(at, series),
        )
        if not chart["stacked"]:
            axes.bar_label(bars, fmt="%d", fontsize=9, padding=1)
        below = [low + value for low, value in zip(below, series["values"], strict=True)]
    axes.set_xticks(list(places), chart["names"])
    axes.yaxis.get_major_locator().set_params(integer=True)


def _lying_bars(axes: Any, chart: dict[str, Any]) -> None:
    places, left = range(len(chart["names"])), [0.0] * len(chart["names"])
    share = 0.6 if chart["stacked"] else 0.8 / max(1, len(chart["series"]))
    for at, series in enumerate(chart["series"]):
        shift = 0.0 if chart["stacked"] else (at - (len(chart["series"]) - 1) / 2) * share
        bars = axes.barh(
            [place + shift for place in places],
            series["values"],
            share,
            left=left if chart["stacked"] else None,
            **_look(at, series),
        )
        if not chart["stacked"]:
            axes.bar_label(bars, fmt="%d", fontsize=9, padding=2)
        left = [low + value for low, value in zip(left, series["values"], strict=True)]
    axes.set_yticks(list(places), [_wrapped(name) for name in chart["names"]])
    axes.invert_yaxis()
    axes.xaxis.get_major_locator().set_params(integer=True)


def _wrapped(name: str, letters: int = 12) -> str:
    return "\n".join(name[at : at + letters] for at in range(0, len(name), letters))


def _look(at: int, series: dict[str, Any]) -> dict[str, Any]:
    return {
        "color": SHADES[at % len(SHADES)],
        "hatch": HATCHES[at % len(HATCHES)],
        "edgecolor": "#202020",
        "linewidth": 0.5,
        "label": series["name"],
    }
