"""What is new: since when, and what was corrected since."""

from datetime import timedelta

from app.models import EditionDay
from app.services.dialogue.open_data.news import days_news, place_news
from tests.factories.figures.desk import NOW
from tests.services.dialogue.open_data.conftest import NEXT, Opened
from tests.services.figures.editions.test_making import DUE


def test_a_monday_is_new_from_its_hour_or_from_when_it_was_whole(opened: Opened) -> None:
    (news,) = days_news(opened.session, opened.scope())
    assert (news.due_on, news.places, news.corrected) == (DUE, 2, 0)
    assert news.published == news.updated == NOW
    opened.session.get_one(EditionDay, DUE).finished_at = NOW - timedelta(hours=1)
    (earlier,) = days_news(opened.session, opened.scope())
    assert earlier.published == NOW - timedelta(minutes=30)


def test_the_newest_change_comes_first(opened: Opened) -> None:
    opened.correct(hours=24 * 20)
    opened.answer_again()
    assert [one.due_on for one in days_news(opened.session, opened.scope())] == [DUE]
    opened.session.get_one(EditionDay, NEXT).finished_at = NOW + timedelta(days=7)
    scope = opened.scope(30)
    for news in (days_news(opened.session, scope), place_news(opened.session, opened.busy.id, scope)):
        assert [one.due_on for one in news] == [DUE, NEXT]
        assert news[0].updated == NOW + timedelta(days=20)
        assert news[0].published == NOW
    corrected = days_news(opened.session, opened.scope(30))[0]
    assert (corrected.places, corrected.corrected) == (2, 1)


def test_an_edition_says_why_it_was_corrected(opened: Opened) -> None:
    (news,) = place_news(opened.session, opened.busy.id, opened.scope())
    assert (news.cause, news.reason) == (None, {})
    opened.correct()
    (news,) = place_news(opened.session, opened.busy.id, opened.scope())
    assert (news.cause, news.reason) == ("method", {"hi": "भूल", "en": "Mistake"})
    assert (news.published, news.updated) == (NOW, NOW + timedelta(hours=1))
    assert place_news(opened.session, opened.quiet.id, opened.scope()) == []
