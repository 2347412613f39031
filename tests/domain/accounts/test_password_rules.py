import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.accounts.password_rules import LONGEST, SHORTEST, check_password
from app.domain.problem import Problem


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("short pass", "password.short"),
        ("x" * (LONGEST + 1), "password.long"),
        ("sho.kotwali-2026!", "password.username"),
        ("SHO.KOTWALI is me", "password.username"),
        ("password1234", "password.common"),
        ("Password@12345", "password.common"),
        ("123456789012", "password.common"),
        ("qwertyuiop123", "password.common"),
        ("policepolice", "password.common"),
        ("aaaaaaaaaaaa", "password.common"),
        ("madhyapradesh2026", "password.common"),
    ],
)
def test_what_anyone_would_try_is_refused(password: str, code: str) -> None:
    with pytest.raises(Problem) as refused:
        check_password(password, "sho.kotwali")
    assert refused.value.code == code


@pytest.mark.parametrize("password", ["neela aasman 1947", "chai peene chalein", "नदी किनारे पीपल का पेड़"])
def test_several_words_are_accepted(password: str) -> None:
    assert check_password(password, "sho.kotwali") == unicodedata.normalize("NFC", password)


@given(st.text(min_size=SHORTEST, max_size=LONGEST))
def test_a_password_is_the_same_from_every_keyboard(password: str) -> None:
    def outcome(text: str) -> str:
        try:
            return check_password(text, "someone-else")
        except Problem as problem:
            return problem.code

    assert outcome(unicodedata.normalize("NFC", password)) == outcome(
        unicodedata.normalize("NFC", unicodedata.normalize("NFD", password))
    )


def test_the_length_is_counted_after_normalising() -> None:
    with pytest.raises(Problem, match=r"password\.short"):
        check_password(unicodedata.normalize("NFD", "é" * 11), "someone")
