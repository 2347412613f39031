"""Which topics are named: tables made by hand, one topic after the other."""

from hypothesis import given
from hypothesis import strategies as st

from app.domain.figures.drivers.joint import STRATA, JointLayout
from app.domain.figures.drivers.naming import NOTHING_YET, drivers_of
from app.domain.figures.report import Drivers
from app.domain.surveys.reading import SurveyReading
from tests.factories import definition, question

ROWS = [{"name": "water", "label": {"hi": "पानी", "en": "Water"}}]
SURVEY = definition(
    [question("overall", "scale"), question("heard", "scale"), question("money", "select_one", "no", "asked")],
    [question("amenities", "grid", rows=ROWS)],
)
LAYOUT = JointLayout(SURVEY, SurveyReading({"money": ("no",)}, {}))
#: of a topic: good and satisfied, good and not, poor and satisfied, poor and not, alike in each of the strata
STRONG, WEAK = (70, 20, 15, 70), (50, 40, 40, 45)


def told(*topics: tuple[int, ...]) -> Drivers:
    """What is said of these topics."""
    return drivers_of(LAYOUT, [counter for topic in topics for counter in topic * STRATA])


def test_a_topic_far_above_the_mean_of_all_is_named() -> None:
    drivers = told(STRONG, WEAK, WEAK)
    assert drivers.looked_at == 3
    assert [(one.name, one.row) for one in drivers.named] == [("heard", None)]
    assert drivers.named[0].difference.words.text() == "by about 60 in 100 (50 to 70)"


def test_a_row_of_a_grid_is_named_with_its_question() -> None:
    (driver,) = told(WEAK, WEAK, STRONG).named
    assert (driver.name, driver.row) == ("amenities", "water")
    assert driver.row_label is not None
    assert driver.row_label.text("en") == "Water"


def test_order_is_that_of_the_questionnaire_and_not_of_size() -> None:
    stronger = (85, 5, 5, 80)
    assert [one.name for one in told(STRONG, stronger, (10, 80, 75, 10)).named] == ["heard", "money"]


def test_where_all_go_together_alike_nothing_stands_out() -> None:
    assert told(STRONG, STRONG, STRONG) == Drivers((), 3)


def test_what_lies_above_the_mean_but_not_above_nought_is_not_named() -> None:
    idle, unwanted = (45, 45, 42, 43), (10, 80, 75, 10)
    assert told(idle, unwanted, unwanted) == Drivers((), 3)


def test_below_two_hundred_people_or_ten_of_a_kind_a_topic_is_not_looked_at() -> None:
    assert told((13, 13, 12, 12), (12, 13, 12, 12), WEAK).looked_at == 2
    assert told((90, 2, 15, 70), WEAK, WEAK).looked_at == 2
    assert told((90, 3, 15, 70), WEAK, WEAK).looked_at == 3


def test_people_whom_nothing_is_compared_with_do_not_count() -> None:
    """In three of four strata everybody found it good: what would be told is of those of the other."""
    everybody = (50, 50, 0, 0) * 3
    for compared, looked_at in (((10, 10, 10, 10), 3), ((30, 9, 10, 10), 2)):
        assert drivers_of(LAYOUT, [*compared, *everybody, *(STRONG + WEAK) * STRATA]).looked_at == looked_at


def test_of_one_topic_nothing_is_said() -> None:
    nobody = (0, 0, 0, 0)
    assert told(STRONG, nobody, nobody) == NOTHING_YET
    assert told(nobody, nobody, nobody) == NOTHING_YET


def test_without_a_main_question_nothing_is_said() -> None:
    layout = JointLayout(definition([question("purpose", "select_one", "a", "b")]), SurveyReading({}, {}))
    assert drivers_of(layout, layout.count([])) == NOTHING_YET


def test_a_topic_without_any_chance_in_it_is_looked_at_and_never_named() -> None:
    sure = (60, 0, 60, 0, 60, 0, 0, 60, 60, 0, 0, 60, 0, 60, 0, 60)
    drivers = drivers_of(LAYOUT, [*sure, *(WEAK + WEAK) * STRATA])
    assert drivers == Drivers((), 3)


@given(st.lists(st.integers(0, 120), min_size=LAYOUT.length, max_size=LAYOUT.length))
def test_whatever_is_counted_what_is_named_is_in_steps_and_above_nought(vector: list[int]) -> None:
    drivers = drivers_of(LAYOUT, vector)
    assert len(drivers.named) <= drivers.looked_at <= len(LAYOUT.topics)
    for driver in drivers.named:
        shown = driver.difference
        assert 0 <= shown.low <= shown.points <= shown.high <= 100
        assert not any(number % 5 for number in (shown.low, shown.points, shown.high))
