"""A device says how it is: kept in one transaction, answered from a second one, since counting reads many answers.

If the second fails, the status is kept and the device says it again later, which changes nothing more.
"""

from datetime import datetime

from app.domain.json_value import JsonObject
from app.formats.wire.devices import DeviceStatus
from app.services.devices.changes import Heard, hear_status
from app.services.figures.quota_progress import quotas_of_placement
from app.transaction import reading, transaction


def receive_status(status: DeviceStatus, *, now: datetime) -> tuple[Heard, JsonObject | None]:
    """What follows from it, and the quotas of its survey, if there are any. Problems `device.status_…`."""
    with transaction() as session:
        heard = hear_status(session, status, now=now)
    if heard.revoked:
        return heard, None
    with reading() as session:
        return heard, quotas_of_placement(session, heard.placement_id)
