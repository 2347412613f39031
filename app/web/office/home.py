"""The first page of the office: what this account can do."""

from dataclasses import dataclass

from flask import Blueprint, current_app, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from app.domain.accounts.role import Permission
from app.services.accounts.queries import describe_account
from app.transaction import reading
from app.web.office.guard import allowed, signed_in
from app.web.office.navigation import SECTIONS

#: what each section is for, in a sentence
PURPOSES = {
    "office.figures.choose_place": _l("What citizens said, as far as it may be published."),
    "office.codes.show_placements": _l("Make a poster for a place, find a code, take one down."),
    "office.codes.check_on_patrol": _l("Is it genuine, and does it hang where it should?"),
    "office.slips.show_batches": _l("For one answer each: handed out with a receipt, or sent as a message."),
    "office.codes.show_links": _l("Links for the department's own social media accounts."),
    "office.devices.show_devices": _l("Tablets on counters and interviewers' phones."),
    "office.figures.show_own_figures": _l("Every question, counted to the last answer; not for publication."),
    "office.figures.show_own_tallies": _l("Counts up to today, and answers that were set aside."),
    "office.places.show_places": _l("The tree of places: import, rename, move, retire."),
    "office.surveys.show_surveys": _l("Questionnaires: check, preview, publish."),
    "office.accounts.show_accounts": _l("Who may sign in, and for which place."),
    "office.installation.edit_department": _l("Names, emblem, web address, helplines."),
    "office.slips.show_register": _l("Where far fewer slips come back than cases are opened."),
    "office.record.show_audit": _l("Who did what, and when."),
    "office.accounts.show_own_account": _l("Password, second factor, sessions."),
}


@dataclass(frozen=True, slots=True)
class Card:
    address: str
    label: str
    text: str


def add_routes(office: Blueprint) -> None:
    office.add_url_rule("/", view_func=home)


@allowed(Permission.OWN_ACCOUNT)
def home() -> ResponseReturnValue:
    with reading() as session:
        account = describe_account(session, signed_in().id)
    cards = [
        Card(url_for(section.endpoint), str(section.label), str(PURPOSES.get(section.endpoint, "")))
        for section in SECTIONS
        if signed_in().may(section.permission) and section.endpoint in current_app.view_functions
    ]
    return render_template("office/home.html", account=account, place=account.place, cards=cards)
