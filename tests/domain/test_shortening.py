import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from app.domain.shortening import shortened


def test_what_fits_is_left_as_it_is_but_for_blanks() -> None:
    assert shortened(" Results \n of today ", 16) == "Results of today"


def test_it_is_cut_between_words_and_never_inside_a_letter() -> None:
    assert shortened("Results of the whole district", 20) == "Results of the…"
    assert shortened("Results of the whole", 15) == "Results of the…"
    assert shortened("थाना चंदनपुर कोतवाली", 14) == "थाना चंदनपुर…"
    assert shortened("किकिकिकिकि", 5) == "किकि…"


@given(st.text(max_size=300), st.integers(10, 200))
def test_it_never_gets_longer_than_said(text: str, most: int) -> None:
    short = shortened(text, most)
    assert len(short) <= most
    assert short == unicodedata.normalize("NFC", short) or text != unicodedata.normalize("NFC", text)
