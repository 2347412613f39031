"""The code on a printed report, scanned from the paper: these figures stand, or what is so of them."""

import pypdfium2
import pytest
import zxingcpp
from sqlalchemy import update

from app.config import Settings
from app.domain.figures.editions.days import Showing
from app.domain.installation.public_results import Depth
from app.formats.record.notes import RecordKey, checkpoint_text
from app.formats.record.report_codes import ReportCode, read, write
from app.jobs.record.keeping import keep_record
from app.models import Edition, RecordCheckpoint, RecordNode
from app.services.figures.editions.making import correct_edition
from app.services.installation.public_results import decide_public_results
from app.services.record.editions import keep_edition, newest_edition
from app.transaction import reading, transaction
from tests.web.public.figures.conftest import MONDAY, Department_, Reader, text_of

ADDRESS = "/r/s-d1-b-1/2026-11-30"
PRINTED_DPI = 200


def scanned(reader: Reader, language: str = "en") -> str:
    """What the code says that stands on the paper, by its picture."""
    with pypdfium2.PdfDocument(reader.get(f"{ADDRESS}.pdf?lang={language}").data) as document:
        for sheet in document:
            picture = sheet.render(scale=PRINTED_DPI / 72).to_pil()
            for found in zxingcpp.read_barcodes(picture):
                corners = found.position
                side = (corners.top_right.x - corners.top_left.x) / PRINTED_DPI * 25.4
                assert side >= 39.5, "large enough for a poor camera"
                return found.text
    pytest.fail("no code on the paper")


def path_of(address: str) -> str:
    return "/" + address.split("/", 3)[3]


@pytest.mark.usefixtures("recorded")
class TestFromThePaper:
    def test_the_figures_stand(self, reader: Reader, department: Department_) -> None:
        address = scanned(reader)
        assert address.startswith("HTTP://LOCALHOST/R/Q/")
        assert len(address.rpartition("/")[2]) == 220
        for path, told in (
            (path_of(address), "ये आँकड़े क़ायम हैं"),
            (path_of(address).lower() + "?lang=en", "These figures stand"),
        ):
            page = reader.get(path)
            assert (page.status_code, told in text_of(page.text)) == (200, True), path
        with reading() as session:
            edition = newest_edition(session, department.busy, Showing(MONDAY.date()))
        assert edition is not None
        page = text_of(reader.get(path_of(address) + "?lang=en").text)
        for said in ("Paheli Station", "30 November 2026", edition.digest):
            assert said in page
        assert f'href="{ADDRESS}?lang=en"' in reader.get(path_of(address) + "?lang=en").text

    def test_what_was_corrected_is_said_with_its_reason(
        self, reader: Reader, department: Department_, settings: Settings
    ) -> None:
        path = path_of(scanned(reader)) + "?lang=en"
        with transaction() as session:
            wrong = newest_edition(session, department.busy, Showing(MONDAY.date()))
            assert wrong is not None
            reason = {"hi": "एक हफ़्ता दो बार गिना गया था।", "en": "One week had been counted twice."}
            keep_edition(session, correct_edition(session, wrong, "error", reason), MONDAY)
        keep_record(settings, MONDAY)
        page = text_of(reader.get(path).text)
        assert "These figures were corrected" in page
        assert "One week had been counted twice." in page

    def test_of_a_place_that_was_closed_again_the_paper_stays_genuine(self, reader: Reader) -> None:
        path = path_of(scanned(reader)) + "?lang=en"
        with transaction() as session:
            decide_public_results(session, Depth.STATE, MONDAY.date(), None, MONDAY)
        page = reader.get(path)
        assert "The results of this place are not public." in text_of(page.text)
        assert ADDRESS not in page.text

    def test_a_record_that_was_rewritten_is_told_by_the_paper(self, reader: Reader) -> None:
        path = path_of(scanned(reader)) + "?lang=en"
        with transaction() as session:
            session.execute(update(RecordNode).where(RecordNode.position == 1).values(hash=b"x" * 32))
        page = reader.get(path)
        assert (page.status_code, "The record was rewritten" in text_of(page.text)) == (404, True)

    def test_figures_that_were_altered_are_told(self, reader: Reader, department: Department_) -> None:
        path = path_of(scanned(reader)) + "?lang=en"
        with transaction() as session:
            for edition in session.query(Edition):
                edition.document = edition.document.replace("2026", "2027", 1)
        page = reader.get(path)
        assert (page.status_code, "These figures were altered" in text_of(page.text)) == (404, True)

    def test_made_up_codes_are_told_from_real_ones(self, reader: Reader, settings: Settings) -> None:
        real = read(scanned(reader).rpartition("/")[2])
        with reading() as session:
            note = session.query(RecordCheckpoint).one().note
        ours = RecordKey("localhost/r/record", settings.secrets.record)
        other = RecordKey("localhost/r/record", b"o" * 32)
        foreign = other.sign(checkpoint_text(other.name, real.size, real.root))
        for code, told in (
            (ReportCode.of(note, ours.vkey, b"f" * 32), "These figures were never published"),
            (ReportCode.of(foreign, other.vkey, real.figures), "This report is not ours"),
        ):
            page = reader.get(f"/r/q/{write(code)}?lang=en")
            assert (page.status_code, told in text_of(page.text)) == (404, True), told

    def test_half_a_code_is_none(self, reader: Reader) -> None:
        half = path_of(scanned(reader))[:-7]
        page = reader.get(f"{half}?lang=en")
        assert (page.status_code, "This is not the code of a report." in text_of(page.text)) == (404, True)


def test_a_print_from_before_the_record_has_no_code_and_later_it_has(
    reader: Reader, department: Department_, settings: Settings
) -> None:
    with pypdfium2.PdfDocument(reader.get(f"{ADDRESS}.pdf?lang=en").data) as document:
        assert [zxingcpp.read_barcodes(sheet.render(scale=2).to_pil()) for sheet in document] == [[]] * len(document)
    assert reader.get(f"{ADDRESS}.tlog-proof").status_code == 404
    keep_record(settings, MONDAY)
    assert scanned(reader, "hi")
