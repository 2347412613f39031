"""Whether a code is answered now, and which wordings it ever asked."""

from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.domain.codes.channel import Channel
from app.domain.codes.counter_code import code_at, step_of
from app.domain.codes.token import Token
from app.domain.problem import Problem
from app.models import Redemption, Serial, SurveyVersion
from app.services.codes.placement_queries import OpenedPlacement, open_placement
from app.services.responses.opening import require_asked, require_device, require_fresh, require_good, version_to_ask
from tests.factories import VISIT, add_place, add_placement, add_survey
from tests.factories.surveys.surveys import add_version
from tests.services.responses.sending import NOW

SERIAL = {"serial": b"serial"}


def opened(
    session: Session, version: SurveyVersion, channel: Channel = Channel.POSTER, **ended: Any
) -> OpenedPlacement:
    placement = add_placement(session, add_place(session), version, channel=channel, **ended)
    more = {Channel.COUNTER: {"time_step": step_of(NOW)}, Channel.SLIP: SERIAL, Channel.INVITE: SERIAL}.get(channel, {})
    return open_placement(session, Token(channel, 0, placement.id, **more), now=NOW)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("ended", "code"),
    [
        ({"expires_on": date(2026, 6, 9)}, "code.expired"),
        ({"retired_at": NOW}, "code.retired"),
        ({"compromised_on": date(2026, 6, 10)}, "code.compromised"),
    ],
)
@pytest.mark.parametrize("closed_at", [None, NOW])
def test_a_code_that_ended_says_how_although_its_questions_are_closed_too(
    session: Session, ended: dict[str, Any], code: str, closed_at: datetime | None
) -> None:
    with pytest.raises(Problem) as refused:
        version_to_ask(opened(session, add_survey(session, closed_at=closed_at), **ended))
    assert refused.value.code == code


def test_a_good_code_asks_what_is_published(session: Session) -> None:
    version = add_survey(session)
    assert version_to_ask(opened(session, version, expires_on=date(2026, 6, 10))) == version.id
    for unpublished in (add_survey(session, closed_at=NOW), add_survey(session, published_at=None)):
        with pytest.raises(Problem, match=r"survey\.closed"):
            version_to_ask(opened(session, unpublished))


@pytest.mark.parametrize("channel", [channel for channel in Channel if channel is not Channel.TYPED])
def test_a_device_and_a_citizen_open_pages_of_their_own(session: Session, channel: Channel) -> None:
    code, of_device = opened(session, add_survey(session), channel), channel in (Channel.KIOSK, Channel.INTERVIEW)
    require_device(code, is_device=of_device)
    with pytest.raises(Problem, match=r"token\.invalid"):
        require_device(code, is_device=not of_device)


def test_only_the_slip_that_was_cancelled_is_refused(session: Session) -> None:
    slips = add_placement(session, add_place(session), add_survey(session), channel=Channel.SLIP)
    for mark, cancelled_on in ((b"c" * 16, date(2026, 6, 1)), (b"g" * 16, None), (b"u" * 16, None)):
        session.add(Serial(mark=mark, placement_id=slips.id, pack=1, cancelled_on=cancelled_on))
    session.flush()
    session.add(Redemption(mark=b"u" * 16))
    session.flush()
    for mark in (None, b"g" * 16, b"u" * 16, b"?" * 16):
        require_good(session, mark)
    with pytest.raises(Problem, match=r"code\.cancelled"):
        require_good(session, b"c" * 16)


def test_a_code_of_a_screen_opens_while_it_is_of_these_minutes() -> None:
    for token in (Token(Channel.POSTER, 0, 7), code_at(0, 7, step_of(NOW)), code_at(0, 7, step_of(NOW) - 5)):
        require_fresh(token, NOW)
    with pytest.raises(Problem, match=r"code\.stale"):
        require_fresh(code_at(0, 7, step_of(NOW) - 30), NOW)


def test_a_code_asked_the_versions_of_its_survey_that_were_ever_published(session: Session) -> None:
    first = add_survey(session)
    code = opened(session, first)
    first.state, first.closed_at = "closed", NOW
    second = add_version(session, first, VISIT)
    draft = add_version(session, second, VISIT)
    draft.state, draft.published_at = "draft", None
    session.flush()
    for version in (first, second):
        require_asked(session, code, version.id)
    for version_id in (draft.id, add_survey(session).id, 9999):
        with pytest.raises(Problem, match=r"response\.survey_version"):
            require_asked(session, code, version_id)
