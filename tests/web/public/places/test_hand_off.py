"""Where a complaint or an FIR goes: three lines, the same for everybody, and never the station's own contact."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.domain.codes.channel import Channel
from app.domain.codes.token import Token
from app.models import Department, Place
from app.transaction import transaction
from app.web.context import context
from tests.factories.codes.placements import add_placement
from tests.factories.places.places import add_place
from tests.factories.surveys.surveys import add_survey

STATION_PHONE, DISTRICT_PHONE, HEADQUARTERS_PHONE = "0755 111", "0755 222", "0755 333"


@pytest.fixture
def places(app: Flask) -> dict[str, int]:
    """A state with two districts, one of which has given its contact, and a station in each."""
    with transaction() as session:
        session.add(Department(id=1, name_hi="नमूना पुलिस", name_en="Sample Police", demonstration=True))
        state = add_place(session, kind="state", name_hi="राज्य", name_en="State")
        state.contact_hi, state.contact_phone = "मुख्यालय मार्ग", HEADQUARTERS_PHONE
        made = {"state": state}
        for name in ("given", "silent"):
            made[name] = add_place(session, parent=state, kind="district", name_hi=f"ज़िला {name}", name_en=name)
            made[f"station of {name}"] = add_place(session, parent=made[name])
        made["given"].contact_en, made["given"].contact_phone = "1 Court Road", DISTRICT_PHONE
        for name in ("station of given", "station of silent"):
            made[name].contact_phone = STATION_PHONE
        return {name: place.id for name, place in made.items()}


def of(client: FlaskClient, place_id: int | str, lang: str = "en") -> str:
    answer = client.get(f"/about/complaint/{place_id}?lang={lang}")
    assert answer.status_code == 200
    return answer.text


@pytest.mark.parametrize(
    ("which", "phone"),
    [
        ("given", DISTRICT_PHONE),
        ("station of given", DISTRICT_PHONE),
        ("silent", HEADQUARTERS_PHONE),
        ("station of silent", HEADQUARTERS_PHONE),
        ("state", HEADQUARTERS_PHONE),
    ],
)
def test_the_district_is_told_or_else_headquarters(
    client: FlaskClient, places: dict[str, int], which: str, phone: str
) -> None:
    page = of(client, places[which])
    told = set(re.findall(r'href="tel:([^"]*)"', page))
    assert told == {"112", "15100", phone}


@pytest.mark.parametrize(
    ("lang", "which", "shown"),
    [
        ("hi", "given", '<br><span lang="en">1 Court Road</span>'),
        ("en", "given", "<br>1 Court Road"),
        ("en", "silent", '<br><span lang="hi">मुख्यालय मार्ग</span>'),
    ],
)
def test_an_address_in_the_other_language_alone_is_marked_as_such(
    client: FlaskClient, places: dict[str, int], lang: str, which: str, shown: str
) -> None:
    assert shown in of(client, places[which], lang)


@pytest.mark.parametrize("unknown", ["", "/999999"])
def test_without_a_district_it_is_headquarters(client: FlaskClient, places: dict[str, int], unknown: str) -> None:
    answer = client.get(f"/about/complaint{unknown}")
    assert (answer.status_code, HEADQUARTERS_PHONE in answer.text) == (200, True)
    assert f'href="/about/complaint/{places["given"]}"' in answer.text


@pytest.mark.parametrize(("lang", "said"), [("hi", ("173(4)", "ज़ीरो FIR", "मजिस्ट्रेट")), ("en", ("173(4)", "zero FIR"))])
def test_the_ways_stand_there_while_nobody_has_given_a_contact(
    client: FlaskClient, lang: str, said: tuple[str, ...]
) -> None:
    answer = client.get(f"/about/complaint?lang={lang}")
    assert answer.headers["Cache-Control"] == "no-store"
    assert all(part in answer.text for part in (*said, "tel:15100", "data-leave"))


def test_the_other_numbers_are_one_touch_further(client: FlaskClient, places: dict[str, int]) -> None:
    with transaction() as session:
        session.get_one(Department, 1).helplines = '[{"label_hi": "मदद", "label_en": "Help", "number": "181"}]'
    assert 'href="/?lang=en#help"' in client.get(f"/about/complaint/{places['given']}?lang=en").text


def test_it_is_one_touch_away_from_every_page_of_a_code(
    client: FlaskClient, places: dict[str, int], issue: Callable[..., Any]
) -> None:
    with transaction() as session:
        station = session.get_one(Place, places["station of given"])
        poster = add_placement(session, station, add_survey(session))
    path = f"/s/{context().tokens.sign(Token(Channel.POSTER, poster.key_id, poster.id)).lower()}"
    page = client.get(path).text
    hidden = dict(re.findall(r'<input type="hidden" name="(_\w+)" value="([^"]*)"', page))
    sent = client.post(path, data={**hidden, "_do": "send", "respect": "5"})
    assert sent.status_code == 303, sent.text
    address = f"/about/complaint/{places['given']}"
    for shown in (page, client.get(sent.location).text):
        links = re.findall(r'href="(/about/complaint[^"]*)"', shown)
        # below every page, and once more after sending
        assert links == [address, address]


@pytest.mark.parametrize("lang", ["hi", "en"])
def test_every_page_for_citizens_leads_there(client: FlaskClient, lang: str) -> None:
    link = 'href="/about/complaint?lang=en"' if lang == "en" else 'href="/about/complaint"'
    for path in ("/", "/privacy", "/v", "/n", "/accessibility"):
        assert link in client.get(f"{path}?lang={lang}").text
