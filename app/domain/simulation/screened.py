"""What the server would set aside of these answers, by the very functions that it runs."""

from collections.abc import Sequence
from uuid import UUID

from app.domain.responses.screening.likeness import Arrived, Dated, long_facts, short_facts
from app.domain.responses.screening.policy import LIKENESS, Policy, is_copied, lot
from app.domain.responses.screening.ways import Ways
from app.domain.simulation.department import KEY, Given


def copied(answers: Sequence[Given], ways: Ways, policy: Policy = LIKENESS) -> set[UUID]:
    """Those of a station's answers, of one class, that are set aside as copies once all of them are there."""
    judged = [each.id for each in answers]
    short = short_facts([Arrived(each.id, each.arrived_at, each.row) for each in answers], judged, ways)
    long = long_facts([Dated(each.id, each.week, each.row) for each in answers], judged, ways)
    found = {id_: [facts[id_] for facts in (short, long) if id_ in facts] for id_ in short.keys() | long.keys()}
    return {id_ for id_, facts in found.items() if is_copied(facts, lot(KEY, id_), policy)}
