"""Keys: what joins records of one person, account or car without anybody seeing the number.

HMAC-SHA256 under the campaign's key over `kind:normalised`, its first 9 bytes as url-safe base64: 12 characters.
An unkeyed hash of an identity number falls to trying all of them within a second; this one needs the key.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import secrets
from pathlib import Path

from qingfeng.screening.errors import BadData

KEY_BYTES = 32
SHOWN_BYTES = 9
BLOCK = 64


class Keys:
    """The key of a campaign, and what is made with it. Its secret is never printed."""

    def __init__(self, secret: bytes) -> None:
        if len(secret) < 16:
            raise BadData("筛查密钥", "太短，至少 16 字节；请换回原来的密钥文件，或删除它让系统新建一把")
        self._secret = secret
        self._hmac = hmac.new(secret, digestmod=hashlib.sha256)

    def __repr__(self) -> str:
        return "Keys(…)"

    def of(self, kind: str, normalised: str) -> str:
        made = self._hmac.copy()
        made.update(f"{kind}:{normalised}".encode())
        return base64.urlsafe_b64encode(made.digest()[:SHOWN_BYTES]).decode()

    def person(self, id18: str) -> str:
        return self.of("person", id18)

    def name(self, name: str) -> str:
        return self.of("name", name)

    def account(self, number: str) -> str:
        return self.of("account", number)

    def phone(self, number: str) -> str:
        return self.of("phone", number)

    def plate(self, plate: str) -> str:
        return self.of("plate", plate)

    def address(self, core: str) -> str:
        return self.of("address", core)

    @property
    def fingerprint(self) -> str:
        """Tells two keys apart without giving either away; a store remembers it."""
        return self.of("fingerprint", "")

    def sql(self, kind: str, expression: str) -> str:
        """The same key for a whole column, natively in DuckDB. NULL stays NULL. Never log such SQL."""
        block = self._secret if len(self._secret) <= BLOCK else hashlib.sha256(self._secret).digest()
        block = block.ljust(BLOCK, b"\0")
        inner = _blob(bytes(byte ^ 0x36 for byte in block) + f"{kind}:".encode())
        outer = _blob(bytes(byte ^ 0x5C for byte in block))
        digest = f"sha256({outer} || unhex(sha256({inner} || encode({expression}))))"
        made = f"to_base64(unhex(left({digest}, {SHOWN_BYTES * 2})))"
        return f"replace(replace({made}, '+', '-'), '/', '_')"


def _blob(raw: bytes) -> str:
    return "'" + "".join(f"\\x{byte:02X}" for byte in raw) + "'::BLOB"


def read_or_make(path: Path) -> Keys:
    """The key in a file; made at first use, readable by its owner alone."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as out:
            out.write(secrets.token_hex(KEY_BYTES).encode() + b"\n")
    return Keys(path.read_bytes().strip())
