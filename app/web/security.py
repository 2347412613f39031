"""Response headers that hold for every page, the session cookie of the office, and where a post comes from."""

from datetime import timedelta

from flask import Flask, Request, Response, request
from flask.sessions import NullSession, SecureCookieSession, SecureCookieSessionInterface
from werkzeug.middleware.proxy_fix import ProxyFix

from app.config import Settings
from app.domain.addresses import parts_of
from app.domain.problem import Problem, ProblemType
from app.web.context import context
from app.web.styles import style_sources

# No inline script, and styles known by their digests: a nonce in a page that a phone keeps would be constant.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' {styles}; img-src 'self' data:; connect-src 'self'; "
    "manifest-src 'self'; worker-src 'self'; media-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
HEADERS = {"X-Content-Type-Options": "nosniff"}
#: what matters on a page only: elsewhere a browser heeds none of it, or there is no cookie to be misused
PAGE_HEADERS = {
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
}
#: what search engines may show, in either language: what anybody may look for, and nothing that stands behind a code
FOUND = {"/", "/privacy", "/accessibility", "/about/complaint", "/about/figures", "/v"}
ORIGIN_FOREIGN = ProblemType(
    "request.foreign", 403, "This came from another site. Please open the code again and answer there."
)


class OfficeSessions(SecureCookieSessionInterface):
    """A session for staff only: a page for citizens cannot set a cookie even by mistake."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        if request.path.startswith("/office"):
            return super().open_session(app, request)
        return NullSession()


def register_security(app: Flask, settings: Settings) -> None:
    https = settings.address.startswith("https://")
    app.config.update(
        SECRET_KEY=settings.secrets.session,
        SESSION_COOKIE_NAME="__Host-samvad" if https else "samvad",
        SESSION_COOKIE_SECURE=https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=timedelta(hours=8),
        MAX_CONTENT_LENGTH=4 * 1024 * 1024,
        MAX_FORM_MEMORY_SIZE=1024 * 1024,
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_CHECK_DEFAULT=False,
    )
    app.session_interface = OfficeSessions()
    if settings.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=settings.proxies, x_proto=settings.proxies)  # type: ignore[method-assign]

    for_all = HEADERS | ({"Strict-Transport-Security": "max-age=31536000; includeSubDomains"} if https else {})

    @app.after_request
    def add_headers(response: Response) -> Response:
        headers = for_all
        # Nobody sees what comes with a redirection, and half a kilobyte of rules would come with it.
        if response.mimetype == "text/html" and response.location is None:
            policy = POLICY.format(styles=style_sources())
            headers = for_all | PAGE_HEADERS | {"Content-Security-Policy": policy}
        if response.mimetype == "text/html" and not _may_be_found(request):
            headers = {**headers, "X-Robots-Tag": "noindex"}
        for name, value in headers.items():
            response.headers.setdefault(name, value)
        return response


def _may_be_found(request: Request) -> bool:
    is_public = request.path in ("/r", "/p") or request.path.startswith(("/r/", "/p/"))
    return (request.path in FOUND or is_public) and set(request.args) <= {"lang"}


def refuse_foreign_origin() -> None:
    """Problem `request.foreign` for a write that a browser says was started by another site.

    Public pages have no cookie to abuse. An absent or opaque origin passes: privacy settings and old browsers send
    neither, and the signed code is what authorises an answer.
    """
    if request.method in ("GET", "HEAD", "OPTIONS"):
        return
    origin = request.headers.get("Origin", "null")
    parts = parts_of(origin)
    foreign = origin != "null" and (parts is None or parts.netloc not in (request.host, context().settings.host))
    if foreign or request.headers.get("Sec-Fetch-Site") == "cross-site":
        raise Problem(ORIGIN_FOREIGN)
