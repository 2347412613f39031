"""Who may enter: each office view declares it, and the blueprint asks before any of them runs."""

from collections.abc import Callable

from flask import Blueprint, Flask, Response, abort, current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.orm import Session

from app.config import Mode
from app.domain.accounts.account import SignedIn
from app.domain.accounts.role import Permission
from app.domain.places.place import PlaceKind
from app.domain.problem import Problem, ProblemType
from app.extensions import csrf
from app.services.accounts.sign_in import load_signed_in
from app.services.places.ancestry import ancestors_of, subtree_ids
from app.services.places.queries import find_place
from app.transaction import reading
from app.web.context import context, now, today
from app.web.office.sessions import end_session, read_claim, touch_session
from app.web.views import View, at

#: people who have not signed in, for pages such as the sign-in page itself
ANYONE = None

PLACE_FOREIGN = ProblemType("place.foreign", 403, "This place does not belong to your account.")
FORM_STALE = ProblemType(
    "request.stale",
    400,
    "This form was open for too long or comes from elsewhere. Load the page again and send it again.",
)

_ALLOWED = "samvad_allowed"
_UNFINISHED = "samvad_unfinished"
_MOST_BYTES = "samvad_most_bytes"


def open_to(permission: Permission | None, rule: str, *methods: str) -> Callable[[View], View]:
    """Declare that a view is for accounts with this permission, or for `ANYONE`, and stands at this address."""

    def mark(view: View) -> View:
        setattr(view, _ALLOWED, permission)
        return at(rule, *methods)(view)

    return mark


def open_to_unfinished(view: View) -> View:
    """Declare that a view can be used before the first password is changed and the second factor set up."""
    setattr(view, _UNFINISHED, True)
    return view


def takes_up_to(most_bytes: int) -> Callable[[View], View]:
    """Declare that what is sent to a view may have more bytes than the limit of all others."""

    def mark(view: View) -> View:
        setattr(view, _MOST_BYTES, most_bytes)
        return view

    return mark


def declared_for(view: Callable[..., object]) -> Permission | None:
    """The permission a view asks for; None if it is open to anyone. KeyError if it declares nothing."""
    if not hasattr(view, _ALLOWED):
        raise KeyError(getattr(view, "__name__", view))
    declared: Permission | None = getattr(view, _ALLOWED)
    return declared


def signed_in() -> SignedIn:
    """The account behind this request."""
    account: SignedIn = g.account
    return account


def signed_in_or_none() -> SignedIn | None:
    found: SignedIn | None = g.get("account")
    return found


def may_open(endpoint: str) -> bool:
    """Whether the view behind it lets this account in, by what it declares."""
    account, permission = signed_in_or_none(), declared_for(current_app.view_functions[endpoint])
    return account is not None and permission is not None and account.may(permission)


def own_place_ids(session: Session) -> frozenset[int]:
    """The account's place and everything below it today; asked of the database once a request."""
    if "own_place_ids" not in g:
        g.own_place_ids = subtree_ids(session, signed_in().place_id, today())
    found: frozenset[int] = g.own_place_ids
    return found


def place_ids_within(session: Session, place_id: int | None) -> frozenset[int]:
    """One of the account's places and everything below it today, or all of them; Problem `place.foreign`."""
    if place_id is None:
        return own_place_ids(session)
    require_within(session, place_id)
    return subtree_ids(session, place_id, today())


def require_within(session: Session, place_id: int) -> None:
    """Problem `place.foreign` unless the place is the account's own or lies below it."""
    if place_id not in own_place_ids(session):
        raise Problem(PLACE_FOREIGN)


def require_own_place(place_id: int) -> None:
    """The same, before a workflow begins transactions of its own."""
    with reading() as session:
        require_within(session, place_id)


def is_above_station(session: Session) -> bool:
    """Whether the account is bound to more than a single station or outpost."""
    return find_place(session, signed_in().place_id).kind not in (PlaceKind.STATION, PlaceKind.OUTPOST)


def require_above_station(session: Session, refusal: ProblemType) -> None:
    """Problem `refusal` for accounts of a single station: it has a motive to answer for its visitors."""
    if not is_above_station(session):
        raise Problem(refusal)


def is_whole(session: Session) -> bool:
    """Whether the account is bound to the whole department."""
    return not ancestors_of(session, signed_in().place_id, today())


def require_whole(session: Session) -> None:
    """Problem `place.foreign` for accounts below the top: a list that is imported may name any place."""
    if not is_whole(session):
        raise Problem(PLACE_FOREIGN)


def register_guard(app: Flask, office: Blueprint) -> None:
    csrf.init_app(app)
    office.before_request(_guard)
    office.after_request(_keep_out_of_caches)


def _guard() -> ResponseReturnValue | None:
    view = current_app.view_functions[request.endpoint or ""]
    try:
        declared = declared_for(view)
    except KeyError:
        abort(403)
    _load_account()
    account = signed_in_or_none()
    if account is not None and declared is not None and account.may(declared):
        # Before the form is read, which the next line does.
        request.max_content_length = getattr(view, _MOST_BYTES, request.max_content_length)
    _refuse_foreign_posts()
    if declared is None:
        return None
    if account is None:
        return redirect(url_for("office.accounts.sign_in", next=request.full_path if request.method == "GET" else None))
    if not getattr(view, _UNFINISHED, False):
        if account.must_change_password:
            return redirect(url_for("office.accounts.change_own_password"))
        if account.needs_totp:
            return redirect(url_for("office.accounts.set_up_totp"))
    if not account.may(declared):
        abort(403)
    return None


def _load_account() -> None:
    # Two requests may share one application context, in tests at least; nothing may pass from one to the next.
    for name in ("account", "language", "own_place_ids"):
        g.pop(name, None)
    claim = read_claim()
    if claim is None:
        return
    moment = now()
    production = context().settings.mode is Mode.PRODUCTION
    with reading() as session:
        account = load_signed_in(session, claim, totp_mandatory=production, now=moment)
    if account is None:
        end_session()
        return
    g.account = account
    g.pop("own_place_ids", None)
    g.language = account.language
    touch_session(claim, moment)


def _refuse_foreign_posts() -> None:
    if not current_app.config["WTF_CSRF_ENABLED"]:
        return
    try:
        csrf.protect()
    except CSRFError:
        raise Problem(FORM_STALE) from None


def _keep_out_of_caches(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response
