"""How an answer becomes a value of an expression."""

from collections.abc import Callable
from decimal import Decimal

from app.domain.surveys.expressions import Value
from app.domain.surveys.survey import Question, QuestionType

#: puts an answer, which fits its question, where expressions look for it
Publish = Callable[..., None]

_AS_VALUE: dict[QuestionType, Callable[..., Value]] = {
    QuestionType.SELECT_MULTIPLE: " ".join,
    QuestionType.SCALE: Decimal,
    QuestionType.INTEGER: Decimal,
    QuestionType.DECIMAL: Decimal,
    QuestionType.ACKNOWLEDGE: lambda value: "OK",
}


def publisher(question: Question) -> Publish:
    """What puts an answer to this question into a scope: `publish(scope, answer)`."""
    name = question.name
    if question.type is QuestionType.GRID:
        return lambda scope, value: scope.update({f"{name}.{row}": Decimal(face) for row, face in value.items()})
    convert = _AS_VALUE.get(question.type)
    if convert is None:
        return lambda scope, value: scope.__setitem__(name, value)
    return lambda scope, value: scope.__setitem__(name, convert(value))
