"""What may be written as the contact of a place."""

from collections.abc import Iterator

from app.domain.phone import read_phone
from app.domain.places.columns import Field
from app.domain.places.names import clean_name, clean_place_text, flaws_in_address, shown
from app.domain.places.place import BilingualName, Contact
from app.domain.problem import Problem, ProblemType

PHONE_INVALID = ProblemType(
    "place.phone_invalid", 422, "“%(value)s” is not one telephone number. Write it like 0755 2443000."
)


def clean_contact(contact: Contact) -> Contact:
    """As it is stored: what is empty is None, a number has digits 0 to 9. What is no number stays as it was written."""
    address = clean_name(contact.address.hi, contact.address.en)
    phone = clean_place_text(contact.phone or "")
    return Contact(address, read_phone(phone) or phone or None)


def flaws_in_contact(contact: Contact) -> Iterator[tuple[Field, Problem]]:
    """What is wrong with a cleaned contact, and with which part of it."""
    for text, field in ((contact.address.hi, Field.CONTACT_HI), (contact.address.en, Field.CONTACT_EN)):
        for flaw in flaws_in_address(text) if text else ():
            yield field, flaw
    if contact.phone and read_phone(contact.phone) is None:
        yield Field.CONTACT_PHONE, Problem(PHONE_INVALID, value=shown(contact.phone))


def merged(said: Contact, before: Contact) -> Contact:
    """What is there, where nothing is said."""
    address = BilingualName(said.address.hi or before.address.hi, said.address.en or before.address.en)
    return Contact(address, said.phone or before.phone)
