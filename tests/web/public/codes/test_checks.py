"""Anyone asks whether a code is genuine; nothing changes by it."""

import html
import re
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app.domain.codes.channel import Channel
from app.domain.codes.token import Token
from app.models import Base, Department, Place, Placement, SigningKey
from app.transaction import reading, transaction
from app.web.context import context
from tests.factories import add_place, add_survey
from tests.factories.codes.placements import add_placement

HOSTILE = ["1", "x", "https://evil.example/s/aeaaaaaaaaaaaaaaaaaaaaaaaa", "<script>", "'; --", "é" * 400]


@pytest.fixture
def posted(app: Flask) -> dict[str, Placement]:
    """A station with a live and a dead poster, a slip, a link of the state."""
    with transaction() as session:
        helplines = '[{"label_hi": "महिला हेल्पलाइन", "label_en": "Women\'s helpline", "number": "1090"}]'
        session.add(Department(id=1, name_hi="नमूना", name_en="Sample", demonstration=True, helplines=helplines))
        state = add_place(session, kind="state", name_hi="नमूना राज्य", name_en="Sample State")
        station = add_place(session, parent=state, name_hi="थाना कोतवाली", name_en="Kotwali")
        survey = add_survey(session)
        made = {
            "live": add_placement(session, station, survey),
            "unsafe": add_placement(session, station, survey, hung_at="न्यायालय", compromised_on=date(2026, 1, 2)),
            "slip": add_placement(session, station, survey, channel=Channel.SLIP, hung_at="पर्ची"),
            "link": add_placement(session, state, survey, channel=Channel.HANDLE, hung_at="X, 23 November"),
        }
        session.expunge_all()
    return made


@pytest.fixture
def anyone(app: Flask) -> FlaskClient:
    return app.test_client()


def rows() -> int:
    with reading() as session:
        return sum(
            session.scalar(select(func.count()).select_from(table)) or 0 for table in Base.metadata.sorted_tables
        )


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/v?code={}", ("असली", "अगर आपको यह कहीं और मिला")),
        ("/V?code={}", ("असली", "अगर आपको यह कहीं और मिला")),
        ("/v?code={}&lang=en", ("Genuine", "If you found it somewhere else")),
    ],
)
def test_a_live_poster_is_genuine_and_said_where_it_should_hang(
    anyone: FlaskClient, posted: dict[str, Placement], path: str, words: tuple[str, ...]
) -> None:
    before = rows()
    page = anyone.get(path.format(posted["live"].number))
    assert page.status_code == 200
    for said in ("मुख्य द्वार", "1090", *words):
        assert said in page.text
    assert "Set-Cookie" not in page.headers
    assert rows() == before


def test_a_station_with_many_posters_has_several_pages(anyone: FlaskClient, posted: dict[str, Placement]) -> None:
    with transaction() as session:
        station = session.get_one(Place, posted["live"].place_id)
        survey = add_survey(session)
        more = [add_placement(session, station, survey, hung_at=f"spot {at:03}").number for at in range(51)]
    first = anyone.get(f"/v/{posted['live'].place_id}?lang=en").text
    (link,) = re.findall(r'rel="next" href="([^"]*)"', first)
    shown = first + anyone.get(html.unescape(link)).text
    assert all(f"{number[:4]} {number[4:]}" in shown for number in [*more, posted["live"].number] if number)
    assert "Previous" in anyone.get(html.unescape(link)).text


def test_a_link_whose_key_is_lost_takes_no_page_with_it(anyone: FlaskClient, posted: dict[str, Placement]) -> None:
    with transaction() as session:
        session.add(SigningKey(id=5, created_on=date(2026, 1, 1)))
        session.flush()
        place, survey = add_place(session), add_survey(session)
        add_placement(session, place, survey, channel=Channel.HANDLE, key_id=5, hung_at="Y, 24 November")
        poster = add_placement(session, place, survey, key_id=5).number
    assert "X, 23 November" in anyone.get("/v").text
    for path in (f"/n/{poster}", f"/v?code={poster}"):
        refused = anyone.get(path)
        assert refused.status_code == 503
        assert "कुंजी 5" in refused.text


def test_what_is_typed_is_posted_and_stays_in_no_address(anyone: FlaskClient, posted: dict[str, Placement]) -> None:
    assert '<form action="/v" method="post"' in anyone.get("/v").text
    page = anyone.post("/v", data={"code": posted["live"].number, "_lang": "en"})
    assert "Genuine" in page.text
    assert page.status_code == 200


def test_a_code_that_is_not_safe_is_said_to_be_so(anyone: FlaskClient, posted: dict[str, Placement]) -> None:
    page = anyone.get(f"/v?lang=en&code={posted['unsafe'].number}")
    assert "Not safe" in page.text
    assert "Genuine" not in page.text


@pytest.mark.parametrize("said", HOSTILE)
def test_what_is_not_ours_comes_back_with_the_reason_and_whom_to_tell(
    anyone: FlaskClient, posted: dict[str, Placement], said: str
) -> None:
    page = anyone.get("/v", query_string={"code": said, "lang": "en"})
    assert 400 <= page.status_code < 500
    assert 'id="code-error"' in page.text
    assert "<script>" not in page.text.replace('<script type="module"', "")
    assert "the code is not genuine" in page.text
    assert "1090" in page.text
    assert posted


def test_official_links_are_listed_and_open(anyone: FlaskClient, posted: dict[str, Placement]) -> None:
    page = anyone.get("/v?lang=en")
    assert "X, 23 November" in page.text
    token = context().tokens.sign(Token(Channel.HANDLE, posted["link"].key_id, posted["link"].id)).lower()
    assert f'href="http://localhost/s/{token}"' in page.text
    assert anyone.get(f"/s/{token}").status_code == 200
    assert "पर्ची" not in page.text


def test_a_station_is_found_and_its_live_posters_are_listed(anyone: FlaskClient, posted: dict[str, Placement]) -> None:
    found = anyone.get("/v", query_string={"text": "kotwali", "lang": "en"})
    place_id = posted["live"].place_id
    assert f'href="/v/{place_id}?lang=en"' in found.text
    page = anyone.get(f"/v/{place_id}?lang=en").text
    number = posted["live"].number or ""
    assert f"{number[:4]} {number[4:]}" in page
    for hidden in ("unsafe", "slip"):
        other = posted[hidden].number or ""
        assert f"{other[:4]} {other[4:]}" not in page
    for unknown in ("99999", "9223372036854775808", "9" * 40):
        assert anyone.get(f"/v/{unknown}").status_code == 404
    assert "No station of this name" in anyone.get("/v?text=zzz&lang=en").text
