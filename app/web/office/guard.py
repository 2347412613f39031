"""Who may enter: each office view declares it, and the blueprint asks before any of them runs."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import Blueprint, Flask, abort, current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.domain.problem import Problem, ProblemType
from app.domain.role import Permission, Role
from app.extensions import csrf, login_manager

View = TypeVar("View", bound=Callable[..., Any])

PLACE_FOREIGN = ProblemType("place.foreign", 403, "This place does not belong to your account.")

_ALLOWED = "samvad_allowed"
_ANYONE = object()


@dataclass(frozen=True)
class SignedIn:
    """The account behind this request. `place_ids` is its place and everything below it."""

    id: int
    username: str
    name: str
    role: Role
    place_id: int
    language: str
    session_epoch: int
    must_change_password: bool
    needs_totp: bool
    # What Flask-Login asks of an account.
    is_authenticated = True
    is_active = True
    is_anonymous = False

    def get_id(self) -> str:
        return f"{self.id}:{self.session_epoch}"

    def may(self, permission: Permission) -> bool:
        return self.role.may(permission)


def allowed(permission: Permission) -> Callable[[View], View]:
    """Declare that a view is for accounts with this permission."""

    def mark(view: View) -> View:
        setattr(view, _ALLOWED, permission)
        return view

    return mark


def open_to_anyone(view: View) -> View:
    """Declare that a view is for people who have not signed in, such as the sign-in page itself."""
    setattr(view, _ALLOWED, _ANYONE)
    return view


def signed_in() -> SignedIn:
    account: SignedIn = current_user._get_current_object()
    return account


def register_guard(app: Flask, office: Blueprint) -> None:
    login_manager.init_app(app, add_context_processor=False)
    csrf.init_app(app)
    office.before_request(_guard)


def _guard() -> ResponseReturnValue | None:
    view = current_app.view_functions[request.endpoint or ""]
    declared = getattr(view, _ALLOWED, None)
    if declared is None:
        abort(403)
    csrf.protect()
    if declared is _ANYONE:
        return None
    if not current_user.is_authenticated:
        return redirect(url_for("office.sign_in", next=request.full_path if request.method == "GET" else None))
    g.language = signed_in().language
    if not signed_in().may(declared):
        abort(403)
    return None


def require_within(place_ids: frozenset[int], place_id: int) -> None:
    """Problem `place.foreign` unless the place is among the account's own."""
    if place_id not in place_ids:
        raise Problem(PLACE_FOREIGN)
