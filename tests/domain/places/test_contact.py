from app.domain.places.contact import clean_contact, flaws_in_contact, merged
from app.domain.places.place import NO_CONTACT, BilingualName, Contact


def test_what_is_no_number_is_kept_to_be_named() -> None:
    kept = clean_contact(Contact(BilingualName("", " "), " call us "))
    assert kept == Contact(BilingualName(None, None), "call us")
    assert [(field.value, flaw.code) for field, flaw in flaws_in_contact(kept)] == [
        ("contact_phone", "place.phone_invalid")
    ]
    assert list(flaws_in_contact(NO_CONTACT)) == []


def test_what_is_not_said_stays() -> None:
    before = Contact(BilingualName("पता", "Address"), "112")
    assert merged(NO_CONTACT, before) == before
    assert merged(Contact(BilingualName(None, "Other"), None), before) == Contact(BilingualName("पता", "Other"), "112")
