"""How the record begins, how its key changes, and how it goes on after something was lost."""

from sqlalchemy.orm import Session

from app.domain.problem import Problem, ProblemType
from app.domain.record.canonical import Value
from app.formats.record.notes import RecordKey
from app.models import Department
from app.services.record.log.entries import NewEntry, entry_about, entry_at
from app.services.record.log.signed_heads import SignedHead

KEY_FOREIGN = ProblemType(
    "record.key_foreign",
    500,
    "The secrets hold another key than the one that the record was signed with: nothing is signed. Put the secrets back"
    " that belong to this record.",
)

#: what only this part enters; there is one genesis, and a break for each head that was lost
GENESIS, BREAK = "genesis", "break"


def genesis_of(session: Session, key: RecordKey) -> NewEntry | None:
    """None before the installation has a department."""
    department = session.get(Department, 1)
    if department is None:
        return None
    content: dict[str, Value] = {
        "department": department.name_en or department.name_hi,
        "origin": key.name,
        "key": key.vkey,
        "witnesses": [],
    }
    return NewEntry(GENESIS, GENESIS, 0, content)


def require_key(session: Session, seed: bytes, host: str) -> RecordKey:
    """The key that signs; Problem `record.key_foreign`. A record that has begun keeps its name for good."""
    if not seed:
        raise Problem(KEY_FOREIGN)
    begun = entry_at(session, 0)
    key = RecordKey(str(begun.content["origin"]) if begun else f"{host.lower()}/r/record", seed)
    if begun is not None and begun.content["key"] != key.vkey:
        raise Problem(KEY_FOREIGN)
    return key


def key_of_record(session: Session) -> str | None:
    """The vkey that the record began with; None before it has begun."""
    begun = entry_at(session, 0)
    return None if begun is None else str(begun.content["key"])


def break_after(session: Session, lost: SignedHead) -> NewEntry | None:
    """Says for good that this head was signed and is not continued. None if that has been said."""
    if entry_about(session, BREAK, lost.size) is not None:
        return None
    return NewEntry(BREAK, BREAK, lost.size, {"size": lost.size, "root": lost.root.hex()})
