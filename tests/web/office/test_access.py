"""Every office page, tried by every role on an own and on a foreign place.

What must come out follows from what the view declares, so a new page needs nothing here, unless its address
has a parameter of a name that nobody has explained yet: then it is added to VALUES.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from app.domain.accounts.role import Permission, Role
from app.domain.codes.channel import Channel
from app.domain.dialogue.post import PostKind
from app.models import Account, Department, Place, Screen, SlipBatch, Survey
from app.services.installation.jobs.jobs import ask_job
from app.services.surveys.rounds import RoundPlan, plan_round
from app.transaction import reading, transaction
from app.web.office.guard import declared_for
from tests.factories.codes.placements import add_placement
from tests.factories.devices.devices import add_device
from tests.factories.dialogue.kept import kept_commitment
from tests.factories.dialogue.posts import draft
from tests.factories.draws.case_lists import close, list_order
from tests.factories.places.places import add_place
from tests.factories.surveys.rounds import DATES, PLANNED_AT, POLL
from tests.factories.surveys.surveys import add_survey, definition, question
from tests.fixtures.accounts import add_account, open_session

# Ways out of the office that a page may take instead of a refusal.
REFUSED = {403, 404}


@dataclass(frozen=True)
class World:
    """An own and a foreign district with a station each, and what belongs to them."""

    own: dict[str, int]
    foreign: dict[str, int]
    survey_version_id: int
    survey_id: int


#: what stands for each parameter of an address; `None` marks one that has nothing to do with a place
VALUES: dict[str, Callable[[World, dict[str, int]], object]] = {
    "quiet_id": lambda _world, _side: 1,
    "place_id": lambda world, side: side["place"],
    "placement_id": lambda world, side: side["placement"],
    "account_id": lambda world, side: side["account"],
    "device_id": lambda world, side: side["device"],
    "batch_id": lambda world, side: side["batch"],
    "list_id": lambda world, side: side["list"],
    "job_id": lambda world, side: side["job"],
    "commitment_id": lambda world, side: side["commitment"],
    "post_id": lambda world, side: side["post"],
    "round_id": lambda world, side: side["round"],
    # A proposed policy of screening; nobody has proposed any.
    "proposal_id": lambda world, side: 1,
    "evidence": lambda world, side: "open",
    "week": lambda world, side: "2026-06-15",
    "kind": lambda world, side: "slip",
    "survey_id": lambda world, side: world.survey_id,
    "version_id": lambda world, side: world.survey_version_id,
    "survey_version_id": lambda world, side: world.survey_version_id,
    "slug": lambda world, side: "station-visit",
    "number": lambda world, side: 1,
    "name": lambda world, side: "station-visit",
    "language": lambda world, side: "en",
    "lang": lambda world, side: "en",
    "shape": lambda world, side: "wide",
    "ending": lambda world, side: "csv",
    "key": lambda world, side: "0",
    # A file that was uploaded, which nobody but its account can name.
    "token": lambda world, side: "0" * 32,
}
PLACE_BOUND = {"place_id", "placement_id", "account_id", "device_id", "batch_id", "list_id", "job_id"}
PLACE_BOUND |= {"commitment_id", "post_id", "round_id"}
#: endpoints whose `placement_id` is a link for an official account
HANDLES = {"office.codes.show_link"}
#: endpoints whose `placement_id` is a counter screen's
SCREENS = {"office.codes.show_screen", "office.codes.show_screen_code", "office.codes.end_one_screen"}


def add_side(session: Session, parent: Place, name: str) -> dict[str, int]:
    district = add_place(session, parent=parent, kind="district", name_en=name)
    station = add_place(session, parent=district, name_en=f"{name} station")
    version = session.info["version"]
    poster = add_placement(session, station, version)
    handle = add_placement(session, district, version, channel=Channel.HANDLE)
    screen = add_placement(session, station, version, channel=Channel.COUNTER)
    session.add(Screen(placement_id=screen.id))
    tablet = add_device(session, add_placement(session, station, version, channel=Channel.KIOSK))
    ids = {
        "district": district.id,
        "place": station.id,
        "placement": poster.id,
        "handle": handle.id,
        "screen": screen.id,
    }
    day = date(2026, 1, 1)
    batch = SlipBatch(
        channel="slip", survey_id=version.survey_id, place_id=district.id, issued_on=day, expires_on=date(2026, 4, 1)
    )
    session.add(batch)
    session.flush()
    job_id = ask_job(session, station.id, date(2026, 1, 1), None, datetime(2026, 2, 2, 6, tzinfo=UTC))
    list_id = close(session, list_order(district.id))
    slug = session.get_one(Survey, version.survey_id).slug
    made = {"device": tablet.id, "batch": batch.id, "job": job_id, "list": list_id}
    made["commitment"] = kept_commitment(session, station.id, slug)
    plan = RoundPlan(add_survey(session, POLL).survey_id, district.id, DATES)
    made["round"] = plan_round(session, plan, actor_id=None, now=PLANNED_AT)
    return {**ids, **made}


@pytest.fixture
def world(app: Flask) -> World:
    return add_world()


def add_world() -> World:
    """Its rows, in the database of the current application."""
    with transaction() as session:
        session.add(Department(id=1, name_hi="नमूना पुलिस", name_en="Sample Police", demonstration=True))
        version = add_survey(session, definition([question("greeting", "text")]))
        session.info["version"] = version
        state, elsewhere = add_place(session, kind="state"), add_place(session, kind="state")
        own, foreign = add_side(session, state, "Own"), add_side(session, elsewhere, "Foreign")
        own["state"] = state.id
        ids = version.id, version.survey_id
    for side in (own, foreign):
        side["account"] = add_account(Role.STATION_HEAD, side["place"])
        author = add_account(Role.DISTRICT_HEAD, side["district"])
        with transaction() as session:
            side["post"] = draft(session, author, kind=PostKind.STORY)
    return World(own, foreign, *ids)


def office_rules(app: Flask) -> Iterator[tuple[Rule, str]]:
    """Every address of the office with each method that it takes."""
    for rule in app.url_map.iter_rules():
        if rule.endpoint.startswith("office."):
            for method in sorted((rule.methods or set()) & {"GET", "POST", "PUT", "PATCH", "DELETE"}):
                yield rule, method


def address_of(app: Flask, rule: Rule, world: World, side: dict[str, int]) -> str:
    unknown = set(rule.arguments) - VALUES.keys()
    assert not unknown, f"{rule.rule}: say in VALUES how {', '.join(unknown)} can be tried"
    if rule.endpoint in HANDLES:
        side = {**side, "placement": side["handle"]}
    if rule.endpoint in SCREENS:
        side = {**side, "placement": side["screen"]}
    values = {name: VALUES[name](world, side) for name in rule.arguments}
    with app.test_request_context():
        return app.url_for(rule.endpoint, **values)  # type: ignore[arg-type]


def declared(app: Flask, rule: Rule) -> Permission | None:
    return declared_for(app.view_functions[rule.endpoint])


def client_of(app: Flask, account_id: int) -> FlaskClient:
    """Signed in anew for every try, since some pages end sessions."""
    with reading() as session:
        epoch = session.get_one(Account, account_id).session_epoch
    return open_session(app.test_client(), account_id, epoch)


def test_every_page_declares_who_may_enter(app: Flask) -> None:
    for rule, _method in office_rules(app):
        declared(app, rule)


def test_only_these_pages_are_open_to_anyone(app: Flask) -> None:
    found = {rule.endpoint for rule, _ in office_rules(app) if declared(app, rule) is None}
    assert found == {"office.accounts.sign_in", "office.accounts.second_factor", "office.accounts.recovery_code"}


def test_who_has_not_signed_in_is_sent_to_the_sign_in_page(app: Flask, world: World) -> None:
    for rule, method in office_rules(app):
        if declared(app, rule) is not None:
            answer = app.test_client().open(address_of(app, rule, world, world.own), method=method)
            assert answer.status_code == 302, (method, rule.rule)
            assert answer.location.startswith("/office/sign-in"), (method, rule.rule)


def test_an_unfinished_account_gets_no_further_than_its_password(app: Flask, world: World) -> None:
    account_id = add_account(Role.STATE_ADMIN, world.own["state"], must_change_password=True)
    open_ = {
        "office.accounts.change_own_password",
        "office.accounts.sign_out",
        "office.switch_language",
        "office.accounts.set_up_totp",
    }
    open_ |= {"office.accounts.begin_totp"}
    for rule, method in office_rules(app):
        if declared(app, rule) is not None and rule.endpoint not in open_:
            answer = client_of(app, account_id).open(address_of(app, rule, world, world.own), method=method)
            assert answer.location == "/office/account/password", (method, rule.rule)


@pytest.mark.parametrize("role", list(Role))
def test_a_role_enters_what_it_may_and_nothing_foreign(app: Flask, world: World, role: Role) -> None:
    bound_to = {Role.STATE_ADMIN: "state", Role.STATION_HEAD: "place"}.get(role, "district")
    account_id = add_account(role, world.own[bound_to])
    for rule, method in office_rules(app):
        permission = declared(app, rule)
        if permission is None:
            continue
        where = f"{method} {rule.rule} as {role}"
        own = client_of(app, account_id).open(address_of(app, rule, world, world.own), method=method)
        # Of what belongs to no place there is nothing foreign.
        if PLACE_BOUND & set(rule.arguments) or not role.may(permission):
            foreign = client_of(app, account_id).open(address_of(app, rule, world, world.foreign), method=method)
            assert foreign.status_code in (REFUSED if role.may(permission) else {403}), where
        if not role.may(permission):
            assert own.status_code == 403, where
            continue
        beyond = rule.endpoint in HANDLES and bound_to == "place"
        assert own.status_code < 500, where
        assert beyond or own.status_code != 403, where
        sent_away = (own.location or "").startswith("/office/sign-in")
        assert sent_away == (rule.endpoint == "office.accounts.sign_out"), where
