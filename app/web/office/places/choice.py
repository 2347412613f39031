"""Finding one of the account's own places, to go on with it."""

from flask import render_template, request

from app.services.places.queries import children_of, search_places
from app.transaction import reading
from app.web.context import today
from app.web.languages import reader_language
from app.web.office.guard import own_place_ids, signed_in


def choose_place(template: str) -> str:
    """A page around `office/places/choose.html`: what was found, or the places at hand until something is typed."""
    text = request.args.get("text", "").strip()[:100]
    with reading() as session:
        own = own_place_ids(session)
        found = search_places(session, text, own, on=today(), language=reader_language()) if text else ()
        near = () if text else children_of(session, signed_in().place_id, today(), language=reader_language())
    return render_template(template, text=text, found=found, near=near)
