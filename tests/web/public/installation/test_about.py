import re
from collections.abc import Callable
from dataclasses import replace
from urllib.robotparser import RobotFileParser

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.config import Settings
from app.factory import create_app
from app.models import Department, Placement
from app.transaction import transaction


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


@pytest.mark.parametrize("agent", ["Twitterbot", "WhatsApp", "facebookexternalhit", "TelegramBot", "Googlebot"])
def test_fetchers_may_have_what_is_public_and_nothing_of_staff_programs_and_devices(
    client: FlaskClient, agent: str
) -> None:
    rules = RobotFileParser()
    rules.parse(client.get("/robots.txt").text.splitlines())
    for path in ("/", "/v", "/n", "/s/abc", "/S/ABC", "/privacy", "/about/complaint", "/about/card/1/2-hi.png"):
        assert rules.can_fetch(agent, path), path
    for path in ("/office/", "/office/sign-in", "/api/v1/responses", "/k", "/k/abc", "/c", "/c/screen.webmanifest"):
        assert not rules.can_fetch(agent, path), path


@pytest.mark.parametrize(
    ("address", "forbidden"),
    [
        ("/s/abc?received=1.A&lang=hi", True),
        ("/s/?placement=7&received=1.A", True),
        ("/s/abc", False),
        ("/s/abc?lang=en", False),
    ],
)
def test_confirmations_are_not_fetched(client: FlaskClient, address: str, forbidden: bool) -> None:
    """By the rules of RFC 9309, 2.2.3, which Python's reader of them does not know: a star is anything."""
    paths = re.findall(r"(?m)^Disallow: (.+)$", client.get("/robots.txt").text)
    patterns = [".*".join(map(re.escape, path.split("*"))) for path in paths]
    assert any(re.match(pattern, address) for pattern in patterns) is forbidden


def test_what_anybody_may_look_for_can_be_found_and_nothing_behind_a_code(
    client: FlaskClient, issue: Callable[..., tuple[str, Placement]]
) -> None:
    path, poster = issue()
    for found in ("/", "/?lang=en", "/privacy", "/accessibility", "/about/complaint", "/v"):
        page = client.get(found)
        assert "X-Robots-Tag" not in page.headers, found
        assert "noindex" not in page.text
    hidden = (path, path.upper(), f"/n/{poster.number}", f"/N/{poster.number}", "/n", f"/v?code={poster.number}")
    for address in (*hidden, f"/v/{poster.place_id}", "/s/", "/office/sign-in", "/c", "/about/complaint/1", "/nothing"):
        assert client.get(address).headers["X-Robots-Tag"] == "noindex", address


def test_the_icon_has_one_address(client: FlaskClient) -> None:
    assert client.get("/favicon.ico").location.startswith("/static/icons/samvad.svg?v=")


def test_whoever_is_told_to_complain_reads_where(app: Flask, settings: Settings) -> None:
    told = create_app(replace(settings, contact="mailto:samvad@example.in")).test_client()
    link = '<a href="mailto:samvad@example.in">'
    for page in (told.get("/?lang=en"), told.get("/v?lang=en")):
        assert f"{link}Write to us</a>" in page.text
    forged = told.post("/v", data={"code": "11111111", "_lang": "en"}).text
    assert f"Tell the department where you saw it: {link}samvad@example.in</a>" in forged
    for path in ("/privacy", "/accessibility"):
        assert f"{link}samvad@example.in</a>" in told.get(path).text
    assert "mailto:" not in app.test_client().post("/v", data={"code": "11111111"}).text


def test_a_security_contact_is_told_where_there_is_one(app: Flask, settings: Settings) -> None:
    assert app.test_client().get("/.well-known/security.txt").status_code == 404
    told = create_app(replace(settings, contact="mailto:samvad@example.in"))
    text = told.test_client().get("/.well-known/security.txt").text
    assert "Contact: mailto:samvad@example.in" in text
    assert "Expires: 20" in text


@pytest.mark.parametrize(("language", "name", "suffix"), [("hi", "नमूना पुलिस", ""), ("en", "Sample Police", "?lang=en")])
def test_the_first_page_says_whose_it_is_and_asks_for_the_number_first(
    client: FlaskClient, language: str, name: str, suffix: str
) -> None:
    with transaction() as session:
        session.add(Department(id=1, name_hi="नमूना पुलिस", name_en="Sample Police", demonstration=True))
    page = client.get(f"/?lang={language}").text
    assert f"<title>{name} · " in page
    assert re.search(rf'<meta name="description" content="[^"]*{name}', page)
    body = page[page.index("<main") :]
    wanted = ('name="number"', f'href="/v{suffix}"', f'href="/about/complaint{suffix}"', f'href="/privacy{suffix}"')
    places = [body.index(name), *map(body.index, wanted)]
    assert places == sorted(places)


@pytest.mark.parametrize("language", ["hi", "en"])
def test_a_name_of_120_letters_is_said_whole(client: FlaskClient, language: str) -> None:
    long = "प" * 120 if language == "hi" else "P" * 120
    with transaction() as session:
        session.add(Department(id=1, name_hi=long, name_en=long, demonstration=True))
    for path in ("/", "/privacy", "/about/complaint"):
        assert long in client.get(f"{path}?lang={language}").text
