"""From a file to numbered lines: one module for each format."""

from pathlib import Path

from qingfeng.planreader.lines import Line
from qingfeng.planreader.sources import pages, pdf, plain_text, word
from qingfeng.planreader.sources.unreadable import Unreadable

MAX_BYTES = 20 * 1024 * 1024
OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def load(path: Path) -> list[Line]:
    """The numbered lines of a file; raises Unreadable with one Chinese sentence."""
    data = _bytes_of(path)
    suffix = path.suffix.lower()
    if data.startswith(b"%PDF") or suffix == ".pdf":
        lines = pdf.read(data, path.name)
    elif data.startswith(OLD_WORD):
        raise Unreadable(
            f"“{path.name}”是加密的或旧版的Word文件，请去掉密码，或在Word、WPS里另存为.docx后再读。"
        )
    elif suffix == ".docx" or data.startswith(b"PK\x03\x04"):
        lines = word.read(data, path.name)
    elif suffix in {".html", ".htm"} or data.lstrip()[:9].lower() in {b"<!doctype", b"<html>"}:
        lines = pages.read(data, path.name)
    else:
        lines = plain_text.read(data, path.name)
    if not any(line.text.strip() for line in lines):
        raise Unreadable(f"“{path.name}”里没有文字，请核对是否选错了文件或文件只是图片。")
    return lines


def _bytes_of(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise Unreadable(f"“{path.name}”超过20MB，不像方案文本，请只留下正文和附件表格后再读。")
        data = path.read_bytes()
    except FileNotFoundError:
        raise Unreadable(f"没有找到文件“{path.name}”，请核对路径。") from None
    except OSError:
        raise Unreadable(f"文件“{path.name}”打不开，请核对它是不是文件、有没有读取权限。") from None
    if not data.strip():
        raise Unreadable(f"“{path.name}”是空文件，请核对是否选错了文件。")
    return data


__all__ = ["MAX_BYTES", "Unreadable", "load"]
