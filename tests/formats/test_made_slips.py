"""Slips between their making and their print."""

import pytest

from app.formats.made_slips import read_slips, write_slips
from tests.factories.codes.prints import make_slips


def test_slips_are_read_as_they_were_made() -> None:
    made = make_slips(2)
    assert read_slips(write_slips(made)) == made


@pytest.mark.parametrize("content", [b"", b"{}", b'[{"pack":1}]', write_slips(make_slips())[:-1]])
def test_anything_else_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_slips(content)
