"""What stands beside the codes of a list: of these codes and of no others."""

from datetime import UTC, date, datetime

from sqlalchemy.orm import Session

from app.domain.codes.sighting import Finding
from app.models import Account
from app.services.codes.placement_queries import get_placement
from app.services.codes.register import look_beside
from app.services.codes.sightings import record_sighting
from tests.factories import add_place, add_placement, add_survey

NOW = datetime(2026, 11, 23, 6, 30, tzinfo=UTC)
TODAY = date(2026, 11, 23)


def test_district_issuer_and_last_look_are_of_the_codes_that_are_listed(session: Session) -> None:
    version, state = add_survey(session), add_place(session, kind="state")
    columns = {"name": "x", "role": "printing_officer", "language": "hi", "password_hash": "x"}
    accounts = [
        Account(username=name, place_id=state.id, must_change_password=False, **columns) for name in ("asha", "ravi")
    ]
    session.add_all(accounts)
    session.flush()
    listed, other = (
        add_placement(
            session,
            add_place(session, parent=add_place(session, kind="district", name_en=district, parent=state)),
            version,
        )
        for district in ("Middle", "North")
    )
    at_the_top = add_placement(session, state, version)
    for placement, account in zip((listed, other), accounts, strict=True):
        placement.issued_by = account.id
        record_sighting(session, placement.id, Finding.HERE, actor_id=None, now=NOW)
    session.flush()
    beside = look_beside(session, [get_placement(session, one.id, now=NOW) for one in (listed, at_the_top)], TODAY)
    assert {place_id: name.en for place_id, name in beside.districts.items()} == {listed.place_id: "Middle"}
    assert beside.issuers == {accounts[0].id: "asha"}
    assert beside.sightings.keys() == {listed.id}
    assert look_beside(session, [], TODAY).sightings == {}
