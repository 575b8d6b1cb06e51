from hypothesis import given
from hypothesis import strategies as st

from qingfeng.sealing.chain import GENESIS, first_break, link, merkle_root, payload_digest


def stream(texts: list[str]) -> list[tuple[int, str, str]]:
    entries, previous = [], GENESIS
    for seq, text in enumerate(texts, 1):
        previous = link(previous, text)
        entries.append((seq, text, previous))
    return entries


def test_a_whole_stream_holds() -> None:
    entries = stream(["a", "b", "c"])
    assert first_break(entries, head=(3, entries[-1][2])) is None


@given(st.lists(st.text(), min_size=2, max_size=8), st.data())
def test_a_changed_text_is_named_at_its_place(texts: list[str], data: st.DataObject) -> None:
    entries = stream(texts)
    at = data.draw(st.integers(0, len(texts) - 1))
    seq, text, stored = entries[at]
    entries[at] = (seq, text + "x", stored)
    found = first_break(entries)
    assert found is not None and found.seq == at + 1


def test_a_removed_event_is_named() -> None:
    entries = stream(["a", "b", "c"])
    del entries[1]
    found = first_break(entries)
    assert found is not None and (found.seq, found.what) == (2, "缺号")


def test_a_cut_off_tail_is_named() -> None:
    entries = stream(["a", "b", "c"])
    found = first_break(entries[:2], head=(3, entries[2][2]))
    assert found is not None and found.seq == 2


def test_the_digest_depends_on_the_salt() -> None:
    assert payload_digest("x", b"1") != payload_digest("x", b"2")


def test_the_root_of_all_heads_changes_with_any_of_them() -> None:
    assert merkle_root(["aa" * 32, "bb" * 32]) != merkle_root(["aa" * 32, "bc" * 32])
    assert merkle_root([]) == GENESIS
