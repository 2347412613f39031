"""Changing one place by hand: the same rules as for a whole list."""

from collections.abc import Iterable, Iterator
from datetime import date

from app.domain.places.columns import Field
from app.domain.places.contact import flaws_in_contact
from app.domain.places.drafts import CODE_MISSING, CODE_UNUSABLE, PlaceDraft, is_code, located
from app.domain.places.names import flaws_in_name, shown
from app.domain.places.place import KnownPlace
from app.domain.places.tree import NAME_MISSING, PARENT_MISSING, FutureTree, Node
from app.domain.places.tree_checks import check_tree
from app.domain.problem import Problem, ProblemType

CHANGE_REFUSED = ProblemType("place.change_refused", 422, "This place was not changed.")
CODE_THERE = ProblemType(
    "place.code_there", 422, "The code %(code)s belongs to another place already: “%(name)s”. Choose another."
)


def problems_of(changed: KnownPlace, known: Iterable[KnownPlace], from_on: date, *, new: bool) -> list[Problem]:
    """What speaks against the place being as in `changed`, from that day on. Each names its field as `column`."""
    here = {place.code: place for place in known}
    draft = PlaceDraft(0, changed.code, changed.kind, changed.name, changed.parent_code or "", changed.retired_on)
    problems = list(_own_problems(changed, draft, here if new else {}))
    tree = FutureTree(here, [], None)
    before = None if new else here[changed.code]
    node = Node(
        changed.code,
        changed.kind,
        changed.name,
        changed.parent_code,
        changed.retired_on,
        draft,
        before,
        contact=changed.contact,
        group=changed.group,
    )
    tree.nodes[changed.code] = node
    tree.drafted.append(node)
    return [*problems, *check_tree(tree, from_on)]


def _own_problems(changed: KnownPlace, draft: PlaceDraft, taken: dict[str, KnownPlace]) -> Iterator[Problem]:
    if not changed.code:
        yield draft.problem(CODE_MISSING, Field.CODE)
    elif not is_code(changed.code):
        yield draft.problem(CODE_UNUSABLE, Field.CODE, value=shown(changed.code))
    twin = {code.casefold(): place for code, place in taken.items()}.get(changed.code.casefold())
    if twin is not None:
        name = shown(twin.name.in_language("hi"))
        yield draft.problem(CODE_THERE, Field.CODE, code=twin.code, name=name)
    if changed.name.hi is None and changed.name.en is None:
        yield draft.problem(NAME_MISSING, Field.NAME_HI)
    if changed.parent_code is None and changed.kind.rank > 0:
        yield draft.problem(PARENT_MISSING, Field.PARENT)
    for text, language, field in ((changed.name.hi, "hi", Field.NAME_HI), (changed.name.en, "en", Field.NAME_EN)):
        for flaw in flaws_in_name(text, language) if text else ():
            yield located(flaw, 0, field.value)
    for field, flaw in flaws_in_contact(changed.contact):
        yield located(flaw, 0, field.value)
