import pytest

from qingfeng.sealing.envelopes import EnvelopeError, new_key_pair, open_envelope, seal


def test_only_the_private_key_opens_an_envelope() -> None:
    private, public = new_key_pair()
    other, _ = new_key_pair()
    envelope = seal("线索".encode(), public_key=public)
    assert open_envelope(envelope, private_key=private).decode() == "线索"
    with pytest.raises(EnvelopeError):
        open_envelope(envelope, private_key=other)


def test_the_length_tells_nothing_of_a_short_message() -> None:
    _, public = new_key_pair()
    assert len(seal(b"a", public_key=public)) == len(seal(b"a" * 900, public_key=public))


def test_a_broken_key_is_refused() -> None:
    with pytest.raises(EnvelopeError):
        seal(b"a", public_key=b"short")
