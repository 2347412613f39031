import json
import re
from collections.abc import Callable
from typing import Any

from flask.testing import FlaskClient
from flask_babel import refresh
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from app.web.public.responses.differences import PART, Difference, difference

WORDS = st.sampled_from(["हाँ", "नहीं", "yes", "no", "\n", "\n  ", "1"])


def retell(page: str, stays: list[int], texts: str) -> str:
    """What static/js/sw.js does."""
    known: dict[str, str] = {}
    told = iter(texts.split(">"))
    counts = iter(stays)
    left = next(counts)

    def part(found: re.Match[str]) -> str:
        nonlocal left
        if not left:
            known[found[0]] = next(told)
            left = next(counts)
        else:
            left -= 1
        return known.get(found[0], found[0])

    return PART.sub(part, page)


@given(st.lists(st.tuples(WORDS, WORDS)))
def test_a_page_is_told_by_what_differs(words: list[tuple[str, str]]) -> None:
    pages = ["".join(f'<b class="{word}">{word}</b>' for word in side) for side in zip(*words, strict=True)] or ["", ""]
    differs = difference(pages[0], pages[1])
    assert differs is not None
    assert retell(pages[0], differs.stays, differs.texts) == pages[1]


def test_what_was_told_once_is_not_told_again() -> None:
    assert difference("<b>हाँ</b><i>हाँ</i><u>हाँ</u>", "<b>yes</b><i>yes</i><u>हाँ</u>") == Difference([1, 5, 1], "yes>हाँ")


def test_pages_of_another_build_have_no_difference() -> None:
    assert difference("<p>एक</p>", "<p>one<br></p>") is None


def ask(client: FlaskClient, path: str, **query: str) -> TestResponse:
    refresh()  # The context of the test outlives a request, and with it the language.
    return client.get(path, query_string=query)


def test_a_phone_that_holds_the_page_gets_what_differs(client: FlaskClient, issue: Callable[..., Any]) -> None:
    path, _ = issue()
    for held, asked in (("hi", "en"), ("en", "hi")):
        base = ask(client, path, lang=held)
        differs = ask(client, path, lang=asked, **{"from": base.headers["ETag"]})
        assert differs.mimetype == "application/json"
        assert (
            retell(base.text, **json.loads(differs.text)["differs"]) == ask(client, path, lang=asked).text != base.text
        )


def test_the_rules_of_the_survey_and_what_is_shown_later_come_with_it(
    client: FlaskClient, issue: Callable[..., Any]
) -> None:
    path, _ = issue()
    base = ask(client, path)
    beside = json.loads(ask(client, path, lang="en", **{"from": base.headers["ETag"]}).text)
    [(address, rules)] = beside["kept"].items()
    assert f'data-rules="{address}"' in base.text
    assert client.get(address).json == rules
    hindi, part, english = beside["later"]
    assert f'data-parts="{hindi} {english}"' in base.text
    assert part == ask(client, hindi).text
    told, told_part = retell(f"{base.text}\0{part}", **beside["differs"]).split("\0")
    assert (told, told_part) == (ask(client, path, lang="en").text, ask(client, english).text)


def test_a_phone_that_holds_another_page_gets_the_whole_one(client: FlaskClient, issue: Callable[..., Any]) -> None:
    path, _ = issue()
    whole = ask(client, path, lang="en")
    for held in ("", "null", '"0123456789abcdef0123-br"', whole.headers["ETag"]):
        answer = ask(client, path, lang="en", **{"from": held})
        assert (answer.mimetype, answer.text) == ("text/html", whole.text)
