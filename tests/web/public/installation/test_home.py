"""The first page: whose it is, where to answer, what people say, what is good to know, and then the rest."""

from datetime import timedelta

import brotli
import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.domain.installation.public_results import Depth
from app.models import Department
from app.services.installation.public_results import decide_public_results
from app.transaction import transaction
from tests.factories import add_place
from tests.factories.dialogue.commitments import MONDAY, PromisingDepartment
from tests.factories.dialogue.posts import add_officers, post_text, published
from tests.web.public.figures.conftest import Reader, text_of

HOUR = timedelta(hours=1)


@pytest.fixture
def reader(client: FlaskClient) -> Reader:
    return Reader(client)


@pytest.fixture
def promising(app: Flask) -> PromisingDepartment:
    app.config["CLOCK"] = lambda: MONDAY + HOUR
    return PromisingDepartment.begin()


def test_it_leads_from_answering_to_results_promise_tips_and_help(
    reader: Reader, promising: PromisingDepartment
) -> None:
    promising.open()
    with transaction() as session:
        who = add_officers(session)
        for title in ("First tip", "Second tip", "Third tip", "Fourth tip"):
            published(session, who.author, who.admin, post_text(title), now=MONDAY)
    for query, find in (("?lang=en", "Find a station or a district"), ("", "थाना या ज़िला खोजें")):
        answer = reader.get(f"/{query}")
        body = answer.text[answer.text.index("<main") :]
        order = ['name="number"', find, "/r/s-d1-b-1/promises/1", 'href="/p/', f'href="/v{query}"', "/about/complaint"]
        places = [body.index(part) for part in order]
        assert places == sorted(places)
        assert len(brotli.compress(answer.data, quality=11)) <= 6_000
    said = text_of(reader.get("/?lang=en").text)
    assert "Next results: 7 December 2026, 11:00" in said
    assert said.count(" tip ") == 3
    assert "Promised last: Paheli Station: " in said


def test_what_is_searched_there_is_found(reader: Reader, promising: PromisingDepartment) -> None:
    found = reader.get("/r?lang=en&q=paheli")
    assert 'href="/r/s-d1-b-1?lang=en"' in found.text


def test_before_the_first_edition_it_says_when_results_can_come(app: Flask, reader: Reader) -> None:
    app.config["CLOCK"] = lambda: MONDAY + HOUR
    with transaction() as session:
        session.add(Department(id=1, name_hi="नमूना पुलिस", name_en="Sample Police", demonstration=True))
        add_place(session, kind="state", name_en="Sample State").page = "s"
        decide_public_results(session, Depth.STATION, MONDAY.date(), None, MONDAY)
    said = text_of(reader.get("/?lang=en").text)
    assert "First results: 7 December 2026, 11:00" in said
    assert "Promised last" not in said


def test_while_results_are_not_public_it_leads_to_none(reader: Reader) -> None:
    with transaction() as session:
        session.add(Department(id=1, name_hi="नमूना पुलिस", name_en="Sample Police", demonstration=True))
    page = reader.get("/?lang=en").text
    assert "/r" not in [part.split("?")[0] for part in page.split('"')]
    assert "Next results" not in page
