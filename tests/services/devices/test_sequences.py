"""Sequence numbers in the database: once each, whoever races, and undone with the transaction."""

import random
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.devices.sequence import Arrived, NumberRun
from app.models import SequenceRun
from app.services.devices.sequences import read_sequences, record_sequences
from app.transaction import reading, transaction
from tests.factories import Tablet, add_device, add_place, add_placement, add_survey


def two_devices(session: Session) -> tuple[Tablet, Tablet]:
    version, place = add_survey(session), add_place(session)
    first, second = (add_device(session, add_placement(session, place, version)) for _ in range(2))
    return first, second


def test_numbers_are_kept_as_runs_for_each_device_apart(any_session: Session) -> None:
    one, other = two_devices(any_session)
    assert record_sequences(any_session, [(one.id, 2), (other.id, 2), (one.id, 1), (one.id, 2)]) == [True] * 3 + [False]
    assert record_sequences(any_session, [(one.id, 5), (one.id, 3), (other.id, 2), (one.id, 2**53)]) == [
        True,
        True,
        False,
        True,
    ]
    runs = any_session.execute(select(SequenceRun.device_id, SequenceRun.first, SequenceRun.last)).all()
    assert sorted(runs) == sorted([(one.id, 1, 3), (one.id, 5, 5), (one.id, 2**53, 2**53), (other.id, 2, 2)])
    assert read_sequences(any_session, [one.id, other.id, 7]) == {
        one.id: Arrived(2**53, (NumberRun(4, 4), NumberRun(6, 2**53 - 1))),
        other.id: Arrived(2, (NumberRun(1, 1),)),
        7: Arrived(0, ()),
    }


@pytest.mark.both_databases
def test_of_many_senders_with_the_same_numbers_each_is_new_once(app: Flask) -> None:
    with transaction() as session:
        devices = two_devices(session)

    def race(seed: int) -> list[tuple[int, int]]:
        numbers = [(device.id, number) for device in devices for number in range(1, 41)]
        random.Random(seed).shuffle(numbers)  # noqa: S311 - an order, no secret
        won = []
        with app.app_context():
            for at in range(0, len(numbers), 8):
                some = numbers[at : at + 8]
                with transaction() as session:
                    new = record_sequences(session, some)
                won += [number for number, is_new in zip(some, new, strict=True) if is_new]
        return won

    with ThreadPoolExecutor(max_workers=6) as pool:
        won = [number for each in pool.map(race, range(6)) for number in each]
    assert sorted(won) == sorted((device.id, number) for device in devices for number in range(1, 41))
    with reading() as session:
        assert set(read_sequences(session, [device.id for device in devices]).values()) == {Arrived(40, ())}
        assert len(session.scalars(select(SequenceRun.last)).all()) == 2
