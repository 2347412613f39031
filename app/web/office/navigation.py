"""The sections of the office, each shown to those who may enter it."""

from dataclasses import dataclass

from flask import Flask, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from app.web.office.guard import may_open, signed_in_or_none


@dataclass(frozen=True, slots=True)
class Section:
    endpoint: str
    label: str
    #: what it is for, in a sentence
    purpose: str


#: in the order of the navigation; an endpoint is the list page of a noun
SECTIONS = (
    Section("office.figures.choose_place", _l("Results"), _l("What citizens said, as far as it may be published.")),
    Section(
        "office.dialogue.show_commitments",
        _l("Promises"),
        _l("What will be done about what people said, and what became of it."),
    ),
    Section("office.dialogue.show_posts", _l("Posts"), _l("Tips, rights, notices, stories: write, approve, correct.")),
    Section("office.dialogue.show_approvals", _l("Approvals"), _l("What others have proposed and you may decide.")),
    Section("office.installation.show_jobs", _l("Jobs"), _l("The results of a month for many places, as one file.")),
    Section(
        "office.codes.show_placements",
        _l("Codes and posters"),
        _l("Make a poster for a place, find a code, take one down."),
    ),
    Section(
        "office.codes.check_on_patrol", _l("Check on patrol"), _l("Is it genuine, and does it hang where it should?")
    ),
    Section(
        "office.slips.show_batches",
        _l("Slips and invitations"),
        _l("For one answer each: handed out with a receipt, or sent as a message."),
    ),
    Section(
        "office.draws.show_lists",
        _l("Draws"),
        _l("Who is asked is drawn in public: close a list of cases, draw, invite."),
    ),
    Section(
        "office.codes.show_links",
        _l("Links for official accounts"),
        _l("Links for the department's own social media accounts."),
    ),
    Section(
        "office.surveys.show_rounds",
        _l("Polls and quizzes"),
        _l("Days on which a poll or quiz can be answered, and the Monday of its results."),
    ),
    Section("office.devices.show_devices", _l("Devices"), _l("Tablets on counters and interviewers' phones.")),
    Section(
        "office.figures.show_own_tallies", _l("Live counts"), _l("Counts up to today, and answers that were set aside.")
    ),
    Section(
        "office.responses.show_copies",
        _l("Alike answers"),
        _l("Set aside because too many are alike: decide before they are published."),
    ),
    Section(
        "office.responses.show_policies",
        _l("Rules for alike answers"),
        _l("From how many alike on answers are set aside, and since when."),
    ),
    Section(
        "office.figures.show_own_figures",
        _l("Exact figures"),
        _l("Every question, counted to the last answer; not for publication."),
    ),
    Section("office.places.show_places", _l("Places"), _l("The tree of places: import, rename, move, retire.")),
    Section("office.surveys.show_surveys", _l("Questionnaires"), _l("Questionnaires: check, preview, publish.")),
    Section("office.accounts.show_accounts", _l("Accounts"), _l("Who may sign in, and for which place.")),
    Section("office.installation.edit_department", _l("Department"), _l("Names, emblem, web address, helplines.")),
    Section(
        "office.installation.show_quiet",
        _l("Quiet periods"),
        _l("What is not published during an election, where, and until when."),
    ),
    Section(
        "office.slips.show_register",
        _l("Slips beside cases"),
        _l("Where far fewer slips come back than cases are opened."),
    ),
    Section("office.record.show_audit", _l("Audit"), _l("Who did what, and when.")),
    Section("office.accounts.show_own_account", _l("My account"), _l("Password, second factor, sessions.")),
)


@dataclass(frozen=True, slots=True)
class SectionLink:
    address: str
    label: str
    text: str
    current: bool


def register_navigation(app: Flask) -> None:
    app.jinja_env.globals.update(navigation=navigation, signed_in_or_none=signed_in_or_none)


def navigation() -> list[SectionLink]:
    """What the reader may open, with the present section marked."""
    return [
        SectionLink(url_for(one.endpoint), gettext(one.label), gettext(one.purpose), _is_current(one.endpoint))
        for one in SECTIONS
        if may_open(one.endpoint)
    ]


def _is_current(endpoint: str) -> bool:
    """A section's own pages have its address as a beginning."""
    return f"{request.path}/".startswith(f"{url_for(endpoint)}/")
