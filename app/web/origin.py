"""Where a post comes from. Public pages have no cookie to abuse; only an explicit foreign origin is refused."""

from urllib.parse import urlsplit

from flask import request

from app.domain.problem import Problem, ProblemType

ORIGIN_FOREIGN = ProblemType("request.origin", 403, "This request comes from another website.")


def refuse_foreign_origin() -> None:
    """Problem `request.origin` for a write that a browser says was started by another site.

    An absent or opaque origin passes: privacy settings and old browsers send neither, and the signed code
    is what authorises an answer.
    """
    if request.method in ("GET", "HEAD", "OPTIONS"):
        return
    origin = request.headers.get("Origin", "null")
    foreign = origin != "null" and urlsplit(origin).netloc != request.host
    if foreign or request.headers.get("Sec-Fetch-Site") == "cross-site":
        raise Problem(ORIGIN_FOREIGN)
