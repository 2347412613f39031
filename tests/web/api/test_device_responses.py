"""Items of enrolled devices at the sync API, on both databases: signatures, sequence numbers, revocation."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from itertools import count as counting
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, select, update

from app.domain.codes.channel import Channel
from app.domain.codes.stamp import Stamp
from app.domain.codes.token import Token
from app.domain.devices.sequence import Arrived, NumberRun
from app.extensions import db
from app.models import Device, Response, SequenceRun
from app.services.devices.sequences import read_sequences
from app.transaction import reading, transaction
from app.web.context import context
from tests.factories import Tablet, add_device, add_place, add_placement, add_survey
from tests.fixtures.outbox import ANSWERS, NOW, Outbox, count, verdicts

pytestmark = pytest.mark.both_databases


@dataclass
class Kiosk:
    """A tablet that holds answers, and numbers them."""

    outbox: Outbox
    tablet: Tablet
    sequence: Iterator[int]

    def item(self, body: Any = ANSWERS, **changes: Any) -> dict[str, Any]:
        return self.tablet.sign(self._numbered(self.outbox.item(body), changes))

    def sealed(self, **changes: Any) -> dict[str, Any]:
        return self.tablet.sign(self.outbox.sealed(**self._numbered({"device": str(self.tablet.id)}, changes)))

    def _numbered(self, item: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
        item = {**item, **changes}
        return item if "sequence" in item else {**item, "sequence": next(self.sequence)}

    def arrived(self) -> Arrived:
        with reading() as session:
            return read_sequences(session, [self.tablet.id])[self.tablet.id]


def kiosk_at(outbox: Outbox, channel: Channel = Channel.KIOSK, days: int = 0) -> Kiosk:
    with transaction() as session:
        version = add_survey(session)
        placement = add_placement(session, add_place(session), version, channel=channel)
        tablet = add_device(session, placement)
    token = context().tokens.sign(Token(channel, 0, placement.id))
    stamp = context().stamps.sign(Stamp.at(NOW - timedelta(days=days, hours=2), 0, placement.id))
    return Kiosk(Outbox(outbox.client, token, stamp, version.id), tablet, counting(1))


@pytest.fixture
def kiosk(outbox: Outbox) -> Kiosk:
    return kiosk_at(outbox)


def test_signed_answers_count_plain_and_sealed(kiosk: Kiosk) -> None:
    assert kiosk.outbox.statuses(kiosk.item(), kiosk.sealed()) == ["stored", "stored"]
    assert verdicts() == [("counted", [])] * 2
    assert kiosk.arrived() == Arrived(2, ())


def test_an_interviewers_phone_signs_too(outbox: Outbox) -> None:
    phone = kiosk_at(outbox, Channel.INTERVIEW)
    assert phone.outbox.statuses(phone.sealed()) == ["stored"]
    assert verdicts() == [("counted", [])]


@pytest.mark.parametrize(("days", "reasons"), [(60, []), (91, ["late"])])
def test_an_enrolled_device_may_be_ninety_days_late(outbox: Outbox, days: int, reasons: list[str]) -> None:
    kiosk = kiosk_at(outbox, days=days)
    assert kiosk.outbox.statuses(kiosk.sealed()) == ["stored"]
    assert [said for _, said in verdicts()] == [reasons]


def test_without_a_valid_signature_thirty_days_are_late(outbox: Outbox) -> None:
    kiosk = kiosk_at(outbox, days=60)
    assert kiosk.outbox.statuses({**kiosk.sealed(), "signature": "A" * 86}) == ["stored"]
    assert verdicts() == [("set_aside", ["late", "signature_invalid"])]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"signature": None}, "signature_invalid"),
        ({"signature": "A" * 86}, "signature_invalid"),
        ({"signature": "संवाद"}, "signature_invalid"),
        ({"sequence": None}, "signature_invalid"),
        ({"sequence": 77}, "signature_invalid"),
        ({"body": {"respect": 5}}, "signature_invalid"),
        ({"week": "2026-06-01"}, "signature_invalid"),
        ({"device": None}, "device_unknown"),
        ({"device": "1"}, "device_unknown"),
        ({"device": "٣"}, "device_unknown"),
        ({"device": "9" * 80}, "device_unknown"),
        ({"device": "-1"}, "device_unknown"),
    ],
)
def test_what_is_not_signed_by_its_device_is_set_aside(kiosk: Kiosk, change: dict[str, Any], reason: str) -> None:
    changed = {**kiosk.item(), **change}
    assert kiosk.outbox.statuses(kiosk.item(), changed) == ["stored", "stored"]
    assert verdicts() == [("counted", []), ("set_aside", [reason])]
    assert count(SequenceRun) == 1


def test_a_device_that_was_not_enrolled_is_unknown(kiosk: Kiosk) -> None:
    with transaction() as session:
        session.execute(update(Device).values(public_key=None))
    assert kiosk.outbox.statuses(kiosk.item()) == ["stored"]
    assert verdicts() == [("set_aside", ["device_unknown"])]


def test_what_a_revoked_device_sends_is_set_aside_and_what_it_sent_before_stays(kiosk: Kiosk) -> None:
    before = kiosk.sealed()
    assert kiosk.outbox.statuses(before) == ["stored"]
    with transaction() as session:
        session.execute(update(Device).values(revoked_at=NOW))
    assert kiosk.outbox.statuses(before, kiosk.sealed()) == ["duplicate", "stored"]
    assert verdicts() == [("counted", []), ("set_aside", ["device_revoked"])]
    assert kiosk.arrived() == Arrived(2, ())


def test_a_device_speaks_for_its_own_placement_only(kiosk: Kiosk) -> None:
    other = kiosk_at(kiosk.outbox)
    borrowed = other.outbox.item(sequence=next(kiosk.sequence))
    poster = Outbox(kiosk.outbox.client, *_poster())
    assert poster.statuses(kiosk.tablet.sign(borrowed), kiosk.tablet.sign(poster.item(sequence=2))) == ["stored"] * 2
    assert verdicts() == [("set_aside", ["device_foreign"])] * 2


def test_a_number_counts_once(kiosk: Kiosk) -> None:
    first, second = kiosk.sealed(sequence=5), kiosk.sealed(sequence=5)
    assert kiosk.outbox.statuses(first, kiosk.sealed(sequence=7)) == ["stored", "stored"]
    assert kiosk.outbox.statuses(first, second, first) == ["duplicate", "stored", "duplicate"]
    assert verdicts() == [("counted", []), ("counted", []), ("set_aside", ["sequence_used"])]
    assert kiosk.arrived() == Arrived(7, (NumberRun(1, 4), NumberRun(6, 6)))


def test_of_two_with_one_number_in_a_batch_the_first_counts(kiosk: Kiosk) -> None:
    first, second = kiosk.item({"respect": 1}, sequence=1), kiosk.item({"respect": 2}, sequence=1)
    assert kiosk.outbox.statuses(first, second) == ["stored", "stored"]
    assert verdicts() == [("counted", []), ("set_aside", ["sequence_used"])]


def test_what_cannot_be_opened_uses_up_no_number(kiosk: Kiosk) -> None:
    good = kiosk.sealed(sequence=1)
    broken = kiosk.tablet.sign({**kiosk.sealed(sequence=2), "body": good["body"]})
    assert kiosk.outbox.statuses(good, broken) == ["stored", "rejected"]
    assert kiosk.arrived() == Arrived(1, ())


def test_eight_senders_of_one_outbox_store_and_number_each_once(app: Flask, kiosk: Kiosk) -> None:
    items = [kiosk.item({"respect": 1 + at % 5}) for at in range(40)]

    def send(turn: int) -> list[str]:
        with app.app_context():
            mine = Outbox(app.test_client(), kiosk.outbox.token, kiosk.outbox.stamp, kiosk.outbox.version)
            return mine.statuses(*(items if turn % 2 else items[::-1]))

    with ThreadPoolExecutor(max_workers=8) as pool:
        statuses = [status for each in pool.map(send, range(8)) for status in each]
    assert statuses.count("stored") == 40
    assert statuses.count("duplicate") == 40 * 7
    assert verdicts() == [("counted", [])] * 40
    assert (kiosk.arrived(), count(SequenceRun), count(Response)) == (Arrived(40, ()), 1, 40)


def _poster() -> tuple[str, str, int]:
    """Token, stamp and survey version of a poster."""
    with transaction() as session:
        version = add_survey(session)
        placement = add_placement(session, add_place(session), version)
    token = context().tokens.sign(Token(Channel.POSTER, 0, placement.id))
    return token, context().stamps.sign(Stamp.at(NOW, 0, placement.id)), version.id


def test_the_column_of_a_response_names_no_device(kiosk: Kiosk) -> None:
    kiosk.outbox.statuses(kiosk.sealed())
    with reading() as session:
        row = session.scalars(select(Response)).one()
        columns = {name: getattr(row, name) for name in Response.__table__.c.keys()}  # noqa: SIM118
    assert str(kiosk.tablet.id) not in str(columns)


def test_a_plain_batch_pays_nothing_for_devices(kiosk: Kiosk) -> None:
    poster = Outbox(kiosk.outbox.client, *_poster())
    assert _statements_about_devices(lambda: poster.statuses(poster.item(), poster.sealed())) == []
    # One select of the devices, then the lock on them, and the runs: read, written.
    asked = _statements_about_devices(lambda: kiosk.outbox.statuses(*[kiosk.sealed() for _ in range(20)]))
    assert [statement.split()[0] for statement in asked] == ["SELECT", "SELECT", "SELECT", "INSERT"]


def _statements_about_devices(send: Callable[[], object]) -> list[str]:
    """What the databases were asked of devices and their numbers meanwhile, by whichever way."""
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        asked.append(statement)

    for engine in db.engines.values():
        event.listen(engine, "before_cursor_execute", note)
    send()
    for engine in db.engines.values():
        event.remove(engine, "before_cursor_execute", note)
    return [statement for statement in asked if "device" in statement or "sequence_run" in statement]
