"""The sections of the office, each shown to those who may enter it."""

from dataclasses import dataclass

from flask import Flask, current_app, request, url_for
from flask_babel import gettext, lazy_gettext

from app.domain.role import Permission
from app.web.office.guard import signed_in_or_none


@dataclass(frozen=True, slots=True)
class Section:
    endpoint: str
    label: str
    permission: Permission


#: in the order of the navigation; an endpoint is the list page of a noun
SECTIONS = (
    Section("office.reports", lazy_gettext("Results"), Permission.READ_RELEASES),
    Section("office.placements", lazy_gettext("Codes and posters"), Permission.ISSUE_PLACEMENTS),
    Section("office.patrol", lazy_gettext("Check on patrol"), Permission.CHECK_PLACEMENTS),
    Section("office.batches", lazy_gettext("Slips and invitations"), Permission.ISSUE_BATCHES),
    Section("office.handles", lazy_gettext("Links for official accounts"), Permission.ISSUE_HANDLES),
    Section("office.devices", lazy_gettext("Devices"), Permission.MANAGE_DEVICES),
    Section("office.tallies", lazy_gettext("Live counts"), Permission.READ_TALLIES),
    Section("office.figures", lazy_gettext("Exact figures"), Permission.READ_TALLIES),
    Section("office.places", lazy_gettext("Places"), Permission.MANAGE_PLACES),
    Section("office.surveys", lazy_gettext("Questionnaires"), Permission.MANAGE_SURVEYS),
    Section("office.accounts", lazy_gettext("Accounts"), Permission.MANAGE_ACCOUNTS),
    Section("office.department", lazy_gettext("Department"), Permission.MANAGE_DEPARTMENT),
    Section("office.slip_register", lazy_gettext("Slips beside cases"), Permission.READ_AUDIT),
    Section("office.audit", lazy_gettext("Audit"), Permission.READ_AUDIT),
    Section("office.account", lazy_gettext("My account"), Permission.OWN_ACCOUNT),
)


@dataclass(frozen=True, slots=True)
class SectionLink:
    address: str
    label: str
    current: bool


def register_navigation(app: Flask) -> None:
    app.jinja_env.globals.update(navigation=navigation, signed_in_or_none=signed_in_or_none)


def navigation() -> list[SectionLink]:
    """What the reader may open, with the present section marked."""
    reader = signed_in_or_none()
    if reader is None:
        return []
    return [
        SectionLink(url_for(section.endpoint), gettext(section.label), _is_current(section.endpoint))
        for section in SECTIONS
        if reader.may(section.permission) and section.endpoint in current_app.view_functions
    ]


def _is_current(endpoint: str) -> bool:
    """A section's own pages have its address as a beginning."""
    return f"{request.path}/".startswith(f"{url_for(endpoint)}/")
