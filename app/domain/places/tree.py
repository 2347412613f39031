"""The tree as it would be after an import: every draft put together with what is there."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from app.domain.places.columns import Field
from app.domain.places.contact import merged
from app.domain.places.drafts import PlaceDraft
from app.domain.places.names import distinct_words, shown
from app.domain.places.place import NO_CONTACT, BilingualName, Contact, KnownPlace, PlaceGroup, PlaceKind
from app.domain.problem import Problem, ProblemType

CODE_TWICE = ProblemType(
    "place.code_twice", 422, "The code %(code)s stands in row %(first)d already. Delete one row or correct its code."
)
KIND_UNSAID = ProblemType(
    "place.kind_unsaid",
    422,
    "The file does not say what kind of place each row is. Add a column “kind”, or choose the kind for all of them.",
)
KIND_MISSING = ProblemType(
    "place.kind_missing",
    422,
    "It is not said what kind of place this is. Write one of: state, range, district, subdivision, station, outpost.",
)
NAME_MISSING = ProblemType(
    "place.name_missing", 422, "There is no name. Write the name in Hindi or English, or delete the row."
)
PARENT_UNSAID = ProblemType(
    "place.parent_unsaid",
    422,
    "The file does not say what each place belongs to. Add a column “parent_code”, or choose the place they all "
    "belong to.",
)
PARENT_MISSING = ProblemType(
    "place.parent_missing", 422, "It is not said what this place belongs to. Write the code of the place above it."
)
PARENT_UNKNOWN = ProblemType(
    "place.parent_unknown",
    422,
    "No place has the code or the name “%(value)s”. Correct it, or add a row for that place.",
)
PARENT_AMBIGUOUS = ProblemType(
    "place.parent_ambiguous", 422, "%(count)d places are called “%(value)s”. Write the code of the right one instead."
)
PARENT_ITSELF = ProblemType("place.parent_itself", 422, "A place cannot belong to itself. Write the place above it.")
STATE_INSIDE = ProblemType(
    "place.state_inside",
    422,
    "A state is the top of the department and belongs to nothing. Leave this empty or correct the kind.",
)


@dataclass(slots=True)
class Node:
    """A place as it would be. `kind` is None only while the file does not say it."""

    code: str
    kind: PlaceKind | None
    name: BilingualName
    parent_code: str | None
    retired_on: date | None
    draft: PlaceDraft | None
    known: KnownPlace | None
    #: the parent as written, where nothing answers to it
    lost_parent: str = ""
    contact: Contact = NO_CONTACT
    group: PlaceGroup | None = None

    @property
    def is_as_before(self) -> bool:
        known = self.known
        now = self.kind, self.name, self.parent_code, self.retired_on, self.contact, self.group
        return known is not None and now == (
            known.kind,
            known.name,
            known.parent_code,
            known.retired_on,
            known.contact,
            known.group,
        )


class FutureTree:
    """All places after the import, by code, with the problems met on the way there."""

    def __init__(self, known: Mapping[str, KnownPlace], drafts: Iterable[PlaceDraft], parent_code: str | None) -> None:
        self.problems: list[Problem] = []
        self.nodes: dict[str, Node] = {
            code: Node(
                code,
                one.kind,
                one.name,
                one.parent_code,
                one.retired_on,
                None,
                one,
                contact=one.contact,
                group=one.group,
            )
            for code, one in known.items()
        }
        self.root = next(
            (one for one in known.values() if one.parent_code is None and one.kind is PlaceKind.STATE), None
        )
        self._spelled = {code.casefold(): code for code in known}
        self._default_parent = parent_code
        self.drafted: list[Node] = []
        for draft in drafts:
            self._add(draft)
        self._by_name = self._names()
        for node in self.drafted:
            self._find_parent(node)
            self._need_kind(node)

    def _add(self, draft: PlaceDraft) -> None:
        if not draft.code and draft.aside:
            return
        code = self._spelled.get(draft.code.casefold(), draft.code)
        if self.root is not None and draft.kind is PlaceKind.STATE and code not in self.nodes and self._is_top(draft):
            self._spelled[code.casefold()] = self.root.code
            code = self.root.code
            draft = replace(draft, aside=True)
        before = self.nodes.get(code)
        if draft.code and before is not None and before.draft is not None:
            self.problems.append(draft.problem(CODE_TWICE, Field.CODE, code=draft.code, first=before.draft.row))
            return
        # Without a code a row is still checked for everything else, under a name that no code can have.
        key = code or f"\0{draft.row}"
        node = self._merge(replace(draft, code=code), before)
        self.drafted.append(node)
        self.nodes[key] = node
        self._spelled.setdefault(key.casefold(), key)

    def _is_top(self, draft: PlaceDraft) -> bool:
        """Whether a state under another code is the top that is there: by its name, or because it was chosen."""
        if self.root is None:
            return False
        names = [{key.replace(" ", "") for key in _keys(name)} for name in (self.root.name, draft.name)]
        return self._default_parent == self.root.code or bool(names[0] & names[1])

    def _merge(self, draft: PlaceDraft, before: Node | None) -> Node:
        if before is None:
            if draft.name == BilingualName(None, None):
                self.problems.append(draft.problem(NAME_MISSING, _name_field(draft)))
            return Node(
                draft.code,
                draft.kind,
                draft.name,
                None,
                draft.retired_on,
                draft,
                None,
                contact=draft.contact,
                group=draft.group,
            )
        if draft.aside:
            return replace(before, draft=draft)
        name = BilingualName(draft.name.hi or before.name.hi, draft.name.en or before.name.en)
        kind, group = draft.kind or before.kind, draft.group or before.group
        retired_on, contact = draft.retired_on or before.retired_on, merged(draft.contact, before.contact)
        return replace(before, kind=kind, name=name, retired_on=retired_on, contact=contact, group=group, draft=draft)

    def _names(self) -> Mapping[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for code, node in self.nodes.items():
            for key in _keys(node.name):
                found[key].add(code)
        return found

    def _find_parent(self, node: Node) -> None:
        draft = node.draft
        if draft is None or (draft.aside and node.known is not None):
            return
        if node.kind is PlaceKind.STATE:
            if draft.parent:
                self.problems.append(draft.problem(STATE_INSIDE, Field.PARENT))
        elif draft.parent:
            node.parent_code = self._resolve(node, draft)
        elif self._default_parent is not None and self._default_parent != node.code:
            node.parent_code = self._default_parent
        elif node.parent_code is None and Field.PARENT in draft.headings:
            self.problems.append(draft.problem(PARENT_MISSING, Field.PARENT))
        elif node.parent_code is None:
            self._say_once(PARENT_UNSAID)

    def _resolve(self, node: Node, draft: PlaceDraft) -> str | None:
        """The code of the parent as written; None, with a problem, where nothing or too much answers to it."""
        code = self._spelled.get(draft.parent.casefold())
        candidates = {code} if code else self._by_name.get(distinct_words(draft.parent), set())
        if not code:
            candidates = {one for one in candidates if _may_hold(self.nodes[one].kind, node.kind)}
        found = next(iter(candidates)) if len(candidates) == 1 else None
        if found is not None and found == node.code:
            self.problems.append(draft.problem(PARENT_ITSELF, Field.PARENT))
        elif found is not None:
            return found
        elif candidates:
            count = len(candidates)
            self.problems.append(draft.problem(PARENT_AMBIGUOUS, Field.PARENT, value=shown(draft.parent), count=count))
        else:
            self.problems.append(draft.problem(PARENT_UNKNOWN, Field.PARENT, value=shown(draft.parent)))
        node.lost_parent = draft.parent
        return None

    def _need_kind(self, node: Node) -> None:
        draft = node.draft
        if node.kind is not None or draft is None or draft.kind_unknown:
            return
        if Field.KIND in draft.headings:
            self.problems.append(draft.problem(KIND_MISSING, Field.KIND))
        else:
            self._say_once(KIND_UNSAID)

    def _say_once(self, type_: ProblemType) -> None:
        """A problem of the whole file, told once and not in every row."""
        if all(problem.type is not type_ for problem in self.problems):
            self.problems.append(Problem(type_))


def _keys(name: BilingualName) -> set[str]:
    return {distinct_words(text) for text in (name.hi, name.en) if text} - {""}


def _may_hold(parent: PlaceKind | None, child: PlaceKind | None) -> bool:
    return parent is None or child is None or parent.may_hold(child)


def _name_field(draft: PlaceDraft) -> Field:
    present = (one for one in (Field.NAME, Field.NAME_HI, Field.NAME_EN) if one in draft.headings)
    return next(present, Field.NAME_HI)
