"""No address gives a joint cell away: odd numbers stand in all of them, and are looked for everywhere."""

import base64
import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

import pypdfium2
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update

from app.domain.accounts.role import Role
from app.domain.figures.counters import pack
from app.domain.installation.public_results import Depth
from app.domain.weeks import IST
from app.jobs.editions import make_editions
from app.models import Department, EditionDay, Place, ReleaseJoint
from app.services.figures.releases import publish_releases
from app.services.installation.public_results import decide_public_results
from app.services.surveys.readings import add_reading
from app.transaction import transaction
from tests.factories import add_place, add_responses, add_survey
from tests.factories.figures.joints import LAYOUT, READING, TOPICS, visits
from tests.fixtures.accounts import SignIn
from tests.meta import ROOT

MONDAY = datetime(2026, 11, 30, 11, tzinfo=IST)
WEEK = date(2026, 10, 5)
ODD = 76_543_217
#: as a number is written, in either language, and as bytes are
FORMS = [form.encode() for form in (str(ODD), f"{ODD:,}", "7,65,43,217", "76 543 217", pack([ODD]).hex())]
FORMS += [pack([ODD]), base64.b64encode(pack([ODD] * 3))]
#: what shows or exports figures of a place
FIGURES = {"show_report", "compare_like_places", "download_report_pdf", "download_report_csv", "show_tallies"}
FIGURES |= {"download_tallies", "show_figures", "download_figures", "show_place", "show_trends"}
FIGURES |= {"show_document", "show_table", "show_print"}


@pytest.fixture
def places(app: Flask) -> dict[str, Place]:
    """A state, a district and two stations, whose results everybody may read."""
    app.config["CLOCK"] = lambda: MONDAY
    dice = Random(2)  # noqa: S311
    with transaction() as session:
        session.add(Department(id=1, name_hi="नमूना पुलिस", name_en="Sample Police", demonstration=True))
        session.add(EditionDay(due_on=date(2026, 11, 23), last_release_id=0, finished_at=MONDAY))
        state = add_place(session, kind="state")
        district = add_place(session, kind="district", parent=state)
        station, other = (add_place(session, parent=district) for _ in range(2))
        for page, place in (("s", state), ("d", district), ("b-1", station), ("b-2", other)):
            place.page = page
        version = add_survey(session, TOPICS, slug="visit")
        assert add_reading(session, version, READING, actor_id=None, now=MONDAY)
        for week in range(4):
            for place in (station, other):
                add_responses(session, place, version, WEEK + timedelta(weeks=week), visits(dice, 60))
        session.flush()
        publish_releases(session, MONDAY - timedelta(hours=2))
        session.execute(update(ReleaseJoint).values(counters=pack([ODD] * LAYOUT.length)))
        decide_public_results(session, Depth.STATION, MONDAY.date(), None, MONDAY)
    make_editions(MONDAY - timedelta(minutes=30))
    return {"state": state, "district": district, "station": station}


def everything(app: Flask, client: FlaskClient, place: Place) -> Iterator[tuple[str, int, bytes]]:
    """The name of every address that can be asked for, filled in for this place; its status, and what it gives."""
    words = {"page": place.page, "day": "2026-11-30", "language": "en", "lang": "en", "ending": "csv", "slug": "visit"}
    words |= {"kind": "slip", "shape": "wide", "name": "visit", "version": "1", "token": "0" * 32}
    asked = {rule.endpoint: rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    for rule in asked.values():
        values = {name: words.get(name, 1) for name in rule.arguments}
        if "place_id" in values:
            values["place_id"] = place.id
        with app.test_request_context():
            address = app.url_for(rule.endpoint, **values)  # type: ignore[arg-type]
        with app.app_context():
            answer = client.get(address, follow_redirects=True)
        yield rule.endpoint.rpartition(".")[2], answer.status_code, opened(answer.data)


def opened(content: bytes) -> bytes:
    """With what is packed into it."""
    if content.startswith(b"%PDF"):
        document = pypdfium2.PdfDocument(content)
        content += " ".join(page.get_textpage().get_text_range() for page in document).encode()
        document.close()
    elif content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            content += b"".join(opened(archive.read(name)) for name in archive.namelist())
    return content


@pytest.mark.parametrize(
    ("role", "of"),
    [(None, "station"), (Role.STATE_ADMIN, "state"), (Role.DISTRICT_HEAD, "district")],
)
def test_no_address_gives_one(
    app: Flask, places: dict[str, Place], sign_in: SignIn, role: Role | None, of: str
) -> None:
    client = sign_in(role, places[of].id) if role else app.test_client()
    told = set()
    for name, status, content in everything(app, client, places[of]):
        assert status < 500, name
        if status == 200:
            told.add(name)
        assert not [form for form in FORMS if form in content], name
    public = {"show_place", "show_trends", "show_document", "show_table", "show_print"}
    assert told >= (FIGURES if role is Role.STATE_ADMIN else public)


def test_the_table_is_read_where_releases_are_made_and_looked_at_and_nowhere_else() -> None:
    naming = {file.stem for file in Path(ROOT / "app").rglob("*.py") if "ReleaseJoint" in file.read_text("utf-8")}
    assert naming == {"__init__", "joint", "joint_counts", "release_writer", "release_queries", "missing", "filling"}
