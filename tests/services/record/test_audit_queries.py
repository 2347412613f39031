"""The audit chain as people read it: newest first, and narrowed to what was asked for."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.domain.codes.channel import Channel
from app.models import Account, Screen, SlipBatch
from app.services.record.audit import record, verify_audit
from app.services.record.audit_queries import AuditFilter, AuditView, list_actions, list_audit
from tests.factories import add_device, add_place, add_placement, add_survey
from tests.factories.draws.case_lists import close, list_order
from tests.factories.places.jobs import a_job

NOW = datetime(2026, 11, 23, 6, tzinfo=UTC)
#: the first moment of the 24th in India
MIDNIGHT = datetime(2026, 11, 23, 18, 30, tzinfo=UTC)


@pytest.fixture
def chain(any_session: Session) -> Session:
    """Four entries: by an account, by another, by nobody; of three actions on two subjects."""
    place = add_place(any_session, kind="state")
    columns = {"name": "x", "role": "auditor", "language": "hi", "password_hash": "x", "must_change_password": True}
    accounts = [Account(username=name, place_id=place.id, **columns) for name in ("asha", "ravi")]
    any_session.add_all(accounts)
    any_session.flush()
    asha, ravi = (account.id for account in accounts)
    record(any_session, "placement.issued", "placement:1", asha, {"spot": "द्वार"}, NOW)
    record(any_session, "placement.issued", "placement:2", ravi, {}, MIDNIGHT - timedelta(microseconds=1))
    record(any_session, "placement.retired", "placement:1", ravi, {}, MIDNIGHT)
    record(any_session, "department.changed", "department", None, {}, MIDNIGHT + timedelta(days=1))
    return any_session


def test_entries_are_narrowed_to_days_in_india_accounts_and_subjects(chain: Session) -> None:
    cases: list[tuple[dict[str, Any], list[int]]] = [
        ({}, [4, 3, 2, 1]),
        ({"action": "placement.issued"}, [2, 1]),
        ({"action": "placement"}, []),
        ({"username": " RAVI"}, [3, 2]),
        ({"subject": "placement:1 "}, [3, 1]),
        ({"subject": "placement:"}, []),
        ({"username": "asha", "subject": "placement:2"}, []),
        ({"from_on": date(2026, 11, 24)}, [4, 3]),
        ({"until_on": date(2026, 11, 23)}, [2, 1]),
        ({"from_on": date(2026, 11, 24), "until_on": date(2026, 11, 24)}, [3]),
    ]
    for wanted, sequences in cases:
        listed = list_audit(chain, AuditFilter(**wanted))
        assert (wanted, [entry.sequence for entry in listed.rows]) == (wanted, sequences)
        assert listed.total == len(sequences)


def test_an_entry_says_who_did_what_when(chain: Session) -> None:
    *_, first = list_audit(chain, AuditFilter()).rows
    assert first == AuditView(1, NOW, "asha", "placement.issued", "placement:1", {"spot": "द्वार"})
    assert list_audit(chain, AuditFilter(action="department.changed")).rows[0].username is None


def test_pages_are_of_what_was_asked_for(chain: Session) -> None:
    page = list_audit(chain, AuditFilter(username="ravi"), page=2, per_page=1)
    assert ([entry.sequence for entry in page.rows], page.pages) == ([2], 2)


def test_each_action_that_was_ever_recorded_is_offered_once(chain: Session) -> None:
    assert list_actions(chain) == ("department.changed", "placement.issued", "placement.retired")


def test_below_the_top_the_chain_ends_at_the_place_and_what_belongs_to_it(any_session: Session) -> None:
    version = add_survey(any_session)
    whole: dict[str, list[str]] = {}
    ids = {}
    for name in ("own", "foreign"):
        station = add_place(any_session)
        poster = add_placement(any_session, station, version)
        screen = add_placement(any_session, station, version, channel=Channel.COUNTER)
        any_session.add(Screen(placement_id=screen.id))
        tablet = add_device(any_session, add_placement(any_session, station, version, channel=Channel.KIOSK))
        day = date(2026, 1, 1)
        batch = SlipBatch(
            channel="slip", survey_id=version.survey_id, place_id=station.id, issued_on=day, expires_on=day
        )
        account = Account(
            username=name, place_id=station.id, name="x", role="auditor", language="hi", password_hash="x"
        )
        job = a_job(station.id)
        any_session.add_all([batch, account, job])
        any_session.flush()
        ids[name] = station.id
        kinds = {
            "place": station,
            "placement": poster,
            "device": tablet,
            "batch": batch,
            "account": account,
            "job": job,
        }
        whole[name] = [f"{kind}:{row.id}" for kind, row in kinds.items()] + [f"screen:{screen.id}"]  # type: ignore[attr-defined]
    nobodys = ["department", "places", "cases", "responses", "survey:1", "signing_key:0", "sign_in:address"]
    for subject in (*whole["own"], *whole["foreign"], *nobodys):
        record(any_session, f"x.{subject.partition(':')[0]}", subject, None, {}, NOW)
    seen = list_audit(any_session, AuditFilter(places={ids["own"]}))
    assert {entry.subject for entry in seen.rows} == set(whole["own"])
    assert seen.total == len(whole["own"])
    assert list_actions(any_session, {ids["own"]}) == tuple(
        sorted(f"x.{one.partition(':')[0]}" for one in whole["own"])
    )
    assert list_audit(any_session, AuditFilter(places={ids["own"]}, subject=whole["foreign"][0])).total == 0
    assert list_audit(any_session, AuditFilter(places=())).total == 0
    # Reading is narrowed, the chain is not.
    assert verify_audit(any_session).sequence == len(nobodys) + 2 * len(whole["own"])


def test_a_list_of_cases_belongs_to_its_place(any_session: Session) -> None:
    own, foreign = add_place(any_session), add_place(any_session)
    list_id = close(any_session, list_order(own.id))
    close(any_session, list_order(foreign.id))
    (seen,) = list_audit(any_session, AuditFilter(places={own.id})).rows
    assert (seen.action, seen.subject) == ("case_list.closed", f"case_list:{list_id}")
