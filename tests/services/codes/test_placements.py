"""Placements issued, taken down, marked as unsafe, and each of these undone."""

from datetime import date, timedelta
from itertools import chain, repeat

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.codes.channel import Channel
from app.domain.codes.number import is_number
from app.domain.codes.placement import PlacementState
from app.domain.codes.token import Token
from app.domain.problem import Problem
from app.models import AuditEntry, Placement, SigningKey
from app.services.codes import placements
from app.services.codes.placement_queries import (
    get_placement,
)
from app.services.codes.placements import (
    issue_below,
    issue_placement,
    mark_compromised,
    retire_placement,
    undo_compromised,
    undo_retire,
)
from tests.factories import add_place, add_survey
from tests.factories.codes.issuing import NOW, TODAY, issue, request


def test_a_poster_gets_a_random_id_a_checked_number_and_its_key(any_session: Session) -> None:
    place, version = add_place(any_session), add_survey(any_session)
    made = issue_placement(any_session, place.id, request(version, expires_on=date(2027, 11, 23)), now=NOW)
    assert made.number is not None
    assert is_number(made.number)
    assert made.number[0] != "0"
    assert 0 <= made.id < 2**32
    assert made.issued_on == TODAY
    assert made.state is PlacementState.ACTIVE
    assert made.place.hi == "थाना उदाहरण"
    assert made.token == Token(Channel.POSTER, 0, made.id)
    assert any_session.get_one(SigningKey, 0).created_on == TODAY
    entry = any_session.scalars(select(AuditEntry)).one()
    assert (entry.action, entry.subject, entry.at) == ("placement.issued", f"placement:{made.id}", NOW)
    assert made.number in entry.details


def test_a_link_for_a_handle_has_no_number_and_a_printed_number_has_one(session: Session) -> None:
    place, version = add_place(session), add_survey(session)
    handle = issue_placement(session, place.id, request(version, Channel.HANDLE), now=NOW)
    typed = issue_placement(session, place.id, request(version, Channel.TYPED), now=NOW)
    assert handle.number is None
    assert typed.number is not None


def test_taken_ids_and_numbers_are_drawn_again(any_session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    place, version = add_place(any_session), add_survey(any_session)
    ids, numbers = chain([7, 7, 8, 8], repeat(9)), chain([1, 2, 1, 3], repeat(4))
    monkeypatch.setattr(placements.secrets, "randbits", lambda _bits: next(ids))
    monkeypatch.setattr(placements.secrets, "randbelow", lambda _below: next(numbers))
    # The third draw has a free id and the first one's number; the fourth takes another number.
    assert [issue(any_session, place, version) for _ in range(3)] == [7, 8, 9]
    assert len(set(any_session.scalars(select(Placement.number)))) == 3


def test_a_collision_that_another_worker_made_is_drawn_again(
    any_session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    place, version = add_place(any_session), add_survey(any_session)
    ids = chain([7, 7], repeat(8))
    monkeypatch.setattr(placements.secrets, "randbits", lambda _bits: next(ids))
    monkeypatch.setattr(placements, "_is_taken", lambda _session, _placement: False)
    assert [issue(any_session, place, version) for _ in range(2)] == [7, 8]


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"hung_at": " \u200b\n"}, "placement.spot_missing"),
        ({"hung_at": "क" * 81}, "placement.spot_too_long"),
        ({"expires_on": TODAY}, "placement.expiry_past"),
        ({"channel": Channel.SLIP}, "placement.channel_not_issued"),
        ({"survey_id": 999}, "placement.survey_not_open"),
    ],
)
def test_what_cannot_be_issued_says_why(session: Session, changed: dict[str, object], code: str) -> None:
    place, version = add_place(session), add_survey(session)
    with pytest.raises(Problem) as refused:
        issue(session, place, version, **changed)
    assert refused.value.code == code
    assert session.scalar(select(func.count()).select_from(Placement)) == 0


def test_closed_places_and_drafts_get_no_code(session: Session) -> None:
    place, version, draft = add_place(session), add_survey(session), add_survey(session, published_at=None)
    with pytest.raises(Problem, match=r"survey_not_open"):
        issue(session, place, draft)
    place.retired_on = TODAY
    with pytest.raises(Problem, match=r"place_retired"):
        issue(session, place, version)


def test_the_spot_is_kept_as_one_line_of_composed_text(session: Session) -> None:
    place, version = add_place(session), add_survey(session)
    spot = "  मुख्य\n द्वार \u202eके पास, क\u094d\u200dष, cafe\u0301"
    made = get_placement(session, issue(session, place, version, hung_at=spot), now=NOW)
    assert made.hung_at == "मुख्य द्वार के पास, क\u094d\u200dष, caf\u00e9"


def test_a_whole_district_gets_a_poster_a_station_and_only_once(any_session: Session) -> None:
    state = add_place(any_session, kind="state")
    district, other = (add_place(any_session, parent=state, kind="district") for _ in range(2))
    below = add_place(any_session, parent=district, kind="subdivision")
    stations = [add_place(any_session, parent=parent) for parent in (district, below, below)]
    add_place(any_session, parent=other)
    closed = add_place(any_session, parent=district)
    closed.retired_on = TODAY
    version = add_survey(any_session)
    first = issue(any_session, stations[0], version)
    issue(any_session, stations[1], version, hung_at="कोर्ट")
    made = issue_below(any_session, district.id, request(version), now=NOW)
    assert made.there == (first,)
    assert {any_session.get_one(Placement, id_).place_id for id_ in made.issued} == {stations[1].id, stations[2].id}
    again = issue_below(any_session, district.id, request(version), now=NOW)
    assert again.issued == ()
    assert set(again.there) == {first, *made.issued}
    assert any_session.scalars(select(AuditEntry.action)).all().count("placement.issued_below") == 1


def test_taking_down_can_be_undone_on_the_same_day_only(any_session: Session) -> None:
    place, version = add_place(any_session), add_survey(any_session)
    made = issue(any_session, place, version)
    retire_placement(any_session, made, actor_id=None, now=NOW)
    assert get_placement(any_session, made, now=NOW).state is PlacementState.RETIRED
    with pytest.raises(Problem, match=r"already_retired"):
        retire_placement(any_session, made, actor_id=None, now=NOW)
    with pytest.raises(Problem, match=r"nothing_to_undo"):
        undo_retire(any_session, made, actor_id=None, now=NOW + timedelta(days=1))
    undo_retire(any_session, made, actor_id=None, now=NOW + timedelta(hours=1))
    assert get_placement(any_session, made, now=NOW).state is PlacementState.ACTIVE
    with pytest.raises(Problem, match=r"nothing_to_undo"):
        undo_retire(any_session, made, actor_id=None, now=NOW)


def test_a_code_is_compromised_since_a_day_and_can_be_cleared(any_session: Session) -> None:
    place, version = add_place(any_session), add_survey(any_session)
    made = issue(any_session, place, version)
    with pytest.raises(Problem, match=r"compromised_later"):
        mark_compromised(any_session, made, TODAY + timedelta(days=1), actor_id=None, now=NOW)
    mark_compromised(any_session, made, TODAY - timedelta(days=9), actor_id=None, now=NOW)
    assert get_placement(any_session, made, now=NOW).compromised_on == date(2026, 11, 14)
    undo_compromised(any_session, made, actor_id=None, now=NOW)
    assert get_placement(any_session, made, now=NOW).state is PlacementState.ACTIVE
    with pytest.raises(Problem, match=r"nothing_to_undo"):
        undo_compromised(any_session, made, actor_id=None, now=NOW)
    actions = any_session.scalars(select(AuditEntry.action).order_by(AuditEntry.sequence)).all()
    assert actions == ["placement.issued", "placement.compromised", "placement.cleared"]


def test_unknown_codes_are_a_problem_everywhere(session: Session) -> None:
    for refused in (
        lambda: get_placement(session, 1, now=NOW),
        lambda: retire_placement(session, 1, actor_id=None, now=NOW),
        lambda: mark_compromised(session, 1, TODAY, actor_id=None, now=NOW),
    ):
        with pytest.raises(Problem, match=r"placement\.unknown"):
            refused()
