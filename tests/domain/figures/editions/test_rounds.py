"""The document of a round: what is read from it is what was written, and its bytes are canonical."""

import json

from app.domain.figures.editions.rounds import read_results, write_results
from app.domain.surveys.rounds.round import announcement, canonical
from tests.factories.surveys.rounds import DATES, POLL, QUIZ


def test_it_holds_what_was_announced_and_nothing_where_fewer_than_ten_answered() -> None:
    announced = json.loads(announcement(3, "MP", "poll", 1, POLL, DATES))
    text = write_results(announced, POLL, (), "0f")
    document = json.loads(text)
    assert (document["announced"], document["sections"], document["keys"]) == (announced, [], {})
    assert canonical(document) == text
    assert read_results(text, POLL) == ()


def test_of_a_quiz_it_tells_what_is_right() -> None:
    announced = json.loads(announcement(4, "MP", "quiz", 1, QUIZ, DATES))
    document = json.loads(write_results(announced, QUIZ, (), "0f"))
    assert document["keys"] == {"first": "traffic"}
    assert document["fingerprint"] != document["announced"]["asked"]
