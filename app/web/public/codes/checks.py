"""Is this code genuine? Anyone may ask, by number, link or station; nothing is opened and nothing changes."""

from flask import render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.domain.codes.channel import Channel
from app.domain.codes.number import show_number
from app.domain.codes.placement import PlacementState, PlacementView
from app.domain.listing import Listing
from app.domain.places.place import PlaceKind
from app.domain.problem import Problem
from app.services.codes.checks import check_code, own_page
from app.services.codes.placement_queries import PlacementFilter, list_placements
from app.services.codes.printed_addresses import link_text, printed_address
from app.services.places.queries import find_place, search_places
from app.transaction import reading
from app.web.context import context, now, today
from app.web.errors import TOO_MANY, sentence_of
from app.web.languages import reader_language, speak
from app.web.limits import NUMBERS, seconds_to_wait
from app.web.row_ids import read_row_id
from app.web.views import at

#: where citizens look for a poster
_PLACES = (PlaceKind.STATION, PlaceKind.OUTPOST)


@at("/v", "GET", "POST")
@at("/V", "GET", "POST")
def show_check() -> ResponseReturnValue:
    """The forms with the official links; or what stands behind what was typed, the stations of a name, one's posters.

    All of it is posted, since a slip's link is a secret, and an address stays in the history: it need not tell which
    station somebody asked about.
    """
    speak(request.form.get("_lang"))
    said, text = request.values.get("code", "").strip()[:300], request.values.get("text", "").strip()[:100]
    chosen = request.form.get("place", type=read_row_id)
    if said or text or chosen is not None:
        _slow_down()
    if chosen is not None:
        return _posters_of(chosen)
    if said:
        return _answer(said)
    with reading() as session:
        links, addresses = _links(session, request.args.get("page", 1, type=int))
        found = search_places(session, text, on=today(), language=reader_language(), kinds=_PLACES) if text else ()
    return render_template(
        "public/codes/check.html", text=text, found=found, links=links, addresses=addresses, said="", refused=None
    )


@at("/v/<int:place_id>")
@at("/V/<int:place_id>")
def show_codes_of_place(place_id: int) -> ResponseReturnValue:
    """The same as what is posted, for who has the address."""
    _slow_down()
    return _posters_of(place_id)


def _posters_of(place_id: int) -> str:
    """The live posters of a station: their spots and numbers."""
    with reading() as session:
        place = find_place(session, place_id)
        which = PlacementFilter((place_id,), Channel.POSTER, PlacementState.ACTIVE, asked=True)
        wanted = request.values.get("page", 1, type=int)
        posters = list_placements(session, which, now=now(), language=reader_language(), page=wanted)
    return render_template("public/codes/of_place.html", place=place, posters=posters, show_number=show_number)


def _answer(said: str) -> ResponseReturnValue:
    settings = context().settings
    try:
        if page := own_page(said, settings.address):
            return render_template("public/codes/own_page.html", page=page)
        with reading() as session:
            checked = check_code(
                session, said, address=settings.address, signer=context().tokens, codes=context().codes, now=now()
            )
    except Problem as problem:
        if problem.status >= 500:
            raise
        page = render_template(
            "public/codes/check.html",
            said=said,
            refused=problem,
            error=sentence_of(problem),
            text="",
            found=(),
            links=None,
        )
        return page, problem.status
    return render_template(
        "public/codes/checked.html", code=checked.placement, asked=checked.asked, show_number=show_number
    )


def _links(session: Session, page: int) -> tuple[Listing[PlacementView], dict[int, str]]:
    """The live links of official accounts, and their addresses; none while the host is not confirmed."""
    which = PlacementFilter(None, Channel.HANDLE, PlacementState.ACTIVE, asked=True)
    found = list_placements(session, which, now=now(), language=reader_language(), page=page)
    settings, signer = context().settings, context().tokens
    try:
        address = printed_address(session, settings.address)
    except Problem:
        return found, {}
    held = [one for one in found.rows if one.key_id in settings.secrets.signing]
    return found, {one.id: link_text(address, signer.sign(one.token)) for one in held}


def _slow_down() -> None:
    if wait := seconds_to_wait(NUMBERS):
        raise Problem(TOO_MANY, retry_after=wait)
