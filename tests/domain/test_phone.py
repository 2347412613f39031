import pytest

from app.domain.phone import read_phone


@pytest.mark.parametrize(
    ("typed", "read"),
    [("112", "112"), (" ०७५५-२४४३००० ", "0755-2443000"), ("+91 755 2443000", "+91 755 2443000")],
)
def test_a_number_is_read_as_people_write_it(typed: str, read: str) -> None:
    assert read_phone(typed) == read


@pytest.mark.parametrize("typed", ["", "1", "call us", "0755 1, 0755 2", "112-", "1" * 21])
def test_what_is_no_number_is_none(typed: str) -> None:
    assert read_phone(typed) is None
