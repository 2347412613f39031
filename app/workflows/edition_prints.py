"""The print of an edition: made when somebody first asks for it, one at a time, and kept beside the database.

Drawing takes half a second of a core, and anybody may ask.
"""

import fcntl
from pathlib import Path
from tempfile import NamedTemporaryFile

from app.documents.report_pdf import write_report_pdf
from app.domain.problem import Problem, ProblemType
from app.services.figures.editions.reports import edition_report, edition_surveys
from app.services.installation.department_queries import describe_department
from app.services.record.editions import StoredEdition
from app.services.surveys.main_survey import main_survey
from app.transaction import reading

PRINT_BUSY = ProblemType("edition.print_busy", 503, "Another print is being made. Please try again in a few seconds.")
FOLDER = "editions"
RETRY_S = 5


def edition_print(edition: StoredEdition, language: str, instance: Path) -> bytes:
    """The PDF in this language; Problem `edition.print_busy`. One that is missing is made anew."""
    folder = instance / FOLDER
    file = folder / f"{edition.digest}-{language}.pdf"
    if file.is_file():
        return file.read_bytes()
    folder.mkdir(mode=0o700, exist_ok=True)
    with (folder / "lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Problem(PRINT_BUSY, retry_after=RETRY_S) from None
        content = _draw(edition, language)
        with NamedTemporaryFile(dir=folder, delete=False) as written:
            written.write(content)
        Path(written.name).replace(file)
    return content


def _draw(edition: StoredEdition, language: str) -> bytes:
    """Of the main questionnaire, or of the first that the edition has figures of."""
    with reading() as session:
        slugs, main = edition_surveys(edition), main_survey(session)
        slug = main if main in slugs else slugs[0]
        report = edition_report(session, edition, slug, edition.due_on)
        department = describe_department(session)
    return write_report_pdf(report, department, language)
