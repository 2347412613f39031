"""Results as anybody reads them: which are public, from when on, and that page, files and print say the same."""

import csv
import hashlib
import io
import json
import re
from contextlib import closing

import pypdfium2
import pytest
from flask import Flask

from app.domain.accounts.role import Role
from app.domain.figures.editions.days import Showing
from app.domain.surveys.reading import SurveyReading
from app.models import Edition, Place, SurveyVersion
from app.services.figures.editions.making import correct_edition
from app.services.record.editions import keep_edition, newest_edition
from app.services.surveys.readings import add_reading
from app.transaction import reading, transaction
from tests.factories import add_place
from tests.fixtures.accounts import SignIn
from tests.web.public.figures.conftest import MONDAY, Department_, Reader, text_of


@pytest.mark.usefixtures("department")
class TestOpened:
    def test_from_the_first_page_to_a_station(self, reader: Reader) -> None:
        assert 'href="/r?lang=en"' in reader.get("/?lang=en").text
        entry = reader.get("/r?lang=en")
        assert "District One" in text_of(entry.text)
        found = reader.get("/r?lang=en&q=paheli").text
        assert 'href="/r/s-d1-b-1?lang=en"' in found
        page = text_of(reader.get("/r/s-d1-b-1?lang=en").text)
        assert "Results of 30 November 2026" in page
        assert "about 65 in 100" in page
        assert "This is what those who chose to answer said." in page
        assert "no ground for a transfer, a reward or a punishment" in page

    def test_districts_are_listed_by_the_names_of_the_language(self, reader: Reader, department: Department_) -> None:
        with transaction() as session:
            state = session.get_one(Place, department.state)
            for page, hindi, english in (("x", "अ", "Zaid"), ("y", "ह", "Amla")):
                add_place(session, kind="district", parent=state, name_hi=hindi, name_en=english).page = page
        for language, first, last in (("hi", "x", "y"), ("en", "y", "x")):
            entry = reader.get(f"/r?lang={language}").text
            assert entry.index(f'href="/r/{first}') < entry.index(f'href="/r/{last}')

    def test_in_hindi_and_in_capitals(self, reader: Reader) -> None:
        page = reader.get("/R/S-D1-B-1")
        assert page.status_code == 200
        assert "30 नवंबर 2026 के नतीजे" in text_of(page.text)
        assert reader.get("/R").status_code == 200

    def test_page_files_and_print_are_one_document(self, reader: Reader, department: Department_) -> None:
        with reading() as session:
            edition = newest_edition(session, department.busy, Showing(MONDAY.date()))
        assert edition is not None
        address = "/r/s-d1-b-1/2026-11-30"
        document = reader.get(f"{address}.json")
        assert hashlib.sha256(document.data).hexdigest() == edition.digest
        assert document.headers["Access-Control-Allow-Origin"] == "*"
        rows = list(csv.DictReader(io.StringIO(reader.get(f"{address}.csv?lang=en").data.decode("utf-8-sig"))))
        pdf = pypdfium2.PdfDocument(reader.get(f"{address}.pdf?lang=en").data)
        printed = " ".join(" ".join(sheet.get_textpage().get_text_range() for sheet in pdf).split())
        pdf.close()
        page = text_of(reader.get(f"{address}?lang=en").text)
        for said in (page, printed, next(row["words"] for row in rows if row["figure"] == "digest")):
            assert edition.digest in said
        shares = [row for row in rows if row["figure"] == "share" and row["kind"] == "about"]
        assert shares
        for row in shares:
            assert row["words"] in page
        section = json.loads(document.data)["surveys"][0]["sections"][0]
        told = {cell["share"].get("percent") for figure in section["questions"] for cell in figure["cells"]}
        assert {int(row["in_100"]) for row in shares} == told - {None}

    def test_how_many_a_person_decided_is_said_on_page_print_and_table(
        self, reader: Reader, department: Department_
    ) -> None:
        with transaction() as session:
            edition = session.query(Edition).filter_by(place_id=department.busy).one()
            document = json.loads(edition.document)
            document["surveys"][0]["sections"][0]["set_aside"]["decided"] = 15
            edition.document = json.dumps(document)
        address, told = "/r/s-d1-b-1/2026-11-30", {"en": "decided about 15 answers", "hi": "लगभग 15 जवाबों पर"}
        for language, said in told.items():
            assert said in text_of(reader.get(f"{address}?lang={language}").text)
            assert said in reader.get(f"{address}.csv?lang={language}").data.decode("utf-8-sig")
        with closing(pypdfium2.PdfDocument(reader.get(f"{address}.pdf?lang=en").data)) as print_:
            assert told["en"] in " ".join(" ".join(sheet.get_textpage().get_text_range() for sheet in print_).split())

    def test_page_and_print_of_a_district_say_of_how_many_stations_they_are(
        self, reader: Reader, sign_in: SignIn
    ) -> None:
        told = "Police stations: 2. With results of their own for this time: 1; from the others there are too few"
        assert told in text_of(reader.get("/r/s-d1?lang=en").text)
        assert "Police stations:" not in text_of(reader.get("/r/s-d1-b-1?lang=en").text)
        with closing(pypdfium2.PdfDocument(reader.get("/r/s-d1/2026-11-30.pdf?lang=en").data)) as document:
            assert told in " ".join(document[0].get_textpage().get_text_range().split())
        with reading() as session:
            district = session.query(Place).filter_by(page="s-d1").one().id
        office = sign_in(Role.STATE_ADMIN)
        office.set_cookie("language", "en")
        for period in ("latest", "all"):
            assert told in text_of(office.get(f"/office/reports/{district}?lang=en&period={period}").text)

    def test_a_print_is_made_once_and_anew_when_it_is_gone(self, app: Flask, reader: Reader) -> None:
        address = "/r/s-d1-b-1/2026-11-30.pdf"
        first = reader.get(address).data
        (file,) = (file for file in (app.extensions["samvad.settings"].instance / "editions").glob("*.pdf"))
        file.write_bytes(b"kept")
        assert reader.get(address).data == b"kept"
        file.unlink()
        assert len(reader.get(address).data) == pytest.approx(len(first), rel=0.01)

    def test_under_ten_no_number_and_when_to_look_again(self, reader: Reader) -> None:
        page = text_of(reader.get("/r/s-d1-b-2?lang=en").text)
        assert "No results yet" in page
        assert "7 December 2026" in page
        told = re.sub(r"at least 10 people|\d+ (November|December) 2026|11:00|112", "", page)
        assert not re.search(r"\d", told), told

    def test_what_is_unknown_is_said(self, reader: Reader) -> None:
        for address in ("/r/nowhere", "/r/s-d1-b-1/2026-11-23", "/r/s-d1-b-1/yesterday", "/r/s-d1-b-1/2026-11-23.json"):
            assert reader.get(address).status_code == 404, address
        assert "No place is called" in text_of(reader.get("/r?lang=en&q=zzzz").text)

    def test_a_correction_is_the_first_thing_and_the_old_one_stays_kept(
        self, reader: Reader, department: Department_
    ) -> None:
        with transaction() as session:
            wrong = newest_edition(session, department.busy, Showing(MONDAY.date()))
            assert wrong is not None
            reason = {"hi": "एक हफ़्ता दो बार गिना गया था।", "en": "One week had been counted twice."}
            keep_edition(session, correct_edition(session, wrong, "error", reason), MONDAY)
        page = text_of(reader.get("/r/s-d1-b-1?lang=en").text)
        assert page.index("One week had been counted twice.") < page.index("in 100")
        trends = reader.get("/r/s-d1-b-1/trends?lang=en").text
        assert text_of(trends).index("One week had been counted twice.") < text_of(trends).index("Results of")
        assert 'href="/r/s-d1-b-1/2026-11-30/1?lang=en"' in trends
        assert json.loads(reader.get("/r/s-d1-b-1/2026-11-30.json").data)["replaces"] == wrong.digest
        # Whoever was told the wrong figures finds them, and that they were wrong.
        assert 'href="/r/s-d1-b-1/2026-11-30/1?lang=en"' in reader.get("/r/s-d1-b-1?lang=en").text
        before = text_of(reader.get("/r/s-d1-b-1/2026-11-30/1?lang=en").text)
        assert before.index("This was corrected") < before.index("in 100")
        assert wrong.digest in before
        kept = reader.get("/r/s-d1-b-1/2026-11-30/1.json").data
        assert hashlib.sha256(kept).hexdigest() == wrong.digest
        assert "This was corrected" not in text_of(reader.get("/r/s-d1-b-1/2026-11-30/2?lang=en").text)
        for unknown in ("3", "0", "99999999999999999999"):
            assert reader.get(f"/r/s-d1-b-1/2026-11-30/{unknown}").status_code == 404

    @pytest.mark.usefixtures("department")
    def test_the_main_figure_is_said_in_the_words_of_its_questionnaire(self, reader: Reader, sign_in: SignIn) -> None:
        said = {"en": "were satisfied", "hi": "लोग संतुष्ट थे"}
        with transaction() as session:
            version = session.query(SurveyVersion).one()
            assert add_reading(session, version, SurveyReading({}, {"overall": said}), actor_id=None, now=MONDAY)
            busy = session.query(Place).filter_by(page="s-d1-b-1").one().id
        sentence = r"about \d+ of 100 people were satisfied \(uncertain at least between \d+ and \d+\)"
        assert re.search(sentence, text_of(reader.get("/r/s-d1-b-1?lang=en").text))
        hindi = text_of(reader.get("/r/s-d1-b-1?lang=hi").text)
        assert re.search(r"100 में लगभग \d+ लोग संतुष्ट थे \(ऊपर-नीचे कम से कम \d+ से \d+ तक\)", hindi)
        office = sign_in(Role.STATE_ADMIN)
        office.set_cookie("language", "en")
        assert re.search(sentence, text_of(office.get(f"/office/reports/{busy}?lang=en").text))
        print_of_it = reader.get("/r/s-d1-b-1/2026-11-30.pdf?lang=en").data
        with closing(pypdfium2.PdfDocument(print_of_it)) as document:
            words = " ".join(document[0].get_textpage().get_text_range().split())
        assert re.search(sentence, words)
