"""What an import of places would do, told before it is done."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date

from app.domain.places.place import NO_CONTACT, BilingualName, Contact, PlaceGroup, PlaceKind
from app.domain.problem import Problem


@dataclass(frozen=True, slots=True)
class Addition:
    row: int
    code: str
    kind: PlaceKind
    name: BilingualName
    parent_code: str | None
    retired_on: date | None
    contact: Contact = NO_CONTACT
    group: PlaceGroup | None = None


@dataclass(frozen=True, slots=True)
class Renaming:
    row: int
    code: str
    before: BilingualName
    after: BilingualName


@dataclass(frozen=True, slots=True)
class Move:
    row: int
    code: str
    name: BilingualName
    before: str | None
    after: str


@dataclass(frozen=True, slots=True)
class Regrading:
    """The place became one of another kind, as when an outpost is made a station."""

    row: int
    code: str
    name: BilingualName
    before: PlaceKind
    after: PlaceKind


@dataclass(frozen=True, slots=True)
class Retirement:
    """`row` is None where the place is retired because the file leaves it out, as was asked for."""

    row: int | None
    code: str
    name: BilingualName
    on: date


@dataclass(frozen=True, slots=True)
class NewContact:
    row: int
    code: str
    name: BilingualName
    before: Contact
    after: Contact


@dataclass(frozen=True, slots=True)
class NewGroup:
    """An import gives a group and never takes one away: an empty cell says nothing."""

    row: int
    code: str
    name: BilingualName
    before: PlaceGroup | None
    after: PlaceGroup


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """All that would change, or every reason why nothing can.

    `absent` are places of the same kinds that are there and that the file does not name; they stay as they are
    unless `--retire-missing` was asked for. `doubts` do not stop an import; a person should look at them.
    """

    from_on: date
    added: tuple[Addition, ...] = ()
    renamed: tuple[Renaming, ...] = ()
    moved: tuple[Move, ...] = ()
    regraded: tuple[Regrading, ...] = ()
    retired: tuple[Retirement, ...] = ()
    contacts: tuple[NewContact, ...] = ()
    groups: tuple[NewGroup, ...] = ()
    unchanged: int = 0
    absent: tuple[str, ...] = ()
    unread_columns: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    doubts: tuple[Problem, ...] = ()
    #: the name behind every code that is mentioned
    names: Mapping[str, BilingualName] = field(default_factory=dict)

    @property
    def changes(self) -> int:
        return sum(map(len, self._changes()))

    @property
    def digest(self) -> str:
        """Equal for plans that would do the same; what is confirmed is what was shown."""
        done = [[asdict(change) for change in changes] for changes in self._changes()]
        text = json.dumps([self.from_on, done], default=str, ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()

    def name_of(self, code: str | None) -> BilingualName:
        return self.names.get(code or "", BilingualName(None, code))

    def _changes(
        self,
    ) -> Iterator[tuple[Addition | Renaming | Move | Regrading | Retirement | NewContact | NewGroup, ...]]:
        """One kind of change after another."""
        yield from (self.added, self.renamed, self.moved, self.regraded, self.retired, self.contacts, self.groups)
