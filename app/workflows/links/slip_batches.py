"""A batch from its order to what is sent or printed: made once, held for an hour for its maker, drawn meanwhile."""

from datetime import date, datetime
from pathlib import Path

from sqlalchemy.orm import Session

from app.documents.slip_sheets import SlipOrder
from app.domain.codes.print_formats import PaperLanguage
from app.domain.slips.slip_batch import PACK, MadeSlip, SlipBatchOrder, shuffle_packs
from app.formats.crypto.tokens import TokenSigner
from app.formats.made_slips import read_slips, write_slips
from app.formats.pictures.qr import one_time_code_text
from app.services import held_files
from app.services.codes.code_reader import CodeReader
from app.services.codes.printed_addresses import address_for_paper
from app.services.held_files import HeldKind
from app.services.installation.department_queries import describe_department
from app.services.places.queries import find_place
from app.services.slips.slip_batch_queries import BatchView
from app.services.slips.slip_batches import make_batch, without_cancelled
from app.transaction import reading
from app.workflows.links.holding import make_and_hold

_NOT_A_TOKEN = "A" * 36


def make_held_batch(
    order: SlipBatchOrder,
    *,
    owner: int,
    instance: Path,
    address: str,
    signer: TokenSigner,
    codes: CodeReader,
    now: datetime,
) -> tuple[int, str]:
    """The batch, and the name under which its links are held. Either both are kept or none."""

    def make(session: Session) -> tuple[int, bytes]:
        batch_id, made = make_batch(session, order, address=address, signer=signer, codes=codes, now=now)
        return batch_id, write_slips(made)

    return make_and_hold(instance, make, kind=HeldKind.LINKS, owner=owner, now=now)


def take_held_slips(
    batch_id: int, token: str, *, owner: int, instance: Path, codes: CodeReader, now: datetime
) -> tuple[MadeSlip, ...]:
    """What of the file has not been cancelled since. Problems `file.gone` and `slip_batch.…`."""
    made = held_files.read_as(read_slips, instance, token, kind=HeldKind.LINKS, owner=owner, now=now)
    with reading() as session:
        return without_cancelled(session, batch_id, made, codes)


def order_sheets(batch: BatchView, made: tuple[MadeSlip, ...], language: PaperLanguage, address: str) -> SlipOrder:
    """The sheets of a batch, ready to be drawn. Problems `print.…`."""
    with reading() as session:
        return SlipOrder(
            department=describe_department(session),
            domain=_domain(address_for_paper(session, address)),
            batch_id=batch.id,
            expires_on=batch.expires_on,
            slips=shuffle_packs(made),
            language=language,
            below=batch.place,
            made_on=batch.issued_on,
            asked=batch.survey.on_paper if batch.survey else None,
        )


def order_specimen(place_id: int, address: str, today: date) -> SlipOrder:
    """A sheet before any slip is made. Its codes lead nowhere. Problems `print.…`."""
    with reading() as session:
        place = find_place(session, place_id)
        address = address_for_paper(session, address)
        department = describe_department(session)
    slip = MadeSlip(1, place.code, place.name, "0" * 8, one_time_code_text(address, _NOT_A_TOKEN))
    return SlipOrder(department, _domain(address), 0, today, (slip,) * PACK)


def _domain(address: str) -> str:
    return address.partition("://")[2].lower()
