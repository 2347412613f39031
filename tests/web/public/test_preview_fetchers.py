"""Messengers, mail scanners and link checkers open every link they see: nothing they do may change anything."""

import hashlib
from datetime import UTC, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from app.domain.codes.channel import Channel
from app.domain.codes.token import Token
from app.extensions import db
from app.models import Department, Placement
from app.services.codes.placements import IssueRequest, issue_placement, retire_placement
from app.transaction import reading, transaction
from app.web.context import context
from tests.factories import add_place, add_serials, add_survey

NOW = datetime(2026, 11, 23, 6, 30, tzinfo=UTC)
FETCHERS = (
    "WhatsApp/2.23.20.0 A",
    "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
    "TelegramBot (like TwitterBot)",
    "Twitterbot/1.0",
    "Googlebot/2.1 (+http://www.google.com/bot.html)",
    "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
    "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)",
    "Mozilla/5.0 (Linux; Android 9) AppleWebKit/537.36 Chrome/88.0 Mobile Safari/537.36",
    "Microsoft Office Existence Discovery",
    "",
)
REQUESTS = 1_000


def digest_of_everything() -> str:
    """A digest of every row of every table."""
    digest = hashlib.sha256()
    with reading() as session:
        for table in sorted(db.metadata.tables.values(), key=lambda table: table.name):
            digest.update(f"{table.name}:{_rows(session.execute(select(table)).all(), table)}".encode())
    return digest.hexdigest()


def _rows(rows: list[object], table: Table) -> list[str]:
    return sorted(repr(tuple(row)) for row in rows)  # type: ignore[call-overload]


@pytest.fixture
def addresses(app: Flask) -> list[str]:
    """Codes of every kind and state, and what a fetcher would make of them."""
    app.config["CLOCK"] = lambda: NOW
    with transaction() as session:
        session.add(Department(name_hi="नमूना पुलिस", name_en="Sample Police", demonstration=True))
        place, survey = add_place(session), add_survey(session).survey_id
        issued = [
            issue_placement(session, place.id, IssueRequest(survey, channel, "मुख्य द्वार", 0), now=NOW)
            for channel in (Channel.POSTER, Channel.HANDLE, Channel.TYPED, Channel.POSTER)
        ]
        retire_placement(session, issued[-1].id, actor_id=None, now=NOW)
    tokens = [context().tokens.sign(made.token) for made in issued]
    tokens.append(context().tokens.sign(Token(Channel.TYPED, 0, issued[0].id)))
    tokens.append(tokens[0][:-1] + "A")
    with transaction() as session:
        slip = session.get_one(Placement, issue_slips(session, place.id, survey))
        tokens += [context().tokens.sign(token) for token in add_serials(session, slip, 2, context().codes)]
    return [
        *(f"/S/{token}" for token in tokens),
        *(f"/s/{token.lower()}" for token in tokens),
        f"/s/{tokens[0]}?lang=en&utm_source=x",
        f"/n?number={issued[0].number}",
        "/n",
        "/S/",
        "/s/?lang=en",
        "/s/?placement=7&received=123412341234.AAAAAAAAAAAAAA",
        "/",
    ]


def issue_slips(session: Session, place_id: int, survey_id: int) -> int:
    """One-time codes: in the path too, as a program writes them that does not know what a # is."""
    request = IssueRequest(survey_id, Channel.SLIP, "पर्ची", 0)
    return issue_placement(session, place_id, request, issuable=(Channel.SLIP,), now=NOW).id


@pytest.mark.both_databases
def test_a_thousand_preview_fetches_change_nothing(client: FlaskClient, addresses: list[str], database: str) -> None:
    """On PostgreSQL some of them: what they ask is the same."""
    before = digest_of_everything()
    statuses = set()
    for at in range(REQUESTS if database == "sqlite" else REQUESTS // 5):
        address, agent = addresses[at % len(addresses)], FETCHERS[at % len(FETCHERS)]
        fetch = client.head if at // len(addresses) % 3 == 2 else client.get
        answer = fetch(address, headers={"User-Agent": agent, "Range": "bytes=0-65535"} if at % 7 else {})
        statuses.add(answer.status_code)
        assert "Set-Cookie" not in answer.headers
        assert answer.status_code < 500
    assert 200 in statuses
    assert digest_of_everything() == before


def test_the_digest_notices_a_change(app: Flask, addresses: list[str]) -> None:
    before = digest_of_everything()
    with transaction() as session:
        session.get_one(Department, 1).name_en = "Other"
    assert digest_of_everything() != before
