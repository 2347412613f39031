"""Importing a list of places: from a table and the places that are there to a plan, or to every problem at once.

Pure: nothing is read or written here. A cell that is empty leaves what is there as it is, so a name is never
lost and a place is never moved or retired by what a file does not say.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from app.domain.places.columns import Field, recognise
from app.domain.places.drafts import read_drafts
from app.domain.places.import_plan import (
    Addition,
    ImportPlan,
    Move,
    NewContact,
    NewGroup,
    Regrading,
    Renaming,
    Retirement,
)
from app.domain.places.names import search_key
from app.domain.places.place import BilingualName, KnownPlace, PlaceKind
from app.domain.places.tree import FutureTree, Node
from app.domain.places.tree_checks import check_tree
from app.domain.problem import Problem, ProblemType
from app.domain.table import Table

REFUSED = ProblemType(
    "place.import_refused", 422, "Nothing was imported. %(count)d things in the file must be put right first."
)
CHANGED = ProblemType(
    "place.import_changed",
    409,
    "Nothing was imported: the places have changed since you saw the list. Please look at it again.",
)
FROM_DAY_AHEAD = ProblemType(
    "place.from_day_ahead", 422, "The day from which changes hold cannot lie in the future: %(day)s."
)
PARENT_NOT_THERE = ProblemType("place.parent_not_there", 422, "There is no place with the code “%(code)s”.")
MAYBE_NO_STATION = ProblemType(
    "place.maybe_no_station", 422, "“%(name)s” may be no police station. Leave the row out if it is not."
)
STAYS_RETIRED = ProblemType(
    "place.stays_retired", 422, "“%(name)s” is retired and stays so. To open it again, go to its page."
)

# Seen in lists that were collected from maps.
_NO_STATION = re.compile(
    r"\b(?:headquarters?|phq|wireless|lines?|ground|control room|stand|saf|chowki|outpost|help|sahayta)\b"
    r"|मुख्यालय|वायरलेस|लाइन|मैदान|कंट्रोल रूम|चौकि|सहायता"
)


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """What whoever imports says besides the file.

    `kind` and `parent_code` stand in where the file says none; for the sub-districts of the directory `kind` is
    what they become. `from_on` is the first day of new parents; today if None. With `retire_missing`, places of
    the kinds in the file that it leaves out are retired, below the parent if one is given.
    """

    kind: PlaceKind | None = None
    parent_code: str | None = None
    from_on: date | None = None
    retire_missing: bool = False


def plan_import(table: Table, known: Iterable[KnownPlace], options: ImportOptions, today: date) -> ImportPlan:
    """What importing the table would do. If anything is wrong, `problems` holds all of it and nothing else counts.

    Raises Problem `place.from_day_ahead` or `place.parent_not_there` for options that cannot be.
    """
    here = {place.code: place for place in known}
    from_on = options.from_on or today
    if from_on > today:
        raise Problem(FROM_DAY_AHEAD, day=from_on.isoformat())
    if options.parent_code is not None and options.parent_code not in here:
        raise Problem(PARENT_NOT_THERE, code=options.parent_code)
    columns, rows, problems = recognise(table)
    drafts, flaws = read_drafts(columns, rows, options.kind, today)
    tree = FutureTree(here, drafts, options.parent_code)
    absent = _absent(tree, options.parent_code)
    if options.retire_missing:
        for node in absent:
            node.retired_on = from_on
    problems = _in_order([*problems, *flaws, *tree.problems, *check_tree(tree, from_on)])
    plan = ImportPlan(
        from_on,
        absent=() if options.retire_missing else tuple(node.code for node in absent),
        unread_columns=columns.unread,
        problems=tuple(problems),
        doubts=tuple(_doubts(tree)),
        names={node.code: node.name for node in tree.nodes.values()},
    )
    return plan if problems else _with_changes(plan, tree, absent if options.retire_missing else [])


def _with_changes(plan: ImportPlan, tree: FutureTree, retired: list[Node]) -> ImportPlan:
    named = [node for node in tree.drafted if node.draft is not None]
    retirements = [*_retirements(named), *(_retirement(node, None) for node in retired)]
    return replace(
        plan,
        added=tuple(sorted((_addition(node) for node in named if node.known is None), key=_from_the_top)),
        renamed=tuple(
            Renaming(_row(node), node.code, node.known.name, node.name)
            for node in named
            if node.known is not None and node.known.name != node.name
        ),
        moved=tuple(
            Move(_row(node), node.code, node.name, node.known.parent_code, node.parent_code)
            for node in named
            if node.known is not None and node.parent_code is not None and node.parent_code != node.known.parent_code
        ),
        regraded=tuple(
            Regrading(_row(node), node.code, node.name, node.known.kind, node.kind)
            for node in named
            if node.known is not None and node.kind is not None and node.kind is not node.known.kind
        ),
        retired=tuple(retirements),
        contacts=tuple(
            NewContact(_row(node), node.code, node.name, node.known.contact, node.contact)
            for node in named
            if node.known is not None and node.contact != node.known.contact
        ),
        groups=tuple(
            NewGroup(_row(node), node.code, node.name, node.known.group, node.group)
            for node in named
            if node.known is not None and node.group is not None and node.group is not node.known.group
        ),
        unchanged=sum(node.is_as_before for node in named if node.draft is not None and not node.draft.aside),
    )


def _addition(node: Node) -> Addition:
    assert node.kind is not None  # noqa: S101 - for the type checker: a plan without problems has every kind
    return Addition(
        _row(node), node.code, node.kind, node.name, node.parent_code, node.retired_on, node.contact, node.group
    )


def _from_the_top(addition: Addition) -> tuple[int, int]:
    """Parents before what lies in them."""
    return addition.kind.rank, addition.row


def _retirements(nodes: Iterable[Node]) -> Iterator[Retirement]:
    for node in nodes:
        if node.known is not None and node.retired_on is not None and node.retired_on != node.known.retired_on:
            yield _retirement(node, _row(node))


def _retirement(node: Node, row: int | None) -> Retirement:
    assert node.retired_on is not None  # noqa: S101 - for the type checker: callers have looked
    return Retirement(row, node.code, node.name, node.retired_on)


def _absent(tree: FutureTree, below: str | None) -> list[Node]:
    """Places that go on, of a kind that the file lists, within its reach, and not in it."""
    kinds = {node.kind for node in tree.drafted if node.draft is not None and not node.draft.aside}
    return [
        node
        for node in tree.nodes.values()
        if node.draft is None
        and node.retired_on is None
        and node.kind in kinds
        and node.kind is not PlaceKind.STATE
        and (below is None or _lies_below(tree.nodes, node, below))
    ]


def _lies_below(nodes: Mapping[str, Node], node: Node, code: str) -> bool:
    seen = set()
    while node.parent_code is not None and node.code not in seen:
        if node.parent_code == code:
            return True
        seen.add(node.code)
        node = nodes[node.parent_code]
    return False


def _doubts(tree: FutureTree) -> Iterator[Problem]:
    for node in tree.drafted:
        if node.draft is None or node.draft.aside:
            continue
        name = node.name.in_language("hi")
        if node.known is not None and node.known.retired_on is not None and node.draft.retired_on is None:
            yield node.draft.problem(STAYS_RETIRED, Field.RETIRED_ON, name=name)
        elif node.kind is PlaceKind.STATION and not node.is_as_before and _looks_otherwise(node.name):
            yield node.draft.problem(MAYBE_NO_STATION, Field.NAME_EN, name=name)


def _looks_otherwise(name: BilingualName) -> bool:
    return any(_NO_STATION.search(search_key(text)) for text in (name.hi, name.en) if text)


def _in_order(problems: Iterable[Problem]) -> list[Problem]:
    """In the order of the file, what concerns all of it first."""
    return sorted(problems, key=_row_of)


def _row_of(problem: Problem) -> int:
    row = problem.details.get("row")
    return row if isinstance(row, int) else 0


def _row(node: Node) -> int:
    return node.draft.row if node.draft is not None else 0
