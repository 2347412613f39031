"""Names of places: cleaned, compared, and what is wrong with them."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.places.names import (
    clean_name,
    clean_place_text,
    distinct_words,
    flaws_in_name,
    search_key,
    shown,
)
from app.domain.places.place import BilingualName
from tests.factories.places.place_lists import DISTRICT, STATE, STATION, plan, told


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("Q,station,Fkkuk,,D,", ("place.name_not_hindi", 5, "name_hi")),
        ("Q,station,,थाना,D,", ("place.name_not_english", 5, "name_en")),
        ("Q,station,,à¤¥à¤¾,D,", ("place.name_broken", 5, "name_en")),
        ("Q,station,,???,D,", ("place.name_broken", 5, "name_en")),
        ("Q,station,,#REF!,D,", ("place.name_broken", 5, "name_en")),
        ("Q,station,,Ab\u202ecd,D,", ("place.name_hidden", 5, "name_en")),
        ("Q,station,,Ab\x07cd,D,", ("place.name_hidden", 5, "name_en")),
        ("Q,station,,12,D,", ("place.name_without_letters", 5, "name_en")),
        ("Q,station,,Police Station,D,", ("place.name_says_nothing", 5, "name_en")),
        (f"Q,station,,{'x' * 121},D,", ("place.name_long", 5, "name_en")),
    ],
)
def test_a_flaw_of_a_name_is_told_with_row_and_column(line: str, problem: tuple[str, int, str]) -> None:
    made = plan(STATE, DISTRICT, STATION, line)
    assert told(made) == [problem]
    assert made.changes == 0
    assert "%(" not in made.problems[0].sentence()


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("\u00a0थाना \t कोतवाली\u2003\n", "थाना कोतवाली"),
        ("\ufeffथाना\u200b क\u200eख", "थाना कख"),
        ("क्\u200dष", "क्\u200dष"),
        ("क\u200dख", "कख"),
        ("टीकमग\u095d", "टीकमग\u0922\u093c"),
    ],
)
def test_a_name_is_cleaned(raw: str, clean: str) -> None:
    assert clean_place_text(raw) == clean


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("भिण्ड", "भिंड"),
        ("मन्दसौर", "मंदसौर"),
        ("टीकमगढ़", "टिकमगढ"),
        ("छिंदवाड़ा", "छिन्दवाडा"),
        ("Pandhurna", "PANDHURNA"),
        ("Pāndhurnā", "pandhurna"),
        ("Agar-Malwa", "agar malwa"),
    ],
)
def test_spellings_of_one_name_are_found_by_each_other(one: str, other: str) -> None:
    assert search_key(one) == search_key(other)


def test_words_for_the_kind_tell_no_two_places_apart() -> None:
    assert distinct_words("Police thana Khajrana") == distinct_words("Police station khajrana") == "khajrana"
    assert distinct_words("थाना चीता") != distinct_words("थाना चिता")


@given(st.text())
def test_cleaning_is_stable_and_normal(text: str) -> None:
    clean = clean_place_text(text)
    assert clean_place_text(clean) == clean
    assert unicodedata.is_normalized("NFC", clean)
    assert clean == clean.strip()


@given(st.text(), st.sampled_from(["hi", "en"]))
def test_every_flaw_has_its_sentence(text: str, language: str) -> None:
    for flaw in flaws_in_name(clean_place_text(text), language):
        assert flaw.sentence()


def test_a_name_of_nothing_visible_is_none() -> None:
    assert clean_name(" \u200b", "\u00a0") == clean_name(None, "") == BilingualName(None, None)


def test_a_message_quotes_the_beginning_of_a_long_text() -> None:
    assert shown("x" * 60) == "x" * 60
    assert shown("x" * 61) == "x" * 59 + "…"
