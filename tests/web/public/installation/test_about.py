from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.config import Settings
from app.factory import create_app


@pytest.mark.parametrize("path", ["/", "/privacy", "/accessibility"])
@pytest.mark.parametrize("language", ["hi", "en"])
def test_pages_speak_both_languages(client: FlaskClient, path: str, language: str) -> None:
    page = client.get(f"{path}?lang={language}")
    assert page.status_code == 200
    assert f'<html lang="{language}"' in page.text
    assert "Set-Cookie" not in page.headers


def test_the_notice_names_what_the_rules_ask_for(client: FlaskClient) -> None:
    """Items, purpose, retention, rights, where to complain: rule 3 of the DPDP Rules, 2025."""
    page = client.get("/privacy?lang=en").text
    for part in ("item by item", "used for", "How long", "Your rights", "Data Protection Board", "72 hours", "18"):
        assert part in page


def test_codes_are_not_for_search_engines(client: FlaskClient) -> None:
    assert "Disallow: /" in client.get("/robots.txt").text
    assert 'content="noindex"' in client.get("/").text


def test_the_icon_has_one_address(client: FlaskClient) -> None:
    assert client.get("/favicon.ico").location.startswith("/static/icons/samvad.svg?v=")


def test_a_security_contact_is_told_where_there_is_one(app: Flask, settings: Settings) -> None:
    assert app.test_client().get("/.well-known/security.txt").status_code == 404
    told = create_app(replace(settings, contact="mailto:samvad@example.in"))
    text = told.test_client().get("/.well-known/security.txt").text
    assert "Contact: mailto:samvad@example.in" in text
    assert "Expires: 20" in text
