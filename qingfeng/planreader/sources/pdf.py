"""Text PDF files, their wrapped lines rejoined; scanned pages are refused."""

import io
import logging
import re

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from qingfeng.planreader.lines import Line
from qingfeng.planreader.sources.plain_text import lines_of
from qingfeng.planreader.sources.unreadable import Unreadable

_PAGE_NUMBER = re.compile(r"^\s*[-—–－·]?\s*(?:第\s*)?\d{1,3}\s*(?:页.*)?[-—–－·]?\s*$")
MAX_PAGES = 500


def read(data: bytes, name: str) -> list[Line]:
    """The lines of a PDF, page numbers dropped."""
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise Unreadable(f"“{name}”设有密码，请去掉密码后再读。")
        if len(reader.pages) > MAX_PAGES:
            raise Unreadable(f"“{name}”超过{MAX_PAGES}页，请只留下方案本身后再读。")
        pages = [page.extract_text() or "" for page in reader.pages]
    except Unreadable:
        raise
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, OSError):
        raise Unreadable(f"“{name}”不是完好的PDF文件，请重新导出后再读。") from None
    except NotImplementedError:
        raise Unreadable(f"“{name}”的加密方式不支持，请去掉密码后再读。") from None
    text = "\n".join(line for page in pages for line in page.splitlines() if not _PAGE_NUMBER.match(line))
    if not text.strip():
        raise Unreadable(f"“{name}”里没有文字，像是扫描件，请换文字版PDF或Word文件。")
    return lines_of(text)
