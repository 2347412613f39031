from datetime import UTC, date, datetime

import pypdfium2
import pytest
import zxingcpp
from sqlalchemy.orm import Session

from app.documents.prints import draw_prints
from app.domain.codes.channel import Channel
from app.domain.problem import Problem
from app.formats.crypto.tokens import TokenSigner
from app.models import Department, Place
from app.services.codes.addresses import handle_link, printed_address
from app.services.codes.placement_queries import get_placement, open_placement
from app.services.codes.placements import IssueRequest, issue_below, issue_placement
from app.services.codes.print_orders import MOST_SHEETS, order_prints
from tests.factories import add_place, add_survey

NOW = datetime(2026, 11, 23, 6, 30, tzinfo=UTC)
SIGNER = TokenSigner({0: b"k" * 32})
ADDRESS = "https://samvad.example.in"


def add_department(session: Session, **changed: object) -> None:
    values: dict[str, object] = {
        "name_hi": "नमूना पुलिस",
        "name_en": "Sample Police",
        "host": "samvad.example.in",
        "host_confirmed_on": date(2026, 11, 1),
    }
    session.add(Department(**{**values, **changed}))
    session.flush()


def issue(session: Session, place: Place, channel: Channel = Channel.POSTER) -> int:
    survey = add_survey(session).survey_id
    return issue_placement(session, place.id, IssueRequest(survey, channel, "मुख्य द्वार", 0), now=NOW).id


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


def test_without_a_department_nothing_is_printed(session: Session) -> None:
    with pytest.raises(Problem, match=r"print\.host_unconfirmed"):
        printed_address(session, ADDRESS)


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


def test_a_link_for_an_official_account_is_in_small_letters_and_opens(session: Session) -> None:
    add_department(session)
    made = issue(session, add_place(session), Channel.HANDLE)
    link = handle_link(session, made, address=ADDRESS, signer=SIGNER, now=NOW)
    assert link == link.lower()
    assert link.startswith(f"{ADDRESS}/s/")
    assert open_placement(session, SIGNER.verify(link.rpartition("/")[2]), now=NOW).id == made
    with pytest.raises(Problem, match=r"host_unconfirmed"):
        handle_link(session, made, address="http://127.0.0.1:8000", signer=SIGNER, now=NOW)


def test_a_poster_has_no_link(session: Session) -> None:
    add_department(session)
    made = issue(session, add_place(session))
    with pytest.raises(Problem, match=r"not_a_link"):
        handle_link(session, made, address=ADDRESS, signer=SIGNER, now=NOW)
