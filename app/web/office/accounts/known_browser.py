"""A cookie by which the sign-in page knows a browser in which an account signed in before.

It opens nothing. It only lets the owner's attempts be counted apart from those of strangers, who could
otherwise keep an account waiting for ever (OWASP: "device cookies").
"""

import secrets

from flask import current_app, request
from itsdangerous import BadData, URLSafeTimedSerializer
from werkzeug.wrappers import Response

from app.services.accounts.sign_in import KnownBrowser

_DAYS = 180
_PATH = "/office/sign-in"


def read_known_browser() -> KnownBrowser | None:
    try:
        account_id, key = _serializer().loads(request.cookies.get(_name(), ""), max_age=_DAYS * 86_400)
    except (BadData, ValueError, TypeError):
        return None
    return KnownBrowser(account_id, key)


def remember_browser(response: Response, account_id: int) -> None:
    response.set_cookie(
        _name(),
        _serializer().dumps([account_id, secrets.token_hex(16)]),
        max_age=_DAYS * 86_400,
        path=_PATH,
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        httponly=True,
        samesite="Strict",
    )


def _name() -> str:
    return "__Secure-samvad-browser" if current_app.config["SESSION_COOKIE_SECURE"] else "samvad-browser"


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="samvad.known_browser")
