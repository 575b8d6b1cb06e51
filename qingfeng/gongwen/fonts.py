"""The faces of official documents, what stands in for each, and which letters need another one.

The faces named by the standard are not free to ship. They are named in the file with their stand-ins; nothing is
embedded. Letters outside the set of a face (镕 喆 堃 in the GB 2312 faces, rare letters beyond the first plane) get a
wider face one by one, so that no empty box is printed.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True)
class Face:
    """A face, its stand-ins in order, and the wider faces for letters that it lacks."""

    name: str
    stand_ins: tuple[str, ...]
    wider: str
    charset: str = "gb2312"


MARK = Face(
    "方正小标宋简体",
    ("方正小标宋_GBK", "FZXiaoBiaoSong-B05S", "华文中宋", "STZhongsong", "宋体", "Noto Serif CJK SC"),
    "华文中宋",
    "gbk",
)
TITLE = MARK
BODY = Face("仿宋_GB2312", ("仿宋", "FangSong", "FandolFang", "华文仿宋", "Noto Serif CJK SC"), "仿宋")
SECOND = Face(
    "楷体_GB2312", ("楷体", "KaiTi", "FandolKai", "华文楷体", "AR PL UKai CN", "Noto Serif CJK SC"), "楷体"
)
FIRST = Face("黑体", ("SimHei", "FandolHei", "Noto Sans CJK SC", "微软雅黑"), "黑体", "gbk")
FIGURES = Face("宋体", ("SimSun", "NSimSun", "FandolSong", "Noto Serif CJK SC"), "宋体", "gbk")
FACES = (MARK, BODY, SECOND, FIRST, FIGURES)
RARE = "SimSun-ExtB"
"""For letters beyond the first plane."""


def stretches(text: str, face: Face) -> Iterator[tuple[str, str]]:
    """Pieces of a text with the name of the face for each."""
    if text and _has_all(text, face):
        yield text, face.name
        return
    piece, name = "", ""
    for letter in text:
        wanted = face_for(letter, face)
        if piece and wanted != name:
            yield piece, name
            piece = ""
        piece, name = piece + letter, wanted
    if piece:
        yield piece, name


def _has_all(text: str, face: Face) -> bool:
    try:
        text.encode(face.charset)
    except UnicodeEncodeError:
        return False
    return True


def face_for(letter: str, face: Face) -> str:
    """The name of the face that has a letter."""
    if ord(letter) > 0xFFFF:
        return RARE
    try:
        letter.encode(face.charset)
    except UnicodeEncodeError:
        return face.wider if "\u3400" <= letter <= "\u9fff" else face.name
    return face.name


@cache
def installed() -> frozenset[str] | None:
    """Names of the faces of this machine, or None where nothing can tell."""
    if shutil.which("fc-list") is None:
        return None
    listed = subprocess.run(
        ["fc-list", "--format", "%{family}\n"], capture_output=True, text=True, errors="replace", check=False
    )
    return frozenset(name.strip() for line in listed.stdout.splitlines() for name in line.split(","))


def replaced() -> dict[str, str]:
    """Faces that this machine lacks, each with the one that stands in for it here, if there is any."""
    here = installed()
    if here is None:
        return {}
    return {
        face.name: next((name for name in face.stand_ins if name in here), "")
        for face in FACES
        if face.name not in here
    }


def missing() -> list[str]:
    """One Chinese sentence for each face that this machine lacks, saying what it prints with instead."""
    return [
        f"本机没有“{name}”，本机显示和打印时以“{other or '系统默认字体'}”代替；文件中仍写明“{name}”"
        for name, other in replaced().items()
    ]


def substitutions() -> str:
    """Settings for fontconfig under which this machine prints with the stand-ins; empty where none is needed.

    Left to itself it takes any face that has the letters, mostly one without serifs.
    """
    instead = replaced()
    wider = {face.wider: instead.get(face.name, "") for face in FACES} | {RARE: instead.get(FIGURES.name, "")}
    here = installed() or frozenset()
    pairs = {name: other for name, other in (wider | instead).items() if other and name not in here}
    if not pairs:
        return ""
    return _SETTINGS.format(
        rules="".join(_RULE.format(name=name, other=pairs[name]) for name in sorted(pairs))
    )


_SETTINGS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
{rules}</fontconfig>
"""
_RULE = """  <match>
    <test name="family"><string>{name}</string></test>
    <edit name="family" mode="assign" binding="strong"><string>{other}</string></edit>
  </match>
"""
