"""The code on a printed report: made for an edition that stands in the record, and looked at when somebody scans it."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.places.place import BilingualName, PlaceKind
from app.domain.problem import ProblemType
from app.domain.record.merkle import inclusion_path
from app.domain.record.report_mark import ReportMark
from app.formats.record.notes import is_signed_by, read_vkey
from app.formats.record.proofs import tlog_proof
from app.formats.record.report_codes import ReportCode, write
from app.models import Edition, Place
from app.services.record.editions import StoredEdition, fingerprint, later_corrections
from app.services.record.log.beginning import keys_of_record
from app.services.record.log.checkpoints import Checkpoint, newest_checkpoint
from app.services.record.log.entries import Entry, entry_at
from app.services.record.log.hashes import root_at, subtree_of
from app.services.record.sources.editions import EditionProof, proof_of

EDITION_NOT_ENTERED = ProblemType("edition.not_entered", 404, "These results do not stand in the public record yet.")


class Standing(StrEnum):
    """What is so of figures whose code was scanned."""

    #: what was printed stands
    UNCHANGED = "unchanged"
    CORRECTED = "corrected"
    #: the head on the paper was signed, and the record does not continue it
    REWRITTEN = "rewritten"
    #: they were published, and under their fingerprint stands something else today
    ALTERED = "altered"
    #: the head is in the record, and these figures are in none of its entries
    NEVER_ENTERED = "never_entered"
    #: the head was not signed by the key of this record
    FOREIGN = "foreign"


@dataclass(frozen=True, slots=True)
class CheckedReport:
    """`place`, `due_on`, `digest` and `entry` are of the figures, where there are any; `later` corrects them."""

    standing: Standing
    place: BilingualName | None = None
    page: str | None = None
    kind: PlaceKind | None = None
    due_on: date | None = None
    digest: str = ""
    number: int = 1
    entry: Entry | None = None
    later: tuple[StoredEdition, ...] = ()


def report_mark(session: Session, digest: str | None, address: str, now: datetime) -> ReportMark | None:
    """What the print of an edition says; None while the record that everybody can see does not hold it.

    `address` is where citizens reach the product. A report that is no edition has no digest, and no mark.
    """
    entered = _entered(session, digest, now) if digest is not None else None
    if digest is None or entered is None:
        return None
    checkpoint, proof = entered
    key = _signer_of(session, checkpoint)
    if key is None:
        return None
    code = ReportCode.of(checkpoint.note, key, bytes.fromhex(digest))
    return ReportMark(f"{address}/r/q/{write(code)}".upper(), key, proof.entry)


def report_proof(session: Session, digest: str, now: datetime) -> str | None:
    """The same for a program: the path of the entry, the signed head, and the path from the edition to the entry."""
    entered = _entered(session, digest, now)
    if entered is None:
        return None
    checkpoint, proof = entered
    path = inclusion_path(proof.entry, checkpoint.size, subtree_of(session))
    return tlog_proof(proof.entry, path, checkpoint.note, b"".join(proof.path))


def check_report(session: Session, code: ReportCode, now: datetime) -> CheckedReport:
    """What is so of the figures that a scanned code names, by what everybody can see."""
    keys, checkpoint = keys_of_record(session), newest_checkpoint(session, now)
    if checkpoint is None or not any(code.holds(read_vkey(key).name, key) for key in keys):
        return CheckedReport(Standing.FOREIGN)
    if code.size > checkpoint.size or root_at(session, code.size) != code.root:
        return CheckedReport(Standing.REWRITTEN)
    entered = _entered(session, code.figures.hex(), now)
    if entered is None:
        return CheckedReport(Standing.NEVER_ENTERED)
    edition = session.scalars(select(Edition).where(Edition.digest == code.figures.hex())).one()
    if fingerprint(edition.document) != edition.digest:
        return CheckedReport(Standing.ALTERED)
    place = session.get_one(Place, edition.place_id)
    later = later_corrections(session, edition.place_id, edition.due_on, edition.number)
    return CheckedReport(
        Standing.CORRECTED if later else Standing.UNCHANGED,
        place.name,
        place.page,
        PlaceKind(place.kind),
        edition.due_on,
        edition.digest,
        edition.number,
        entry_at(session, entered[1].entry),
        tuple(later),
    )


def _signer_of(session: Session, checkpoint: Checkpoint) -> str | None:
    """The vkey whose owner signed this head: of several that the record had, it may be an earlier one."""
    return next((key for key in keys_of_record(session) if is_signed_by(checkpoint.note, key)), None)


def _entered(session: Session, digest: str, now: datetime) -> tuple[Checkpoint, EditionProof] | None:
    """The head that everybody can see, and where this edition stands under it; None if it does not."""
    checkpoint, proof = newest_checkpoint(session, now), proof_of(session, digest)
    if checkpoint is None or proof is None or proof.entry >= checkpoint.size:
        return None
    return checkpoint, proof
