"""Blind: two installations with the same round, whose people answered otherwise, serve the same bytes to everybody.

Every address, as everybody and as every role that it is open to, while answers arrive and at the last second before
its results. Then they differ, so that this sees a difference where there is one.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from app.config import Settings
from app.domain.accounts.role import Role
from app.domain.codes.channel import Channel
from app.domain.codes.token import Token
from app.extensions import db
from app.jobs.editions import make_editions
from app.jobs.folding import fold_all
from app.jobs.publishing import publish_all, publish_rounds
from app.jobs.rebuilding import begin_rebuild, go_on_rebuilding
from app.jobs.record.keeping import keep_record
from app.jobs.screening import screen
from app.models import Place
from app.transaction import transaction
from app.web.context import context
from tests.factories.codes import placements
from tests.factories.devices import devices
from tests.factories.places import places
from tests.factories.surveys import surveys
from tests.factories.surveys.rounds import OPEN_AT, RESULTS_AT, Ballot, add_ballot, answer, set_clock
from tests.fixtures import accounts
from tests.fixtures.accounts import add_account
from tests.web.office import test_access
from tests.web.office.test_access import World, add_world, address_of, client_of, declared, office_rules
from tests.web.test_odd_requests import PUBLIC

PATROL, TRAFFIC = {"first": "patrol", "second": "yes"}, {"first": "traffic", "second": "no"}
PEOPLE = 500
PAGE = "/r/rounds/1?lang=en"
#: drawn anew each time, or of bytes that are: random salts, keys and what is made of them
RANDOM = re.compile(
    rb"csrf_token. value=.[^ >]+|[0-9a-f]{16,}|[A-Za-z0-9+/_-]{40,}={0,2}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
)
#: workbooks that say when they were made; pictures and prints, slow to draw and made of what pages beside them say
DRAWN = ("starters", "picture", "print", "kit", "poster", "pdf", "sheet", "card", "slips")


@contextmanager
def installation(
    settings: Settings, name: str, make_app: Callable[[Settings], Flask], make_tables: Callable[[], None]
) -> Iterator[tuple[Flask, World, Ballot]]:
    folder: Path = settings.instance / name
    folder.mkdir(mode=0o700)
    app = make_app(replace(settings, instance=folder, database_url=f"sqlite:///{folder / 'samvad.db'}"))
    app.testing, app.config["WTF_CSRF_ENABLED"] = True, False
    with app.app_context():
        make_tables()
        world = add_world()
        with transaction() as session:
            state = session.get_one(Place, world.own["state"])
            ballot = add_ballot(session, state=state)
        yield app, replace(world, survey_id=ballot.survey_id, survey_version_id=ballot.version_id), ballot
        for engine in db.engines.values():
            engine.dispose()


def work(app: Flask, now: datetime) -> None:
    """Every job that reads answers."""
    fold_all()
    screen(now)
    publish_all(now)
    make_editions(now)
    begin_rebuild()
    go_on_rebuilding()
    publish_rounds(now)
    keep_record(app.extensions["samvad.settings"], now)


def is_drawn(rule: Rule) -> bool:
    return any(word in f"{rule.endpoint} {rule.rule}" for word in DRAWN)


def everything(app: Flask, world: World, ballot: Ballot, people: dict[Role, int]) -> dict[str, bytes]:
    """What every address says to everybody and to every role; random values masked."""
    side = {**world.own, "round": ballot.round_id, "place": ballot.state_id, "handle": ballot.link_id}
    rules = [rule for rule, method in office_rules(app) if method == "GET" and not is_drawn(rule)]
    told = {}
    for role, account_id in people.items():
        for rule in rules:
            permission = declared(app, rule)
            if permission is None or not role.may(permission):
                continue
            address = address_of(app, rule, world, side)
            told[f"{role} {address}"] = body(client_of(app, account_id), address)
    for address in public(app, ballot):
        told[address] = body(app.test_client(), address)
    return told


def public(app: Flask, ballot: Ballot) -> Iterator[str]:
    with app.test_request_context():
        token = context().tokens.sign(Token(Channel.HANDLE, 0, ballot.link_id)).lower()
        values = {**PUBLIC, "token": token, "number": 1, "version_id": ballot.version_id, "page": "rounds"}
        for rule in app.url_map.iter_rules():
            open_to_all = rule.endpoint.startswith(("public.", "api.")) and "GET" in (rule.methods or ())
            if open_to_all and not is_drawn(rule) and rule.arguments <= values.keys():
                yield app.url_for(rule.endpoint, **{name: values[name] for name in rule.arguments})
    yield PAGE
    yield f"/s/{token}?lang=en"


def body(client: FlaskClient, address: str) -> bytes:
    answered = client.get(address)
    return f"{answered.status_code} {answered.location} ".encode() + RANDOM.sub(b"*", answered.data)


def test_nobody_can_tell_from_any_byte_what_was_answered(
    settings: Settings,
    make_app: Callable[[Settings], Flask],
    make_tables: Callable[[], None],
    cheap_passwords: None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(test_access.VALUES, "slug", lambda _world, _side: "ballot")
    told: list[dict[datetime, dict[str, bytes]]] = []
    results: list[bytes] = []
    for name, most, few in (("one", PATROL, TRAFFIC), ("other", TRAFFIC, PATROL)):
        for module in (placements, places, surveys, devices):
            monkeypatch.setattr(module, "_counter", count(1))
        monkeypatch.setattr(accounts, "_numbers", count(1))
        with installation(settings, name, make_app, make_tables) as (app, world, ballot):
            people = {role: add_account(role, world.own["state"]) for role in Role}
            said: dict[datetime, dict[str, bytes]] = {}
            answer(ballot, *[most] * (PEOPLE - 60), *[few] * 20, at=OPEN_AT)
            answer(ballot, *[most] * 40, placement_id=ballot.poster_ids[0], at=OPEN_AT)
            for now in (OPEN_AT + timedelta(days=2), RESULTS_AT - timedelta(seconds=1)):
                set_clock(app, now)
                work(app, now)
                said[now] = everything(app, world, ballot, people)
            told.append(said)
            set_clock(app, RESULTS_AT)
            work(app, RESULTS_AT)
            results.append(body(app.test_client(), PAGE))
    one, other = told
    for now in one:
        assert [address for address in one[now] if one[now][address] != other[now][address]] == []
        assert len(one[now]) > 150
        assert b"in 100" not in one[now][PAGE]
    assert results[0] != results[1]
    assert all(b"in 100" in page for page in results)
