"""`qingfeng gongwen`: make official documents from Markdown, and hold any .docx against the standard.

Exit codes: 0 done (check: nothing to mend), 1 departures found, 2 the input cannot be used.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from qingfeng.gongwen import Unusable, pdf, render
from qingfeng.gongwen.check import check
from qingfeng.gongwen.fonts import missing

LARGEST_SOURCE = 5_000_000
"""Bytes of a Markdown source that is read."""

application = typer.Typer(
    help="公文：由文稿生成国标格式的 Word 文件，检查任何人的公文格式。", no_args_is_help=True
)


@application.command("render")
def render_command(
    source: Annotated[Path, typer.Argument(metavar="SOURCE.md", help="带头部要素的 Markdown 文稿。")],
    out: Annotated[Path, typer.Option("--out", metavar="FILE.docx", help="生成的 Word 文件。")],
    as_pdf: Annotated[bool, typer.Option("--pdf", help="同时生成同名 PDF（需要 LibreOffice）。")] = False,
) -> None:
    """按 GB/T 9704—2012 生成公文。"""
    try:
        can_print = as_pdf and pdf.office() is not None
        made = render(_read(source), folder=source.parent, as_pdf=can_print)
        _write(out, made.docx)
        if made.pdf is not None:
            _write(out.with_suffix(".pdf"), made.pdf)
    except Unusable as trouble:
        _stop(str(trouble))
    typer.echo(f"已生成 {out.name}，共 {made.pages} 面。")
    for remark in made.remarks:
        typer.echo(f"提示：{remark}", err=True)
    if as_pdf and made.pdf is None:
        _stop(f"没有生成 PDF：本机没有安装 LibreOffice。{out.name} 已可使用，也可在装有它的机器上转换")


@application.command("check")
def check_command(
    file: Annotated[Path, typer.Argument(metavar="FILE.docx", help="要检查的 Word 文件。")],
    as_json: Annotated[bool, typer.Option("--json", help="以 JSON 输出。")] = False,
) -> None:
    """逐项检查公文格式，说明位置、规则和改法。"""
    try:
        found = check(file)
    except Unusable as trouble:
        _stop(str(trouble))
    if as_json:
        typer.echo(json.dumps([departure.as_dict() for departure in found], ensure_ascii=False, indent=1))
    elif not found:
        typer.echo("没有发现不符合 GB/T 9704—2012 的地方。")
    else:
        for number, departure in enumerate(found, start=1):
            typer.echo(f"{number}. {departure.sentence()}")
    raise typer.Exit(1 if found else 0)


@application.command("fonts")
def fonts_command() -> None:
    """列出本机缺少的公文字体和代替的字体。"""
    lacking = missing()
    for sentence in lacking or ["公文所需的字体都已安装。"]:
        typer.echo(sentence)


def _read(source: Path) -> str:
    try:
        content = source.read_bytes()
    except OSError:
        _stop(f"“{source.name}”打不开，请核对文件名和位置")
    if len(content) > LARGEST_SOURCE:
        _stop(f"“{source.name}”超过{LARGEST_SOURCE // 1_000_000}MB，不像一份文稿")
    if not content.strip():
        _stop(f"“{source.name}”是空文件，请先写好文稿再生成")
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        _stop(f"“{source.name}”是 Word 或压缩文件，不是文稿；这里要的是带头部要素的 Markdown 文本")
    for encoding in ("utf-16", "utf-8-sig", "gb18030"):
        if encoding == "utf-16" and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
            continue
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    _stop(f"“{source.name}”不是文字文件，请另存为 UTF-8 编码的文本")


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as trouble:
        _stop(f"“{path.name}”写不进去：{trouble.strerror or '请核对位置和权限'}")


def _stop(sentence: str) -> NoReturn:
    typer.echo(sentence, err=True)
    raise typer.Exit(2)
