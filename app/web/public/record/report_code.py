"""What stands behind the code on a printed report: whether these figures, of that week, still stand."""

from flask import render_template
from flask.typing import ResponseReturnValue

from app.domain.problem import Problem, ProblemType
from app.formats.record.report_codes import read
from app.services.installation.public_results import public_results
from app.services.record.report_codes import CheckedReport, Standing, check_report
from app.transaction import reading
from app.web.context import now, today
from app.web.figures.reader import FigureReader
from app.web.views import at

REPORT_CODE_INVALID = ProblemType(
    "report_code.invalid", 404, "This is not the code of a report. Please scan it again, with all of it in the picture."
)


@at("/r/q/<code>")
@at("/R/Q/<code>")
def show_report_code(code: str) -> ResponseReturnValue:
    """Problem `report_code.invalid` for what is no code at all."""
    try:
        scanned = read(code)
    except ValueError:
        raise Problem(REPORT_CODE_INVALID) from None
    with reading() as session:
        checked = check_report(session, scanned, now())
        policy = public_results(session)
    kind = checked.kind
    is_public = policy is not None and kind is not None and policy.shows(kind, today())
    page = render_template(
        "public/record/report_code.html",
        checked=checked,
        standings=Standing,
        results=_results(checked) if is_public else None,
        reader=FigureReader(),
    )
    return page, 200 if checked.entry else 404


def _results(checked: CheckedReport) -> str | None:
    """Where these very figures are read."""
    return f"/r/{checked.page}/{checked.due_on}" + (f"/{checked.number}" if checked.later else "")
