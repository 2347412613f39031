import json
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from app.models import Department, Placement, Response, Verdict
from app.transaction import reading, transaction
from app.web.limits import Limit
from app.web.public.responses import code_page as codes
from tests.factories.surveys.surveys import definition, question

Issue = Callable[..., tuple[str, Placement]]
SEND = {"_do": "send", "_page": "page1"}


def count() -> int:
    with reading() as session:
        return session.scalar(select(func.count()).select_from(Response)) or 0


def hidden(page: str, name: str) -> str:
    return page.split(f'name="{name}" value="')[1].split('"')[0]


def test_the_page_may_be_kept_and_is_asked_for_again(client: FlaskClient, issue: Issue) -> None:
    path, _ = issue()
    page = client.get(path)
    assert page.headers["Cache-Control"] == "private, no-cache"
    assert "Accept-Encoding" in page.headers["Vary"]
    assert client.get(path, headers={"If-None-Match": page.headers["ETag"]}).status_code == 304
    assert client.head(path).status_code == 200
    assert "Set-Cookie" not in page.headers


def test_the_page_leads_to_help_and_to_a_check_of_its_code(client: FlaskClient, issue: Issue) -> None:
    path, _ = issue()
    with transaction() as session:
        department = session.get(Department, 1) or Department(id=1, name_hi="पुलिस", name_en="Police")
        department.helplines = json.dumps([{"label_hi": "सहायता", "label_en": "Help", "number": "1090"}])
        session.add(department)
    page = client.get(f"{path}?lang=en").text
    assert re.search('<a href="/about/complaint[^"]*">A complaint or an FIR', page)
    assert 'href="/v?lang=en"' in page
    home = client.get("/?lang=en").text
    assert home.index('id="help"') < home.index("tel:1090")


@pytest.mark.parametrize("encoding", ["br", "gzip"])
def test_the_page_is_compressed_once(client: FlaskClient, issue: Issue, encoding: str) -> None:
    path, _ = issue()
    page = client.get(path, headers={"Accept-Encoding": encoding})
    assert page.headers["Content-Encoding"] == encoding
    assert len(page.data) < 8_500


def test_a_second_tap_without_script_is_thanked_alike_and_not_counted(
    client: FlaskClient, app: Flask, issue: Issue
) -> None:
    path, _ = issue()
    at = datetime(2026, 11, 23, 6, 10, tzinfo=UTC)
    app.config["CLOCK"] = lambda: at
    data = {**SEND, "_stamp": hidden(client.get(path).text, "_stamp"), "respect": "4"}
    for seconds in (0, 2, 60):
        app.config["CLOCK"] = lambda seconds=seconds: at + timedelta(seconds=seconds)
        assert client.post(path, data=data).status_code == 303
    with reading() as session:
        verdicts = session.execute(select(Verdict.verdict, Verdict.reasons)).all()
    assert sorted(map(tuple, verdicts)) == [("counted", "[]"), ("counted", "[]"), ("set_aside", '["repeated"]')]


def test_everyone_gets_the_same_page_within_the_hour(client: FlaskClient, app: Flask, issue: Issue) -> None:
    """Nothing in it may tell one citizen from the next: phones keep it and show it again."""
    path, _ = issue()
    at = datetime(2026, 11, 23, 6, 10, tzinfo=UTC)
    app.config["CLOCK"] = lambda: at
    first = client.get(path).text
    app.config["CLOCK"] = lambda: at + timedelta(minutes=40)
    assert client.get(path).text == first
    app.config["CLOCK"] = lambda: at + timedelta(hours=1)
    assert hidden(client.get(path).text, "_stamp") != hidden(first, "_stamp")


def test_a_changed_place_shows_at_once(client: FlaskClient, issue: Issue) -> None:
    path, placement = issue()
    assert "मुख्य द्वार" in client.get(path).text
    with transaction() as session:
        session.get_one(Placement, placement.id).hung_at = "नया द्वार"
    assert "नया द्वार" in client.get(path).text


def test_an_answer_is_stored_and_what_was_typed_is_not_kept_by_anyone(client: FlaskClient, issue: Issue) -> None:
    path, _ = issue()
    stamp = hidden(client.get(path).text, "_stamp")
    done = client.post(
        path, data={**SEND, "_stamp": stamp, "respect": "४", "purpose": "passport"}, follow_redirects=True
    )
    assert done.status_code == 200
    assert done.headers["Cache-Control"] == "no-store"
    with reading() as session:
        response = session.scalars(select(Response)).one()
        verdict = session.scalars(select(Verdict)).one()
    assert json.loads(response.answers) == {"purpose": "passport", "respect": 4}
    assert (response.language, verdict.verdict) == ("hi", "counted")


def test_only_a_number_that_was_given_out_at_this_code_is_confirmed(client: FlaskClient, issue: Issue) -> None:
    path, _ = issue()
    other, _ = issue(survey={"slug": "other"})
    sent = client.post(path, data={**SEND, "overall": "4", "_lang": "en"})
    confirmed = client.get(sent.headers["Location"]).text
    digits, tag = parse_qs(urlsplit(sent.headers["Location"]).query)["received"][0].split(".")
    assert f"{digits[:4]} {digits[4:8]} {digits[8:]}" in confirmed
    assert 'name="overall"' not in confirmed
    switch = re.search(r'href="(\?received=[^"]+)"', confirmed)
    assert switch
    assert f"{digits[:4]} {digits[4:8]}" in client.get(path + unescape(switch[1])).text
    made_up = ("1234 5678 9012", digits, f"{digits}.", f"{int(digits) ^ 1:012}.{tag}", f"{digits}.{tag[::-1]}", "पाँच.ग")
    for where, received in [(other, f"{digits}.{tag}"), *((path, each) for each in made_up)]:
        page = client.get(where, query_string={"received": received}).text
        assert 'name="overall"' in page
        assert f"{digits[:4]} {digits[4:8]}" not in page


def test_a_page_opened_while_the_code_was_good_is_taken_later(client: FlaskClient, app: Flask, issue: Issue) -> None:
    path, placement = issue()
    at = datetime(2026, 11, 23, 6, 10, tzinfo=UTC)
    app.config["CLOCK"] = lambda: at
    stamp = hidden(client.get(path).text, "_stamp")
    with transaction() as session:
        session.get_one(Placement, placement.id).retired_at = at + timedelta(hours=2)
    app.config["CLOCK"] = lambda: at + timedelta(hours=3)
    assert client.get(path).status_code == 410
    assert client.post(path, data={**SEND, "_stamp": stamp, "respect": "4"}, follow_redirects=True).status_code == 200
    with reading() as session:
        assert session.scalars(select(Verdict.verdict)).one() == "counted"


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"expires_on": date(2026, 1, 2)}, "code.expired"),
        ({"retired_at": datetime(2026, 1, 2, tzinfo=UTC)}, "code.retired"),
        ({"compromised_on": date(2026, 1, 2)}, "code.compromised"),
        ({"survey": {"closed_at": datetime(2026, 1, 2, tzinfo=UTC)}}, "survey.closed"),
    ],
)
@pytest.mark.parametrize("language", ["hi", "en"])
def test_a_code_that_ended_says_how(
    client: FlaskClient, issue: Issue, changed: dict[str, Any], code: str, language: str
) -> None:
    path, _ = issue(**changed)
    page = client.get(f"{path}?lang={language}")
    assert page.status_code == 410
    assert code in page.text
    assert f'lang="{language}"' in page.text
    assert 'name="number"' in page.text
    other = "en" if language == "hi" else "hi"
    assert f'href="?lang={other}"' in page.text


@pytest.mark.parametrize(
    "headers",
    [{"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}],
    ids=["origin", "fetch-site"],
)
def test_only_what_says_that_it_is_foreign_is_refused(
    client: FlaskClient, issue: Issue, headers: dict[str, str]
) -> None:
    path, _ = issue()
    assert client.post(path, data={**SEND, "respect": "4"}, headers=headers, follow_redirects=True).status_code == 403
    assert count() == 0
    for harmless in ({}, {"Origin": "null"}, {"Origin": "http://localhost"}, {"Sec-Fetch-Site": "same-origin"}):
        assert (
            client.post(path, data={**SEND, "respect": "4"}, headers=harmless, follow_redirects=True).status_code == 200
        )


def test_a_burst_comes_back_filled_in(client: FlaskClient, issue: Issue, monkeypatch: pytest.MonkeyPatch) -> None:
    path, _ = issue()
    monkeypatch.setattr(codes, "ANSWERS", Limit("answers", burst=1, per_second=0.01))
    data = {**SEND, "respect": "4", "comment": "बहुत अच्छा"}
    assert client.post(path, data=data, follow_redirects=True).status_code == 200
    refused = client.post(path, data=data, follow_redirects=True)
    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) > 0
    assert "बहुत अच्छा" in refused.text
    assert count() == 1


def test_a_database_that_cannot_write_loses_no_answer(
    client: FlaskClient, issue: Issue, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OperationalError("INSERT", {}, Exception("database is locked"))

    path, _ = issue()
    monkeypatch.setattr(codes, "receive_form", fail)
    refused = client.post(path, data={**SEND, "respect": "4", "comment": "बहुत अच्छा"}, follow_redirects=True)
    assert refused.status_code == 503
    assert "Retry-After" in refused.headers
    assert "बहुत अच्छा" in refused.text


def test_sending_nothing_is_asked_about(client: FlaskClient, issue: Issue) -> None:
    path, _ = issue()
    page = client.post(path, data=SEND, follow_redirects=True)
    assert page.status_code == 422
    assert 'href="#q-purpose"' in page.text
    assert count() == 0


@pytest.mark.parametrize(
    "hostile", ['"><script>alert(1)</script>', "{{ 911*911 }}", "&lt;b&gt;", "'\"`<>", "\u202eabc"]
)
def test_hostile_text_comes_back_as_text(client: FlaskClient, issue: Issue, hostile: str) -> None:
    path, _ = issue()
    page = client.post(
        path, data={"_do": "more", "_page": "page1", "respect": "4", "comment": hostile}, follow_redirects=True
    ).text
    assert "<script>alert" not in page
    assert str(911 * 911) not in page
    carried = page.split('name="comment" value="')[1].split('"')[0]
    assert unescape(carried) == hostile


@pytest.mark.parametrize(
    "junk",
    [
        {"_version": "999999999"},
        {"_version": "-1"},
        {"_page": "no such page"},
        {"_do": "dance"},
        {"_lang": "xx"},
        {"respect": "9"},
        {"respect": "x" * 10_000},
    ],
    ids=str,
)
def test_nonsense_is_answered_and_never_fails(client: FlaskClient, issue: Issue, junk: dict[str, str]) -> None:
    path, _ = issue()
    assert client.post(path, data={**SEND, "purpose": "other", **junk}, follow_redirects=True).status_code in (200, 422)


def test_the_version_that_was_shown_is_the_one_that_is_answered(client: FlaskClient, issue: Issue) -> None:
    path, _ = issue()
    other, _ = issue(definition([question("else", "integer")]))
    foreign = hidden(client.get(other).text, "_version")
    assert (
        client.post(path, data={**SEND, "_version": foreign, "respect": "4"}, follow_redirects=True).status_code == 422
    )
    assert count() == 0


def test_a_poll_is_sent_only_whole(client: FlaskClient, issue: Issue) -> None:
    pages = [[question("first", "select_one", "a", "b")], [question("second", "select_one", "a", "b")]]
    path, _ = issue(definition(*pages, kind="poll"))
    first = client.get(path).text.partition("<template")[0]
    assert 'value="more"' in first
    assert 'value="send"' not in first
    second = client.post(path, data={"_do": "more", "_page": "page1", "first": "a"}, follow_redirects=True).text
    assert 'value="send"' in second
    assert 'name="first" value="a"' in second


def test_a_survey_with_nothing_more_to_ask_says_so(client: FlaskClient, issue: Issue) -> None:
    never = ["=", ["get", "purpose"], ["str", "complaint"]]
    path, _ = issue(
        definition(
            [question("purpose", "select_one", "complaint", "other")], [question("x", "integer", relevant=never)]
        )
    )
    page = client.post(path, data={"_do": "more", "_page": "page1", "purpose": "other"}, follow_redirects=True).text
    assert 'value="more"' not in page
    assert 'value="send"' in page


def test_a_quiz_tells_what_is_right_after_the_answer_and_not_before(client: FlaskClient, issue: Issue) -> None:
    asked = [
        question("number", "select_one", "112", "911", key="112"),
        question("both", "select_multiple", "a", "b", "c", key=["a", "c"]),
    ]
    path, _ = issue(definition(asked, kind="quiz"))
    before = client.get(f"{path}?lang=en").text
    answered = {"_page": "page1", "_lang": "en", "number": "112", "both": ["a", "b"]}
    before += client.post(path, data={**answered, "_do": "stay"}, follow_redirects=True).text
    before += client.get(f"{path}?received=0000 0000 0000&lang=en").text
    assert "right</h2>" not in before
    after = client.post(path, data={**answered, "_do": "send"}, follow_redirects=True).text
    assert "You had 1 of 2 right" in after
    assert "<b>a, c</b>" in after


def test_a_quiz_that_is_loaded_again_counts_once_and_tells_why(client: FlaskClient, issue: Issue) -> None:
    asked = [question("number", "select_one", "112", "911", key="112", why={"hi": "क्योंकि", "en": "It is for all."})]
    path, _ = issue(definition(asked, kind="quiz"))
    sent = client.post(path, data={"_page": "page1", "_lang": "en", "_do": "send", "number": "911"})
    assert sent.status_code == 303
    pages = [client.get(sent.location).text for _ in range(3)]
    assert count() == 1
    assert all("You had 0 of 1 right" in page and "It is for all." in page for page in pages)
    # Nobody writes marks of their own.
    forged = sent.location.replace("-0.", "-1.")
    assert forged != sent.location
    assert "It is for all." not in client.get(forged).text
