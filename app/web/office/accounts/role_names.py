"""What the roles are called on screen."""

from flask import Flask
from flask_babel import lazy_gettext

from app.domain.accounts.role import Role

ROLE_NAMES = {
    Role.STATE_ADMIN: lazy_gettext("State administrator: everything"),
    Role.DISTRICT_HEAD: lazy_gettext("District head: results of the district and its stations, and devices"),
    Role.STATION_HEAD: lazy_gettext("Station head: results of the station"),
    Role.PRINTING_OFFICER: lazy_gettext("Printing officer: codes, posters, slips and invitations"),
    Role.OUTREACH: lazy_gettext("Outreach: links for official accounts"),
    Role.AUDITOR: lazy_gettext("Auditor: results and the audit chain"),
}


def role_name(role: Role) -> str:
    return str(ROLE_NAMES[role])


def register_role_names(app: Flask) -> None:
    app.jinja_env.filters["role_name"] = role_name
