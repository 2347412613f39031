"""Share kits for official accounts: what is on one, read from the database, ready to be drawn."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.domain.codes.share_kit import ShareKit
from app.formats.crypto.tokens import TokenSigner
from app.services.codes.placement_queries import get_placement
from app.services.codes.printed_addresses import handle_link
from app.services.installation.department_queries import describe_department, emblem_of


def order_share_kit(
    session: Session, placement_id: int, *, address: str, signer: TokenSigner, now: datetime
) -> ShareKit:
    """Problems `placement.unknown`, `placement.not_a_link` and `print.host_unconfirmed`."""
    link = handle_link(session, placement_id, address=address, signer=signer, now=now)
    place = get_placement(session, placement_id, now=now).place
    domain = address.partition("://")[2].lower()
    return ShareKit(describe_department(session), place, link, domain, emblem_of(session))
