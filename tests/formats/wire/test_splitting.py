"""Items apart from one another: whatever stands in one, the others are found to the letter."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.formats.wire.splitting import split_items

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=8,
)


@given(st.lists(JSON, max_size=5), st.sampled_from([(", ", ": "), (",", ":"), (" ,\n", ":")]))
def test_every_batch_is_split_as_a_reader_of_json_would(items: list[object], between: tuple[str, str]) -> None:
    written = [json.dumps(item, separators=between) for item in items]
    split = split_items(('{"responses":[' + between[0].join(written) + "]}").encode())
    assert split.whole
    assert [part.decode() for part in split.items] == written


@given(st.binary(max_size=80))
def test_any_bytes_end(content: bytes) -> None:
    split_items(b'{"responses":[' + content)


@pytest.mark.parametrize("depth", [1_000, 100_000])
def test_no_depth_hides_the_next_item(depth: int) -> None:
    deep = b'{"id":1,"body":' + b"[" * depth + b"]" * depth + b"}"
    split = split_items(b'{"responses":[' + deep + b',{"id":2}]}')
    assert split.items == (deep, b'{"id":2}')


def test_what_begins_otherwise_is_no_batch() -> None:
    with pytest.raises(ValueError, match="begin"):
        split_items(b'{"answers":[]}')


def test_work_has_an_end() -> None:
    with pytest.raises(ValueError, match="brackets"):
        split_items(b'{"responses":[' + b"[]" * 1_100_000 + b"[{},")
    with pytest.raises(ValueError, match="brackets"):
        split_items(b'{"responses":[[' + b"[]" * 1_100_000)
