"""Refusals and failures: a page in words for people, problem+json for programs."""

from http import HTTPStatus

from flask import Flask, Response, current_app, jsonify, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException

from app.domain.problem import Problem, ProblemType
from app.services.held_files import DISK_FULL
from app.web.static import static_url
from app.web.watching import FAILURE

NOT_FOUND = ProblemType("page.not_found", 404, "There is no such page.")
INTERNAL = ProblemType("server.failed", 500, "Something went wrong on our side. It was not your fault.")

#: with the detail `retry_after`, in seconds
TOO_MANY = ProblemType("request.too_many", 429, "Too many requests at once. Please wait a minute and try again.")

# Werkzeug's own refusals, under stable codes of ours.
HTTP_PROBLEMS = {
    400: ProblemType("request.malformed", 400, "This request cannot be read."),
    403: ProblemType("access.denied", 403, "Your account may not do this."),
    404: NOT_FOUND,
    405: ProblemType("request.method", 405, "This address does not take requests of this kind."),
    411: ProblemType("request.length", 411, "This request does not say how long it is."),
    413: ProblemType("request.too_large", 413, "This is too large."),
    415: ProblemType("request.media_type", 415, "This kind of content is not accepted here."),
    429: TOO_MANY,
}


def register_errors(app: Flask) -> None:
    app.register_error_handler(Problem, answer_problem)
    app.register_error_handler(HTTPException, answer_http_exception)
    app.register_error_handler(Exception, answer_failure)


def answer_problem(problem: Problem) -> Response:
    if request.path.startswith("/api/"):
        return _wait(problem_json(problem), problem)
    if problem.status == 500:
        return failure_page(problem.status)
    in_office = request.path.startswith("/office")
    page = render_template(
        "errors/problem.html", problem=problem, sentence=sentence_of(problem), in_office=in_office, error=None
    )
    response = make_response(page, problem.status)
    response.headers["Cache-Control"] = "no-store"
    return _wait(response, problem)


def wait_of(problem: Problem) -> dict[str, str]:
    """The header that says when to try again, if the problem does."""
    return {"Retry-After": str(problem.details["retry_after"])} if "retry_after" in problem.details else {}


def _wait(response: Response, problem: Problem) -> Response:
    response.headers.update(wait_of(problem))
    return response


def failure_page(status: int) -> Response:
    """A page that needs neither the database nor the translations, since either may be what failed."""
    try:
        stylesheet = static_url("css/public.css")
    except OSError:
        stylesheet = None
    page = current_app.jinja_env.get_template("errors/failed.html").render(stylesheet=stylesheet)
    return Response(page, status, {"Cache-Control": "no-store", "Retry-After": "60"}, mimetype="text/html")


def answer_http_exception(error: HTTPException) -> ResponseReturnValue:
    status = error.code or 500
    if status < 400:
        return error.get_response()
    type_ = HTTP_PROBLEMS.get(status) or ProblemType(f"http.{status}", status, "This request was not accepted.")
    response = answer_problem(Problem(type_))
    if allow := error.get_response().headers.get("Allow"):
        response.headers["Allow"] = allow
    return response


def answer_failure(error: Exception) -> ResponseReturnValue:
    # Logged by who sees every request, in one line with what is known of it.
    request.environ[FAILURE] = error
    return answer_problem(Problem(DISK_FULL if is_disk_full(error) else INTERNAL))


def is_disk_full(error: Exception) -> bool:
    """Whether a database found no room: SQLite's words, PostgreSQL's SQLSTATE 53100."""
    if not isinstance(error, OperationalError):
        return False
    return "disk is full" in str(error.orig) or getattr(error.orig, "sqlstate", None) == "53100"


def sentence_of(problem: Problem) -> str:
    """The problem's sentence in the reader's language."""
    return problem.sentence(gettext(problem.type.message))


def problem_document(problem: Problem) -> dict[str, object]:
    """RFC 9457 members, with our stable `code`."""
    return {
        "type": "about:blank",
        "title": HTTPStatus(problem.status).phrase,
        "status": problem.status,
        "detail": sentence_of(problem),
        "code": problem.code,
        **({"problems": [problem_document(part) for part in problem.parts]} if problem.parts else {}),
    }


def problem_json(problem: Problem) -> Response:
    response = jsonify(problem_document(problem))
    response.status_code = problem.status
    response.content_type = "application/problem+json"
    return response
