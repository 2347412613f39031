"""Forms that were sent twice by one finger, and people behind one address who only tick the same."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from app.models import Placement, SurveyVersion
from app.transaction import transaction
from tests.factories import add_place, add_placement, add_survey, definition, question
from tests.services.responses.sending import NOW, SENTENCE, send_form, set_aside_reasons

pytestmark = pytest.mark.both_databases


def test_a_form_sent_twice_with_the_same_sentence_is_set_aside_once(posted: tuple[Placement, SurveyVersion]) -> None:
    answers = {"respect": 4, "comment": SENTENCE}
    for minutes, mac in ((0, b"a" * 16), (5, b"a" * 16), (5, b"b" * 16), (16, b"a" * 16)):
        send_form(posted, answers, mac=mac, at=NOW + timedelta(minutes=minutes))
    assert set_aside_reasons() == [["repeated"]]


def test_of_eight_taps_at_once_one_counts(app: Flask, posted: tuple[Placement, SurveyVersion]) -> None:
    def tap(_: int) -> None:
        with app.app_context():
            send_form(posted, {"respect": 4, "comment": SENTENCE}, mac=b"a" * 16, at=NOW)

    with ThreadPoolExecutor(max_workers=8) as pool:
        list(pool.map(tap, range(8)))
    assert set_aside_reasons() == [["repeated"]] * 7


def test_of_two_taps_within_seconds_one_counts_whatever_was_answered(posted: tuple[Placement, SurveyVersion]) -> None:
    for answers in ({"respect": 5}, {"respect": 5, "comment": "अच्छा"}):
        for seconds in (0, 3):
            send_form(posted, answers, at=NOW + timedelta(seconds=seconds))
    assert set_aside_reasons() == [["repeated"]] * 2


def test_two_people_behind_one_address_who_tick_the_same_both_count(posted: tuple[Placement, SurveyVersion]) -> None:
    for seconds in (0, 11):
        send_form(posted, {"respect": 5, "comment": "अच्छा"}, at=NOW + timedelta(seconds=seconds))
    assert set_aside_reasons() == []


@pytest.mark.parametrize(
    "other",
    [{"mac": b"b" * 16}, {"mac": None}, {"opened": NOW - timedelta(hours=1)}, {"answers": {"respect": 4}}],
    ids=["sender", "no address", "page of another hour", "answers"],
)
def test_what_differs_from_the_first_tap_counts(posted: tuple[Placement, SurveyVersion], other: dict[str, Any]) -> None:
    first: dict[str, Any] = {"answers": {"respect": 5}}
    send_form(posted, **first)
    send_form(posted, **first | other)
    assert set_aside_reasons() == []


def test_what_another_poster_was_told_counts(posted: tuple[Placement, SurveyVersion]) -> None:
    placement, version = posted
    with transaction() as session:
        other = add_placement(session, add_place(session), version)
    for poster in (placement, other):
        send_form((poster, version), {"respect": 5})
    assert set_aside_reasons() == []


def test_the_name_of_a_choice_is_no_text(app: Flask, database: str) -> None:
    with transaction() as session:
        long_name = "a_choice_with_a_very_long_name"
        version = add_survey(session, definition([question("one", "select_one", long_name)]))
        posted = add_placement(session, add_place(session), version), version
    for seconds in (0, 60):
        send_form(posted, {"one": long_name}, at=NOW + timedelta(seconds=seconds))
    assert set_aside_reasons() == []
