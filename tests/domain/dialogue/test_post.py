"""What a post must say, in every language, before anybody else looks at it."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.accounts.role import Role
from app.domain.dialogue.post import (
    MOST,
    PostKind,
    PostText,
    kinds_of,
    last_review_day,
    read_post_text,
    require_reason,
)
from app.domain.problem import Problem

TODAY = date(2026, 11, 30)
LANGUAGES = ("hi", "en")
BOTH = {"hi": "पाठ", "en": "Words"}
WHOLE = PostText(title=BOTH, body=BOTH, sources=BOTH, alt={}, change_note={}, review_on=date(2027, 5, 1))


def wrong(text: PostText, kind: PostKind = PostKind.TIP, **more: bool) -> list[tuple[str, object, object]]:
    given = {"has_picture": False, "is_correction": False, **more}
    with pytest.raises(Problem, match=r"post\.wrong") as refused:
        read_post_text(kind, text, LANGUAGES, TODAY, **given)
    return [(one.code, one.details["field"], one.details.get("language")) for one in refused.value.parts]


def test_what_is_whole_is_cleaned_and_kept() -> None:
    text = replace(
        WHOLE, title={"hi": " क\u200b ख ", "en": "A\nB", "xx": "nobody's"}, body={"hi": "क\r\n\r\nख", "en": "a"}
    )
    read = read_post_text(PostKind.TIP, text, LANGUAGES, TODAY, has_picture=False, is_correction=False)
    assert read.title == {"hi": "क ख", "en": "A B"}
    assert read.body["hi"] == "क\n\nख"


@pytest.mark.parametrize("field", ["title", "body", "sources"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_that_says_nothing_is_named(field: str, language: str) -> None:
    for nothing in ({}, {language: ""}, {language: " \u200b\n"}):
        texts = {**{one: "x" for one in LANGUAGES if one != language}, **nothing}
        assert wrong(replace(WHOLE, **{field: texts})) == [("post.text_missing", field, language)]


@pytest.mark.parametrize(("field", "most"), MOST.items())
def test_no_text_is_longer_than_a_phone_likes(field: str, most: int) -> None:
    whole = replace(WHOLE, alt=BOTH, change_note=BOTH)
    given = {"has_picture": True, "is_correction": True}
    longest = replace(whole, **{field: {"hi": "क" * most, "en": "a"}})
    read_post_text(PostKind.TIP, longest, LANGUAGES, TODAY, **given)
    longer = replace(whole, **{field: {"hi": "क" * (most + 1), "en": "a"}})
    assert wrong(longer, **given) == [("post.text_too_long", field, "hi")]


def test_a_picture_must_be_told_and_a_correction_too() -> None:
    assert wrong(WHOLE, has_picture=True) == [("post.text_missing", "alt", "hi"), ("post.text_missing", "alt", "en")]
    assert wrong(WHOLE, is_correction=True)[0] == ("post.text_missing", "change_note", "hi")
    told = replace(WHOLE, alt=BOTH, change_note=BOTH)
    read = read_post_text(PostKind.TIP, told, LANGUAGES, TODAY, has_picture=False, is_correction=False)
    assert (read.alt, read.change_note) == ({}, {})


@pytest.mark.parametrize("kind", PostKind)
def test_what_people_act_on_is_looked_at_again(kind: PostKind) -> None:
    unreviewed = replace(WHOLE, review_on=None)
    if kind in (PostKind.TIP, PostKind.LAW):
        assert wrong(unreviewed, kind) == [("post.review_missing", "review_on", None)]
    else:
        read_post_text(kind, unreviewed, LANGUAGES, TODAY, has_picture=False, is_correction=False)
    for day in (TODAY, date(2027, 12, 1)):
        assert wrong(replace(WHOLE, review_on=day), kind) == [("post.review_wrong", "review_on", None)]


@given(st.dates(date(1900, 1, 1), date(2900, 1, 1)))
def test_a_year_ahead_is_a_day_of_the_next_year(day: date) -> None:
    assert 364 <= (last_review_day(day) - day).days <= 366


def test_a_district_tells_of_itself_and_gives_no_advice() -> None:
    assert kinds_of(Role.DISTRICT_HEAD) == (PostKind.STORY, PostKind.MILESTONE)
    assert kinds_of(Role.OUTREACH) == kinds_of(Role.STATE_ADMIN) == tuple(PostKind)


def test_a_reason_is_given_in_every_language() -> None:
    assert require_reason({"hi": " क ", "en": "a"}, LANGUAGES) == {"hi": "क", "en": "a"}
    with pytest.raises(Problem) as refused:
        require_reason({"hi": "क" * 281}, LANGUAGES)
    assert [one.code for one in refused.value.parts] == ["post.text_too_long", "post.text_missing"]
