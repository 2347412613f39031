"""The page on which an officer chooses paper and language, and the file that comes of it."""

import re
import resource
from datetime import UTC, datetime
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from flask import Flask
from flask.testing import FlaskClient

from app.domain.accounts.role import Role
from app.domain.codes.channel import Channel
from app.models import Department, Placement, Survey, SurveyVersion
from app.services.codes.placements import IssueRequest, issue_below, retire_placement
from app.transaction import reading, transaction
from app.web.context import context
from app.web.office.codes.prints import AT_ONCE
from tests.factories import add_place, add_survey
from tests.fixtures.accounts import SignIn

NOW = datetime(2026, 11, 23, 6, 30, tzinfo=UTC)
PRINTS = "/office/placements/prints"
SPOT = "मुख्य द्वार"
A3, A4 = (297, 420), (210, 297)


@pytest.fixture
def district(app: Flask) -> int:
    """Three stations with a poster each."""
    return make_district(app, 3)


@pytest.fixture
def printer(district: int, sign_in: SignIn) -> FlaskClient:
    return sign_in(Role.PRINTING_OFFICER, district)


def make_district(app: Flask, stations: int) -> int:
    app.config["CLOCK"] = lambda: NOW
    with transaction() as session:
        session.add(Department(name_hi="नमूना पुलिस", name_en="Sample Police", demonstration=True))
        place = add_place(session, kind="district", name_hi="नमूनागढ़", name_en="Namunagarh")
        for at in range(stations):
            add_place(session, parent=place, name_hi=f"थाना नगर {at}", name_en=f"Nagar {at}")
        request = IssueRequest(add_survey(session).survey_id, Channel.POSTER, SPOT, 0)
        issue_below(session, place.id, request, now=NOW)
        return place.id


def placements() -> list[int]:
    with reading() as session:
        return [row.id for row in session.query(Placement).order_by(Placement.id)]


def whole_run(district: int) -> dict[str, object]:
    with reading() as session:
        survey = session.query(Placement).first()
        return {"place": district, "survey": survey and survey.survey_id, "spot": SPOT}


def sizes_of(pdf: bytes) -> list[tuple[int, ...]]:
    with pypdfium2.PdfDocument(pdf) as document:
        return [tuple(round(side * 25.4 / 72) for side in page.get_size()) for page in document]


def codes_of(pdf: bytes) -> list[list[str]]:
    with pypdfium2.PdfDocument(pdf) as document:
        pictures = [page.render(scale=100 / 72).to_pil() for page in document]
    return [[found.text for found in zxingcpp.read_barcodes(picture)] for picture in pictures]


@pytest.mark.parametrize(
    ("what", "size", "codes"),
    [("poster-a4", A4, 1), ("poster-a3", A3, 1), ("tent-card-a4", A4, 2), ("tent-card-a5", (148, 210), 2)],
)
@pytest.mark.parametrize("language", ["both", "hi", "en"])
def test_every_paper_in_every_language_carries_the_code(
    printer: FlaskClient, what: str, size: tuple[int, int], codes: int, language: str
) -> None:
    arguments = {"placement": placements()[0], "what": what, "language": language}
    file = printer.get(f"{PRINTS}/prints.pdf", query_string=arguments)
    assert file.mimetype == "application/pdf"
    assert sizes_of(file.data) == [size]
    (found,) = codes_of(file.data)
    assert len(found) == codes
    assert len(set(found)) == 1
    assert context().codes.token(found[0].rpartition("/")[2]).placement_id == arguments["placement"]
    assert printer.get(found[0].removeprefix("HTTP://LOCALHOST")).status_code == 200
    preview = printer.get(f"{PRINTS}/preview.png", query_string=arguments)
    assert preview.mimetype == "image/png"


def test_ticked_codes_come_with_a_list(printer: FlaskClient) -> None:
    ticked = placements()[:2]
    register = printer.get("/office/placements").text
    for placement_id in placements():
        assert re.search(rf'type="checkbox" form="ticked" name="placement" value="{placement_id}"', register)
    page = printer.get(PRINTS, query_string={"placement": ticked})
    assert "2 sheets, with lists for signatures" in page.text
    assert "Make the PDF" in page.text
    answer = printer.post(
        f"{PRINTS}?placement={ticked[0]}&placement={ticked[1]}", data={"what": "poster-a3", "language": "en"}
    )
    assert answer.status_code == 303
    assert sizes_of(printer.get(answer.location).data) == [A4, A3, A3]


def test_a_printing_house_gets_larger_sheets_with_marks(printer: FlaskClient) -> None:
    chosen = {"what": "poster-a4", "language": "both", "crop_marks": "y"}
    answer = printer.post(f"{PRINTS}?placement={placements()[0]}", data=chosen)
    assert sizes_of(printer.get(answer.location).data) == [(230, 317)]
    page = printer.post(f"{PRINTS}?placement={placements()[0]}", data={**chosen, "look": "1"}, follow_redirects=True)
    assert re.search(r'<input [^>]*checked [^>]*name="crop_marks"', page.text)


def test_looking_again_keeps_what_was_chosen(printer: FlaskClient, district: int) -> None:
    run = whole_run(district)
    chosen = {"what": "tent-card-a5", "language": "hi", "look": "1"}
    page = printer.post(PRINTS, query_string=run, data=chosen, follow_redirects=True)
    assert page.status_code == 200
    assert "3 sheets" in page.text
    assert re.search(r'<input checked [^>]*value="tent-card-a5"', page.text)
    assert "what=tent-card-a5" in page.text
    assert "language=hi" in page.text


def test_many_sheets_show_how_far_they_are_and_come_as_one_file(app: Flask, sign_in: SignIn) -> None:
    stations = AT_ONCE + 25
    district = make_district(app, stations)
    client = sign_in(Role.PRINTING_OFFICER, district)
    answer = client.post(
        PRINTS, query_string=whole_run(district), data={"what": "poster-a4", "language": "hi"}, buffered=False
    )
    assert answer.headers["X-Accel-Buffering"] == "no"
    text = answer.get_data(as_text=True)
    shown = [int(found) for found in re.findall(r'<progress value="([0-9]+)"', text)]
    assert shown == sorted(shown)
    assert shown[0] == 0
    assert len(shown) > 5
    (link,) = re.findall(rf'href="({PRINTS}/[0-9a-f]+\.pdf)"', text)
    assert len(sizes_of(client.get(link).data)) == stations + -(-stations // 19)
    other = sign_in(Role.PRINTING_OFFICER, district)
    assert other.get(link).status_code == 410


def test_who_leaves_while_it_is_drawn_leaves_nothing_behind(app: Flask, sign_in: SignIn, tmp_path: Path) -> None:
    district = make_district(app, AT_ONCE + 25)
    client = sign_in(Role.PRINTING_OFFICER, district)
    before = placements()
    answer = client.post(
        PRINTS, query_string=whole_run(district), data={"what": "poster-a4", "language": "hi"}, buffered=False
    )
    for part in answer.response:
        if b"<progress" in part:
            break
    answer.close()
    uploads = tmp_path / "instance" / "uploads"
    assert not uploads.exists() or not list(uploads.iterdir())
    assert placements() == before


def test_a_name_that_does_not_fit_is_said_with_the_name(app: Flask, sign_in: SignIn) -> None:
    district = make_district(app, 1)
    with transaction() as session:
        request = IssueRequest(session.query(SurveyVersion).first().survey_id, Channel.POSTER, SPOT, 0)  # type: ignore[union-attr]
        place = add_place(session, parent=None, kind="district", name_hi="थाना 🚔", name_en=None)
        add_place(session, parent=place, name_hi="थाना 🚔", name_en=None)
        issue_below(session, place.id, request, now=NOW)
        place_id = place.id
    client = sign_in(Role.PRINTING_OFFICER, place_id)
    page = client.get(PRINTS, query_string=whole_run(place_id))
    assert "This cannot be printed" in page.text
    assert "🚔" in page.text
    assert "Make the PDF" not in page.text
    assert "preview.png" not in page.text
    assert client.get(f"{PRINTS}/prints.pdf", query_string=whole_run(place_id)).status_code == 422
    assert district != place_id


def test_nothing_chosen_is_said(printer: FlaskClient, district: int) -> None:
    for query in ({}, {"place": district, "survey": 999, "spot": "x"}):
        assert "there is nothing to print" in printer.get(PRINTS, query_string=query).text
        assert printer.get(f"{PRINTS}/prints.pdf", query_string=query).status_code == 422
    assert printer.get(PRINTS, query_string={"placement": 1}).status_code == 404


def test_a_code_that_was_taken_down_is_not_printed(printer: FlaskClient) -> None:
    first = placements()[0]
    with transaction() as session:
        retire_placement(session, first, actor_id=None, now=NOW)
    for query in ({"placement": first}, {"placement": placements()}):
        assert "is not active any more" in printer.get(PRINTS, query_string=query).text
        assert printer.get(f"{PRINTS}/prints.pdf", query_string=query).status_code == 409


def test_a_closed_survey_is_not_printed(printer: FlaskClient) -> None:
    with transaction() as session:
        for version in session.query(SurveyVersion):
            version.state = "closed"
        assert session.query(Survey).count() == 1
    answer = printer.get(PRINTS, query_string={"placement": placements()[0]})
    assert "The questions behind these codes are closed" in answer.text


def test_a_paper_that_there_is_not_is_refused_beside_its_field(printer: FlaskClient) -> None:
    answer = printer.post(f"{PRINTS}?placement={placements()[0]}", data={"what": "poster-a0", "language": "hi"})
    assert answer.status_code == 422
    assert 'id="errors"' in answer.text
    assert printer.get(f"{PRINTS}?placement={placements()[0]}&what=poster-a0").status_code == 200


def test_a_full_disk_is_said_and_no_half_file_is_left(app: Flask, sign_in: SignIn, tmp_path: Path) -> None:
    district = make_district(app, AT_ONCE + 25)
    client = sign_in(Role.PRINTING_OFFICER, district)
    uploads = tmp_path / "instance" / "uploads"
    uploads.mkdir(mode=0o700)
    run = whole_run(district)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    try:
        # Files end at this size as if the disk did; the database is only read.
        resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, hard))
        told = client.post(PRINTS, query_string=run, data={"what": "poster-a4", "language": "hi"}).text
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert "The disk of this installation is full" in told
    assert "Download the PDF" not in told
    assert list(uploads.iterdir()) == []
