"""What headquarters decides about the installation: set as a whole, confirmed before it is printed."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.installation.helplines import HelplineLine
from app.domain.problem import Problem
from app.models import AuditEntry
from app.services.installation.department_queries import emblem_of
from app.services.installation.settings import (
    DepartmentSettings,
    confirm_helplines,
    confirm_host,
    read_settings,
    save_settings,
    set_emblem,
)

NOW = datetime(2026, 11, 23, 6, tzinfo=UTC)
WANTED = DepartmentSettings(
    "नमूना पुलिस",
    "Sample Police",
    "samvad.example.in",
    (HelplineLine("महिला हेल्पलाइन", "Women", "1090"),),
    "Control room",
)


def save(session: Session, **changed: Any) -> None:
    save_settings(session, replace(WANTED, **changed), None, NOW)


def confirm(
    session: Session,
    typed: str = "samvad.example.in",
    address: str = "https://samvad.example.in",
    contact: str | None = "mailto:samvad@example.in",
) -> None:
    confirm_host(session, typed, address, contact, None, NOW)


def test_until_something_is_set_there_are_no_names(session: Session) -> None:
    assert read_settings(session) == DepartmentSettings("", "", None)


def test_what_is_set_is_read_again_as_one_writes_it(session: Session) -> None:
    save(session, name_hi=" नमूना पुलिस\n", host=" SAMVAD.Example.in ", free_text_reader="  ")
    assert read_settings(session) == replace(WANTED, free_text_reader=None)
    entry = session.scalars(select(AuditEntry)).one()
    assert json.loads(entry.details) == {"host": "samvad.example.in", "free_text": False}


def test_nobody_confirms_by_saving(session: Session) -> None:
    save(session, host_confirmed_on=date(2026, 11, 1))
    assert read_settings(session).host_confirmed_on is None


@pytest.mark.parametrize("changed", [{"name_hi": " "}, {"name_en": "x" * 121}, {"host": "https://samvad.example.in"}])
def test_what_is_refused_leaves_all_as_it_was(session: Session, changed: dict[str, str]) -> None:
    save(session)
    confirm(session)
    before = read_settings(session)
    with pytest.raises(Problem, match=r"department\."):
        save(session, free_text_reader="Somebody else", **changed)
    assert read_settings(session) == before


def test_nothing_is_printed_while_citizens_could_write_to_nobody(session: Session) -> None:
    save(session)
    with pytest.raises(Problem, match=r"department\.no_contact"):
        confirm(session, contact=None)
    assert read_settings(session).host_confirmed_on is None


@pytest.mark.parametrize(
    ("typed", "address", "code"),
    [
        ("samvad.example.org", "https://samvad.example.in", "department.host_not_typed"),
        ("samvad.example.in", "http://samvad.example.in", "department.host_foreign"),
        ("samvad.example.in", "https://samvad.example.in:8443", "department.host_foreign"),
        ("samvad.example.in", "https://samvad.example.in.evil.example", "department.host_foreign"),
    ],
)
def test_a_host_is_confirmed_where_it_answers_and_by_who_typed_it(
    session: Session, typed: str, address: str, code: str
) -> None:
    save(session)
    with pytest.raises(Problem) as refused:
        confirm(session, typed, address)
    assert refused.value.code == code
    assert read_settings(session).host_confirmed_on is None
    confirm(session, " SAMVAD.example.in ", "https://SAMVAD.Example.in")
    assert read_settings(session).host_confirmed_on == date(2026, 11, 23)


def test_an_emblem_needs_a_department_and_is_confirmed_anew_whether_it_comes_or_goes(session: Session) -> None:
    with pytest.raises(Problem, match=r"department\.name"):
        set_emblem(session, b"png", None, NOW)
    save(session)
    for emblem in (b"png", None):
        confirm(session)
        set_emblem(session, emblem, None, NOW)
        assert (emblem_of(session), read_settings(session).host_confirmed_on) == (emblem, None)


def test_helplines_are_confirmed_apart_from_the_rest_and_anew_when_one_changes(session: Session) -> None:
    save(session)
    confirm(session)
    with pytest.raises(Problem, match=r"helplines_not_all"):
        confirm_helplines(session, [], None, NOW)
    assert read_settings(session).helplines_confirmed_on is None
    confirm_helplines(session, ["1090"], None, NOW)
    assert read_settings(session).helplines_confirmed_on == date(2026, 11, 23)
    save(session, free_text_reader="Somebody else")
    assert read_settings(session).helplines_confirmed_on == date(2026, 11, 23)
    save(session, helplines=(HelplineLine("महिला हेल्पलाइन", "Women", "181"),))
    kept = read_settings(session)
    assert (kept.helplines_confirmed_on, kept.host_confirmed_on) == (None, date(2026, 11, 23))
    done = session.scalars(select(AuditEntry.details).where(AuditEntry.action == "department.helplines_confirmed"))
    assert [json.loads(details) for details in done] == [{"numbers": ["1090"]}]


def test_without_a_department_no_helpline_is_confirmed(session: Session) -> None:
    with pytest.raises(Problem, match=r"helplines_not_all"):
        confirm_helplines(session, [], None, NOW)
