"""Anyone asks whether a code is genuine; nothing changes by it."""

import re
from datetime import UTC, date, datetime

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


def headings(page: str) -> str:
    (found,) = re.findall(r"<h1>(.*?)</h1>", page)
    return str(found)


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
        ("/v?code={}&lang=en", ("This code is genuine", "If you found it somewhere else")),
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
    assert re.search(r'<button [^>]*name="page" value="2"', first)
    second = anyone.post("/v", data={"place": str(posted["live"].place_id), "page": "2", "_lang": "en"}).text
    shown = first + second
    assert all(f"{number[:4]} {number[4:]}" in shown for number in [*more, posted["live"].number] if number)
    assert 'name="page"' not in second
    assert "page 2 of 2" in second


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
    assert "This code is genuine" in page.text
    assert page.status_code == 200


def test_a_code_that_is_not_safe_is_said_to_be_so(anyone: FlaskClient, posted: dict[str, Placement]) -> None:
    page = anyone.get(f"/v?lang=en&code={posted['unsafe'].number}")
    assert "<h1>This code is not safe</h1>" in page.text
    assert "genuine" not in headings(page.text)


@pytest.mark.parametrize("said", HOSTILE)
def test_what_is_not_ours_comes_back_with_the_reason_and_whom_to_tell(
    anyone: FlaskClient, posted: dict[str, Placement], said: str
) -> None:
    page = anyone.get("/v", query_string={"code": said, "lang": "en"})
    assert 400 <= page.status_code < 500
    assert "<script>" not in page.text.replace('<script type="module"', "")
    heading = "This code is not ours" if re.search("[a-z]", said) else "This number is not ours"
    assert headings(page.text) == heading
    assert f"<title>{heading}</title>" in page.text
    warning, form = page.text.index("tell nobody an OTP"), page.text.index('<form action="/v"')
    assert warning < page.text.index("1090") < form
    assert posted


def test_what_was_not_checked_yet_is_said_to_be_nothing(anyone: FlaskClient, posted: dict[str, Placement]) -> None:
    page = anyone.get("/v?lang=en").text
    assert headings(page) == "Is this code genuine?"
    for said in ("not ours", "OTP", "no number of a code"):
        assert said not in page
    assert posted


@pytest.mark.parametrize(
    ("changed", "heading", "said"),
    [
        ({}, "This code is genuine", "it is in use"),
        ({"retired_at": datetime(2026, 1, 2, tzinfo=UTC)}, "This code was taken down", "It hung here"),
        ({"expires_on": date(2026, 1, 2)}, "The time of this code is over", "nobody can answer through it any more"),
        ({"compromised_on": date(2026, 1, 2)}, "This code is not safe", "copied or tampered with"),
    ],
)
def test_each_state_has_words_of_its_own(
    anyone: FlaskClient, posted: dict[str, Placement], changed: dict[str, object], heading: str, said: str
) -> None:
    with transaction() as session:
        station = session.get_one(Place, posted["live"].place_id)
        number = add_placement(session, station, add_survey(session), **changed).number
    page = anyone.post("/v", data={"code": number, "_lang": "en"}).text
    assert headings(page) == heading
    assert said in page
    # Where nobody is to answer, nothing is said of how to answer.
    for present in ("it is in use", "It should hang here", "If you found it somewhere else", "Answers are about"):
        assert (present in page) is (not changed), present


def test_genuine_and_closed_is_neither_genuine_alone_nor_taken_down(anyone: FlaskClient, app: Flask) -> None:
    with transaction() as session:
        closed = add_survey(session)
        number = add_placement(session, add_place(session), closed).number
        closed.state = "closed"
    page = anyone.post("/v", data={"code": number, "_lang": "en"}).text
    assert headings(page) == "This code is genuine, and closed"
    assert app


def test_a_search_and_what_was_found_stay_in_no_address(anyone: FlaskClient, posted: dict[str, Placement]) -> None:
    page = anyone.post("/v", data={"text": "kotwali", "_lang": "en"}).text
    place_id = posted["live"].place_id
    assert f'name="place" value="{place_id}"' in page
    assert 'method="get"' not in page
    assert f"/v/{place_id}" not in page
    shown = anyone.post("/v", data={"place": str(place_id), "_lang": "en"}).text
    number = posted["live"].number or ""
    assert f"{number[:4]} {number[4:]}" in shown
    assert f"/v/{place_id}" not in shown
    assert "<title>Samvad</title>" in shown
    for wrong in ("x", "9" * 40, "99999"):
        assert anyone.post("/v", data={"place": wrong}).status_code in (200, 404)


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
    assert f'value="{place_id}"' in found.text
    page = anyone.get(f"/v/{place_id}?lang=en").text
    number = posted["live"].number or ""
    assert f"{number[:4]} {number[4:]}" in page
    for hidden in ("unsafe", "slip"):
        other = posted[hidden].number or ""
        assert f"{other[:4]} {other[4:]}" not in page
    for unknown in ("99999", "9223372036854775808", "9" * 40):
        assert anyone.get(f"/v/{unknown}").status_code == 404
    assert "No station of this name" in anyone.get("/v?text=zzz&lang=en").text


@pytest.mark.parametrize(
    ("said", "page"),
    [
        ("http://localhost/r/np-d1", "/r/np-d1"),
        ("HTTP://LOCALHOST/R/NP-D1/2026-11-30?lang=en#x", "/R/NP-D1/2026-11-30"),
        ("localhost/p/12", "/p/12"),
        ("http://localhost/p", "/p"),
    ],
)
def test_an_address_of_results_or_a_post_is_said_to_be_the_departments(
    anyone: FlaskClient, posted: dict[str, Placement], said: str, page: str
) -> None:
    answer = anyone.post("/v", data={"code": said, "_lang": "en"})
    assert answer.status_code == 200
    assert "This address is the department's own" in answer.text
    assert f'href="{page}?lang=en"' in answer.text


@pytest.mark.parametrize(
    "said",
    [
        "https://localhost.evil.example/r/np-d1",
        "http://localhost@evil.example/p/12",
        r"http://evil.example\@localhost/p/12",
        "http://localhost/privacy",
        "http://localhost/reading",
        "http://localhost/results/r/np-d1",
    ],
)
def test_no_other_address_is_said_to_be(anyone: FlaskClient, posted: dict[str, Placement], said: str) -> None:
    answer = anyone.post("/v", data={"code": said, "_lang": "en"})
    assert answer.status_code == 404
    assert "is the department's own" not in answer.text
