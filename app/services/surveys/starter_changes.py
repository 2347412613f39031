"""What has changed in a questionnaire that comes with Samvad since a department published it.

A published version never changes, so better questions reach nobody by themselves: the office is told of them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from app.domain.surveys.survey import Choice, Page, Question, SurveyDefinition, Texts
from app.services.surveys.surveys import SurveyView, read_starter, starter_names


class ChangeKind(StrEnum):
    TITLE = "title"
    ADDED = "added"
    REMOVED = "removed"
    REWORDED = "reworded"
    MOVED = "moved"
    ASKED_OTHERWISE = "asked_otherwise"
    CHOICE_ADDED = "choice_added"
    CHOICE_REMOVED = "choice_removed"
    CHOICE_REWORDED = "choice_reworded"


@dataclass(frozen=True, slots=True)
class StarterChange:
    """One difference; `question` names where, as citizens read it. Pages are counted from 1."""

    kind: ChangeKind
    question: Texts
    before: Texts | None = None
    after: Texts | None = None
    pages: tuple[int, int] | None = None


def starter_changes(survey: SurveyView) -> tuple[StarterChange, ...]:
    """From what is published to what comes with Samvad under this name; nothing for other questionnaires.

    Nothing either once the newer questions are kept as a draft.
    """
    if survey.published is None or survey.slug not in starter_names():
        return ()
    newer = _starter(survey.slug)
    if newer is None or (survey.draft is not None and survey.draft.fingerprint == newer.fingerprint):
        return ()
    return tuple(changes_between(survey.published.definition, newer))


@cache
def _starter(name: str) -> SurveyDefinition | None:
    """It comes with the code, so it is read once."""
    return read_starter(name).definition


def changes_between(before: SurveyDefinition, after: SurveyDefinition) -> Iterator[StarterChange]:
    """Every difference that a person would notice, in the order of the newer one; what is gone comes last."""
    if before.title != after.title:
        yield StarterChange(ChangeKind.TITLE, after.title, before.title, after.title)
    old, new = _by_name(before), _by_name(after)
    for name, (at, page, question) in new.items():
        if name not in old:
            yield StarterChange(ChangeKind.ADDED, question.label)
            continue
        was_at, was_page, was = old[name]
        if page.name != was_page.name:
            yield StarterChange(ChangeKind.MOVED, question.label, pages=(was_at, at))
        yield from _in_question(was, question)
    for name, (_at, _page, question) in old.items():
        if name not in new:
            yield StarterChange(ChangeKind.REMOVED, question.label)


def _in_question(was: Question, question: Question) -> Iterator[StarterChange]:
    for before, after in ((was.label, question.label), (was.hint, question.hint)):
        if before != after:
            yield StarterChange(ChangeKind.REWORDED, question.label, before, after)
    yield from _in_choices(question.label, (*was.choices, *was.rows), (*question.choices, *question.rows))
    if _rules(was) != _rules(question):
        yield StarterChange(ChangeKind.ASKED_OTHERWISE, question.label)


def _in_choices(where: Texts, was: tuple[Choice, ...], now: tuple[Choice, ...]) -> Iterator[StarterChange]:
    old, new = ({choice.name: choice.label for choice in choices} for choices in (was, now))
    for name, label in new.items():
        if name not in old:
            yield StarterChange(ChangeKind.CHOICE_ADDED, where, after=label)
        elif old[name] != label:
            yield StarterChange(ChangeKind.CHOICE_REWORDED, where, old[name], label)
    for name in old:
        if name not in new:
            yield StarterChange(ChangeKind.CHOICE_REMOVED, where, before=old[name])


def _rules(question: Question) -> tuple[object, ...]:
    """When it is asked, and which answers pass."""
    return (
        question.type,
        question.relevant,
        question.required,
        question.constraint,
        question.constraint_message,
        question.exclusive,
        question.key,
    )


def _by_name(definition: SurveyDefinition) -> Mapping[str, tuple[int, Page, Question]]:
    return {
        question.name: (at, page, question)
        for at, page in enumerate(definition.pages, start=1)
        for question in page.questions
    }
