"""Makes the files of the corpus in memory."""

from __future__ import annotations

import io
import zipfile

from qingfeng.apps.base.documents.publishing.tests.corpus import (
    harmless_books as harmless_books,
)
from qingfeng.apps.base.documents.publishing.tests.corpus import (
    harmless_texts as harmless_texts,
)
from qingfeng.apps.base.documents.publishing.tests.corpus import (
    harmless_word as harmless_word,
)
from qingfeng.apps.base.documents.publishing.tests.corpus import (
    tricky_books as tricky_books,
)
from qingfeng.apps.base.documents.publishing.tests.corpus import (
    tricky_books_people as tricky_books_people,
)
from qingfeng.apps.base.documents.publishing.tests.corpus import (
    tricky_texts as tricky_texts,
)
from qingfeng.apps.base.documents.publishing.tests.corpus import (
    tricky_word as tricky_word,
)
from qingfeng.apps.base.documents.publishing.tests.corpus import (
    tricky_word_parts as tricky_word_parts,
)
from qingfeng.apps.base.documents.publishing.tests.corpus.books import Book
from qingfeng.apps.base.documents.publishing.tests.corpus.cases import CASES, UNTIL, Case, end_line
from qingfeng.apps.base.documents.publishing.tests.corpus.pages import Page, Patch

ALL = {case.label: case for case in CASES}
"""Every case by its name; importing the modules above registered them."""


def content_of(case: Case) -> bytes:
    """The bytes of a case's file."""
    if case.ending == "docx":
        return _word(case)
    if case.ending == "xlsx":
        return _book(case)
    text = case.make(end_line() if case.until == UNTIL else "")
    return text if isinstance(text, bytes) else text.encode()


def _word(case: Case) -> bytes:
    page, out = Page(case.until), io.BytesIO()
    patch = case.make(page)
    page.d.save(out)
    return _patched(out.getvalue(), patch) if patch else out.getvalue()


def _book(case: Case) -> bytes:
    out = io.BytesIO()
    book = Book(out, case.until)
    case.make(book)
    book.wb.set_properties(book.prop)
    book.wb.close()
    return out.getvalue()


def _patched(content: bytes, patch: Patch) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    patch(parts)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, part in parts.items():
            made.writestr(name, part)
    return out.getvalue()
