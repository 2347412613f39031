"""The audit chain: who did what, in an order that cannot be changed afterwards without being noticed.

Each row's HMAC covers the row and the HMAC before it; the head row's covers where the chain ends, so that
cutting the tail needs the key too. The key is not in the database: the transaction puts it into
`session.info`. What the chain alone cannot show is that the whole database was put back to an earlier day;
for that the head is printed on every report, and `verify_audit` compares it.
"""

import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Row, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.domain.problem import Problem, ProblemType
from app.models import Account, AuditEntry, AuditHead
from app.services.odd_rows import odd_rows, readable

#: where a session carries the key of the chain
AUDIT_KEY = "samvad.audit_key"

AUDIT_BROKEN = ProblemType("audit.broken", 500, "The audit chain is broken at entry %(sequence)d: %(what)s.")

ALTERED = "the entry was altered"
MISSING = "the entry is missing"
HEAD_ALTERED = "the end of the chain was altered"
HEAD_UNKNOWN = "the chain does not contain the head that you gave"

_MARK_DIGITS = 16


@dataclass(frozen=True, slots=True)
class Head:
    """Where the chain ends: the number of its last entry and sixteen hex digits that stand for all of it."""

    sequence: int
    mark: str


def record(
    session: Session,
    action: str,
    subject: str,
    actor_id: int | None,
    details: Mapping[str, object],
    now: datetime,
) -> None:
    """Append an entry, in the caller's transaction. Call it last: it locks the head until the commit.

    `action` is a dotted verb such as `placement.issued`, `subject` what it was done to, such as
    `placement:4211`. Never put a person, a password or a citizen's answer into `details`.
    """
    key = _key(session)
    head = _locked_head(session)
    sequence = head.sequence + 1
    text = json.dumps(details, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    entry = AuditEntry(
        sequence=sequence, at=now, account_id=actor_id, action=action, subject=subject, details=text, mac=b""
    )
    entry.mac = _entry_mac(key, entry, _last_mac(session, head.sequence, key))
    session.add(entry)
    head.sequence = sequence
    head.mac = _head_mac(key, sequence, entry.mac)
    session.flush()


def read_head(session: Session) -> Head:
    """The end of the chain, to be printed on reports and mirrored elsewhere."""
    head = session.get(AuditHead, 1)
    if head is None:
        return Head(0, _head_mac(_key(session), 0, _genesis(_key(session))).hex()[:_MARK_DIGITS])
    return Head(head.sequence, head.mac.hex()[:_MARK_DIGITS])


def verify_audit(session: Session, printed: Head | None = None) -> Head:
    """Walk the whole chain; Problem `audit.broken` names the first entry that is altered or missing.

    With a `printed` head, also tells whether this is still the chain that it was printed from.
    """
    key = _key(session)
    rows = session.execute(
        select(
            AuditEntry.sequence,
            AuditEntry.at,
            AuditEntry.account_id,
            AuditEntry.action,
            AuditEntry.subject,
            AuditEntry.details,
            AuditEntry.mac,
        )
        .where(readable(session, AuditEntry))
        .order_by(AuditEntry.sequence)
    ).yield_per(1000)
    odd = {odd.key for odd in odd_rows(session, AuditEntry)}
    expected, mac, seen = 1, _genesis(key), printed is None or printed.sequence == 0
    for row in rows:
        if row.sequence != expected:
            raise Problem(AUDIT_BROKEN, sequence=expected, what=ALTERED if (expected,) in odd else MISSING)
        if not hmac.compare_digest(_entry_mac(key, row, mac), row.mac):
            raise Problem(AUDIT_BROKEN, sequence=expected, what=ALTERED)
        mac = row.mac
        if printed is not None and printed.sequence == expected:
            if _head_mac(key, expected, mac).hex()[:_MARK_DIGITS] != printed.mark:
                raise Problem(AUDIT_BROKEN, sequence=expected, what=HEAD_UNKNOWN)
            seen = True
        expected += 1
    if (expected,) in odd:
        raise Problem(AUDIT_BROKEN, sequence=expected, what=ALTERED)
    _check_head(session, key, expected - 1, mac)
    if not seen and printed is not None:
        raise Problem(AUDIT_BROKEN, sequence=printed.sequence, what=HEAD_UNKNOWN)
    return read_head(session)


def ends_under(session: Session, key: bytes) -> bool:
    """Whether the end of the chain was written with this key: two rows are read, and the rest is for `verify_audit`."""
    head = session.get(AuditHead, 1)
    if head is None:
        return True
    last = session.scalar(select(AuditEntry.mac).where(AuditEntry.sequence == head.sequence)) or _genesis(key)
    return hmac.compare_digest(_head_mac(key, head.sequence, last), head.mac)


def _check_head(session: Session, key: bytes, last: int, mac: bytes) -> None:
    head = session.get(AuditHead, 1)
    if head is None:
        if last or session.scalar(select(func.count()).select_from(Account)):
            raise Problem(AUDIT_BROKEN, sequence=last + 1, what=MISSING)
        return
    if head.sequence > last:
        raise Problem(AUDIT_BROKEN, sequence=last + 1, what=MISSING)
    if head.sequence < last or not hmac.compare_digest(_head_mac(key, last, mac), head.mac):
        raise Problem(AUDIT_BROKEN, sequence=head.sequence, what=HEAD_ALTERED)


def _key(session: Session) -> bytes:
    key: bytes = session.info[AUDIT_KEY]
    return key


def _locked_head(session: Session) -> AuditHead:
    locked = select(AuditHead).where(AuditHead.id == 1).with_for_update().execution_options(populate_existing=True)
    head = session.scalar(locked)
    if head is None:
        insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
        key = _key(session)
        empty = {"id": 1, "sequence": 0, "mac": _head_mac(key, 0, _genesis(key))}
        session.execute(insert(AuditHead).values(empty).on_conflict_do_nothing())
        head = session.scalars(locked).one()
    return head


def _last_mac(session: Session, sequence: int, key: bytes) -> bytes:
    if sequence == 0:
        return _genesis(key)
    mac = session.scalar(select(AuditEntry.mac).where(AuditEntry.sequence == sequence))
    if mac is None:
        raise Problem(AUDIT_BROKEN, sequence=sequence, what=MISSING)
    return mac


def _genesis(key: bytes) -> bytes:
    return hmac.digest(key, b"samvad.audit.genesis", "sha256")


def _head_mac(key: bytes, sequence: int, mac: bytes) -> bytes:
    return hmac.digest(key, b"samvad.audit.head" + sequence.to_bytes(8, "big") + mac, "sha256")


def _entry_mac(
    key: bytes, entry: AuditEntry | Row[int, datetime, int | None, str, str, str, bytes], previous: bytes
) -> bytes:
    fields = (
        entry.sequence,
        entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        entry.account_id,
        entry.action,
        entry.subject,
        entry.details,
        previous.hex(),
    )
    text = json.dumps(list(fields), ensure_ascii=False, separators=(",", ":"))
    return hmac.digest(key, b"samvad.audit.entry" + text.encode("utf-8", "surrogatepass"), "sha256")
