from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

import pytest

from app.domain.responses.screening.likeness import Fact, Rule
from app.domain.responses.screening.texts import Elsewhere, Written, are_alike, plain, text_facts

MONDAY = date(2026, 11, 30)
SENTENCE = "थाने में सबने बहुत अच्छे से बात की, धन्यवाद!"
ANOTHER = "पानी पीने की कोई जगह नहीं है और शौचालय बंद रहता है"


def written(*texts: str, weeks: tuple[int, ...] = ()) -> list[Written]:
    which = weeks or (0,) * len(texts)
    return [Written(UUID(int=at), MONDAY + timedelta(weeks=which[at]), text) for at, text in enumerate(texts)]


def facts(texts: list[Written], elsewhere: Iterable[Elsewhere] = ()) -> dict[int, int]:
    found = text_facts(texts, [each.id for each in texts], lambda: elsewhere)
    assert all(fact == Fact(Rule.TEXT, fact.alike, 0, 99) for fact in found.values())
    return {id_.int: fact.alike for id_, fact in found.items()}


def test_marks_are_kept_and_nukta_has_one_spelling() -> None:
    assert plain("की — कि") == "की कि"
    assert plain("Good,\n  VERY good!") == "good very good"
    assert plain("\u0958\u093c") == plain("\u0915\u093c\u093c")


def test_a_sentence_with_a_word_put_in_is_alike_and_another_is_not() -> None:
    found = facts(written(SENTENCE, SENTENCE.replace("बहुत", "बहुत ही"), SENTENCE.upper(), ANOTHER))
    assert found == {0: 3, 1: 3, 2: 3}


def test_short_texts_tell_nothing() -> None:
    assert facts(written(*["a" * 19] * 3)) == {}
    assert facts(written(*["a" * 20] * 3)) == {0: 3, 1: 3, 2: 3}


def test_one_answer_with_two_like_texts_is_one() -> None:
    twice = [Written(UUID(int=0), MONDAY, SENTENCE), Written(UUID(int=0), MONDAY, SENTENCE + " जी")]
    assert text_facts(twice, [UUID(int=0)], lambda: ()) == {}


def test_weeks_from_eight_before_to_one_after_are_compared() -> None:
    assert facts(written(*[SENTENCE] * 5, weeks=(0, -8, -9, 1, 2)))[0] == 3


@pytest.mark.parametrize(("stations", "found"), [(2, {0: 2, 1: 2}), (3, {})])
def test_what_is_known_from_more_than_two_other_stations_is_a_saying(stations: int, found: dict[int, int]) -> None:
    elsewhere = [(station, text) for station in range(stations) for text in (ANOTHER, SENTENCE, SENTENCE)]
    assert facts(written(SENTENCE, SENTENCE), elsewhere) == found


def test_alike_are_texts_with_six_of_ten_triples_in_common() -> None:
    assert are_alike(frozenset("abc"), frozenset("abcde"))
    assert not are_alike(frozenset("abc"), frozenset("abcdef"))


def test_elsewhere_is_only_asked_where_texts_are_alike() -> None:
    def never() -> Iterable[Elsewhere]:
        raise AssertionError

    different = written(SENTENCE, ANOTHER)
    assert text_facts(different, [each.id for each in different], never) == {}
