"""An officer on patrol checks what hangs, and the register says when it was last seen."""

import io

import pytest
import qrcode
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from werkzeug.test import TestResponse

from app.domain.accounts.role import Role
from app.domain.codes.channel import Channel
from app.domain.codes.token import Token
from app.models import AuditEntry, Department, Placement, Sighting
from app.transaction import reading, transaction
from app.web.context import context
from tests.factories import add_place, add_survey
from tests.factories.codes.placements import add_placement
from tests.fixtures.accounts import SignIn


@pytest.fixture
def hung(app: Flask) -> tuple[int, Placement, Placement]:
    """A district, a poster in it, and one elsewhere."""
    with transaction() as session:
        session.add(Department(id=1, name_hi="नमूना", name_en="Sample", demonstration=True))
        district = add_place(session, kind="district")
        survey = add_survey(session)
        own = add_placement(session, add_place(session, parent=district), survey)
        foreign = add_placement(session, add_place(session), survey)
        session.expunge_all()
        return district.id, own, foreign


@pytest.mark.parametrize("role", [Role.PRINTING_OFFICER, Role.STATION_HEAD, Role.DISTRICT_HEAD, Role.STATE_ADMIN])
def test_what_was_found_is_kept_with_its_day(
    sign_in: SignIn, hung: tuple[int, Placement, Placement], role: Role
) -> None:
    district, own, _foreign = hung
    officer = sign_in(role, district)
    page = officer.post("/office/patrol", data={"code": own.number})
    assert "मुख्य द्वार" in page.text
    kept = officer.post(f"/office/placements/{own.id}/seen", data={"finding": "elsewhere"}, follow_redirects=True)
    assert ": It hangs somewhere else. Take away what does not belong there" in kept.text
    again = officer.get(f"/office/patrol?code={own.number}")
    assert "It hangs somewhere else" in again.text
    with reading() as session:
        assert [(one.finding, one.placement_id) for one in session.query(Sighting)] == [("elsewhere", own.id)]
        assert session.query(AuditEntry).count() == 0


def photo(*codes: str, side: int = 350) -> bytes:
    """A crooked, noisy picture of a wall with codes on it."""
    wall = Image.effect_noise((700 * max(1, len(codes)), 700), 60).convert("RGB")
    for at, code in enumerate(codes):
        paper = qrcode.make(code).get_image().convert("RGB").resize((side, side))
        wall.paste(paper.rotate(17, expand=True, fillcolor="white"), (100 + 700 * at, 100))
    written = io.BytesIO()
    wall.save(written, "JPEG")
    return written.getvalue()


def send(officer: FlaskClient, content: bytes) -> TestResponse:
    return officer.post("/office/patrol", data={"code": "", "photo": (io.BytesIO(content), "photo.jpg")})


def test_a_photo_of_the_code_says_what_typing_it_says(
    sign_in: SignIn, hung: tuple[int, Placement, Placement], app: Flask
) -> None:
    district, own, _foreign = hung
    officer = sign_in(Role.STATION_HEAD, district)
    with app.app_context():
        address = f"HTTP://LOCALHOST/S/{context().tokens.sign(Token(Channel.POSTER, own.key_id, own.id))}"
    found = send(officer, photo(address)).text
    assert "मुख्य द्वार" in found
    assert "What did you find?" in found
    evil = send(officer, photo("https://evil.example/s/aeaaaaaaaaaaaaaaaaaaaaaaaa"))
    assert evil.status_code == 404
    assert "This code leads to evil.example" in evil.text
    assert "the code is not genuine" in evil.text


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (photo(), "No code can be read in this photo"),
        (photo("one", "two"), "There are several codes"),
        (b"%PDF-1.4", "This is no photo"),
    ],
    ids=["none", "two", "pdf"],
)
def test_a_photo_that_says_nothing_is_refused_and_accuses_nobody(
    sign_in: SignIn, hung: tuple[int, Placement, Placement], content: bytes, words: str
) -> None:
    refused = send(sign_in(Role.STATION_HEAD, hung[0]), content)
    assert refused.status_code == 422
    assert words in refused.text
    assert "the code is not genuine" not in refused.text


def test_the_register_says_when_a_code_was_last_seen(sign_in: SignIn, hung: tuple[int, Placement, Placement]) -> None:
    district, own, _foreign = hung
    officer: FlaskClient = sign_in(Role.PRINTING_OFFICER, district)
    officer.post(f"/office/placements/{own.id}/seen", data={"finding": "damaged"})
    assert "It is damaged or pasted over" in officer.get("/office/placements").text
    assert "It is damaged or pasted over" in officer.get(f"/office/placements/{own.id}").text


def test_a_foreign_code_is_shown_and_nothing_is_kept_of_it(
    sign_in: SignIn, hung: tuple[int, Placement, Placement]
) -> None:
    district, _own, foreign = hung
    officer = sign_in(Role.STATION_HEAD, district)
    page = officer.get(f"/office/patrol?code={foreign.number}").text
    assert "belongs to a place of another account" in page
    assert "What did you find?" not in page
    assert officer.post(f"/office/placements/{foreign.id}/seen", data={"finding": "here"}).status_code == 403


def test_nonsense_is_refused_and_nothing_kept(sign_in: SignIn, hung: tuple[int, Placement, Placement]) -> None:
    district, own, _foreign = hung
    officer = sign_in(Role.DISTRICT_HEAD, district)
    assert officer.get("/office/patrol?code=zzz").status_code == 404
    assert officer.post(f"/office/placements/{own.id}/seen", data={"finding": "stolen"}).status_code == 303
    with reading() as session:
        assert session.query(Sighting).count() == 0
