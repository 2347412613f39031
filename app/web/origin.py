"""Where a post comes from. Public pages have no cookie to abuse; only an explicit foreign origin is refused."""

from urllib.parse import urlsplit

from flask import request

from app.domain.problem import Problem, ProblemType
from app.web.context import context

ORIGIN_FOREIGN = ProblemType(
    "request.foreign", 403, "This came from another site. Please open the code again and answer there."
)


def refuse_foreign_origin() -> None:
    """Problem `request.foreign` for a write that a browser says was started by another site.

    An absent or opaque origin passes: privacy settings and old browsers send neither, and the signed code
    is what authorises an answer.
    """
    if request.method in ("GET", "HEAD", "OPTIONS"):
        return
    origin = request.headers.get("Origin", "null")
    foreign = origin != "null" and urlsplit(origin).netloc not in (request.host, context().settings.host)
    if foreign or request.headers.get("Sec-Fetch-Site") == "cross-site":
        raise Problem(ORIGIN_FOREIGN)
