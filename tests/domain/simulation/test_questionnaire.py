from app.domain.responses.screening.nearness import radius_of
from app.domain.simulation.questionnaire import FORM, MAIN


def test_it_has_as_many_items_as_thresholds_were_measured_with() -> None:
    assert (len(FORM.items), FORM.in_core) == (18, 6)
    assert radius_of(tuple(item.question for item in FORM.items)) == 3
    assert FORM.level is not None
    assert FORM.level.question == MAIN
