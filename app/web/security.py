"""Response headers that hold for every page, and the session cookie of the office."""

from datetime import timedelta

from flask import Flask, Request, Response
from flask.sessions import NullSession, SecureCookieSession, SecureCookieSessionInterface
from werkzeug.middleware.proxy_fix import ProxyFix

from app.config import Settings
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
        for name, value in headers.items():
            response.headers.setdefault(name, value)
        return response
