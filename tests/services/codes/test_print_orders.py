"""What is printed: chosen, put in order, and never with an address that nobody confirmed."""

import json
from datetime import date, timedelta

import pypdfium2
import pytest
import zxingcpp
from sqlalchemy.orm import Session

from app.documents.prints import draw_prints
from app.domain.codes.channel import Channel
from app.domain.installation.public_results import Depth
from app.domain.problem import Problem
from app.domain.surveys.survey import SurveyKind
from app.services.codes.placement_queries import get_placement, open_placement
from app.services.codes.placements import IssueRequest, issue_below, issue_placement
from app.services.codes.print_orders import MOST_SHEETS, order_prints
from app.services.installation.public_results import decide_public_results
from tests.factories import add_place, add_survey
from tests.factories.codes.confirmed_department import ADDRESS, NOW, SIGNER, add_department, issue


def codes_of(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    pictures = [page.render(scale=1.5).to_pil() for page in document]
    return [found.text for picture in pictures for found in zxingcpp.read_barcodes(picture)]


def test_the_code_on_the_poster_opens_its_placement(any_session: Session) -> None:
    add_department(any_session)
    district = add_place(any_session, kind="district", name_hi="नमूनागढ़", name_en="Namunagarh")
    station = add_place(any_session, parent=district)
    made = issue(any_session, station)
    order = order_prints(any_session, [made], address=ADDRESS, signer=SIGNER, now=NOW)
    assert order.domain == "samvad.example.in"
    assert order.sheets[0].above is not None
    assert order.sheets[0].above.hi == "नमूनागढ़"
    (text,) = codes_of(draw_prints(order))
    address, _, token = text.partition("/S/")
    assert address == "HTTPS://SAMVAD.EXAMPLE.IN"
    assert open_placement(any_session, SIGNER.verify(token), now=NOW).id == made


def test_a_district_is_printed_in_the_order_of_its_cover_list(session: Session) -> None:
    add_department(session)
    district = add_place(session, kind="district")
    for name in ("थाना ख", "थाना क", "थाना ग"):
        add_place(session, parent=district, name_hi=name)
    request = IssueRequest(add_survey(session).survey_id, Channel.POSTER, "द्वार", 0)
    made = issue_below(session, district.id, request, now=NOW)
    order = order_prints(session, made.issued, below=district.id, address=ADDRESS, signer=SIGNER, now=NOW)
    assert [sheet.place.hi for sheet in order.sheets] == ["थाना क", "थाना ख", "थाना ग"]
    assert order.below is not None
    codes = codes_of(draw_prints(order))
    numbers = [get_placement(session, SIGNER.verify(code[-26:]).placement_id, now=NOW).number for code in codes]
    assert numbers == [sheet.number for sheet in order.sheets]


@pytest.mark.parametrize(
    ("depth", "from_on", "told"),
    [
        (Depth.STATION, NOW.date(), [True, True]),
        (Depth.STATION, NOW.date() + timedelta(days=1), [False, False]),
        (Depth.DISTRICT, NOW.date(), [True, False]),
        (Depth.NONE, NOW.date(), [False, False]),
        (None, NOW.date(), [False, False]),
    ],
)
def test_paper_tells_of_results_only_once_those_of_its_place_are_public(
    any_session: Session, depth: Depth | None, from_on: date, told: list[bool]
) -> None:
    """On the day of printing, each of a district's office and of a station."""
    add_department(any_session)
    district = add_place(any_session, kind="district", name_hi="ज़िला")
    survey = add_survey(any_session).survey_id
    request = IssueRequest(survey, Channel.POSTER, "द्वार", 0)
    places = (district, add_place(any_session, parent=district, name_hi="थाना"))
    made = [issue_placement(any_session, place.id, request, now=NOW).id for place in places]
    if depth is not None:
        decide_public_results(any_session, depth, from_on, None, NOW)
    order = order_prints(any_session, made, address=ADDRESS, signer=SIGNER, now=NOW)
    by_place = {sheet.place.hi: sheet.results_open for sheet in order.sheets}
    assert [by_place["ज़िला"], by_place["थाना"]] == told


@pytest.mark.parametrize("kind", [SurveyKind.POLL, SurveyKind.QUIZ])
def test_paper_of_a_poll_tells_of_no_results(session: Session, kind: SurveyKind) -> None:
    """They come out when it is over, and not on Mondays."""
    add_department(session)
    version = add_survey(session)
    version.definition = json.dumps({**json.loads(version.definition), "kind": kind.value})
    place = add_place(session)
    request = IssueRequest(version.survey_id, Channel.POSTER, "द्वार", 0)
    made = issue_placement(session, place.id, request, now=NOW).id
    decide_public_results(session, Depth.STATION, NOW.date(), None, NOW)
    order = order_prints(session, [made], address=ADDRESS, signer=SIGNER, now=NOW)
    assert not order.sheets[0].results_open


@pytest.mark.parametrize(
    ("changed", "address"),
    [
        ({"host_confirmed_on": None}, ADDRESS),
        ({"host": None}, ADDRESS),
        ({}, "http://samvad.example.in"),
        ({}, "https://other.example.in"),
        ({}, "https://samvad.example.in:8443"),
        ({}, "http://127.0.0.1:8000"),
    ],
)
def test_real_posters_need_a_confirmed_https_address(
    session: Session, changed: dict[str, object], address: str
) -> None:
    add_department(session, **changed)
    made = issue(session, add_place(session))
    with pytest.raises(Problem, match=r"print\.host_unconfirmed"):
        order_prints(session, [made], address=address, signer=SIGNER, now=NOW)


def test_a_demonstration_prints_where_it_runs_and_says_what_it_is(session: Session) -> None:
    add_department(session, demonstration=True, host=None, host_confirmed_on=None)
    made = issue(session, add_place(session))
    order = order_prints(session, [made], address="http://127.0.0.1:8000", signer=SIGNER, now=NOW)
    pdf = draw_prints(order)
    (text,) = codes_of(pdf)
    assert text.startswith("HTTP://127.0.0.1:8000/S/")
    assert "DEMO" in pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_range()


@pytest.mark.parametrize("channel", [Channel.HANDLE, Channel.TYPED])
def test_only_posters_are_printed_as_posters(session: Session, channel: Channel) -> None:
    add_department(session)
    made = issue(session, add_place(session), channel)
    with pytest.raises(Problem, match=r"print\.not_a_poster"):
        order_prints(session, [made], address=ADDRESS, signer=SIGNER, now=NOW)


def test_a_file_holds_a_limited_number_of_posters(session: Session) -> None:
    add_department(session)
    place = add_place(session)
    with pytest.raises(Problem, match=r"print\.too_many"):
        order_prints(session, range(MOST_SHEETS + 1), below=place.id, address=ADDRESS, signer=SIGNER, now=NOW)
