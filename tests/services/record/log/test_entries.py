"""Entries: in one order, about each thing once, in canonical letters."""

from datetime import date

import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.domain.record.canonical import NotCanonical
from app.services.record.log.entries import (
    NewEntry,
    enter,
    entry_about,
    entry_at,
    newest_entries,
    numbers_about,
    size_of,
)
from app.services.record.log.files import file_bytes

DAY = date(2026, 6, 15)


def test_they_are_numbered_and_found_again(any_session: Session) -> None:
    session = any_session
    assert size_of(session) == 0
    new = [NewEntry("survey_end", "survey_end", at, {"survey": "visit", "version": at}) for at in (7, 8)]
    assert enter(session, new, DAY) == [0, 1]
    assert numbers_about(session, "survey_end", [6, 7, 8]) == {7: 0, 8: 1}
    found = entry_about(session, "survey_end", 8)
    assert found is not None
    assert (found.number, found.type, found.on) == (1, "survey_end", DAY)
    assert entry_at(session, 2) is entry_about(session, "survey_end", 9) is None
    assert [entry.number for entry in newest_entries(session, 2, 5)] == [1, 0]


def test_about_one_thing_there_is_one(any_session: Session) -> None:
    enter(any_session, [NewEntry("code_end", "code_retired", 3, {"number": "1"})], DAY)
    with pytest.raises(IntegrityError):
        enter(any_session, [NewEntry("code_end", "code_retired", 3, {"number": "1"})], DAY)


def test_letters_are_composed_and_what_cannot_be_written_is_refused(session: Session) -> None:
    # Ka with nukta, as lists of places write it: one code point, which NFC writes as two.
    enter(session, [NewEntry("code", "code", 1, {"place": "\u0958-1"})], DAY)
    found = entry_at(session, 0)
    assert found is not None
    assert found.content["place"] == "\u0915\u093c-1"
    with pytest.raises(NotCanonical):
        enter(session, [NewEntry("code", "code", 2, {"place": "a\nb"})], DAY)


def test_a_file_is_served_from_its_entry_on(session: Session) -> None:
    enter(session, [NewEntry("genesis", "genesis", 0, {})], DAY)
    enter(session, [NewEntry("policy", "policy", 1, {}, {"policy/ab.txt": "text"})], DAY)
    enter(session, [NewEntry("policy", "policy", 2, {}, {"policy/ab.txt": "text"})], DAY)
    assert file_bytes(session, "policy/ab.txt", 1) is None
    assert file_bytes(session, "policy/ab.txt", 2) == b"text"
