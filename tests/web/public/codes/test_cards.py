"""What a messenger shows beside a link: of its questionnaire and place, and nothing of the link."""

import io
import re
from collections.abc import Callable
from typing import Any

import pytest
import zxingcpp
from flask.testing import FlaskClient
from PIL import Image

from app.domain.codes.channel import Channel
from app.domain.codes.token import Token
from app.models import Place, Placement, SurveyVersion
from app.transaction import transaction
from app.web.context import context
from tests.factories.codes.placements import add_placement

Issue = Callable[..., tuple[str, Placement]]


def link_of(placement: Placement) -> str:
    token = Token(Channel(placement.channel), placement.key_id, placement.id)
    return f"/s/{context().tokens.sign(token).lower()}"


def another(first: Placement, **more: Any) -> Placement:
    """One more code of the same questionnaire and place."""
    with transaction() as session:
        version = session.query(SurveyVersion).filter_by(survey_id=first.survey_id).one()
        return add_placement(session, session.get_one(Place, first.place_id), version, **more)


def card_of(client: FlaskClient, path: str) -> dict[str, str]:
    """The tags as a fetcher reads them that says nothing of languages."""
    return dict(
        re.findall(r'<meta (?:property|name)="((?:og|twitter):[a-z:_]+)" content="([^"]*)"', client.get(path).text)
    )


def test_the_card_is_that_of_the_questionnaire_and_place_and_of_no_link(client: FlaskClient, issue: Issue) -> None:
    _, first = issue(channel=Channel.HANDLE, hung_at="X, 23 November")
    second = another(first, channel=Channel.HANDLE, hung_at="Facebook, 24 November")
    cards = [card_of(client, link_of(one)) for one in (first, second)]
    assert cards[0] == cards[1]
    assert "थाना उदाहरण" in cards[0]["og:title"]
    assert set(cards[0]) >= {"og:title", "og:description", "og:image", "og:image:alt", "og:locale", "twitter:card"}
    assert not {"og:url", "description"} & set(cards[0])
    said = " ".join(cards[0].values())
    for secret in (link_of(first).rpartition("/")[2], str(first.id), "November"):
        assert secret not in said


@pytest.mark.parametrize(("query", "language", "place"), [("", "hi", "थाना उदाहरण"), ("?lang=en", "en", "Udaharan")])
@pytest.mark.parametrize("accepted", [None, "en", "hi"])
def test_the_address_alone_decides_on_the_language(
    client: FlaskClient, issue: Issue, query: str, language: str, place: str, accepted: str | None
) -> None:
    path, first = issue(channel=Channel.HANDLE)
    headers = {} if accepted is None else {"Accept-Language": accepted}
    page = client.get(link_of(first) + query, headers=headers).text
    assert re.search(rf'property="og:title" content="[^"]*{place}', page)
    picture = re.search(r'property="og:image" content="http://localhost([^"]+)"', page)
    assert picture is not None
    place_card = f"{first.survey_id}/{first.place_id}-{language}.png"
    assert re.fullmatch(f"/about/card/[0-9a-f]{{16}}/{place_card}", picture[1])
    assert path


def test_the_picture_may_be_kept_and_holds_no_code(client: FlaskClient, issue: Issue) -> None:
    _, first = issue(channel=Channel.HANDLE)
    picture = client.get(f"/about/card/{first.survey_id}/{first.place_id}-en.png")
    drawn = Image.open(io.BytesIO(picture.data))
    assert drawn.size == (1200, 630)
    assert zxingcpp.read_barcodes(drawn) == []
    assert "public" in picture.headers["Cache-Control"]
    assert len(picture.data) <= 300_000


def picture_of(client: FlaskClient, placement: Placement) -> str:
    return card_of(client, f"{link_of(placement)}?lang=en")["og:image"].removeprefix("http://localhost")


def test_what_the_picture_shows_is_in_its_address_and_no_address_ever_vanishes(
    client: FlaskClient, issue: Issue
) -> None:
    _, first = issue(channel=Channel.HANDLE)
    address = picture_of(client, first)
    assert address == picture_of(client, another(first, channel=Channel.HANDLE))
    before = client.get(address)
    assert "immutable" in before.headers["Cache-Control"]
    with transaction() as session:
        session.get_one(Place, first.place_id).name_en = "Renamed Station"
    renamed = client.get(f"/about/card/{first.survey_id}/{first.place_id}-en.png")
    assert renamed.data != before.data
    # Who asks by an address from before gets what holds now, and does not keep it for long.
    again = client.get(address)
    assert again.data == renamed.data
    assert "immutable" not in again.headers["Cache-Control"]


def test_a_poster_has_no_card_and_nothing_is_drawn_of_it(client: FlaskClient, issue: Issue) -> None:
    path, poster = issue()
    assert card_of(client, path) == {}
    assert "<title>संवाद</title>" in client.get(path).text
    for survey_id, place_id in ((poster.survey_id, poster.place_id), (999, 999)):
        assert client.get(f"/about/card/{survey_id}/{place_id}-hi.png").status_code == 404
