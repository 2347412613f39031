"""Places in the office: browse the tree, find a place, look at one."""

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.domain.accounts.role import Permission
from app.domain.places.place import GROUP_NAMES, KIND_NAMES, PlaceGroup, PlaceKind
from app.services.places.changes import is_removable
from app.services.places.contacts import contact_of
from app.services.places.queries import MOST_FOUND, describe_place, search_places, tops_of
from app.transaction import reading
from app.web.context import today
from app.web.languages import reader_language
from app.web.office.guard import open_to, own_place_ids, require_within, signed_in


@open_to(Permission.MANAGE_PLACES, "/places")
def show_places() -> ResponseReturnValue:
    text, language = request.args.get("q", "").strip(), reader_language()
    with reading() as session:
        own = own_place_ids(session)
        found = search_places(session, text, own, on=today(), language=language, retired=True)
        tops = tops_of(session, own, today(), language=language)
        views = [describe_place(session, top.id, today(), language=language) for top in tops]
    return render_template("office/places/list.html", text=text, found=found, most=MOST_FOUND, tops=views)


@open_to(Permission.MANAGE_PLACES, "/places/<int:place_id>")
def show_place(place_id: int) -> ResponseReturnValue:
    with reading() as session:
        require_within(session, place_id)
        place = describe_place(session, place_id, today(), language=reader_language())
        contact = contact_of(session, place_id)
        own = own_place_ids(session)
        removable = not place.below and is_removable(session, place_id)
    is_own_top = signed_in().place_id == place_id
    shown = {"place": place, "contact": contact, "own": own, "removable": removable, "is_own_top": is_own_top}
    return render_template("office/places/place.html", **shown)


def kind_name(kind: PlaceKind) -> str:
    """What a kind of place is called in the reader's language."""
    return KIND_NAMES[kind].text(gettext)


def group_name(group: PlaceGroup | None) -> str:
    """What a group of places is called in the reader's language, also where none is given."""
    return GROUP_NAMES[group].text(gettext) if group else gettext("Group not said")
