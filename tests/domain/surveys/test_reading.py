"""How answers are read."""

from app.domain.surveys.reading import NOTHING_READ, SurveyReading, good_answers
from app.services.surveys.surveys import read_starter

READING = SurveyReading({"extra_money": ("no",)}, {"satisfied": {"hi": "संतुष्ट थे", "en": "were satisfied"}})


def test_it_comes_back_from_its_document() -> None:
    assert SurveyReading.from_json(READING.to_json()) == READING
    assert READING
    assert not NOTHING_READ


def test_the_two_best_steps_of_a_scale_are_good_without_a_mark() -> None:
    definition = read_starter("station-visit").definition
    assert definition is not None
    good = good_answers(definition, READING)
    assert good["satisfied"] == good["facilities"] == {"4", "5"}
    assert good["extra_money"] == {"no"}
    assert "purpose" not in good
