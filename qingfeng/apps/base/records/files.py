"""Evidence and plan files: what they really are, and where they lie.

Files lie under random names, written through to the disk before their row exists; what no row names is swept.
"""

from __future__ import annotations

import hashlib
import os
import uuid
import zipfile
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path, PurePosixPath, PureWindowsPath

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from qingfeng.apps.base.records.actions import Actor, action
from qingfeng.apps.base.records.models import FileKind, StoredFile
from qingfeng.apps.base.web.errors import BadInput

EVIDENCE = frozenset(FileKind) - {FileKind.HTML}
_SIGNATURES = [
    (b"%PDF-", FileKind.PDF),
    (b"\xff\xd8\xff", FileKind.JPEG),
    (b"\x89PNG\r\n\x1a\n", FileKind.PNG),
]
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENDINGS = {
    FileKind.PDF: {".pdf"},
    FileKind.JPEG: {".jpg", ".jpeg"},
    FileKind.PNG: {".png"},
    FileKind.DOCX: {".docx"},
    FileKind.XLSX: {".xlsx"},
    FileKind.OFD: {".ofd"},
    FileKind.DOC: {".doc", ".wps"},
    FileKind.XLS: {".xls", ".et"},
    FileKind.TEXT: {".txt", ".csv"},
    FileKind.HTML: {".html", ".htm"},
}


def kind_of(content: bytes, name: str) -> FileKind:
    """What the bytes are; BadInput when that is nothing we keep or the name says something else."""
    if not content:
        raise BadInput(_("文件“%(name)s”是空的，请重新选择。") % {"name": name})
    found = _by_content(content, name)
    ending = Path(name).suffix.lower()
    if found is None:
        raise BadInput(
            _("文件“%(name)s”不是可接收的类型（图片、PDF、OFD、Word、Excel、文本）。") % {"name": name}
        )
    if ending not in _ENDINGS[found]:
        raise BadInput(
            _("文件“%(name)s”的内容是%(kind)s，与扩展名不符。请改正扩展名后再传。")
            % {"name": name, "kind": found.label}
        )
    return found


def _by_content(content: bytes, name: str) -> FileKind | None:
    for signature, kind in _SIGNATURES:
        if content.startswith(signature):
            return kind
    if content.startswith(_OLE):
        return FileKind.XLS if Path(name).suffix.lower() in _ENDINGS[FileKind.XLS] else FileKind.DOC
    if content.startswith(b"PK\x03\x04"):
        return _by_zip(content)
    return _by_text(content)


def _by_zip(content: bytes) -> FileKind | None:
    try:
        names = set(zipfile.ZipFile(BytesIO(content)).namelist())
    except zipfile.BadZipFile:
        return None
    for marker, kind in (
        ("word/document.xml", FileKind.DOCX),
        ("xl/workbook.xml", FileKind.XLSX),
        ("OFD.xml", FileKind.OFD),
    ):
        if marker in names:
            return kind
    return None


def _by_text(content: bytes) -> FileKind | None:
    marked = content.startswith(
        (b"\xff\xfe", b"\xfe\xff")
    )  # without its mark, UTF-16 is any even number of bytes
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if any(ord(letter) < 32 and letter not in "\t\n\r\f" for letter in text):
            continue
        start = text.lstrip()[:200].lower()
        return FileKind.HTML if start.startswith(("<!doctype html", "<html")) else FileKind.TEXT
    return None


def safe_name(name: str) -> str:
    """The last part of whatever path the browser sent, at most 200 characters."""
    last = PureWindowsPath(PurePosixPath(name).name).name.replace("\x00", "").strip()
    return last[-200:] or _("未命名")


@action
def store(*, name: str, content: bytes, by: Actor, accept: Iterable[str] = EVIDENCE) -> StoredFile:
    """Keeps a file. BadInput when empty, too large, of another type than it says or than `accept` allows.

    The event that tells of it is the caller's: a file always belongs to a record.
    """
    name = safe_name(name)
    if len(content) > settings.UPLOAD_LIMIT:
        limit = settings.UPLOAD_LIMIT // (1024 * 1024)
        raise BadInput(_("文件“%(name)s”超过%(limit)s兆，请压缩后再传。") % {"name": name, "limit": limit})
    kind = kind_of(content, name)
    if kind not in accept:
        raise BadInput(_("这里不接收%(kind)s文件（“%(name)s”）。") % {"kind": kind.label, "name": name})
    identity = uuid.uuid4()
    _write_through(path_of(identity), content)
    return StoredFile.objects.create(
        id=identity,
        name=name,
        kind=kind,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        uploaded_at=timezone.now(),
        uploaded_by=by.pk,
    )


def path_of(identity: uuid.UUID) -> Path:
    """Where the bytes of a stored file lie."""
    return Path(settings.FILES) / identity.hex[:2] / identity.hex


def content_of(stored: StoredFile) -> bytes:
    """The bytes; BadInput when they are gone or no longer those that were stored."""
    try:
        content = path_of(stored.id).read_bytes()
    except FileNotFoundError as error:
        raise BadInput(_("文件“%(name)s”不在存储中，请联系管理员。") % {"name": stored.name}) from error
    if hashlib.sha256(content).hexdigest() != stored.sha256:
        raise BadInput(_("文件“%(name)s”与登记的摘要不符，请联系管理员。") % {"name": stored.name})
    return content


def orphans() -> list[Path]:
    """Files on disk that no row names (an upload cut off in the middle)."""
    folder = Path(settings.FILES)
    known = {identity.hex for identity in StoredFile.objects.values_list("id", flat=True)}
    return [path for path in folder.glob("??/*") if path.name not in known]


def _write_through(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "xb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    path.chmod(0o600)
