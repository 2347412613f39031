"""A public draw of the demonstration: a list that was closed, dice that were thrown, and people who were invited."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from sqlalchemy.orm import Session

from app.config import Settings
from app.domain.codes.channel import Evidence
from app.domain.codes.token import Token
from app.domain.draws.case_list import SALT_BYTES, ListOrder, SeedFrom, root_over
from app.domain.draws.draw import THROWS, digest_of, positions_of, read_seed
from app.domain.quarter import quarter_of
from app.domain.slips.slip_batch import Assurance
from app.domain.weeks import WEEK, day_of, week_ends_at
from app.formats.crypto.tokens import TokenSigner
from app.services.codes.code_reader import CodeReader
from app.services.draws.case_lists import close_list
from app.services.draws.draws import drawn_cases, keep_draw
from app.services.draws.invitations import InvitationOrder, make_invitations
from app.workflows.demonstration.department import Demonstration

_ALL, _CONTACTABLE, _CASES, _DRAWN, _DECOYS = 410, 330, 310, 160, 40
#: of those drawn so many answer in each week after they were invited; the others never do
_ANSWER = (26, 20, 12, 8, 5, 3, 2)
#: so many weeks before the end, so that what they answered is published
_WEEKS_AGO = 11
_LIVES = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Invited:
    """People who were drawn to tell of a station: by which links they answer in which week."""

    station_id: int
    tokens: dict[date, tuple[Token, ...]]


def draw_people(session: Session, demonstration: Demonstration, settings: Settings) -> Invited:
    """Close a list about the busiest station, draw from it on the next day, and make the invitations.

    No record of that time exists, so nobody can check it, and its figure says so.
    """
    chance = Random(f"{demonstration.size.seed} draw")  # noqa: S311 - invented, not secret
    week = demonstration.weeks[-min(_WEEKS_AGO, len(demonstration.weeks))]
    drawn_at = week_ends_at(week) - timedelta(days=5)
    order = _order(demonstration.busiest().id, drawn_at.date(), chance)
    salts = chance.randbytes(SALT_BYTES * order.cases)
    closed_at = drawn_at - timedelta(days=1)
    root = root_over(order.digests, salts)
    list_id = close_list(session, order, salts, root, actor_id=None, now=closed_at)
    seed = read_seed(order.seed_from, "".join(chance.choices("123456", k=THROWS)))
    positions = digest_of(positions_of(seed, order.cases, order.draw))
    keep_draw(session, list_id, seed, positions, keeps_record=False, actor_id=None, now=drawn_at)
    secrets, codes = settings.secrets, CodeReader(settings.secrets)
    wanted = InvitationOrder(list_id, demonstration.survey_id, day_of(drawn_at) + _LIVES, key_id=secrets.newest_key_id)
    _, made = make_invitations(
        session,
        wanted,
        drawn_cases(session, list_id),
        address=settings.address,
        signer=TokenSigner(secrets.signing),
        codes=codes,
        now=drawn_at,
    )
    people = (codes.token(one.slip.link.partition("#")[2]) for one in made if not one.slip.is_decoy)
    return Invited(order.place_id, dict(_answering(people, week)))


def _order(place_id: int, seed_on: date, chance: Random) -> ListOrder:
    return ListOrder(
        place_id=place_id,
        quarter=quarter_of(seed_on),
        evidence=Evidence.INVITED,
        all_cases=_ALL,
        contactable=_CONTACTABLE,
        draw=_DRAWN,
        decoys=_DECOYS,
        seed_from=SeedFrom.DICE,
        seed_source=None,
        seed_on=seed_on,
        left_out=frozenset(Assurance),
        digests=b"".join(hashlib.sha256(chance.randbytes(16)).digest() for _ in range(_CASES)),
    )


def _answering(people: Iterator[Token], week: date) -> Iterator[tuple[date, tuple[Token, ...]]]:
    for number in _ANSWER:
        week += WEEK
        yield week, tuple(token for token, _ in zip(people, range(number), strict=False))
