"""What a report holds: names in the language of the reader, or in the best there is."""

from typing import Any

import pytest

from app.domain.figures.report import Label
from app.domain.sentence import Sentence


@pytest.mark.parametrize(
    ("texts", "shown"),
    [({"hi": "क", "en": "Ka"}, "Ka"), ({"hi": "क", "en": ""}, "क"), ({"hi": "", "mr": "म"}, "म"), ({}, ""), (None, "")],
)
def test_a_name_from_a_questionnaire_stays_in_the_questionnaires_languages(texts: Any, shown: str) -> None:
    assert Label(texts).text("en", str.upper) == shown


def test_a_name_of_our_own_is_translated() -> None:
    label = Label(words=Sentence("from %(low)s to %(high)s", {"low": 1, "high": 2}))
    assert label.text("hi", {"from %(low)s to %(high)s": "%(low)s से %(high)s"}.__getitem__) == "1 से 2"
