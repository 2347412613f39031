"""What the expressions of a form name: every question must exist, and every choice they compare with."""

from collections.abc import Iterator, Mapping

from app.domain.problem import Problem
from app.domain.surveys.survey import QuestionType, Tree, parts_of
from app.formats.xlsform import problems as fp
from app.formats.xlsform.columns import FormColumns
from app.formats.xlsform.pages import PageDraft
from app.formats.xlsform.rows import QuestionDraft

_COMPARISONS = frozenset(("=", "!=", "selected"))
_SELECTS = frozenset((QuestionType.SELECT_ONE, QuestionType.SELECT_MULTIPLE, QuestionType.SCALE))


def resolve_references(pages: list[PageDraft], columns: FormColumns) -> list[Problem]:
    """Turn names of grid rows into grid and row, in place, and name every reference that leads nowhere."""
    drafts = {draft.name: draft for page in pages for draft in page.drafts}
    rows = {row.name: draft.name for draft in drafts.values() for row in draft.rows}
    problems: list[Problem] = []
    for row, column, owner, tree in _expressions(pages):
        for problem in _resolve(tree, owner, drafts, rows):
            problems.append(fp.moved(problem, "survey", row, columns.header(column)))
        if column != "constraint" and _has_dot(tree):
            problems.append(fp.at("survey", row, columns.header(column), fp.DOT_OUTSIDE))
    return problems


def _expressions(pages: list[PageDraft]) -> Iterator[tuple[int, str, QuestionDraft | None, Tree]]:
    for page in pages:
        if page.relevant is not None:
            yield page.row, "relevant", None, page.relevant
        for draft in page.drafts:
            for column in ("relevant", "required", "constraint"):
                tree = getattr(draft, column)
                if isinstance(tree, list):
                    yield draft.row, column, draft, tree


def _resolve(
    tree: Tree, owner: QuestionDraft | None, drafts: Mapping[str, QuestionDraft], rows: Mapping[str, str]
) -> Iterator[Problem]:
    head, texts, operands = parts_of(tree)
    if head == "get" and len(texts) == 1:
        name = texts[0]
        if name in rows:
            tree[1:] = [rows[name], name]
        elif name not in drafts:
            yield Problem(fp.UNKNOWN_QUESTION, name=name)
        elif drafts[name].type is QuestionType.GRID:
            yield Problem(fp.NAMED_GRID, name=name)
        elif not drafts[name].type.takes_answer:
            yield Problem(fp.NAMED_NOTE, name=name)
        return
    if head in _COMPARISONS:
        yield from _unknown_choices(operands, owner, drafts)
    for operand in operands:
        yield from _resolve(operand, owner, drafts, rows)


def _unknown_choices(
    operands: list[Tree], owner: QuestionDraft | None, drafts: Mapping[str, QuestionDraft]
) -> Iterator[Problem]:
    """A choice misspelt in a condition hides a question from everybody, without a word."""
    left, right = map(parts_of, operands)
    for (asked, names, _), (compared, words, _) in ((left, right), (right, left)):
        if compared != "str" or not words[0].strip():
            continue
        draft = owner if asked == "self" else drafts.get(names[0]) if asked == "get" else None
        if draft is None or draft.type not in _SELECTS or not draft.choices:
            continue
        if words[0].strip() not in {choice.name for choice in draft.choices}:
            yield Problem(fp.UNKNOWN_CHOICE, name=draft.name, choice=words[0])


def _has_dot(tree: Tree) -> bool:
    head, _, operands = parts_of(tree)
    return head == "self" or any(map(_has_dot, operands))
