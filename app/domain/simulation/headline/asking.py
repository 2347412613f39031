"""A quarter of one station: a list is closed and drawn from, people are asked, some answer, some are called."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

from app.domain.codes.channel import Evidence
from app.domain.figures.headline.asked import Asked, Usual
from app.domain.simulation.headline.cases import Case
from app.domain.simulation.headline.tampering import Tampering
from app.domain.simulation.people import leaves

DECOYS, CHECKED = 40, 20
#: people drawn anew from those drawn, whom an outside body calls; and how many of them it reaches
CALLED, _REACHED = 43, 0.8
#: how many are drawn; how likely one of them answers, or is met; and how much that differs between stations
_DRAWN: Mapping[Evidence, int] = {Evidence.INVITED: 120, Evidence.SAMPLED: 80}
_ANSWERING: Mapping[Evidence, float] = {Evidence.INVITED: 0.4, Evidence.SAMPLED: 0.75}
_BETWEEN_STATIONS = 0.08
#: of answers that somebody makes up, how many are content
_PRAISE = 0.95
#: of honest interviews, how many are not confirmed all the same
_FORGOTTEN = 0.03


@dataclass(frozen=True, slots=True)
class Asking:
    """What is known of it, and what only its inventor knows: the `truth` is the share of content people of all cases.

    Of the silent who were called, `called_asked` were asked the one question and `called_good` were content.
    """

    asked: Asked
    good: int
    truth: float
    called_good: int
    called_asked: int


@dataclass(frozen=True, slots=True)
class _Drawn:
    """Somebody who was drawn: whether an answer came in this name, whether it is true, and what it says."""

    content: bool
    answered: bool
    true: bool
    says: bool | None


def ask(chance: Random, cases: Sequence[Case], tampering: Tampering, usual: Usual) -> Asking:
    """What comes of it; `usual` are the shares that the label is to hold it against."""
    people = _draw(chance, [case for case in cases if case.listed], tampering)
    rate = _ANSWERING[tampering.evidence] * chance.gauss(1, _BETWEEN_STATIONS)
    drawn = [_ask(chance, person, tampering, rate) for person in people]
    said = [each.says for each in drawn if each.says is not None]
    decoys_used = sum(chance.random() < tampering.stolen for _ in range(DECOYS))
    checked, unconfirmed = _check(chance, [each.true for each in drawn if each.answered])
    called = _call(chance, drawn)
    is_interviews = tampering.evidence is Evidence.SAMPLED
    asked = Asked(
        all_cases=len(cases),
        cases=sum(case.listed for case in cases),
        contactable=sum(case.contactable for case in cases),
        drawn_in_public=tampering.drawn_in_public,
        drawn=len(people),
        issued=len(people),
        decoys=0 if is_interviews else DECOYS,
        decoys_used=0 if is_interviews else decoys_used,
        checked=checked if is_interviews else 0,
        unconfirmed=unconfirmed if is_interviews else 0,
        answers=len(said),
        copied=0,
        class_answers=sum(each.answered for each in drawn),
        usual_contactable=usual.contactable,
        usual_answering=usual.answering,
        record_whole=True,
    )
    truth = sum(case.content for case in cases) / len(cases)
    return Asking(asked, sum(said), truth, sum(called), len(called))


def _draw(chance: Random, listed: Sequence[Case], tampering: Tampering) -> list[Case]:
    """So many of the list; an officer who chooses takes each as often as he likes.

    Without replacement, by the largest keys: Efraimidis and Spirakis 2006, doi:10.1016/j.ipl.2005.11.003.
    """
    keys = [chance.random() ** (1 / (1.0 if case.content else tampering.angry_asked)) for case in listed]
    ranked = sorted(range(len(listed)), key=keys.__getitem__, reverse=True)
    return [listed[at] for at in ranked[: _DRAWN[tampering.evidence]]]


def _ask(chance: Random, person: Case, tampering: Tampering, rate: float) -> _Drawn:
    stolen, answers, invented, praises = (chance.random() for _ in range(4))
    says = None if leaves(chance) else person.content
    if stolen < tampering.stolen:
        return _Drawn(person.content, answered=True, true=False, says=praises < _PRAISE)
    if answers >= _likely(person, tampering, rate):
        return _Drawn(person.content, answered=False, true=False, says=None)
    if invented < tampering.invented:
        return _Drawn(person.content, answered=True, true=False, says=praises < _PRAISE)
    return _Drawn(person.content, answered=True, true=True, says=says)


def _likely(person: Case, tampering: Tampering, rate: float) -> float:
    """How likely somebody answers; the mean of content and angry people is the same whatever sets them apart."""
    often = 1.0 if person.content else tampering.angry_answer
    return rate * often * 2 / (1 + tampering.angry_answer)


def _check(chance: Random, true: Sequence[bool]) -> tuple[int, int]:
    """How many interviews are called back, and how many of these nobody confirms."""
    back = chance.sample(true, min(CHECKED, len(true)))
    return len(back), sum(not each or chance.random() < _FORGOTTEN for each in back)


def _call(chance: Random, drawn: Sequence[_Drawn]) -> list[bool]:
    """Whether they are content, of those called who are reached and say that they gave no answer."""
    called = chance.sample(drawn, min(CALLED, len(drawn)))
    return [each.content for each in called if chance.random() < _REACHED and not each.true]
