from random import Random
from statistics import fmean

from app.domain.simulation.people import Style, draw_purpose, draw_style, draw_temper, fill_in, goes_on, invent_station

PEOPLE = 400


def of(seed: int) -> Random:
    return Random(seed)  # noqa: S311


STATION = invent_station(of(1), 0, 20.0)


def test_the_same_seed_gives_the_same_answers() -> None:
    one, other = (fill_in(of(3), STATION, Style.CAREFUL, 0.7, "fir", whole=True) for _ in range(2))
    assert one == other


def test_who_fared_well_is_more_content_than_who_did_not() -> None:
    chance = of(2)
    well, badly = (
        [fill_in(chance, STATION, Style.CAREFUL, temper, "fir", whole=False).get("satisfied") for _ in range(PEOPLE)]
        for temper in (0.9, 0.2)
    )
    assert fmean(face for face in well if isinstance(face, int)) > 4
    assert fmean(face for face in badly if isinstance(face, int)) < 2.5


def test_people_of_one_station_agree_about_its_rooms_whatever_their_temper() -> None:
    chance = of(4)
    found = [
        fill_in(chance, STATION, Style.CAREFUL, chance.random(), "fir", whole=True).get("facilities")
        for _ in range(PEOPLE)
    ]
    agree = [rooms["water"] == STATION.rooms[2] for rooms in found if isinstance(rooms, dict)]
    assert 0.5 < fmean(agree) < 0.9


def test_the_hurried_often_tap_one_face_and_seldom_go_on() -> None:
    chance = of(5)
    filled = [fill_in(chance, STATION, Style.HURRIED, 0.6, "fir", whole=False) for _ in range(PEOPLE)]
    one_face = [len({each.get(name) for name in ("respect", "heard", "satisfied")}) == 1 for each in filled]
    assert fmean(one_face) > 0.5
    assert fmean(goes_on(chance, Style.HURRIED) for _ in range(PEOPLE)) < 0.4


def test_styles_tempers_and_purposes_are_drawn_within_their_limits() -> None:
    chance = of(6)
    assert {draw_style(chance) for _ in range(PEOPLE)} == set(Style)
    assert all(0 <= draw_temper(chance, STATION) <= 1 for _ in range(PEOPLE))
    assert len({draw_purpose(chance, STATION) for _ in range(PEOPLE)}) > 4
