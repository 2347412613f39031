"""The language switch of the office: kept with the account."""

from flask import redirect, request
from flask.typing import ResponseReturnValue

from app.domain.accounts.role import Permission
from app.services.accounts.changes import choose_language
from app.transaction import transaction
from app.web.languages import LANGUAGES
from app.web.office.guard import open_to, open_to_unfinished, signed_in
from app.web.office.return_path import own_path


@open_to(Permission.OWN_ACCOUNT, "/language", "POST")
@open_to_unfinished
def switch_language() -> ResponseReturnValue:
    chosen = request.form.get("lang", "")
    if chosen in LANGUAGES:
        with transaction() as session:
            choose_language(session, signed_in().id, chosen)
    return redirect(own_path(request.form.get("next")), 303)
