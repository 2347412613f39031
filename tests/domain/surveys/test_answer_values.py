from decimal import Decimal

import pytest

from app.domain.surveys.answer_values import publisher
from app.domain.surveys.expressions import Value
from app.domain.surveys.survey import AnswerValue, Question, QuestionType


@pytest.mark.parametrize(
    ("type_", "answer", "published"),
    [
        ("select_one", "fir", {"q": "fir"}),
        ("select_multiple", ["time", "manners"], {"q": "time manners"}),
        ("scale", 4, {"q": Decimal(4)}),
        ("grid", {"clean": 5, "quiet": 2}, {"q.clean": Decimal(5), "q.quiet": Decimal(2)}),
        ("integer", -3, {"q": Decimal(-3)}),
        ("decimal", "2.50", {"q": Decimal("2.50")}),
        ("date", "2026-11-23", {"q": "2026-11-23"}),
        ("text", "12", {"q": "12"}),
        ("acknowledge", True, {"q": "OK"}),
    ],
)
def test_an_answer_stands_where_expressions_look_for_it(
    type_: str, answer: AnswerValue, published: dict[str, Value]
) -> None:
    scope: dict[str, Value] = {"earlier": "kept"}
    publisher(Question("q", QuestionType(type_), {}))(scope, answer)
    # By what is written: a number equals its decimal, but is no value of an expression.
    assert repr(scope) == repr({"earlier": "kept", **published})
