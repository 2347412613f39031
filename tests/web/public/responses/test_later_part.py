"""What pages show later: one file a language, the same for every code, for ever under its address."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import g
from flask.testing import FlaskClient
from flask_babel import refresh

from app.models import Department
from app.transaction import transaction


def parts_of(client: FlaskClient, path: str) -> list[str]:
    refresh()  # The context of the test outlives a request, and with it the language.
    page = client.get(path).text
    found = re.search(r'data-parts="([^"]*)"', page)
    assert found
    return found[1].split(" ")


@pytest.mark.parametrize("query", ["", "?lang=en"])
def test_the_parts_are_the_same_for_every_page(client: FlaskClient, issue: Callable[..., Any], query: str) -> None:
    paths = [issue()[0], issue()[0], "/", "/v", "/s/aeaaaaaa"]
    first = [parts_of(client, path + query) for path in paths]
    assert first == [first[0]] * len(paths)
    own, other = first[0]
    assert (own[-7:-5], other[-7:-5]) == (("en", "hi") if query else ("hi", "en"))


def test_a_part_is_kept_for_ever_and_says_the_same_whoever_asks(client: FlaskClient) -> None:
    for address in parts_of(client, "/"):
        answers = []
        for query in ("", "?lang=hi", "?lang=en"):
            refresh()
            answers.append(client.get(address + query))
        assert {answer.headers["Cache-Control"] for answer in answers} == {"public, max-age=31536000, immutable"}
        assert len({answer.text for answer in answers}) == 1
        assert ("Thank you" in answers[0].text) == (address[-7:-5] == "en")
        assert "Set-Cookie" not in answers[0].headers


def test_what_changes_gets_another_address_and_the_one_before_the_present_part(client: FlaskClient) -> None:
    before, _ = parts_of(client, "/")
    with transaction() as session:
        department = session.get(Department, 1) or Department(id=1, name_hi="पुलिस", name_en="Police")
        department.helplines = json.dumps([{"label_hi": "सहायता", "label_en": "Help", "number": "1090"}])
        session.add(department)
    g.pop("department")
    now, _ = parts_of(client, "/")
    stale = client.get(before)
    assert now != before
    assert "tel:1090" in stale.text
    assert stale.headers["Cache-Control"] == "no-cache"


def test_a_part_is_a_fragment_that_is_inert_by_itself(client: FlaskClient) -> None:
    text = client.get(parts_of(client, "/")[0]).text
    assert re.sub(r"<template.*?</template>", "", text, flags=re.S).strip() == ""
    assert "<script" not in text


@pytest.mark.parametrize("path", ["/about/parts/x-fr.html", "/about/parts/x.html", "/about/parts/"])
def test_there_is_no_other(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404
