from app.domain.simulation.attacks import copies
from app.domain.simulation.department import QUARTER, Department, honest
from app.domain.simulation.screened import copied

DEPARTMENT = Department(3, 120)


def test_copies_are_set_aside_and_their_honest_neighbours_stay() -> None:
    station = next(each for each in DEPARTMENT.stations if each.volume > 30)
    true = honest(DEPARTMENT.chance("true"), station)
    false = copies(DEPARTMENT.chance("false"), station, 60, QUARTER)
    aside = copied(true + false, DEPARTMENT.ways)
    assert len(aside & {each.id for each in false}) > 50
    assert not aside & {each.id for each in true}
    assert aside == copied([*reversed(false), *reversed(true)], DEPARTMENT.ways)
