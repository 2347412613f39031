"""The host that a request names is chosen by whoever sends it, and nothing is made of it.

Ways on that the routing itself finds, such as `/office/` for `/office`, are answered as a path: a cache in between
might keep `Location: http://elsewhere/…` for everybody. Foreign hosts are not refused, since a proxy that looks whether
the product is alive asks by an address of its own.
"""

from flask import Flask, Response, redirect, request
from flask.globals import request_ctx
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.routing import RequestRedirect

from app.domain.addresses import parts_of
from app.web.errors import HTTP_PROBLEMS


def register_hosts(app: Flask) -> None:
    app.before_request(_answer_without_host)


def _answer_without_host() -> ResponseReturnValue | None:
    if request_ctx.url_adapter is None:
        # What can be no host leaves the routing without a map: not even a page that says so could have a link.
        problem = HTTP_PROBLEMS[400]
        return Response(gettext(problem.message), problem.status, mimetype="text/plain")
    if isinstance(found := request.routing_exception, RequestRedirect):
        return redirect(_path_of(found.new_url), found.code)
    return None


def _path_of(address: str) -> str:
    """Path and query of an address. Two slashes at the beginning would be a host again."""
    parts = parts_of(address)
    path = "/" + (parts.path if parts else "").lstrip("/\\")
    return f"{path}?{parts.query}" if parts and parts.query else path
