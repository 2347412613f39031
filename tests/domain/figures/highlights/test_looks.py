"""Three places to look: each with its reason, and none to fill a card."""

from dataclasses import replace

import pytest

from app.domain.figures import disclosure, shown
from app.domain.figures.highlights.looks import looks_of
from app.domain.figures.highlights.standing import Standing, standing_of
from app.domain.figures.report import CellFigure, Driver, Drivers, EvidenceSection
from app.domain.places.place import PlaceGroup
from tests.domain.figures.highlights.test_funnel import place
from tests.factories.figures.reports import label, make_report, make_section, make_trend


def wish(name: str, percent: int, reach: int) -> CellFigure:
    return CellFigure(name, label(name, name), shown.about(percent, percent - reach, percent + reach, at_least=True))


def standing(*wished: CellFigure) -> Standing:
    found = standing_of(make_report(make_section()))
    assert found is not None
    return replace(found, wished=wished, moved=None)


def with_topic(section: EvidenceSection) -> EvidenceSection:
    named = Driver("q1", section.questions[1].label, shown.driver(30, 20, 40))
    return replace(section, drivers=Drivers((named,), 4))


def wanted(*wished: CellFigure) -> list[str]:
    return [cell.name for cell in looks_of(standing(*wished), ()).wished]


def test_what_people_want_most_if_the_next_is_clearly_behind() -> None:
    assert wanted(wish("wait", 60, 4), wish("talk", 40, 4), wish("seat", 38, 4)) == ["wait"]
    assert wanted(wish("wait", 60, 4), wish("talk", 57, 4), wish("seat", 30, 4)) == ["wait", "talk"]
    assert wanted(wish("wait", 60, 4), wish("talk", 57, 4), wish("seat", 55, 4)) == []
    assert wanted() == []


def test_nothing_and_what_is_only_a_limit_are_no_wishes() -> None:
    few = CellFigure("few", label("few", "few"), shown.below(5, at_least=True))
    assert wanted(wish("wait", 30, 4), few, wish("nothing", 50, 4)) == ["wait"]
    assert wanted(few, wish("nothing", 50, 4)) == []


@pytest.mark.parametrize(("later", "points"), [(70, 30), (55, None), (40, None)])
def test_what_moved_only_if_chance_makes_it_once_in_a_hundred(later: int, points: int | None) -> None:
    """Fifteen points between two hundreds are certain in 95 of 100, and still no card: it is looked at every Monday."""
    trend = make_trend(2)
    shares = [disclosure.share_of(good, 100, 100, at_least=True) for good in (40, later)]
    ends = tuple(replace(point, share=share) for point, share in zip(trend.points, shares, strict=True))
    moving = replace(standing(wish("wait", 60, 4)), trend=replace(trend, points=ends))
    looks = looks_of(moving, ())
    assert (looks.moved.points if looks.moved else None) == points
    # A fourth card would be too many, and that the line moved is said on top already.
    far = [place(at, 110, 200) for at in range(18)] + [place(18, 40, 200)]
    assert looks_of(moving, far).moved == looks.moved
    full = looks_of(replace(moving, section=with_topic(moving.section)), far)
    assert (full.moved, len(full.places), full.is_empty) == (None, 1, False)


def test_a_topic_is_a_place_to_look() -> None:
    looks = looks_of(replace(standing(), section=with_topic(standing().section)), ())
    assert [topic.driver.name for topic in looks.topics.named] == ["q1"]
    assert not looks.is_empty


def test_places_by_name_and_how_many_were_compared() -> None:
    places = [place(at, 110, 200) for at in range(18)] + [place(18, 170, 200), place(19, 40, 200), place(20, 4, 9)]
    looks = looks_of(standing(), places)
    assert [placed.place.id for placed in looks.places] == [18, 19]
    assert (looks.below, looks.compared) == (21, 20)
    assert not looks.is_empty
    few = looks_of(standing(), places[:7])
    assert (few.places, few.below, few.compared) == ((), 7, 7)
    assert looks_of(standing(), ()).is_empty


def test_places_are_far_off_within_their_group() -> None:
    """What is usual in a city is no place to look, though rural places are far above it."""
    rural = [place(at, 140, 200, PlaceGroup.RURAL) for at in range(9)]
    city = [place(at, 80, 200, PlaceGroup.CITY) for at in range(10, 18)]
    odd = [place(20, 80, 200, PlaceGroup.RURAL), place(21, 20, 200, PlaceGroup.TOWN)]
    looks = looks_of(standing(), [*rural, *city, *odd])
    assert [placed.place.id for placed in looks.places] == [20]
    assert (looks.below, looks.compared, looks.is_enough, looks.is_grouped) == (19, 19, True, True)
    assert not looks_of(standing(), [*rural[:7], *city[:7]]).is_enough
