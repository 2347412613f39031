"""Results in a quiet period, as anybody reads them: that they are made, their fingerprint, and nothing besides."""

import hashlib
from datetime import datetime, timedelta

import pytest
from flask import Flask

from app.domain.installation.quiet_period import QuietBlock
from app.jobs.editions import make_editions
from app.models import Place, SurveyVersion
from app.services.figures.releases import publish_releases
from app.services.record.editions import newest_kept
from app.transaction import reading, transaction
from tests.factories import add_responses
from tests.factories.installation.quiet_periods import ORDER, add_quiet
from tests.factories.responses.policies import two_accounts
from tests.web.public.figures.conftest import MONDAY, WEEK, Department_, Reader, text_of

NEXT = MONDAY + timedelta(days=7)
UNTIL = NEXT + timedelta(days=2, hours=7)
BUSY = "/r/s-d1-b-1"
DAY = f"{BUSY}/2026-12-07"


@pytest.fixture
def held(app: Flask, department: Department_) -> str:
    """The fingerprint of the busy station's next edition, which an order about its district holds for two days."""
    with transaction() as session:
        busy = session.get_one(Place, department.busy)
        two = two_accounts(session, session.get_one(Place, department.state))
        add_quiet(session, two, [busy], MONDAY + timedelta(days=1), UNTIL, blocks=[QuietBlock.EDITIONS])
        version = session.query(SurveyVersion).one()
        add_responses(session, busy, version, WEEK + timedelta(weeks=5), [{"overall": 5}] * 100)
        publish_releases(session, NEXT - timedelta(hours=1))
    make_editions(NEXT - timedelta(minutes=40))
    with reading() as session:
        edition = newest_kept(session, department.busy)
    assert edition is not None
    at(app, NEXT)
    return edition.digest


def at(app: Flask, moment: datetime) -> None:
    app.config["CLOCK"] = lambda: moment


def test_the_page_says_when_it_was_made_and_when_it_is_shown(app: Flask, reader: Reader, held: str) -> None:
    page = text_of(reader.get(f"{BUSY}?lang=en").text)
    assert f"Order {ORDER} has a quiet period" in page
    assert "Results of 7 December 2026: made on 7 December 2026, 10:20, shown on 9 December 2026, 18:00." in page
    assert held in page
    assert "Results of 30 November 2026" in page
    assert "Next results:" not in page
    assert "7 December" not in text_of(reader.get("/r/s-d1-b-2?lang=en").text).split("appear is")[0]


def test_no_byte_of_it_is_served_before_the_end(app: Flask, reader: Reader, held: str) -> None:
    endings = ("", ".json", ".csv", ".pdf", ".tlog-proof", "/1", "/1.json")
    for moment in (NEXT, UNTIL - timedelta(seconds=1)):
        at(app, moment)
        for ending in endings:
            refused = reader.get(f"{DAY}{ending}")
            assert refused.status_code == 404
        assert ORDER in text_of(reader.get(f"{DAY}?lang=en").text)
        assert "2026-12-09 18:00" in text_of(reader.get(f"{DAY}.json?lang=en").text)
        assert reader.get(f"/r/record/figures/{held}.json").status_code == 404
    at(app, UNTIL)
    document = reader.get(f"{DAY}.json")
    assert hashlib.sha256(document.data).hexdigest() == held
    page = text_of(reader.get(f"{BUSY}?lang=en").text)
    assert "Results of 7 December 2026" in page
    assert "quiet period" not in page


def test_in_hindi(reader: Reader, held: str) -> None:
    page = text_of(reader.get(BUSY).text)
    assert "नए नतीजे चुनाव पूरा होने के बाद दिखेंगे" in page
    assert "9 दिसंबर 2026" in page


def test_tables_and_feeds_hold_it_back_too(app: Flask, reader: Reader, held: str) -> None:
    tables, feed = ("/r/data/editions.csv", "/r/data/figures-2026.csv"), f"{BUSY}/feed.atom"
    for moment in (NEXT, UNTIL - timedelta(seconds=1)):
        at(app, moment)
        assert all(held not in reader.get(address).data.decode() for address in tables)
        assert "2026-12-07" not in reader.get(feed).text
    at(app, UNTIL)
    assert all(held in reader.get(address).data.decode() for address in tables)
    assert "2026-12-07" in reader.get(feed).text
