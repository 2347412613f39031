"""Checks by telephone in the record: once for each class of answers and label, whatever numbers come later."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from app.domain.figures.headline.label import of_check
from app.models import CallCheck
from app.services.record.log.entries import enter
from app.services.record.sources.checks import new_checks
from tests.factories import add_place

AUTUMN = date(2026, 10, 1)


def add_check(session: Session, code: str, checked: int, asked: int) -> CallCheck:
    place = add_place(session, code=code)
    row = CallCheck(
        place_id=place.id, quarter=AUTUMN, checked=checked, unconfirmed=0, silent_asked=asked, silent_good=0
    )
    session.add(row)
    session.flush()
    return row


def test_a_check_is_told_once_and_without_its_numbers(any_session: Session) -> None:
    session = any_session
    row = add_check(session, "S-1", 20, 5)
    (told,) = new_checks(session, 10)
    assert (told.type, told.about_id) == ("check", row.id)
    assert told.content == {"place": "S-1", "class": "sampled", "quarter": "2026-Q4", "label": "confirmed"}
    enter(session, [told], AUTUMN)
    row.checked, row.unconfirmed = 30, 3
    session.flush()
    assert new_checks(session, 10) == []


@pytest.mark.parametrize(
    ("checked", "unconfirmed", "label"),
    [
        (1, 0, "unchecked"),
        (19, 1, "unchecked"),
        (19, 2, "check"),
        (20, 2, "confirmed"),
        (20, 3, "check"),
        (70, 7, "confirmed"),
    ],
)
def test_the_label_is_that_of_an_edition_and_another_one_is_entered_too(
    any_session: Session, checked: int, unconfirmed: int, label: str
) -> None:
    session = any_session
    row = add_check(session, "S-1", 1, 0)
    enter(session, new_checks(session, 10), AUTUMN)
    row.checked, row.unconfirmed = checked, unconfirmed
    session.flush()
    told = [entry.content["label"] for entry in new_checks(session, 10)]
    assert told == ([label] if label != "unchecked" else []), "the first one came to that already"
    reasons = [reason.value for reason in of_check(checked, unconfirmed)]
    assert label == (max(reasons, key=["unchecked", "check"].index) if reasons else "confirmed")


def test_the_silent_alone_are_of_those_invited_until_interviews_are_called_back(session: Session) -> None:
    row = add_check(session, "S-1", 0, 5)
    (told,) = new_checks(session, 10)
    assert told.content["class"] == "invited"
    enter(session, [told], AUTUMN)
    row.checked = 20
    session.flush()
    (later,) = new_checks(session, 10)
    assert later.content["class"] == "sampled"
    enter(session, [later], AUTUMN)
    row.checked = 0
    session.flush()
    assert new_checks(session, 10) == []


def test_where_nobody_was_called_there_is_no_check_and_many_are_told_in_portions(session: Session) -> None:
    add_check(session, "S-0", 0, 0)
    assert new_checks(session, 10) == []
    for number in range(1, 4):
        add_check(session, f"S-{number}", number, 0)
    first = new_checks(session, 2)
    assert [told.content["place"] for told in first] == ["S-1", "S-2"]
    enter(session, first, AUTUMN)
    assert [told.content["place"] for told in new_checks(session, 2)] == ["S-3"]
