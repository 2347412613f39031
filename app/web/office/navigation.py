"""The sections of the office, each shown to those who may enter it."""

from dataclasses import dataclass

from flask import Flask, current_app, request, url_for
from flask_babel import gettext, lazy_gettext

from app.domain.accounts.role import Permission
from app.web.office.guard import signed_in_or_none


@dataclass(frozen=True, slots=True)
class Section:
    endpoint: str
    label: str
    permission: Permission


#: in the order of the navigation; an endpoint is the list page of a noun
SECTIONS = (
    Section("office.figures.choose_place", lazy_gettext("Results"), Permission.READ_RELEASES),
    Section("office.codes.show_placements", lazy_gettext("Codes and posters"), Permission.ISSUE_PLACEMENTS),
    Section("office.codes.check_on_patrol", lazy_gettext("Check on patrol"), Permission.CHECK_PLACEMENTS),
    Section("office.slips.show_batches", lazy_gettext("Slips and invitations"), Permission.ISSUE_BATCHES),
    Section("office.codes.show_links", lazy_gettext("Links for official accounts"), Permission.ISSUE_HANDLES),
    Section("office.devices.show_devices", lazy_gettext("Devices"), Permission.MANAGE_DEVICES),
    Section("office.figures.show_own_tallies", lazy_gettext("Live counts"), Permission.READ_TALLIES),
    Section("office.figures.show_own_figures", lazy_gettext("Exact figures"), Permission.READ_TALLIES),
    Section("office.places.show_places", lazy_gettext("Places"), Permission.MANAGE_PLACES),
    Section("office.surveys.show_surveys", lazy_gettext("Questionnaires"), Permission.MANAGE_SURVEYS),
    Section("office.accounts.show_accounts", lazy_gettext("Accounts"), Permission.MANAGE_ACCOUNTS),
    Section("office.installation.edit_department", lazy_gettext("Department"), Permission.MANAGE_DEPARTMENT),
    Section("office.slips.show_register", lazy_gettext("Slips beside cases"), Permission.READ_AUDIT),
    Section("office.record.show_audit", lazy_gettext("Audit"), Permission.READ_AUDIT),
    Section("office.accounts.show_own_account", lazy_gettext("My account"), Permission.OWN_ACCOUNT),
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
