"""A counter screen fetches codes: read in one transaction, and noted in a second one, once a day.

If the second fails, the screen gets no codes, goes on with those it holds, and asks again.
"""

from datetime import datetime

from app.formats.crypto.tokens import TokenSigner
from app.services.codes.counter_screens import FetchedPad, HeldPad, fetch_pad, note_fetch
from app.services.codes.printed_addresses import printed_address
from app.transaction import reading, transaction


def send_codes(
    secret: bytes, held: HeldPad | None, *, address: str, signer: TokenSigner, now: datetime
) -> tuple[FetchedPad, str]:
    """The codes that it lacks, and the address that they lead to. Problems `screen.…`, `print.host_unconfirmed`."""
    with reading() as session:
        confirmed = printed_address(session, address)
        fetched = fetch_pad(session, secret, held, signer=signer, now=now)
    if fetched.is_first_today:
        with transaction() as session:
            note_fetch(session, fetched.placement.id, now=now)
    return fetched, confirmed
