"""The case office's public key: a file in the data folder. The private key never lies on this machine."""

from __future__ import annotations

import base64
import binascii
import hashlib
import os
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from qingfeng.apps.base.web.errors import BadInput, Refused
from qingfeng.sealing import envelopes

FILE_NAME = "case_office.pub"


def path() -> Path:
    """Where the public key lies: base64, one line."""
    return Path(settings.KEYS) / FILE_NAME


def decoded(public_key_b64: str) -> bytes:
    """The key that was handed in; BadInput when nothing can be sealed to it."""
    try:
        key = base64.b64decode(public_key_b64.strip(), validate=True)
        envelopes.seal(b"", public_key=key)
    except (binascii.Error, ValueError, RuntimeError) as error:
        words = _("这不是有效的案管室公钥。公钥是44个字符的一行，请从案管室重新取得。")
        raise BadInput(words) from error
    return key


def public_key() -> bytes:
    """The key to which slips are sealed; Refused while there is none."""
    try:
        return decoded(path().read_text(encoding="ascii"))
    except (FileNotFoundError, UnicodeDecodeError, BadInput) as error:
        raise Refused(_("尚未配置案管室公钥，移送单不能封存，内容没有保存。请联系系统管理员。")) from error


def put(key: bytes) -> None:
    """Writes the key in one step: a slip is never sealed to half a key."""
    place = path()
    place.parent.mkdir(parents=True, exist_ok=True)
    fresh = place.with_suffix(".new")
    with open(fresh, "wb") as out:
        out.write(base64.b64encode(key) + b"\n")
        out.flush()
        os.fsync(out.fileno())
    fresh.replace(place)


def fingerprint(key: bytes) -> str:
    """What two offices read to each other over the telephone to be sure of the same key."""
    return hashlib.sha256(key).hexdigest()[:16]
