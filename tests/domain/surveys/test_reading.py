"""How answers are read."""

from app.domain.surveys.reading import NOTHING_READ, SurveyReading

READING = SurveyReading({"extra_money": ("no",)}, {"satisfied": {"hi": "संतुष्ट थे", "en": "were satisfied"}})


def test_it_comes_back_from_its_document() -> None:
    assert SurveyReading.from_json(READING.to_json()) == READING
    assert READING
    assert not NOTHING_READ
