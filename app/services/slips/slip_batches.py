"""Making and cancelling batches of slips and invitations.

The serials themselves are kept nowhere: they leave in the file that is made with the batch, and what stays are
marks. So a lost file cannot be made again; the batch is cancelled and another one made.
"""

import re
import secrets
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime
from operator import itemgetter

from sqlalchemy import ColumnElement, insert, select, update
from sqlalchemy.orm import Session

from app.domain.codes.channel import Channel
from app.domain.codes.placement import PlacementView
from app.domain.codes.token import SERIAL_BYTES, Token
from app.domain.problem import Problem
from app.domain.slips.slip_batch import (
    BATCH_CANCELLED,
    BATCH_FOREIGN,
    BATCH_UNKNOWN,
    LINKS_UNKNOWN,
    PACK_UNKNOWN,
    MadeSlip,
    SlipBatchOrder,
    check_order,
    number_packs,
)
from app.domain.weeks import day_of
from app.formats.crypto.tokens import TokenSigner
from app.formats.pictures.qr import one_time_code_text
from app.models import Place, Placement, Serial, SlipBatch, SlipBatchPart
from app.services.codes.code_reader import CodeReader
from app.services.codes.placements import IssueRequest, issue_placement
from app.services.codes.printed_addresses import address_for_paper, printed_address
from app.services.record.audit import record

#: what a citizen who typed the number, and the register, see as the spot
SPOTS = {Channel.SLIP: "पर्ची · Slip", Channel.INVITE: "न्योता · Invitation"}
_TOKEN = re.compile(r"(?<![A-Z2-7])[A-Z2-7]{36}(?![A-Z2-7])", re.IGNORECASE)


def make_batch(
    session: Session, order: SlipBatchOrder, *, address: str, signer: TokenSigner, codes: CodeReader, now: datetime
) -> tuple[int, tuple[MadeSlip, ...]]:
    """Make a batch; its id, and every slip with its link in the order of the packs, this once.

    Each place gets a placement of its own. Which places come first is drawn by lot, and so is every serial.
    Problems `slip_batch.…`, `placement.…` and `print.…`; then nothing is made.
    """
    counts = check_order(order)
    is_paper = order.channel is Channel.SLIP
    address = (address_for_paper if is_paper else printed_address)(session, address)
    places = list(counts)
    secrets.SystemRandom().shuffle(places)
    request = IssueRequest(
        order.survey_id, order.channel, SPOTS[order.channel], order.key_id, order.actor_id, order.expires_on
    )
    parts = [
        (issue_placement(session, place_id, request, issuable=(order.channel,), now=now), packs)
        for place_id, packs in number_packs(order.channel, {place: counts[place] for place in places})
    ]
    batch = _add_batch(session, order, day_of(now))
    code_of = {place.id: place.code for place in session.scalars(select(Place).where(Place.id.in_(counts)))}
    made: list[MadeSlip] = []
    for view, packs in parts:
        tokens = _draw(view, counts[view.place_id])
        decoys = frozenset(tokens[: order.decoys])
        session.add(
            SlipBatchPart(
                placement_id=view.id, batch_id=batch.id, size=len(tokens), first_pack=packs[0], last_pack=packs[-1]
            )
        )
        _keep(session, tokens, packs, codes, decoys)
        links = [_link(address, signer.sign(token), view.channel) for token in tokens]
        made += [
            MadeSlip(pack, code_of[view.place_id], view.place, view.number, link, token in decoys)
            for (pack, token), link in zip(_in_packs(tokens, packs), links, strict=True)
        ]
    _record_made(session, order, batch.id, counts, now)
    return batch.id, tuple(made)


def cancel_batch(session: Session, batch_id: int, *, actor_id: int | None, now: datetime) -> None:
    """Cancel all of it: what arrives from now on is set aside, and its codes lead nowhere any more."""
    _get(session, batch_id)
    ids = _placement_ids(session, batch_id)
    _cancel(session, now, Serial.placement_id.in_(ids))
    active = Placement.id.in_(ids) & Placement.retired_at.is_(None)
    session.execute(update(Placement).where(active).values(retired_at=now))
    record(session, "batch.cancelled", f"batch:{batch_id}", actor_id, {}, now)


def cancel_packs(
    session: Session, batch_id: int, packs: Collection[int], *, actor_id: int | None, now: datetime
) -> None:
    """Cancel some packs, by the numbers printed on them; Problem `slip_batch.pack_unknown`."""
    _get(session, batch_id)
    ids = _placement_ids(session, batch_id)
    known = set(session.scalars(select(Serial.pack).where(Serial.placement_id.in_(ids)).distinct()))
    for pack in sorted(packs):
        if pack not in known:
            raise Problem(PACK_UNKNOWN, pack=pack)
    _cancel(session, now, Serial.placement_id.in_(ids), Serial.pack.in_(packs))
    record(session, "batch.packs_cancelled", f"batch:{batch_id}", actor_id, {"packs": sorted(packs)}, now)


def cancel_links(
    session: Session, batch_id: int, text: str, *, codes: CodeReader, actor_id: int | None, now: datetime
) -> tuple[int, tuple[str, ...]]:
    """Cancel those whose links or codes stand in a text, such as lines that a gateway did not send.

    How many are cancelled by this, and the lines that hold none of this batch. Of none it is told whether it had
    been used. Problem `slip_batch.links_unknown` if no line holds one.
    """
    _get(session, batch_id)
    ids = set(_placement_ids(session, batch_id))
    lines = {line: _marks_in(line, ids, codes) for line in filter(None, map(str.strip, text.splitlines()))}
    # Of this batch there are never more than a statement can name.
    of_batch = Serial.placement_id.in_(ids) & Serial.mark.in_(set().union(*lines.values()))
    known = set(session.scalars(select(Serial.mark).where(of_batch)))
    if not known:
        raise Problem(LINKS_UNKNOWN)
    cancelled = _cancel(session, now, of_batch)
    record(session, "batch.links_cancelled", f"batch:{batch_id}", actor_id, {"count": cancelled}, now)
    return cancelled, tuple(line for line, marks in lines.items() if not marks & known)


def without_cancelled(
    session: Session, batch_id: int, made: Sequence[MadeSlip], codes: CodeReader
) -> tuple[MadeSlip, ...]:
    """Those that can be handed out. Problem `slip_batch.cancelled` if none, `slip_batch.foreign` for another's."""
    placement_ids = _placement_ids(session, batch_id)
    if any(token.placement_id not in placement_ids for slip in made[:1] for token in _tokens_in(slip.link, codes)):
        raise Problem(BATCH_FOREIGN)
    of_batch = Serial.placement_id.in_(placement_ids)
    cancelled = set(session.scalars(select(Serial.mark).where(of_batch, Serial.cancelled_on.is_not(None))))
    left = tuple(slip for slip in made if not cancelled or _mark_of(slip, codes) not in cancelled)
    if not left:
        raise Problem(BATCH_CANCELLED)
    return left


def _mark_of(slip: MadeSlip, codes: CodeReader) -> bytes | None:
    (token,) = _tokens_in(slip.link, codes)
    return codes.serial_mark(token)


def _add_batch(session: Session, order: SlipBatchOrder, today: date) -> SlipBatch:
    batch = SlipBatch(
        channel=order.channel.value,
        survey_id=order.survey_id,
        place_id=order.place_id,
        issued_on=today,
        expires_on=order.expires_on,
        issued_by=order.actor_id,
        list_id=order.list_id,
    )
    session.add(batch)
    session.flush()
    return batch


def _record_made(
    session: Session, order: SlipBatchOrder, batch_id: int, counts: Mapping[int, int], now: datetime
) -> None:
    details: dict[str, object] = {
        "channel": order.channel.value,
        "size": sum(counts.values()),
        "places": len(counts),
        "expires_on": order.expires_on.isoformat(),
    }
    if order.channel is Channel.INVITE:
        details["left_out"] = sorted(order.assured)
    if order.list_id is not None:
        details |= {"case_list": order.list_id, "decoys": order.decoys}
    record(session, "batch.made", f"batch:{batch_id}", order.actor_id, details, now)


def _link(address: str, token: str, channel: Channel) -> str:
    """Capitals for a QR code, small letters for what a messenger shows."""
    return one_time_code_text(address, token) if channel is Channel.SLIP else f"{address}/s/#{token}"


def _draw(view: PlacementView, size: int) -> list[Token]:
    serials: set[bytes] = set()
    while len(serials) < size:
        serials.add(secrets.token_bytes(SERIAL_BYTES))
    # A set is not shuffled: its order could be found again.
    drawn = sorted(serials)
    secrets.SystemRandom().shuffle(drawn)
    return [Token(view.channel, view.key_id, view.id, serial=serial) for serial in drawn]


def _in_packs(tokens: Sequence[Token], packs: range) -> Iterator[tuple[int, Token]]:
    size = -(-len(tokens) // len(packs))
    return ((packs[at // size], token) for at, token in enumerate(tokens))


def _keep(
    session: Session, tokens: Sequence[Token], packs: range, codes: CodeReader, decoys: Collection[Token]
) -> None:
    """The marks, sorted, so that no order of rows leads back to the paper."""
    rows = [
        {
            "mark": codes.serial_mark(token),
            "placement_id": token.placement_id,
            "pack": pack,
            "cancelled_on": None,
            "is_decoy": token in decoys,
        }
        for pack, token in _in_packs(tokens, packs)
    ]
    session.flush()
    session.execute(insert(Serial), sorted(rows, key=itemgetter("mark")))


def _cancel(session: Session, now: datetime, *which: ColumnElement[bool]) -> int:
    """How many this cancelled; those that were cancelled before keep their day."""
    statement = update(Serial).where(*which, Serial.cancelled_on.is_(None)).values(cancelled_on=day_of(now))
    return session.connection().execute(statement).rowcount


def _marks_in(line: str, placement_ids: Collection[int], codes: CodeReader) -> set[bytes]:
    tokens = (token for token in _tokens_in(line, codes) if token.placement_id in placement_ids)
    return {mark for token in tokens if (mark := codes.serial_mark(token))}


def _tokens_in(text: str, codes: CodeReader) -> Iterator[Token]:
    for found in _TOKEN.findall(text):
        try:
            yield codes.token(found)
        except Problem:
            continue


def _get(session: Session, batch_id: int) -> SlipBatch:
    batch = session.get(SlipBatch, batch_id, with_for_update=True)
    if batch is None:
        raise Problem(BATCH_UNKNOWN)
    return batch


def _placement_ids(session: Session, batch_id: int) -> list[int]:
    return list(session.scalars(select(SlipBatchPart.placement_id).where(SlipBatchPart.batch_id == batch_id)))
