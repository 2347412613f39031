"""The print of an edition: made when somebody first asks for it, one at a time, and kept beside the database.

Drawing takes half a second of a core, and anybody may ask.
"""

from datetime import datetime

from app.config import Settings
from app.documents.report_pdf import write_report_pdf
from app.domain.record.report_mark import ReportMark
from app.services.figures.editions.print_files import drawing_alone, print_file
from app.services.figures.editions.reports import edition_report, edition_surveys
from app.services.installation.department_queries import describe_department
from app.services.record.editions import StoredEdition
from app.services.record.report_codes import report_mark
from app.services.surveys.main_survey import main_survey
from app.services.whole_files import write_whole
from app.transaction import reading


def edition_print(edition: StoredEdition, language: str, settings: Settings, now: datetime) -> bytes:
    """The PDF in this language; Problem `edition.print_busy`. One that is missing is made anew.

    One that was made before the edition stood in the record has no code of it, and lies under another name.
    """
    instance = settings.instance
    with reading() as session:
        mark = report_mark(session, edition.digest, settings.address, now)
    file = print_file(instance, edition.digest, language, is_marked=mark is not None)
    if file.is_file():
        return file.read_bytes()
    with drawing_alone(instance):
        content = _draw(edition, language, mark)
        write_whole(file, content)
    return content


def _draw(edition: StoredEdition, language: str, mark: ReportMark | None) -> bytes:
    """Of the main questionnaire, or of the first that the edition has figures of."""
    with reading() as session:
        slugs, main = edition_surveys(edition), main_survey(session)
        slug = main if main in slugs else slugs[0]
        report = edition_report(session, edition, slug, edition.due_on)
        department = describe_department(session)
    return write_report_pdf(report, department, language, mark)
