"""Posts from other sites. Only what says plainly that it is foreign is refused: old browsers say nothing."""

from urllib.parse import urlsplit

from flask import request

from app.domain.problem import Problem, ProblemType
from app.web.context import context

FOREIGN = ProblemType(
    "request.foreign", 403, "This came from another site. Please open the code again and answer there."
)


def refuse_foreign_origin() -> None:
    """Problem `request.foreign` if the browser says that another site sent this."""
    origin = request.headers.get("Origin", "null")
    foreign = origin != "null" and urlsplit(origin).netloc not in (request.host, context().settings.host)
    if foreign or request.headers.get("Sec-Fetch-Site") == "cross-site":
        raise Problem(FOREIGN)
