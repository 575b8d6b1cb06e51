"""Sealed envelopes: anyone may close one, only the holder of the case office's private key opens it.

X25519 sealed box of libsodium (PyNaCl). The name of the algorithm is stored beside every envelope, so that a suite
of commercial cryptography (SM2/SM4) can stand beside it later. Messages are padded to steps of 1 KiB: the length of
an envelope tells nothing of its content.
"""

from __future__ import annotations

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox

ALGORITHM = "x25519-sealedbox-pad1024"
STEP = 1024


class EnvelopeError(ValueError):
    """The key is not one, or the envelope was not made for it."""


def new_key_pair() -> tuple[bytes, bytes]:
    """(private, public), 32 bytes each. The private key never belongs on the machine of the work wing."""
    private = PrivateKey.generate()
    return bytes(private), bytes(private.public_key)


def seal(message: bytes, *, public_key: bytes) -> bytes:
    """The envelope around this message."""
    try:
        box = SealedBox(PublicKey(public_key))
    except (TypeError, ValueError, CryptoError) as error:
        raise EnvelopeError("公钥无效") from error
    length = len(message).to_bytes(8, "big")
    padded = length + message
    return bytes(box.encrypt(padded + bytes(-len(padded) % STEP)))


def open_envelope(envelope: bytes, *, private_key: bytes) -> bytes:
    """The message; EnvelopeError if it was made for another key or altered."""
    try:
        padded = SealedBox(PrivateKey(private_key)).decrypt(envelope)
    except (TypeError, ValueError, CryptoError) as error:
        raise EnvelopeError("密封件打不开：密钥不符或内容被改动") from error
    return bytes(padded[8 : 8 + int.from_bytes(padded[:8], "big")])
