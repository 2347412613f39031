"""A quote is a figure of an edition, to the letter."""

import pytest

from app.domain.dialogue.commitment_quote import Figure, changed_since, quotable, quote_of, read_quote
from app.domain.figures.editions.stored import BaseJson, EditionJson, ShareJson
from app.domain.figures.wording import HIGHER, NO_CLEAR_CHANGE
from tests.factories import VISIT

BASE: BaseJson = {"kind": "about", "number": 400}
SHARES: dict[str, ShareJson] = {
    "good": {"kind": "about", "percent": 60, "low": 55, "high": 65},
    "middle": {"kind": "below", "bound": 5},
    "poor": {"kind": "withheld"},
    "odd": {"kind": "between", "low": 20, "high": 30},
    "all": {"kind": "above", "bound": 95},
}


def edition(
    shares: dict[str, ShareJson] = SHARES, weeks: tuple[str, str] = ("2026-08-03", "2026-08-24")
) -> EditionJson:
    cells = [{"name": name, "share": share} for name, share in shares.items()]
    asked = {
        "name": "overall",
        "row": None,
        "base": BASE,
        "cells": cells,
        "detail": [],
        "together": None,
        "notice": None,
    }
    section = {
        "evidence": "open", "version": 1, "first_week": weeks[0], "last_week": weeks[1], "responses": 400,
        "releases": ["ab"], "questions": [asked], "trends": [], "set_aside": None,
    }  # fmt: skip
    return {
        "schema": 1, "policy": 4, "place": "S", "due_on": "2026-11-30", "number": 1, "previous": None, "replaces": None,
        "surveys": [{"slug": "visit", "sections": [section]}],
    }  # type: ignore[list-item, typeddict-item]  # fmt: skip


def figure(answer: str) -> Figure:
    return Figure("visit", "open", "overall", None, answer)


def test_what_is_withheld_cannot_be_quoted_and_everything_else_can() -> None:
    found = dict(quotable(edition()))
    assert [one.answer for one in found] == ["good", "middle", "odd", "all"]
    for one, quote in found.items():
        assert quote["share"] == SHARES[one.answer]
        assert quote["base"] == BASE
    assert quote_of(edition(), figure("poor")) is None
    assert quote_of(edition(), figure("none")) is None


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ("good", "about 60 in 100, uncertain at least between 55 and 65"),
        ("middle", "fewer than 5 in 100"),
        ("odd", "between 20 and 30 in 100"),
        ("all", "more than 95 in 100"),
    ],
)
def test_it_is_said_in_the_words_of_its_kind(answer: str, words: str) -> None:
    stored = quote_of(edition(), figure(answer))
    assert stored is not None
    quote = read_quote(figure(answer), stored, VISIT)
    assert quote.share.words.text() == words
    assert quote.question.text("en") == "How was overall?"
    assert quote.base.words.text() == "about 400 people answered this"
    assert quote.heading.text() == "People who answered by themselves"


def test_then_and_now_are_compared_where_they_share_no_week() -> None:
    def read(percent: int, weeks: tuple[str, str]) -> object:
        share: ShareJson = {"kind": "about", "percent": percent, "low": percent - 5, "high": percent + 5}
        stored = quote_of(edition({"good": share}, weeks), figure("good"))
        assert stored is not None
        return read_quote(figure("good"), stored, VISIT)

    then = read(60, ("2026-08-03", "2026-08-24"))
    better = changed_since(then, read(80, ("2026-12-07", "2027-02-22")))  # type: ignore[arg-type]
    assert better is not None
    assert (better.words.message, better.points) == (HIGHER, 20)
    same = changed_since(then, read(61, ("2026-12-07", "2027-02-22")))  # type: ignore[arg-type]
    assert same is not None
    assert same.words == NO_CLEAR_CHANGE
    assert changed_since(then, read(80, ("2026-08-24", "2027-02-22"))) is None  # type: ignore[arg-type]
    only_a_limit = read_quote(
        figure("middle"), quote_of(edition(weeks=("2026-12-07", "2026-12-14")), figure("middle")), VISIT
    )  # type: ignore[arg-type]
    assert changed_since(then, only_a_limit) is None  # type: ignore[arg-type]
