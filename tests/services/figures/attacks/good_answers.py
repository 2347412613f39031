"""A question of which several answers are good, and what the attacker learns of these together: nothing new."""

from collections.abc import Iterable, Sequence

from app.domain.figures.report import QuestionFigure
from app.domain.figures.united.good_answers import good_cell
from app.domain.surveys.reading import SurveyReading
from tests.factories import definition, question

QUESTIONS = definition(
    [
        question("purpose", "select_one", "complaint", "passport", "lost", "other"),
        question("respect", "scale"),
        question("overall", "scale"),
    ]
)
#: good each by itself
GOOD = ("complaint", "lost")
READING = SurveyReading({"purpose": GOOD}, {})


def look_at_good_answers(seen: Iterable[tuple[QuestionFigure, Sequence[object]]]) -> None:
    """Each figure with what those behind it answered: told as single shares tell it, and never of fewer than ten."""
    told = added = 0
    for figure, answers in seen:
        cell = good_cell(figure) if figure.good == GOOD else None
        if cell is None or cell.share.percent is None:
            continue
        shares = {one.name: one.share.percent for one in figure.cells}
        good = [shares[name] for name in GOOD]
        rest = [share for name, share in shares.items() if name not in GOOD]
        reckoned = {sum(filter(None, good)) if None not in good else None}
        reckoned |= {100 - sum(filter(None, rest)) if None not in rest else None}
        assert cell.share.percent in reckoned
        told += 1
        added += cell.share.as_sure_as is not None
        assert 10 <= sum(answer in GOOD for answer in answers) <= sum(answer is not None for answer in answers) - 10
    assert told >= added > 10
