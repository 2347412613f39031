import pytest

from app.domain.places.file_names import plain_code


@pytest.mark.parametrize(
    ("code", "plain"),
    [("BPL-1", "BPL-1"), ("A/B 2", "A-B-2"), ("../../x", "x"), ("थाना", "place"), ("a\nb", "place")],
)
def test_a_code_in_the_name_of_a_file_leads_nowhere(code: str, plain: str) -> None:
    assert plain_code(code) == plain
