import pytest

from app.domain.figures import shown
from app.domain.figures.report import ShareKind


def test_every_share_says_what_it_is() -> None:
    told = [
        shown.about(45, 38, 53, at_least=True),
        shown.about(45, 38, 53, at_least=False),
        shown.below(5, at_least=True),
        shown.above(95, at_least=True),
        shown.withheld(at_least=False),
    ]
    assert [share.words.text() for share in told] == [
        "about 45 in 100, uncertain at least between 38 and 53",
        "about 45 in 100, between 38 and 53",
        "fewer than 5 in 100",
        "more than 95 in 100",
        "too few to show by itself",
    ]
    assert [share.kind for share in told[2:]] == [ShareKind.BELOW, ShareKind.ABOVE, ShareKind.WITHHELD]


def test_counts_are_about_or_at_least_or_fewer_than_ten() -> None:
    said = (shown.answers(40), shown.answers(None), shown.people(40), shown.people(40, floor=True), shown.people(None))
    assert [count.words.text() for count in said] == [
        "about 40 answers",
        "fewer than 10 answers",
        "about 40 people answered this",
        "at least 40 people answered this",
        "fewer than 10 people answered this",
    ]
    assert shown.set_aside(None).words.text() == "fewer than 10 answers were set aside"


@pytest.mark.parametrize(
    ("points", "low", "high", "certain", "words"),
    [
        (12, 3, 20, True, "higher than before by about 12 in 100 (between 3 and 20)"),
        (-12, -20, -3, True, "lower than before by about 12 in 100 (between 3 and 20)"),
        (4, -2, 9, False, "no clear change from before"),
        (4, 0, 9, False, "no clear change from before"),
    ],
)
def test_a_change_is_certain_if_its_limits_leave_out_nought(
    points: int, low: int, high: int, certain: bool, words: str
) -> None:
    change = shown.change(points, low, high)
    assert (change.certain, change.words.text()) == (certain, words)


def test_stations_are_told_apart_only_where_some_have_nothing_of_their_own() -> None:
    every, some = shown.stations(20, 20).words.text(), shown.stations(20, 12).words.text()
    assert every == "Police stations: 20. All of them have results of their own for this time."
    assert some.startswith("Police stations: 20. With results of their own for this time: 12; from the others")
