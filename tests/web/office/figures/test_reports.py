"""Results in the office: who sees which, what a page says, and that page, print and table say the same."""

import csv
import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from html import unescape

import pypdfium2
import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.domain.accounts.role import Role
from app.domain.figures.editions.days import Showing
from app.domain.weeks import IST
from app.jobs.editions import make_editions
from app.models import Department, Place, SurveyVersion
from app.services.figures.editions.making import correct_edition
from app.services.figures.releases import publish_releases
from app.services.record.editions import keep_edition, newest_edition
from app.transaction import reading, transaction
from tests.factories import add_place, add_responses, add_survey

NOW = datetime(2026, 11, 23, 6, tzinfo=UTC)
WEEK = date(2026, 8, 3)
SignIn = Callable[..., FlaskClient]


@dataclass
class Office:
    """A state with two districts; the busy station of the first has a hundred answers, the quiet one nine."""

    state: int
    district: int
    busy: int
    quiet: int
    other_district: int
    other: int


@pytest.fixture
def office(app: Flask) -> Office:
    app.config["CLOCK"] = lambda: NOW
    with transaction() as session:
        session.add(Department(id=1, name_hi="नमूना पुलिस", name_en="Namuna Police", demonstration=True))
        state = add_place(session, kind="state", name_hi="नमूना राज्य", name_en="Sample State", code="S")
        district = add_place(session, kind="district", parent=state, name_hi="ज़िला एक", name_en="District One")
        other_district = add_place(session, kind="district", parent=state, name_hi="ज़िला दो", name_en="District Two")
        busy = add_place(session, parent=district, name_hi="थाना पहेली", name_en="Paheli", code="B-1")
        quiet = add_place(session, parent=district, name_hi="थाना जुगनू", name_en="Jugnu", code="B-2")
        other = add_place(session, parent=other_district, name_hi="थाना स्याही", name_en="Syahi", code="C-1")
        version = add_survey(session, slug="visit")
        for week in range(4):
            given = [{"overall": 5 if n < 15 + week else 2, "purpose": "complaint"} for n in range(25)]
            add_responses(session, busy, version, WEEK + timedelta(weeks=week), given)
            add_responses(session, busy, version, WEEK + timedelta(weeks=week), given[:4], reasons=["late"])
        add_responses(session, quiet, version, WEEK, [{"overall": 1}] * 9)
        add_responses(session, other, version, WEEK, [{"overall": 4}] * 60)
        session.flush()
        publish_releases(session, NOW)
        return Office(state.id, district.id, busy.id, quiet.id, other_district.id, other.id)


def page_text(client: FlaskClient, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, response.status
    return words(unescape(re.sub(r"<[^>]+>", " ", response.text)))


def words(text: str) -> str:
    return " ".join(text.split())


def test_a_station_head_is_taken_to_the_own_station(office: Office, sign_in: SignIn) -> None:
    client = sign_in(Role.STATION_HEAD, office.busy)
    assert client.get("/office/reports").headers["Location"] == f"/office/reports/{office.busy}"
    assert "Paheli" in page_text(client, f"/office/reports/{office.busy}")


@pytest.mark.parametrize("ending", ["", "/report.csv", "/report-hi.pdf", "/report-en.pdf"])
@pytest.mark.parametrize("foreign", ["quiet", "district", "state", "other"])
def test_a_station_head_sees_no_other_place(office: Office, sign_in: SignIn, ending: str, foreign: str) -> None:
    client = sign_in(Role.STATION_HEAD, office.busy)
    response = client.get(f"/office/reports/{getattr(office, foreign)}{ending}")
    assert response.status_code == 403
    assert "Syahi" not in response.text
    assert "Jugnu" not in response.text


def test_a_district_head_sees_what_lies_below_and_no_more(office: Office, sign_in: SignIn) -> None:
    client = sign_in(Role.DISTRICT_HEAD, office.district)
    text = page_text(client, "/office/reports")
    assert "Paheli" in text
    assert "Jugnu" in text
    assert "Syahi" not in text
    assert client.get(f"/office/reports/{office.quiet}").status_code == 200
    assert client.get(f"/office/reports/{office.other}").status_code == 403
    assert client.get(f"/office/reports?below={office.other_district}").status_code == 403
    assert "Syahi" not in page_text(client, "/office/reports?q=syahi")


def test_an_auditor_finds_a_place_by_its_name_in_either_language(office: Office, sign_in: SignIn) -> None:
    client = sign_in(Role.AUDITOR, office.state)
    assert f'href="/office/reports/{office.other}"' in client.get("/office/reports?q=syahi").text
    assert f'href="/office/reports/{office.other}"' in client.get("/office/reports?q=स्याही").text
    assert "No place is called “zzz” here" in page_text(client, "/office/reports?q=zzz")


def test_fewer_than_ten_is_a_page_and_no_error(office: Office, sign_in: SignIn) -> None:
    client = sign_in(Role.STATION_HEAD, office.quiet)
    text = page_text(client, f"/office/reports/{office.quiet}")
    assert "Results appear here after at least 10 answers" in text
    assert "30 November 2026" in text
    assert "What helps" in text
    assert "in 100," not in text.split("How this was counted")[0]
    assert " 9 " not in text.split("How this was counted")[0]


def test_places_are_never_ranked(office: Office, sign_in: SignIn) -> None:
    text = page_text(sign_in(Role.AUDITOR, office.state), f"/office/reports?below={office.district}")
    assert "in 100" not in text
    assert "about " not in text


def test_page_print_and_table_show_the_same_figures(office: Office, sign_in: SignIn) -> None:
    client = sign_in(Role.STATION_HEAD, office.busy)
    address = f"/office/reports/{office.busy}"
    page = page_text(client, f"{address}?period=all")
    print_ = pdf_text(client.get(f"{address}/report-en.pdf?period=all").data)
    shares = [row for row in table(client, f"{address}/report.csv?period=all") if row["figure"] == "share"]
    assert any(row["in_100"] for row in shares)
    for row in shares:
        assert row["words"] in page
        assert row["words"] in print_


def test_only_months_with_results_of_the_place_can_be_chosen(office: Office, sign_in: SignIn) -> None:
    client = sign_in(Role.STATE_ADMIN, office.state)
    for place, months in ((office.busy, ["2026-08"]), (office.state, ["2026-08"]), (office.other, ["2026-08"])):
        page = client.get(f"/office/reports/{place}").text
        assert re.findall(r'<option value="(\d{4}-\d\d)"', page) == months


def test_the_period_snaps_to_whole_releases(office: Office, sign_in: SignIn) -> None:
    client = sign_in(Role.STATION_HEAD, office.busy)
    text = page_text(client, f"/office/reports/{office.busy}?period=2026-08")
    assert "3 August 2026 to 30 August 2026" in text
    assert "No results were published for this period." in page_text(
        client, f"/office/reports/{office.busy}?period=2026-02"
    )
    assert client.get(f"/office/reports/{office.busy}?period=yesterday").status_code == 422


def test_what_was_set_aside_is_shown_with_and_without(office: Office, sign_in: SignIn) -> None:
    text = page_text(sign_in(Role.STATION_HEAD, office.busy), f"/office/reports/{office.busy}?period=all")
    assert "about 10 answers were set aside" in text
    assert "it came more than 30 days late, or 90 from" in text or "other reasons" in text
    assert "without those set aside:" in text


def test_the_warning_and_the_fingerprint_are_on_every_form(office: Office, sign_in: SignIn) -> None:
    client = sign_in(Role.STATION_HEAD, office.busy)
    address = f"/office/reports/{office.busy}"
    rows = table(client, f"{address}/report.csv")
    (digest,) = (row["words"] for row in rows if row["figure"] == "digest")
    (warning,) = (row["words"] for row in rows if row["figure"] == "warning")
    for text in (page_text(client, address), pdf_text(client.get(f"{address}/report-en.pdf").data)):
        assert digest in text
        assert warning in text


def test_downloads_are_named_and_typed(office: Office, sign_in: SignIn) -> None:
    client = sign_in(Role.STATION_HEAD, office.busy)
    pdf = client.get(f"/office/reports/{office.busy}/report-hi.pdf")
    assert pdf.content_type == "application/pdf"
    assert pdf.headers["Content-Disposition"] == 'attachment; filename="results-B-1-2026-11-23-hi.pdf"'
    sheet = client.get(f"/office/reports/{office.busy}/report.csv")
    assert sheet.data.startswith(b"\xef\xbb\xbf")
    assert sheet.content_type == "text/csv; charset=utf-8"
    assert client.get(f"/office/reports/{office.busy}/report-fr.pdf").status_code == 404


def test_a_page_in_hindi_speaks_hindi(office: Office, sign_in: SignIn) -> None:
    client = sign_in(Role.STATION_HEAD, office.busy, language="hi")
    text = page_text(client, f"/office/reports/{office.busy}")
    assert "थाना पहेली" in text
    assert "नतीजे" in text


def test_without_a_published_survey_there_is_a_page(app: Flask, sign_in: SignIn) -> None:
    with transaction() as session:
        station = add_place(session).id
    client = sign_in(Role.STATION_HEAD, station)
    assert "No questions have been published yet" in page_text(client, f"/office/reports/{station}")
    assert client.get(f"/office/reports/{station}/report.csv").status_code == 302


def pdf_text(pdf: bytes) -> str:
    return words(" ".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf)))


def table(client: FlaskClient, address: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(client.get(address).data.decode("utf-8-sig"))))


class TestEditions:
    """From the first ones on, nobody below headquarters reads anything that is in none, nor before its hour."""

    @pytest.fixture
    def monday(self, app: Flask, office: Office) -> datetime:
        """The Monday after: at ten the editions are made, and there is one more week of answers than the first had."""
        make_editions(NOW)
        day = datetime(2026, 11, 30, 11, tzinfo=IST)
        with transaction() as session:
            version = session.query(SurveyVersion).one()
            busy = session.get_one(Place, office.busy)
            add_responses(session, busy, version, date(2026, 11, 9), [{"overall": 1}] * 50)
            session.flush()
            publish_releases(session, day - timedelta(hours=2))
        make_editions(day - timedelta(minutes=30))
        return day

    def pages(self, client: FlaskClient, place: int) -> list[str]:
        """Everything that says figures of this place, with days and marks that are of today taken out."""
        addresses = [f"{place}", f"{place}/report.csv"]
        told = [client.get(f"/office/reports/{address}").text for address in addresses]
        return [re.sub(r"Next results.*?everybody|\d+ November 2026, 11:00|[0-9a-f]{16,64}", "", page) for page in told]

    @pytest.mark.parametrize("role", [Role.STATION_HEAD, Role.DISTRICT_HEAD, Role.AUDITOR])
    def test_at_eleven_and_not_a_second_before(
        self, app: Flask, office: Office, sign_in: SignIn, monday: datetime, role: Role
    ) -> None:
        own = {Role.STATION_HEAD: office.busy, Role.DISTRICT_HEAD: office.district, Role.AUDITOR: office.state}[role]

        def read(at: datetime) -> list[str]:
            app.config["CLOCK"] = lambda: at
            return self.pages(sign_in(role, own), office.busy)

        before = read(monday - timedelta(hours=2, minutes=30))
        assert read(monday - timedelta(seconds=1)) == before
        after = read(monday)
        assert all(one != other for one, other in zip(before, after, strict=True))
        assert "Results of 30 November 2026" in after[0]
        assert "Results of 23 November 2026" in before[0]
        growing = sign_in(role, own).get(f"/office/reports/{office.busy}?period=2026-11").text
        assert "No results were published for this period." in growing

    def test_page_print_and_table_name_the_edition_and_its_fingerprint(
        self, app: Flask, office: Office, sign_in: SignIn, monday: datetime
    ) -> None:
        app.config["CLOCK"] = lambda: monday
        head = sign_in(Role.STATION_HEAD, office.busy)
        page = head.get(f"/office/reports/{office.busy}").text
        with reading() as session:
            edition = newest_edition(session, office.busy, Showing(date(2026, 11, 30)))
        assert edition is not None
        pdf = pypdfium2.PdfDocument(head.get(f"/office/reports/{office.busy}/report-en.pdf").data)
        printed = " ".join(" ".join(sheet.get_textpage().get_text_range() for sheet in pdf).split())
        pdf.close()
        table = head.get(f"/office/reports/{office.busy}/report.csv").text
        for said in (page, printed, table):
            assert edition.digest in said
        assert "Results of 30 November 2026" in printed

    def test_a_time_of_ones_own_has_no_fingerprint(
        self, app: Flask, office: Office, sign_in: SignIn, monday: datetime
    ) -> None:
        app.config["CLOCK"] = lambda: monday
        page = sign_in(Role.STATION_HEAD, office.busy).get(f"/office/reports/{office.busy}?period=all").text
        assert "choice of your own and has no fingerprint" in unescape(page)
        assert "Fingerprint of these figures" not in page

    def test_a_place_without_any_is_told_when_to_look_again(
        self, app: Flask, office: Office, sign_in: SignIn, monday: datetime
    ) -> None:
        for at, day in ((monday - timedelta(seconds=1), "30 November"), (monday, "7 December")):
            app.config["CLOCK"] = lambda at=at: at
            client = sign_in(Role.STATION_HEAD, office.quiet)
            assert f"{day} 2026, 11:00" in client.get(f"/office/reports/{office.quiet}").text

    def test_a_correction_is_read_before_any_figure(
        self, app: Flask, office: Office, sign_in: SignIn, monday: datetime
    ) -> None:
        app.config["CLOCK"] = lambda: monday
        with transaction() as session:
            wrong = newest_edition(session, office.busy, Showing(date(2026, 11, 30)))
            assert wrong is not None
            reason = {"hi": "एक हफ़्ता दो बार गिना गया था।", "en": "One week had been counted twice."}
            keep_edition(session, correct_edition(session, wrong, "error", reason), monday)
        client = sign_in(Role.STATION_HEAD, office.busy)
        for address in (f"/office/reports/{office.busy}", "/office/"):
            page = unescape(client.get(address).text)
            assert page.index("One week had been counted twice.") < page.index("in 100")
