"""Which sequence numbers of each device have arrived. Kept apart from the responses that carried them."""

from collections.abc import Collection, Sequence

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from app.domain.devices.sequence import Arrived, NumberRun, add_numbers, arrived
from app.models import Base, Device, SequenceRun

_RUN = Base.metadata.tables["sequence_run"]


def record_sequences(session: Session, numbers: Sequence[tuple[int, int]]) -> list[bool]:
    """Add the numbers that arrived, each with the id of its device; for each whether it had not arrived before.

    In the caller's transaction, beside the responses that carry them. The devices are locked, in one order,
    so that of two senders with one number the second finds it used.
    """
    of_device: dict[int, list[int]] = {}
    for device_id, number in numbers:
        of_device.setdefault(device_id, []).append(number)
    locked = select(Device.id).where(Device.id.in_(of_device)).order_by(Device.id).with_for_update(key_share=True)
    session.execute(locked).all()
    new = {device_id: iter(_record(session, device_id, of_device[device_id])) for device_id in sorted(of_device)}
    return [next(new[device_id]) for device_id, _ in numbers]


def read_sequences(session: Session, device_ids: Collection[int]) -> dict[int, Arrived]:
    """What has arrived of each device, and the gaps; a deleted outbox shows as one."""
    runs: dict[int, list[NumberRun]] = {device_id: [] for device_id in device_ids}
    for row in session.execute(select(_RUN).where(_RUN.c.device_id.in_(device_ids))):
        runs[row.device_id].append(NumberRun(row.first, row.last))
    return {device_id: arrived(of_device) for device_id, of_device in runs.items()}


def _record(session: Session, device_id: int, numbers: Sequence[int]) -> tuple[bool, ...]:
    touching = (
        select(SequenceRun.first, SequenceRun.last)
        .where(SequenceRun.device_id == device_id)
        .where(SequenceRun.last >= min(numbers) - 1, SequenceRun.first <= max(numbers) + 1)
    )
    before = {NumberRun(first, last) for first, last in session.execute(touching)}
    after, new = add_numbers(before, numbers)
    if gone := [run.first for run in before.difference(after)]:
        session.execute(delete(_RUN).where(_RUN.c.device_id == device_id, _RUN.c.first.in_(gone)))
    if added := [run for run in after if run not in before]:
        rows = [{"device_id": device_id, "first": run.first, "last": run.last} for run in added]
        session.execute(insert(_RUN), rows)
    return new
