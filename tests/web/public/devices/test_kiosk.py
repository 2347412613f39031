"""The pages of enrolled devices, as the server gives them out."""

from datetime import UTC, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app.domain.codes.channel import Channel
from app.domain.codes.token import Token
from app.models import AuditEntry, Base, Department, Device, Placement
from app.services.devices.changes import revoke_device
from app.transaction import reading, transaction
from app.web.context import context
from tests.factories import add_device, add_place, add_placement, add_survey

NOW = datetime(2026, 11, 23, 6, 30, tzinfo=UTC)


@pytest.fixture
def tokens(app: Flask) -> dict[Channel, str]:
    """A poster and two devices of one station."""
    app.config["CLOCK"] = lambda: NOW
    with transaction() as session:
        session.add(Department(name_hi="नमूना पुलिस", name_en="Sample Police", demonstration=True))
        place, version = add_place(session, name_hi="थाना कोतवाली", name_en="Kotwali"), add_survey(session)
        made = {
            channel: add_placement(session, place, version, channel=channel, hung_at="टैबलेट 1")
            for channel in (Channel.POSTER, Channel.KIOSK, Channel.INTERVIEW)
        }
        for channel in (Channel.KIOSK, Channel.INTERVIEW):
            made[channel].number = None
            add_device(session, made[channel])
        return {channel: context().tokens.sign(Token(channel, 0, one.id)) for channel, one in made.items()}


@pytest.mark.parametrize("channel", [Channel.KIOSK, Channel.INTERVIEW])
def test_a_device_has_its_page_under_k_alone(client: FlaskClient, tokens: dict[Channel, str], channel: Channel) -> None:
    for token in (tokens[channel], tokens[channel].lower()):
        page = client.get(f"/k/{token}")
        assert page.status_code == 200
        assert "Set-Cookie" not in page.headers
        assert f'data-device-kind="{channel.value}"' in page.text
        assert f'data-token="{tokens[channel]}"' in page.text
    for address in (f"/s/{tokens[channel]}", f"/S/{tokens[channel]}"):
        assert client.get(address).status_code == 404
        assert client.post(address, data={"_do": "send"}).status_code == 404
    assert client.get(f"/k/{tokens[Channel.POSTER]}").status_code == 404
    assert client.get("/k/nonsense").status_code == 404


def test_no_link_leads_away_from_a_device_and_nothing_is_posted(
    client: FlaskClient, tokens: dict[Channel, str]
) -> None:
    page = client.get(f"/k/{tokens[Channel.KIOSK]}?lang=en").text
    assert "<a " not in page.replace('<a class="skip" href="#content">', "")
    assert 'data-go="postpone"' not in page
    assert client.post(f"/k/{tokens[Channel.KIOSK]}").status_code == 405


@pytest.mark.parametrize(
    ("lang", "asks"),
    [
        ("en", "Namaste. We are asking for Sample Police about the police in this area: Kotwali."),
        ("hi", "नमस्ते। यह बातचीत नमूना पुलिस की ओर से है। हम लोगों से उनके इलाक़े की पुलिस के बारे में पूछ रहे हैं: थाना कोतवाली।"),
    ],
)
def test_whoever_is_asked_to_agree_hears_who_asks(
    client: FlaskClient, tokens: dict[Channel, str], lang: str, asks: str
) -> None:
    page = client.get(f"/k/{tokens[Channel.INTERVIEW]}?lang={lang}").text
    assert asks in page.split('<template id="consent">')[1].split("</template>")[0]


def test_opening_a_page_changes_nothing(client: FlaskClient, tokens: dict[Channel, str]) -> None:
    before = _rows()
    for address in ("/k", "/k?lang=en", f"/k/{tokens[Channel.KIOSK]}", f"/k/{tokens[Channel.INTERVIEW]}"):
        client.get(address)
    assert _rows() == before


def test_a_revoked_device_is_told_so_in_words(client: FlaskClient, tokens: dict[Channel, str]) -> None:
    with transaction() as session:
        placement = session.scalars(select(Placement).where(Placement.channel == "kiosk")).one()
        device = session.scalars(select(Device).where(Device.placement_id == placement.id)).one()
        revoke_device(session, device.id, actor_id=None, now=NOW)
    page = client.get(f"/k/{tokens[Channel.KIOSK]}?lang=en")
    assert page.status_code == 410
    assert "This device is not in use any more" in page.text
    assert page.headers["Cache-Control"] == "no-store"
    assert client.get(f"/k/{tokens[Channel.INTERVIEW]}").status_code == 200


@pytest.mark.parametrize(("lang", "words"), [("en", "Code from the office"), ("hi", "कार्यालय से मिला कोड")])
@pytest.mark.usefixtures("tokens")
def test_the_page_for_setting_up_says_where_the_code_comes_from(client: FlaskClient, lang: str, words: str) -> None:
    assert words in client.get(f"/k?lang={lang}").text


def _rows() -> dict[str, int]:
    with reading() as session:
        return {
            name: session.scalar(select(func.count()).select_from(table)) or 0
            for name, table in Base.metadata.tables.items()
        } | {"audit": session.scalar(select(func.count()).select_from(AuditEntry)) or 0}
