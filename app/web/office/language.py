"""The language switch of the office: kept with the account."""

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue

from app.domain.role import Permission
from app.services.languages import choose_language
from app.transaction import transaction
from app.web.languages import LANGUAGES
from app.web.office.guard import allowed, signed_in


def add_routes(office: Blueprint) -> None:
    office.add_url_rule("/language", "choose_language", switch_language, methods=["POST"])


@allowed(Permission.OWN_ACCOUNT)
def switch_language() -> ResponseReturnValue:
    chosen = request.form.get("lang", "")
    if chosen in LANGUAGES:
        with transaction() as session:
            choose_language(session, signed_in().id, chosen)
    return redirect(_back(request.form.get("next", "")), 303)


def _back(address: str) -> str:
    """An address inside the office, and nothing that a stranger could put into a form."""
    return address if address.startswith("/office") and "\\" not in address else "/office"
