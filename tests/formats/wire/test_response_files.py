"""Files of responses: of one that breaks off, what is whole is read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.problem import Problem
from app.formats.wire.response_files import read_response_file

# As a browser writes them, and as somebody's editor might.
ITEMS = ['{"id":1,"body":{"a":"थाना }, {"}}', '{"id": 2,\n "body": "x"}', '{"id":3}']
WHOLE = ('{"responses":[' + ",\n".join(ITEMS) + "]}").encode()
ENDS = [len(('{"responses":[' + ",\n".join(ITEMS[: at + 1])).encode()) for at in range(len(ITEMS))]


def texts(content: bytes) -> list[str]:
    return [bytes(item).decode() for item in read_response_file(content).items]


def test_a_whole_file_has_every_item_letter_for_letter() -> None:
    assert texts(WHOLE) == ITEMS
    assert not read_response_file(WHOLE).broken_off


@pytest.mark.parametrize("length", range(len(b'{"responses":['), len(WHOLE)))
def test_wherever_a_file_breaks_off_the_items_before_are_read(length: int) -> None:
    assert texts(WHOLE[:length]) == ITEMS[: sum(end <= length for end in ENDS)]
    assert read_response_file(WHOLE[:length]).broken_off


def test_a_damaged_item_takes_no_other_with_it() -> None:
    assert texts(b'{"responses":[{"id":1},{"id":?},{"id":3}]}') == ['{"id":1}', '{"id":?}', '{"id":3}']
    assert texts(b'{"responses":[{"id":1},5,{"id":3}') == ['{"id":1}', "5", '{"id":3}']


@given(st.binary(max_size=60))
def test_any_bytes_are_refused_in_words(content: bytes) -> None:
    with pytest.raises(Problem, match=r"batch\.malformed"):
        read_response_file(content)


@pytest.mark.parametrize("content", [b'{"answers":[]}', b'[{"id":1}]', b'{"responses":5}', b'{"responses"'])
def test_any_other_file_is_refused(content: bytes) -> None:
    with pytest.raises(Problem, match=r"batch\.malformed"):
        read_response_file(content)
