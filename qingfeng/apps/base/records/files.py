"""Evidence and plan files: what they really are, and where they lie.

Files lie under random names, written through to the disk before their row exists; what no row names is swept.
"""

from __future__ import annotations

import hashlib
import os
import re
import uuid
from collections.abc import Iterable
from pathlib import Path, PurePosixPath, PureWindowsPath

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from qingfeng.apps.base.records import old_office
from qingfeng.apps.base.records.actions import Actor, action
from qingfeng.apps.base.records.directories import names_within
from qingfeng.apps.base.records.models import FileKind, StoredFile
from qingfeng.apps.base.records.texts import decoded
from qingfeng.apps.base.web.errors import BadInput

EVIDENCE = frozenset(FileKind) - {FileKind.HTML, FileKind.ZIP}
_SIGNATURES = [
    (b"%PDF-", FileKind.PDF),
    (b"\xff\xd8\xff", FileKind.JPEG),
    (b"\x89PNG\r\n\x1a\n", FileKind.PNG),
]
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
    FileKind.ZIP: {".zip"},
}
_IN_ZIP = {
    "word/document.xml": FileKind.DOCX,
    "xl/workbook.xml": FileKind.XLSX,
    "OFD.xml": FileKind.OFD,
}
_OF_ZIPS = frozenset().union(*(_ENDINGS[kind] for kind in _IN_ZIP.values()))
_PROGRAMS = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe")
_PROGRAM_ENDINGS = frozenset(
    {
        *(".exe", ".com", ".dll", ".msi", ".scr", ".bat", ".cmd", ".ps1", ".vbs", ".vbe", ".js", ".jse"),
        *(".wsf", ".hta", ".jar", ".apk", ".sh", ".py", ".lnk", ".reg"),
    }
)
_PACKED = (b"PK\x03\x04", b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b")
_LOCKED_PDF = re.compile(rb"/Encrypt(?:\s+\d+\s+\d+\s+R|\s*<<)")
_PDF_ENDS = 16 * 1024
"""The dictionary that says so lies near the end, or at the beginning of a file made for the web."""


def kind_of(content: bytes, name: str) -> FileKind:
    """What the bytes are; BadInput when that is nothing we keep, or the name says something else."""
    if not content:
        raise BadInput(_("文件“%(name)s”是空的，请重新选择。") % {"name": name})
    if old_office.is_compound(content) and old_office.is_locked(content):
        raise BadInput(
            _("文件“%(name)s”设了密码，别人打不开。请在Word、Excel或WPS里取消密码，另存后再传。")
            % {"name": name}
        )
    ending = Path(name).suffix.lower()
    found = _by_content(content)
    if found is None or ending in _PROGRAM_ENDINGS:
        raise BadInput(_why_not(content, ending) % {"name": name})
    if ending not in _ENDINGS[found]:
        raise BadInput(
            _("文件“%(name)s”的内容是%(kind)s，与扩展名不符。请改正扩展名后再传。")
            % {"name": name, "kind": found.label}
        )
    return found


def _why_not(content: bytes, ending: str) -> str:
    """Why bytes that are nothing we keep are turned away, and what to do about it."""
    if content.startswith(_PROGRAMS) or ending in _PROGRAM_ENDINGS:
        return _("文件“%(name)s”是程序，不是可接收的类型。请上传图片、PDF、OFD、Word、Excel或文本。")
    if ending in _OF_ZIPS and content.startswith(b"PK") and not names_within(content):
        return _("文件“%(name)s”打不开，可能已损坏。请在Word、Excel或WPS里打开后另存，再传。")
    if content.startswith(_PACKED):
        return _("文件“%(name)s”是压缩包，不是可接收的类型。请解压后逐个上传。")
    if content[4:8] == b"ftyp":
        return _("文件“%(name)s”是手机原图或视频，不是可接收的类型。请把图片转成JPG后再传。")
    return _("文件“%(name)s”不是可接收的类型（图片、PDF、OFD、Word、Excel、文本）。请转换后再传。")


def _by_content(content: bytes) -> FileKind | None:
    for signature, kind in _SIGNATURES:
        if content.startswith(signature):
            return kind
    if old_office.is_compound(content):
        return old_office.kind_within(content)
    if content.startswith(b"PK\x03\x04"):
        return _by_zip(content)
    return None if content.startswith(_PROGRAMS) else _by_text(content)


def _by_zip(content: bytes) -> FileKind | None:
    names = names_within(content)
    return next((kind for marker, kind in _IN_ZIP.items() if marker in names), None)


def _by_text(content: bytes) -> FileKind | None:
    text = decoded(content)
    if text is None:
        return None
    start = text.lstrip()[:200].lower()
    return FileKind.HTML if start.startswith(("<!doctype html", "<html")) else FileKind.TEXT


def _check_opens(content: bytes, kind: FileKind, name: str) -> None:
    """A second person must be able to look at it: a PDF that asks for a password is no evidence."""
    if kind == FileKind.PDF and _LOCKED_PDF.search(content[:_PDF_ENDS] + content[-_PDF_ENDS:]):
        raise BadInput(
            _("文件“%(name)s”设了密码或使用限制，别人可能打不开。请取消后，或用“打印为PDF”另存后再传。")
            % {"name": name}
        )


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
    _check_opens(content, kind, name)
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


def discard(stored: StoredFile) -> None:
    """Takes away a file that no record names any more; the caller's event tells why. The bytes go with the commit."""
    path = path_of(stored.id)
    stored.delete()
    transaction.on_commit(lambda: path.unlink(missing_ok=True))


@action
def keep_made(*, path: Path, name: str, by: Actor) -> StoredFile:
    """Keeps a file that the platform made itself, of any size; known by its ending. The event is the caller's."""
    kind = next(kind for kind, endings in _ENDINGS.items() if Path(name).suffix.lower() in endings)
    identity = uuid.uuid4()
    target = path_of(identity)
    target.parent.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    with path.open("rb") as source, open(target, "xb") as out:
        while chunk := source.read(1 << 20):
            digest.update(chunk)
            out.write(chunk)
        out.flush()
        os.fsync(out.fileno())
    target.chmod(0o600)
    return StoredFile.objects.create(
        id=identity,
        name=safe_name(name),
        kind=kind,
        size=target.stat().st_size,
        sha256=digest.hexdigest(),
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
