"""The register of devices: which there are, when each synced last, and what of it never arrived."""

from collections.abc import Collection

from sqlalchemy import Row, Select, case, func, select
from sqlalchemy.orm import Session

from app.domain.devices.device import DEVICE_UNKNOWN, DeviceKind, DeviceView, state_of_device, what_is_missing
from app.domain.devices.sequence import Arrived
from app.domain.listing import Listing, Paging
from app.domain.problem import Problem
from app.models import Device, Place, Placement, SequenceRun
from app.services.devices.sequences import read_sequences


def list_devices(
    session: Session, places: Collection[int], *, language: str = "en", page: int = 1, per_page: int = 50
) -> Listing[DeviceView]:
    """The devices of these places: those in use before the revoked ones, by place and label."""
    mine = Placement.place_id.in_(places)
    total = session.scalar(select(func.count()).select_from(Device).join(Placement).where(mine)) or 0
    paging = Paging(total, page, per_page)
    rows = session.execute(
        _rows()
        .where(mine)
        .order_by(Device.revoked_at.is_not(None), *Place.by_name(language), Device.label, Device.id)
        .limit(per_page)
        .offset(paging.offset)
    ).all()
    arrived = read_sequences(session, [row.Device.id for row in rows])
    return paging.listing(_view(row, arrived[row.Device.id]) for row in rows)


def count_with_gaps(session: Session, places: Collection[int]) -> int:
    """Of how many devices of these places answers are neither here nor there, as the register marks them."""
    said = func.coalesce(Device.last_sequence, 0)
    up_to_said = case((SequenceRun.last < said, SequenceRun.last), else_=said)
    arrived = (
        select(func.coalesce(func.sum(up_to_said - SequenceRun.first + 1), 0))
        .where(SequenceRun.device_id == Device.id, SequenceRun.first <= said)
        .scalar_subquery()
    )
    # As `what_is_missing` has it, by the database itself: the page that shows the number shows none of the devices.
    lost = said - arrived > func.coalesce(Device.waiting, 0)
    mine = select(func.count()).select_from(Device).join(Placement).where(Placement.place_id.in_(places), lost)
    return session.scalar(mine) or 0


def get_device(session: Session, device_id: int) -> DeviceView:
    """Problem `device.unknown` if there is none."""
    row = session.execute(_rows().where(Device.id == device_id)).one_or_none()
    if row is None:
        raise Problem(DEVICE_UNKNOWN)
    return _view(row, read_sequences(session, [device_id])[device_id])


def _rows() -> Select[Device, Placement, Place]:
    return (
        select(Device, Placement, Place)
        .join(Placement, Placement.id == Device.placement_id)
        .join(Place, Place.id == Placement.place_id)
    )


def _view(row: Row[Device, Placement, Place], arrived: Arrived) -> DeviceView:
    device, placement, place = row
    return DeviceView(
        id=device.id,
        kind=DeviceKind(placement.channel),
        label=device.label,
        place_id=place.id,
        place=place.name,
        survey_id=placement.survey_id,
        placement_id=placement.id,
        state=state_of_device(enrolled_at=device.enrolled_at, revoked_at=device.revoked_at),
        code_expires_at=device.code_expires_at,
        enrolled_at=device.enrolled_at,
        revoked_at=device.revoked_at,
        last_synced_at=device.last_synced_at,
        waiting=device.waiting,
        missing=what_is_missing(arrived, last_sequence=device.last_sequence, waiting=device.waiting),
    )
