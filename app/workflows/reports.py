"""A report as a file: read on one snapshot and drawn after it, since drawing takes half a second.

Nothing is written, so nothing is left behind if drawing fails.
"""

from datetime import datetime

from app.documents.report_csv import write_report_csv
from app.documents.report_pdf import write_report_pdf
from app.domain.figures.report import Report
from app.services.figures.editions.report_choice import read_report
from app.services.installation.department_queries import describe_department
from app.services.record.report_codes import report_mark
from app.transaction import reading


def print_report(
    place_id: int, survey: str | None, period: str | None, language: str, now: datetime, address: str
) -> tuple[Report, bytes] | None:
    """The report as a PDF; None while nothing has been published. Problems `report.…`."""
    with reading() as session:
        report, _ = read_report(session, place_id, survey, period, now)
        department = describe_department(session)
        mark = report_mark(session, report.digest if report else None, address, now)
    return None if report is None else (report, write_report_pdf(report, department, language, mark))


def tabulate_report(
    place_id: int, survey: str | None, period: str | None, language: str, now: datetime
) -> tuple[Report, bytes] | None:
    """The report as a table; None while nothing has been published. Problems `report.…`."""
    with reading() as session:
        report, _ = read_report(session, place_id, survey, period, now)
    return None if report is None else (report, write_report_csv(report, language))
