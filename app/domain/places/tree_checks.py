"""What must hold of the tree after an import: one top, the order of kinds, distinct names, nothing left behind."""

from collections.abc import Iterator
from datetime import date

from app.domain.places.columns import Field
from app.domain.places.names import distinct_words, shown
from app.domain.places.place import PlaceKind
from app.domain.places.tree import FutureTree, Node
from app.domain.problem import Problem, ProblemType

SECOND_TOP = ProblemType(
    "place.second_top",
    422,
    "The department has a top already: %(code)s, “%(name)s”. Choose it as the place above (%(code)s), "
    "or correct the kind if this is no state.",
)
KIND_ORDER = ProblemType(
    "place.kind_order",
    422,
    "This place cannot belong to “%(parent)s”. From the top down the order is: state, range, district, "
    "subdivision, station, outpost.",
)
NAME_TWICE = ProblemType(
    "place.name_twice",
    422,
    "“%(name)s” stands in row %(first)d already, for the same kind of place at the same spot. Delete one of the "
    "rows, or write what tells the two apart.",
)
NAME_THERE = ProblemType(
    "place.name_there",
    422,
    "“%(name)s” is there already with the code %(code)s. If this is the same place, write that code.",
)
PARENT_RETIRED = ProblemType(
    "place.parent_retired", 422, "“%(parent)s” is closed, and nothing new can belong to it. Write another place."
)
CHILD_ACTIVE = ProblemType(
    "place.child_active",
    422,
    "“%(name)s” cannot be retired while other places lie in it, such as “%(child)s”. Retire or move those too.",
)
MOVE_TOO_EARLY = ProblemType(
    "place.move_too_early",
    422,
    "This place has been where it is since %(since)s. It cannot move on an earlier day: choose a later one.",
)


def check_tree(tree: FutureTree, from_on: date) -> Iterator[Problem]:
    """Every rule that the tree would break."""
    yield from _second_tops(tree)
    yield from _kind_order(tree)
    yield from _same_names(tree)
    yield from _left_behind(tree)
    yield from _early_moves(tree, from_on)


def _second_tops(tree: FutureTree) -> Iterator[Problem]:
    states = [node for node in tree.nodes.values() if node.kind is PlaceKind.STATE]
    states.sort(key=lambda node: node.known is None)
    for node in states[1:]:
        if node.draft is not None:
            first = states[0]
            name = shown(first.name.in_language("hi"))
            yield node.draft.problem(SECOND_TOP, Field.CODE, code=first.code, name=name)


def _kind_order(tree: FutureTree) -> Iterator[Problem]:
    """Every parent stands higher than its child, so no place can come to lie in itself by any detour."""
    for node, parent in _pairs(tree):
        if node.kind is None or parent.kind is None or parent.kind.may_hold(node.kind):
            continue
        if node.draft is not None:
            yield node.draft.problem(KIND_ORDER, Field.PARENT, parent=_name(parent))
        elif parent.draft is not None:
            yield parent.draft.problem(KIND_ORDER, Field.KIND, parent=_name(parent))


def _same_names(tree: FutureTree) -> Iterator[Problem]:
    first: dict[tuple[object, ...], Node] = {}
    nodes = sorted(tree.nodes.values(), key=lambda node: (not node.is_as_before, _row(node)))
    for node in nodes:
        if node.retired_on is not None:
            continue
        twins = []
        for language, text in (("hi", node.name.hi), ("en", node.name.en)):
            words = distinct_words(text) if text else ""
            if words:
                key = (node.kind, node.parent_code or node.lost_parent, language, words)
                twins.append(first.setdefault(key, node))
        twin = next((one for one in twins if one is not node), None)
        if twin is not None and node.draft is not None and not node.is_as_before:
            yield _same_name(node, twin)


def _same_name(node: Node, twin: Node) -> Problem:
    assert node.draft is not None  # noqa: S101 - for the type checker: only drafted nodes are compared
    field = Field.NAME_HI if node.draft.name.hi else Field.NAME_EN
    if twin.draft is not None and twin.known is None:
        return node.draft.problem(NAME_TWICE, field, name=_name(node), first=twin.draft.row)
    return node.draft.problem(NAME_THERE, field, name=_name(node), code=twin.code)


def _left_behind(tree: FutureTree) -> Iterator[Problem]:
    """A place that goes on cannot lie in one that is retired."""
    told = set()
    for node, parent in _pairs(tree):
        if node.retired_on is not None or parent.retired_on is None:
            continue
        if node.draft is not None and not node.is_as_before:
            yield node.draft.problem(PARENT_RETIRED, Field.PARENT, parent=_name(parent))
        elif not parent.is_as_before and parent.code not in told:
            told.add(parent.code)
            names = {"name": _name(parent), "child": _name(node)}
            if parent.draft is not None:
                yield parent.draft.problem(CHILD_ACTIVE, Field.RETIRED_ON, **names)
            else:
                yield Problem(CHILD_ACTIVE, name=names["name"], child=names["child"])


def _early_moves(tree: FutureTree, from_on: date) -> Iterator[Problem]:
    for node in tree.drafted:
        known, draft = node.known, node.draft
        if known is None or draft is None or node.parent_code == known.parent_code or node.parent_code is None:
            continue
        if known.lies_since is not None and known.lies_since > from_on:
            yield draft.problem(MOVE_TOO_EARLY, Field.PARENT, since=known.lies_since.isoformat())


def _pairs(tree: FutureTree) -> Iterator[tuple[Node, Node]]:
    """Each place with its parent, where one of the two is touched by the import."""
    for node in list(tree.nodes.values()):
        parent = tree.nodes.get(node.parent_code) if node.parent_code else None
        if parent is not None and not (node.is_as_before and parent.is_as_before):
            yield node, parent


def _row(node: Node) -> int:
    return node.draft.row if node.draft is not None else 0


def _name(node: Node) -> str:
    return shown(node.name.in_language("hi") or node.code)
