"""Where a complaint or an FIR goes, since neither can be made here: the same for everybody, whatever was answered."""

from flask import Response, g, make_response, render_template, url_for

from app.services.places.contacts import district_above, district_offices, office_to_turn_to
from app.transaction import reading
from app.web.context import today
from app.web.languages import DEFAULT, reader_language
from app.web.views import at


def complaint_address(place_id: int | None = None) -> str:
    """The page for whoever comes from the page of this place. It names the district: an address stays in a history."""
    known: dict[int | None, int | None] = g.setdefault("districts_above", {None: None})
    if place_id not in known:
        with reading() as session:
            known[place_id] = None if place_id is None else district_above(session, place_id, today())
    language = reader_language()
    lang = None if language == DEFAULT else language
    return url_for("public.places.show_hand_off", district_id=known[place_id], lang=lang)


@at("/about/complaint")
@at("/about/complaint/<int:district_id>")
def show_hand_off(district_id: int | None = None) -> Response:
    """The three ways. Nothing is kept of it, neither here nor by the browser."""
    with reading() as session:
        office = office_to_turn_to(session, district_id, today())
        districts = district_offices(session, reader_language())
    page = render_template("public/places/hand_off.html", office=office, districts=districts)
    response = make_response(page)
    response.headers["Cache-Control"] = "no-store"
    return response
