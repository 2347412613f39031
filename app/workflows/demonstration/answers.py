"""The invented answers of a demonstration, week by week, through the same door as real ones."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from random import Random
from uuid import UUID

from sqlalchemy.orm import Session

from app.domain.codes.channel import Channel
from app.domain.codes.stamp import Stamp
from app.domain.codes.token import Token
from app.domain.installation.synthetic_answers import SyntheticCitizens
from app.domain.responses.response import BATCH_LIMIT, Incoming
from app.domain.weeks import IST, WEEK, last_settled_week
from app.formats.canonical_json import write_json
from app.services.responses.ingest import ingest_batch
from app.services.responses.ingest_context import IngestContext
from app.workflows.demonstration.department import Demonstration, DemoPlacement, DemoStation
from app.workflows.demonstration.draw import Invited

#: what goes wrong with how many of a thousand invented answers
_MISHAPS = {"late": 15, "no stamp": 6, "empty": 12, "broken": 6, "": 961}
_TYPED, _HANDLE = 0.09, 0.18
_ENGLISH = 0.12
#: by how much people who were drawn are less content than those who answer by themselves
_LESS_CONTENT = 0.12
#: how often a machine sends the same form, on which day of the week, how content it is, and how many questions it
#: answers at least
_MACHINE_SENDS, _MACHINE_ON, _CONTENT, _WHOLE_FORM = 45, 4, 0.97, 12


@dataclass(frozen=True, slots=True)
class _Given:
    """An answer, and the day of the week (Monday is 0) on which it arrives."""

    incoming: Incoming
    day: int


def receive_week(
    session: Session,
    demonstration: Demonstration,
    invited: Invited,
    week: date,
    ingest: IngestContext,
    until: datetime,
) -> int:
    """Store the answers of one week that have arrived by `until`; how many those were.

    They arrive in the evening of each day, shuffled, in batches as a server gets them.
    """
    chance = Random(f"{demonstration.size.seed} {week}")  # noqa: S311 - invented, not secret
    citizens = SyntheticCitizens(demonstration.definition, chance)
    given = [
        _give(demonstration, station, week, citizens, chance)
        for station in demonstration.stations
        for _ in range(_poisson(station.weekly, chance))
    ]
    given += _give_invited(demonstration, invited, week, citizens, chance)
    if week == last_settled_week(until):
        given += _copies(demonstration, week, citizens, chance)
    chance.shuffle(given)
    stored = 0
    for day in range(7):
        now = _evening(week, day)
        batch = [one.incoming for one in given if one.day == day]
        if now > until:
            break
        for start in range(0, len(batch), BATCH_LIMIT):
            receipts = ingest_batch(session, batch[start : start + BATCH_LIMIT], ingest=ingest, now=now)
            stored += len(receipts)
    return stored


def _give(
    demonstration: Demonstration, station: DemoStation, week: date, citizens: SyntheticCitizens, chance: Random
) -> _Given:
    """One invented person's answer; now and then with something wrong, as from real ones."""
    day = chance.randrange(7)
    placement = _placement(station, chance)
    typed = placement.numbered and chance.random() < _TYPED
    mishap = chance.choices(list(_MISHAPS), list(_MISHAPS.values()))[0]
    answers = citizens.answer(_temper(demonstration, station, week, chance))
    if mishap == "empty":
        answers = {}
    elif mishap == "broken":
        answers["respect"] = "?"
    incoming = Incoming(
        id=UUID(int=chance.getrandbits(128), version=4),
        token=Token(Channel.TYPED if typed else placement.channel, placement.key_id, placement.id),
        survey_version_id=demonstration.survey_version_id,
        language="en" if chance.random() < _ENGLISH else "hi",
        claimed_week=week,
        stamp=_stamp(placement, _evening(week, day), mishap, chance),
        body=write_json(answers),
        answers=answers,
    )
    return _Given(incoming, day)


def _give_invited(
    demonstration: Demonstration, invited: Invited, week: date, citizens: SyntheticCitizens, chance: Random
) -> Iterator[_Given]:
    """What people answer who were drawn: not only those who are content."""
    station = next(one for one in demonstration.stations if one.id == invited.station_id)
    for token in invited.tokens.get(week, ()):
        day = chance.randrange(7)
        answers = citizens.answer(max(0.03, _temper(demonstration, station, week, chance) - _LESS_CONTENT))
        opened_at = _evening(week, day) - timedelta(hours=chance.randrange(1, 9))
        stamp = Stamp.at(opened_at, token.key_id, token.placement_id)
        id_, body = UUID(int=chance.getrandbits(128), version=4), write_json(answers)
        incoming = Incoming(id_, token, demonstration.survey_version_id, "hi", week, stamp, body, answers)
        yield _Given(incoming, day)


def _copies(demonstration: Demonstration, week: date, citizens: SyntheticCitizens, chance: Random) -> list[_Given]:
    """What a machine sends in one evening at one station: the same whole form again and again."""
    while len(answers := citizens.answer(_CONTENT)) < _WHOLE_FORM:
        pass
    station = demonstration.stations[len(demonstration.stations) // 2]
    person = _give(demonstration, station, week, citizens, chance).incoming
    opened_at = _evening(week, _MACHINE_ON) - timedelta(hours=1)
    stamp = Stamp.at(opened_at, person.token.key_id, person.token.placement_id)
    copy = replace(person, stamp=stamp, body=write_json(answers), answers=answers)
    ids = (UUID(int=chance.getrandbits(128), version=4) for _ in range(_MACHINE_SENDS))
    return [_Given(replace(copy, id=id_), _MACHINE_ON) for id_ in ids]


def _temper(demonstration: Demonstration, station: DemoStation, week: date, chance: Random) -> float:
    """How well it went for one person: the station's way, how that changes over time, and luck."""
    share = ((week - demonstration.first_week) / WEEK) / max(1, demonstration.size.weeks - 1)
    return min(0.97, max(0.03, station.temper + station.drift * share + chance.gauss(0, 0.16)))


def _stamp(placement: DemoPlacement, sent_at: datetime, mishap: str, chance: Random) -> Stamp | None:
    """When the page was opened: some hours before sending, or more than a month, or nobody knows."""
    if mishap == "no stamp":
        return None
    before = timedelta(days=31 + chance.randrange(10)) if mishap == "late" else timedelta(hours=chance.randrange(1, 9))
    return Stamp.at(sent_at - before, placement.key_id, placement.id)


def _placement(station: DemoStation, chance: Random) -> DemoPlacement:
    handles = [placement for placement in station.placements if placement.channel is Channel.HANDLE]
    posters = [placement for placement in station.placements if placement.channel is Channel.POSTER]
    return handles[0] if handles and chance.random() < _HANDLE else chance.choice(posters)


def _evening(week: date, day: int) -> datetime:
    return datetime.combine(week + timedelta(days=day), datetime.min.time(), IST) + timedelta(hours=21)


def _poisson(mean: float, chance: Random) -> int:
    """A Poisson number by Knuth's multiplication of uniform ones; means here stay below a few hundred."""
    limit, product, count = math.exp(-mean), chance.random(), 0
    while product > limit:
        product *= chance.random()
        count += 1
    return count
