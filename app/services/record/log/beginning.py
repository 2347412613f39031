"""How the record begins, how its key changes, and how it goes on after something was lost."""

from sqlalchemy.orm import Session

from app.domain.problem import Problem, ProblemType
from app.domain.record.canonical import Value
from app.formats.record.notes import RecordKey, read_vkey
from app.models import Department
from app.services.record.log.entries import NewEntry, entries_about, entry_about, entry_at
from app.services.record.log.signed_heads import SignedHead

KEY_FOREIGN = ProblemType(
    "record.key_foreign",
    500,
    "The secrets hold another key than the one that the record was signed with: nothing is signed. Put the secrets back"
    " that belong to this record. Only if they are lost for good: `samvad record replace-key`.",
)

#: what only this part enters; there is one genesis, a break for each head that was lost, and for a key that was lost an
#: entry that says so and one of the key in its place
GENESIS, BREAK, KEY_LOST, KEY_ADDED = "genesis", "break", "key lost", "key added"


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
    if begun is not None and key_of_record(session) != key.vkey:
        raise Problem(KEY_FOREIGN)
    return key


def key_of_record(session: Session) -> str | None:
    """The vkey that signs now; None before the record has begun."""
    return next(iter(keys_of_record(session)), None)


def keys_of_record(session: Session) -> list[str]:
    """Those that have ever signed, the newest first."""
    begun = entry_at(session, 0)
    return [str(entry.content["key"]) for entry in (*entries_about(session, KEY_ADDED), begun) if entry is not None]


def replacement(lost: str, key: RecordKey) -> list[NewEntry]:
    """Says for good that the key of this vkey was lost, and that another signs from here on."""
    told: tuple[tuple[str, str, str], ...] = ((KEY_LOST, lost, "lost"), (KEY_ADDED, key.vkey, "added"))
    return [
        NewEntry("key", about, int.from_bytes(read_vkey(vkey).key_id), {"key": vkey, "state": state})
        for about, vkey, state in told
    ]


def break_after(session: Session, lost: SignedHead) -> NewEntry | None:
    """Says for good that this head was signed and is not continued. None if that has been said."""
    if entry_about(session, BREAK, lost.size) is not None:
        return None
    return NewEntry(BREAK, BREAK, lost.size, {"size": lost.size, "root": lost.root.hex()})
