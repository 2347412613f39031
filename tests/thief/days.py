"""A week of answers as they come: one by one, each in a transaction of its own, with a slip, a number or a screen."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from random import Random
from uuid import UUID

from sqlalchemy import text

from app.domain.codes.channel import Channel
from app.domain.codes.counter_code import code_at, step_of
from app.domain.codes.stamp import Stamp
from app.domain.codes.token import Token
from app.domain.responses.device_claim import DeviceProof
from app.domain.responses.response import Incoming
from app.formats.canonical_json import write_json
from app.models import Placement
from app.services.figures.tallies import fold_marks
from app.services.responses.arrivals import forget_arrivals
from app.services.responses.ingest import ingest_batch
from app.services.responses.seals.sealing import seal_portion
from app.transaction import transaction
from app.upkeep import is_sqlite
from app.web.context import context
from tests.factories import add_device, add_place, add_placement, add_serials, add_survey

DAY = timedelta(days=1)


def seeded(seed: int) -> Random:
    """Dice that fall the same way each time."""
    return Random(seed)  # noqa: S311


@dataclass(frozen=True, slots=True)
class Desk:
    """A place, with a code of each kind."""

    place: int
    version: int
    codes: dict[Channel, int]
    device: int
    slips: list[Token]


class Town:
    """Places whose answers come in turn. Their order is known, and on PostgreSQL by which transactions they came."""

    def __init__(self, places: int, slips: int, chance: Random, set_aside: float = 0) -> None:
        self.chance = chance
        #: which share of answers says that its page is of another code, and is set aside for that
        self.set_aside = set_aside
        self.sent: list[UUID] = []
        self.transactions: list[int] = []
        self.desks = [self._desk(slips) for _ in range(places)]

    def answers(self, number: int, first_at: datetime, apart: timedelta) -> None:
        for at in range(number):
            self.answer(first_at + at * apart)

    def answer(self, at: datetime) -> None:
        desk = self.chance.choice(self.desks)
        channel = self.chance.choice((Channel.POSTER, Channel.POSTER, Channel.SLIP, Channel.KIOSK, Channel.COUNTER))
        if channel is Channel.SLIP and not desk.slips:
            channel = Channel.POSTER
        incoming = self._incoming(desk, channel, at)
        self._send([incoming], at)
        if self.chance.random() < 0.02:
            self._send([replace(incoming, body=incoming.body + b" ")], at)
        self.sent.append(incoming.id)

    def row(self, id_: UUID, week: date) -> dict[str, object]:
        """One that lay there before, through a poster; for what does not go through ingest."""
        desk = self.chance.choice(self.desks)
        return {
            "id": id_,
            "place_id": desk.place,
            "placement_id": desk.codes[Channel.POSTER],
            "survey_version_id": desk.version,
            "channel": Channel.POSTER.value,
            "evidence": Channel.POSTER.evidence.value,
            "language": "hi",
            "week": week,
            "answers": f'{{"overall":{self.chance.randint(1, 5)}}}',
            "digest": bytes(32),
        }

    def _send(self, batch: Sequence[Incoming], at: datetime) -> None:
        with transaction() as session:
            ingest_batch(session, batch, ingest=context().ingest, now=at)
            if not is_sqlite():
                self.transactions.append(session.scalar(text("SELECT pg_current_xact_id()::text::bigint")) or 0)

    def _desk(self, slips: int) -> Desk:
        with transaction() as session:
            version, place = add_survey(session), add_place(session)
            channels = (Channel.POSTER, Channel.SLIP, Channel.COUNTER, Channel.KIOSK)
            codes = {each: add_placement(session, place, version, channel=each).id for each in channels}
            device = add_device(session, session.get_one(Placement, codes[Channel.KIOSK])).id
            issued = add_serials(session, session.get_one(Placement, codes[Channel.SLIP]), slips, context().codes)
            return Desk(place.id, version.id, codes, device, issued)

    def _incoming(self, desk: Desk, channel: Channel, at: datetime) -> Incoming:
        placement = desk.codes[channel]
        if channel is Channel.SLIP:
            token = desk.slips.pop()
        elif channel is Channel.COUNTER:
            token = code_at(0, placement, step_of(at))
        else:
            token = Token(channel, 0, placement)
        proof = DeviceProof((), (desk.device, len(self.sent) + 1)) if channel is Channel.KIOSK else None
        answers = {"overall": self.chance.randint(1, 5)}
        if self.chance.random() < 0.5:
            answers["overall"] = 3
        stamp: Stamp | None = Stamp.at(at, 0, placement, token.time_step)
        if self.set_aside and self.chance.random() < self.set_aside:
            stamp = None
        return Incoming(
            id=UUID(int=self.chance.getrandbits(128), version=4),
            token=token,
            survey_version_id=desk.version,
            language=self.chance.choice(("hi", "en")),
            claimed_week=None,
            stamp=stamp,
            body=write_json(answers),
            answers=answers,
            proof=proof,
        )


def keep_house(now: datetime) -> None:
    """What the other jobs do beside it."""
    with transaction() as session:
        fold_marks(session)
        seal_portion(session)
        forget_arrivals(session, now)


def share_right(pairs: Iterator[tuple[object, object]], came: Callable[[object], int | None]) -> tuple[int, int]:
    """Of how many pairs the second came after the first, and how many there are of which both are known."""
    times = ((came(first), came(second)) for first, second in pairs)
    known = [(one, two) for one, two in times if one is not None and two is not None and one != two]
    return sum(one < two for one, two in known), len(known)
