from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.places.place import NO_CONTACT, BilingualName, Contact, PlaceKind
from app.domain.problem import Problem
from app.models import AuditEntry
from app.services.places.changes import give_contact
from app.services.places.contacts import contact_of, district_above, district_offices, office_to_turn_to
from app.services.places.imports import export_places
from tests.services.places.listed import LATER, NOW, TODAY, id_of, put

OFFICE = Contact(BilingualName("कंट्रोल रूम, भोपाल", "Control Room, Bhopal"), "0755 2443000")


@pytest.fixture
def places(any_session: Session) -> Session:
    put(any_session)
    return any_session


def test_the_contact_of_the_district_is_told_of_all_below_it(places: Session) -> None:
    give_contact(places, id_of(places, "IND"), OFFICE, None, NOW)
    for code in ("IND", "IND-2", "IND-2-A"):
        office = office_to_turn_to(places, id_of(places, code), TODAY)
        assert office is not None
        assert (office.id, office.kind, office.contact) == (id_of(places, "IND"), PlaceKind.DISTRICT, OFFICE)
    assert office_to_turn_to(places, id_of(places, "BPL-1"), TODAY) is None
    assert [office.name.en for office in district_offices(places, "en")] == ["Indore"]


def test_a_stations_own_contact_is_never_told(places: Session) -> None:
    give_contact(places, id_of(places, "BPL-1"), OFFICE, None, NOW)
    assert office_to_turn_to(places, id_of(places, "BPL-1"), TODAY) is None
    give_contact(places, id_of(places, "MP"), Contact(phone="0755 1"), None, NOW)
    for place_id in (id_of(places, "BPL-1"), None, 999_999):
        office = office_to_turn_to(places, place_id, TODAY)
        assert office is not None
        assert (office.kind, office.contact.phone) == (PlaceKind.STATE, "0755 1")


def test_a_district_of_its_day(places: Session) -> None:
    put(places, "code,name_en,parent_code\nIND-2,,BPL\n", at=LATER, from_on=LATER.date())
    assert district_above(places, id_of(places, "IND-2-A"), LATER.date()) == id_of(places, "BPL")
    assert district_above(places, id_of(places, "IND-2-A"), date(2026, 11, 24)) == id_of(places, "IND")
    assert district_above(places, id_of(places, "MP"), TODAY) is None


def test_a_contact_is_cleaned_and_recorded(places: Session) -> None:
    bhopal = id_of(places, "BPL")
    give_contact(places, bhopal, Contact(BilingualName("  कंट्रोल   रूम ", ""), "०७५५-२४४३०००"), None, NOW)
    assert contact_of(places, bhopal) == Contact(BilingualName("कंट्रोल रूम", None), "0755-2443000")
    give_contact(places, bhopal, Contact(BilingualName("कंट्रोल रूम", None), "0755-2443000"), None, NOW)
    (details,) = places.scalars(select(AuditEntry.details).where(AuditEntry.action == "place.contact")).all()
    assert "0755-2443000" in details
    give_contact(places, bhopal, NO_CONTACT, None, NOW)
    assert contact_of(places, bhopal) == NO_CONTACT


@pytest.mark.parametrize(
    ("contact", "told"),
    [
        (Contact(phone="ask the clerk"), ("place.phone_invalid", "contact_phone")),
        (Contact(phone="0755 2443000, 0755 2443001"), ("place.phone_invalid", "contact_phone")),
        (Contact(BilingualName("x" * 241, None)), ("place.address_long", "contact_hi")),
        (Contact(BilingualName(None, "A\u202eB")), ("place.name_hidden", "contact_en")),
    ],
)
def test_what_cannot_be_printed_or_called_is_refused(places: Session, contact: Contact, told: tuple[str, str]) -> None:
    with pytest.raises(Problem) as refused:
        give_contact(places, id_of(places, "BPL"), contact, None, NOW)
    assert [(part.code, part.details["column"]) for part in refused.value.parts] == [told]


def test_a_list_brings_contacts_and_an_empty_cell_leaves_them(places: Session) -> None:
    head = "code,contact_hi,contact_en,contact_phone\n"
    made = put(places, f"{head}BPL,कंट्रोल रूम,Control Room,0755 2443000\nIND,,,0731 2522500\n")
    assert [(one.code, one.after.phone) for one in made.contacts] == [("BPL", "0755 2443000"), ("IND", "0731 2522500")]  # type: ignore[attr-defined]
    again = put(places, f"{head}BPL,,New Control Room,\n")
    assert again.changes == 1  # type: ignore[attr-defined]
    assert contact_of(places, id_of(places, "BPL")) == Contact(
        BilingualName("कंट्रोल रूम", "New Control Room"), "0755 2443000"
    )
    exported = export_places(places).decode("utf-8-sig")
    assert '"कंट्रोल रूम","New Control Room","0755 2443000"' in exported
    assert put(places, exported).changes == 0  # type: ignore[attr-defined]
    with pytest.raises(Problem) as refused:
        put(places, f"{head}BPL,,,call us\n")
    assert [(part.code, part.details["row"], part.details["column"]) for part in refused.value.parts] == [
        ("place.phone_invalid", 2, "contact_phone")
    ]


def test_a_new_place_comes_with_its_contact(places: Session) -> None:
    put(places, "code,kind,name_hi,parent_code,contact_phone\nUJN,district,उज्जैन,MP,0734 2527142\n")
    assert contact_of(places, id_of(places, "UJN")).phone == "0734 2527142"
