"""Counter screens: set up once, given codes for three days, ended alone. On both databases."""

from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.codes.channel import Channel
from app.domain.codes.counter_code import code_at, plan_pad, step_of
from app.domain.codes.counter_screen import ScreenState
from app.domain.codes.placement import CHANNEL_NOT_ISSUED
from app.domain.problem import Problem
from app.models import AuditEntry, Base, Place, Screen
from app.services.codes.counter_screens import (
    HeldPad,
    end_screen,
    enrol_screen,
    fetch_pad,
    get_screen,
    give_screen_code,
    list_screens,
    note_fetch,
)
from app.services.codes.placements import IssueRequest, issue_placement, retire_placement, undo_retire
from app.web.context import context
from tests.factories import enrolled_screen, register_screen

NOW = datetime(2026, 6, 10, 6, 30, tzinfo=UTC)
SECRET, OTHER = b"s" * 32, b"o" * 32


def fetch(session: Session, secret: bytes = SECRET, held: HeldPad | None = None, now: datetime = NOW):
    return fetch_pad(session, secret, held, signer=context().tokens, now=now)


def refused(code: str):
    return pytest.raises(Problem, check=lambda problem: problem.code == code)


def test_every_code_of_a_pad_is_one_that_the_server_accepts(app: Flask, any_session: Session) -> None:
    screen = enrolled_screen(any_session, SECRET, now=NOW)
    fetched = fetch(any_session)
    pad = fetched.pad
    assert pad.first == step_of(NOW) - 1
    assert len(pad.tags) == 10 * (72 * 60 + 2)
    assert fetched.placement.id == screen.placement_id
    for step in (pad.first, step_of(NOW), step_of(NOW) + 72 * 60):
        token = context().tokens.sign(code_at(0, screen.placement_id, step))
        assert context().codes.token(token).time_step == step
        at = (step - pad.first) * 10
        assert pad.tags[at : at + 10] == context().tokens._signer.tag(code_at(0, screen.placement_id, step).payload())


def test_an_hour_later_it_gets_an_hour(app: Flask, any_session: Session) -> None:
    enrolled_screen(any_session, SECRET, now=NOW)
    first = fetch(any_session).pad
    last = plan_pad(None, NOW).first + plan_pad(None, NOW).steps - 1
    later = fetch(any_session, held=HeldPad(first.head, last), now=NOW + timedelta(hours=1)).pad
    assert (later.first, len(later.tags)) == (last + 1, 600)
    foreign = fetch(any_session, held=HeldPad(b"\x12\0\0\0\0\1", last), now=NOW + timedelta(hours=1)).pad
    assert len(foreign.tags) == len(first.tags)


def test_a_code_is_good_once_for_ten_minutes_and_a_lost_answer_can_be_asked_for_again(
    app: Flask, any_session: Session
) -> None:
    screen = register_screen(any_session, now=NOW)
    with refused("device.code_unknown"):
        enrol_screen(any_session, screen.code, SECRET, now=NOW + timedelta(minutes=10))
    with refused("device.code_unknown"):
        enrol_screen(any_session, "ABCDE FGHJK", SECRET, now=NOW)
    enrol_screen(any_session, screen.code.lower(), SECRET, now=NOW)
    enrol_screen(any_session, screen.code, SECRET, now=NOW)
    with refused("device.code_unknown"):
        enrol_screen(any_session, screen.code, OTHER, now=NOW)
    actions = any_session.scalars(select(AuditEntry.action).order_by(AuditEntry.sequence)).all()
    assert actions == ["placement.issued", "screen.code_given", "screen.enrolled"]
    again = give_screen_code(any_session, screen.placement_id, actor_id=None, now=NOW)
    enrol_screen(any_session, again.code, SECRET, now=NOW)
    with refused("device.code_unknown"):
        enrol_screen(any_session, again.code, OTHER, now=NOW)


def test_a_second_browser_takes_the_place_of_the_first(app: Flask, any_session: Session) -> None:
    screen = enrolled_screen(any_session, SECRET, now=NOW)
    again = give_screen_code(any_session, screen.placement_id, actor_id=None, now=NOW)
    assert fetch(any_session).placement.id == screen.placement_id
    enrol_screen(any_session, again.code, OTHER, now=NOW)
    with refused("screen.unknown"):
        fetch(any_session)
    assert fetch(any_session, OTHER).placement.id == screen.placement_id


def test_one_browser_cannot_be_two_screens_with_one_secret(app: Flask, any_session: Session) -> None:
    enrolled_screen(any_session, SECRET, now=NOW)
    second = register_screen(any_session, now=NOW)
    with refused("device.code_unknown"):
        enrol_screen(any_session, second.code, SECRET, now=NOW)


def test_an_ended_screen_gets_nothing_any_more(app: Flask, any_session: Session) -> None:
    screen, other = (enrolled_screen(any_session, secret, now=NOW) for secret in (SECRET, OTHER))
    end_screen(any_session, screen.placement_id, actor_id=None, now=NOW)
    with refused("screen.ended"):
        fetch(any_session)
    with refused("screen.ended"):
        give_screen_code(any_session, screen.placement_id, actor_id=None, now=NOW)
    assert fetch(any_session, OTHER).placement.id == other.placement_id
    undo_retire(any_session, screen.placement_id, actor_id=None, now=NOW)
    assert fetch(any_session).placement.id == screen.placement_id


def test_the_register_knows_the_day_and_no_more(app: Flask, any_session: Session) -> None:
    screen = enrolled_screen(any_session, SECRET, now=NOW)
    assert get_screen(any_session, screen.placement_id, now=NOW).state is ScreenState.WAITING
    assert fetch(any_session).is_first_today
    note_fetch(any_session, screen.placement_id, now=NOW)
    assert not fetch(any_session).is_first_today
    view = get_screen(any_session, screen.placement_id, now=NOW)
    assert (view.state, view.fetched_on, view.pad_ends_on) == (
        ScreenState.ACTIVE,
        date(2026, 6, 10),
        date(2026, 6, 13),
    )
    assert get_screen(any_session, screen.placement_id, now=NOW + timedelta(days=4)).state is ScreenState.EMPTY


def test_the_register_lists_what_is_ended_last(app: Flask, any_session: Session) -> None:
    screens = [register_screen(any_session, now=NOW, name_en=name) for name in ("A", "B", "C")]
    retire_placement(any_session, screens[0].placement_id, actor_id=None, now=NOW)
    places = [screen.place_id for screen in screens]
    listed = list_screens(any_session, places, now=NOW)
    assert [view.placement.id for view in listed.rows] == [screens[at].placement_id for at in (1, 2, 0)]
    assert (listed.total, listed.pages) == (3, 1)
    one_each = list_screens(any_session, places, now=NOW, page=9, per_page=1)
    assert (one_each.page, one_each.pages, one_each.rows) == (3, 3, listed.rows[2:])
    assert list_screens(any_session, places[:1], now=NOW).total == 1


def test_neither_the_secret_nor_a_code_stands_in_a_table(app: Flask, any_session: Session) -> None:
    screen = enrolled_screen(any_session, SECRET, now=NOW)
    pad = fetch(any_session).pad
    told = repr([any_session.execute(select(table)).all() for table in Base.metadata.tables.values()])
    assert repr(SECRET)[2:-1] not in told
    assert screen.code not in told
    assert repr(pad.tags[:10])[2:-1] not in told


def test_the_office_issues_screens_as_screens_only(app: Flask, any_session: Session) -> None:
    """A placement for a screen that nobody could set up would be an orphan."""
    screen = register_screen(any_session, now=NOW)
    place = any_session.get_one(Place, screen.place_id)
    survey = get_screen(any_session, screen.placement_id, now=NOW).placement.survey_id
    with refused(CHANNEL_NOT_ISSUED.code):
        issue_placement(any_session, place.id, IssueRequest(survey, Channel.COUNTER, "here", 0), now=NOW)
    with refused("screen.not_found"):
        get_screen(any_session, 1, now=NOW)
    assert any_session.get(Screen, 1) is None
