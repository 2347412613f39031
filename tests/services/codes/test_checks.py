from datetime import UTC, datetime

import pytest
from sqlalchemy.orm import Session

from app.domain.codes.channel import Channel
from app.domain.codes.number import check_digit
from app.domain.codes.placement import PlacementState
from app.domain.codes.token import Token
from app.domain.problem import Problem
from app.formats.crypto.tokens import TokenSigner
from app.models import Placement, Serial, SurveyVersion
from app.services.codes.checks import CheckedCode, check_code, own_page
from app.services.codes.placements import retire_placement
from app.web.context import context
from tests.factories import add_place, add_survey
from tests.factories.codes.placements import add_placement

NOW = datetime(2026, 11, 23, 6, 30, tzinfo=UTC)
SIGNER = TokenSigner({0: b"k" * 32})
ADDRESS = "https://samvad.example.in"


@pytest.fixture
def poster(session: Session) -> Placement:
    return add_placement(session, add_place(session), add_survey(session))


def token_of(placement: Placement, channel: Channel | None = None) -> str:
    return SIGNER.sign(Token(channel or Channel(placement.channel), placement.key_id, placement.id))


def look_up(session: Session, said: str) -> CheckedCode:
    return check_code(session, said, address=ADDRESS, signer=SIGNER, codes=context().codes, now=NOW)


def check(session: Session, said: str) -> int:
    return look_up(session, said).placement.id


@pytest.mark.parametrize(
    "said",
    [
        "{number}",
        " {first} {last} ",
        "{hindi}",
        "{token}",
        "HTTPS://SAMVAD.EXAMPLE.IN/S/{token}",
        "https://samvad.example.in/s/{small}",
        "samvad.example.in/s/{small}",
        "https://samvad.example.in/s/{small}?lang=en",
        "https://samvad.example.in:443/s/{small}",
        "https://samvad.example.in./s/{small}",
        "https://samvad.example.in/n/{number}",
        "samvad.example.in/n/{number}",
    ],
)
def test_what_is_printed_is_found_however_it_is_written(session: Session, poster: Placement, said: str) -> None:
    token = token_of(poster)
    number = poster.number or ""
    hindi = number.translate(str.maketrans("0123456789", "०१२३४५६७८९"))
    parts = {"number": number, "first": number[:4], "last": number[4:], "hindi": hindi}
    assert check(session, said.format(token=token, small=token.lower(), **parts)) == poster.id


def test_a_slip_is_known_by_its_link_and_nothing_is_told_of_its_use(session: Session) -> None:
    slip = add_placement(session, add_place(session), add_survey(session), channel=Channel.SLIP)
    token = SIGNER.sign(Token(Channel.SLIP, slip.key_id, slip.id, serial=b"123456"))
    assert check(session, f"HTTPS://SAMVAD.EXAMPLE.IN/S/#{token}") == slip.id


def test_a_slip_that_was_cancelled_alone_is_not_called_genuine(session: Session) -> None:
    slip = add_placement(session, add_place(session), add_survey(session), channel=Channel.SLIP)
    token = Token(Channel.SLIP, slip.key_id, slip.id, serial=b"123456")
    mark = context().codes.serial_mark(token)
    session.add(Serial(mark=mark, placement_id=slip.id, pack=1, cancelled_on=NOW.date()))
    session.flush()
    assert look_up(session, SIGNER.sign(token)).placement.state is PlacementState.RETIRED


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ("1234567", "number.invalid"),
        ("9999999" + check_digit("9999999"), "code_check.not_ours"),
        ("https://samvad.example.com/s/aeaaaaaaaaaaaaaaaaaaaaaaaa", "code_check.foreign_host"),
        ("https://samvad.example.in@evil.example/s/aeaaaaaaaaaaaaaaaaaaaaaaaa", "code_check.foreign_host"),
        ("http://samvad.example.in.evil.example/s/x", "code_check.foreign_host"),
        ("javascript://alert(1)", "code_check.foreign_host"),
        (r"https://evil.example\@samvad.example.in/s/aeaaaaaaaaaaaaaaaaaaaaaaaa", "code_check.foreign_host"),
        (r"https:\\samvad.example.in@evil.example/s/x", "code_check.foreign_host"),
        ("https://officer@samvad.example.in/s/aeaaaaaaaaaaaaaaaaaaaaaaaa", "code_check.foreign_host"),
        ("ftp://samvad.example.in/s/aeaaaaaaaaaaaaaaaaaaaaaaaa", "code_check.foreign_host"),
        ("https://samvad.example.in/s/aeaaaaaaaaaaaaaaaaaaaaaaaa", "code_check.not_ours"),
        ("https://samvad.example.in/privacy", "code_check.not_ours"),
        ("https://samvad.example.in", "code_check.not_ours"),
        ("https://[", "code_check.not_ours"),
        ("https://samvad.example.in:99999/s/x", "code_check.not_ours"),
        ("https://samvad.example.in:8443/s/x", "code_check.foreign_host"),
        ("1234/5678", "number.invalid"),
        ("AEAAAAAAAAAAAAAAAAAAAAAAAA", "code_check.not_ours"),
        ("hello", "code_check.not_ours"),
        ("upi://pay?pa=x@y", "code_check.foreign_host"),
        ("नमस्ते", "number.invalid"),
    ],
)
@pytest.mark.usefixtures("poster")
def test_what_is_not_ours_is_said_to_be_so(session: Session, said: str, problem: str) -> None:
    with pytest.raises(Problem, match=problem.replace(".", r"\.")):
        check(session, said)
    assert session.query(Placement).count() == 1


def test_a_tablet_is_nothing_that_hangs(session: Session) -> None:
    kiosk = add_placement(session, add_place(session), add_survey(session), channel=Channel.KIOSK)
    with pytest.raises(Problem, match=r"check\.not_ours"):
        check(session, token_of(kiosk))


def test_a_code_that_was_taken_down_is_told_with_its_state(session: Session, poster: Placement) -> None:
    retire_placement(session, poster.id, actor_id=None, now=NOW)
    found = look_up(session, poster.number or "")
    assert found.placement.state is PlacementState.RETIRED


def test_another_host_is_named_without_what_stands_before_it(session: Session) -> None:
    with pytest.raises(Problem) as refused:
        check(session, "https://samvad.example.in@evil.example/s/aeaaaaaaaaaaaaaaaaaaaaaaaa")
    assert refused.value.details["host"] == "evil.example"


def test_a_code_whose_questions_are_closed_is_told_to_be_so(session: Session, poster: Placement) -> None:
    for version in session.query(SurveyVersion):
        version.state = "closed"
    session.flush()
    found = look_up(session, poster.number or "")
    assert not found.asked


@pytest.mark.parametrize(
    ("said", "page"),
    [
        (f"{ADDRESS}/r", "/r"),
        (f"{ADDRESS}/P/12/v2?lang=en", "/P/12/v2"),
        ("samvad.example.in/r/np-d1#results", "/r/np-d1"),
        (f"{ADDRESS}/privacy", None),
        (f"{ADDRESS}/s/aeaaaaaaaaaaaaaaaaaaaaaaaa", None),
        ("12345678", None),
    ],
)
def test_a_page_of_ours_is_known_by_its_address(said: str, page: str | None) -> None:
    assert own_page(said, ADDRESS) == page


def test_a_page_of_another_host_is_named_as_that() -> None:
    with pytest.raises(Problem, match=r"code_check\.foreign_host"):
        own_page("https://samvad.example.com/r/np-d1", ADDRESS)
