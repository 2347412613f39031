from statistics import fmean

import pytest

from app.domain.codes.channel import Evidence
from app.domain.figures.headline.asked import Usual
from app.domain.simulation.department import Department
from app.domain.simulation.headline.asking import CHECKED, DECOYS, Asking, ask
from app.domain.simulation.headline.cases import cases_of
from app.domain.simulation.headline.tampering import Tampering

DEPARTMENT = Department(1, 60)
NOTHING, INTERVIEWS = Tampering("nothing"), Tampering("nothing", Evidence.SAMPLED)


def quarters(tampering: Tampering) -> list[Asking]:
    return [
        ask(
            DEPARTMENT.chance(f"asked {station.number}"),
            cases_of(DEPARTMENT.chance(f"cases {station.number}"), station),
            tampering,
            Usual(0.7, 0.4),
        )
        for station in DEPARTMENT.stations
    ]


def test_four_of_ten_answer_an_invitation_and_three_of_four_an_interviewer() -> None:
    for tampering, drawn, rate in ((NOTHING, 120, 0.38), (INTERVIEWS, 80, 0.71)):
        asked = [each.asked for each in quarters(tampering)]
        assert {(each.drawn, each.issued) for each in asked} == {(drawn, drawn)}
        assert fmean(each.answers for each in asked) == pytest.approx(drawn * rate, rel=0.05)
        assert all(each.answers <= each.class_answers <= drawn for each in asked)


def test_each_class_has_the_checks_that_it_can_have() -> None:
    invited, sampled = (quarters(tampering)[0].asked for tampering in (NOTHING, INTERVIEWS))
    assert (invited.decoys, invited.decoys_used, invited.checked) == (DECOYS, 0, 0)
    assert (sampled.decoys, sampled.checked) == (0, CHECKED)
    assert (invited.usual_contactable, invited.usual_answering) == (0.7, 0.4)


def test_where_nothing_is_wrong_nothing_is_bent_but_by_chance() -> None:
    for tampering in (NOTHING, INTERVIEWS):
        assert abs(off(quarters(tampering))) < 0.02


@pytest.mark.parametrize(
    "tampering",
    [
        Tampering("chosen", angry_asked=0.15),
        Tampering("stolen", stolen=0.2),
        Tampering("invented", Evidence.SAMPLED, invented=0.4),
        Tampering("silent", angry_answer=0.5),
    ],
)
def test_each_tampering_praises_the_station(tampering: Tampering) -> None:
    assert off(quarters(tampering)) > 0.1


def test_thieves_use_decoys_and_inventors_are_not_confirmed() -> None:
    stolen = [each.asked.decoys_used for each in quarters(Tampering("stolen", stolen=0.2))]
    assert fmean(stolen) == pytest.approx(0.2 * DECOYS, rel=0.15)
    invented = [each.asked.unconfirmed for each in quarters(Tampering("invented", Evidence.SAMPLED, invented=0.4))]
    assert fmean(invented) == pytest.approx(0.42 * CHECKED, rel=0.15)


def test_of_the_silent_some_are_called_who_did_not_answer() -> None:
    """Of 43 called 34 are reached; of these 60 in 100 gave no answer, or 25 to an interviewer."""
    for tampering, share in ((NOTHING, 0.6), (INTERVIEWS, 0.25)):
        found = quarters(tampering)
        assert fmean(each.called_asked for each in found) == pytest.approx(43 * 0.8 * share, rel=0.1)
        assert all(each.called_good <= each.called_asked for each in found)


def off(found: list[Asking]) -> float:
    return fmean(each.good / each.asked.answers - each.truth for each in found)
