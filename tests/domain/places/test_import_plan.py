"""Plans of imports: what is confirmed is what was shown."""

from datetime import date

from app.domain.places.place import BilingualName
from tests.factories.places.place_lists import DISTRICT, HERE, STATE, STATION, plan


def test_plans_that_do_the_same_have_one_digest() -> None:
    first, again, other = plan(STATE, DISTRICT), plan(STATE, DISTRICT), plan(STATE, DISTRICT, STATION)
    assert first.digest == again.digest != other.digest


def test_a_plan_of_another_day_is_another_plan() -> None:
    assert plan(STATE).digest != plan(STATE, from_on=date(2026, 11, 22)).digest


def test_every_kind_of_change_is_counted() -> None:
    assert plan("P,outpost,थाना च,,E,2026-01-01", "Q,station,थाना ज,,D,", here=HERE).changes == 5


def test_another_group_is_another_plan() -> None:
    one, other = (plan(f"P,{group}", here=HERE, header="code,group") for group in ("town", "city"))
    assert (one.changes, one.unchanged) == (1, 0)
    assert one.digest != other.digest


def test_a_code_is_named_and_one_without_a_name_stands_for_itself() -> None:
    made = plan(DISTRICT, here=HERE)
    assert [made.name_of(code).in_language("en") for code in ("P", "nowhere", None)] == ["Ga", "nowhere", ""]
    assert made.name_of("D") == BilingualName("ज़िला ख", "Kha")
