"""Whoever published questions that come with Samvad is told what has changed in them since."""

from dataclasses import replace
from datetime import UTC, datetime

from sqlalchemy.orm import Session

from app.domain.surveys.survey import Choice, Page, Question, SurveyDefinition
from app.services.surveys.starter_changes import ChangeKind, changes_between, starter_changes
from app.services.surveys.surveys import get_survey, import_draft, publish_draft, read_starter
from tests.factories import add_survey

NOW = datetime(2026, 11, 23, 6, tzinfo=UTC)


def visit() -> SurveyDefinition:
    definition = read_starter("station-visit").definition
    assert definition is not None
    return definition


def changed_in(definition: SurveyDefinition, name: str, **changed: object) -> SurveyDefinition:
    """The same with one question changed."""
    return replace(
        definition,
        pages=tuple(
            replace(
                page,
                questions=tuple(
                    replace(question, **changed) if question.name == name else question  # type: ignore[arg-type]
                    for question in page.questions
                ),
            )
            for page in definition.pages
        ),
    )


def told(before: SurveyDefinition, after: SurveyDefinition) -> list[ChangeKind]:
    return [change.kind for change in changes_between(before, after)]


def test_equal_questions_differ_in_nothing() -> None:
    assert told(visit(), visit()) == []


def test_each_difference_is_named() -> None:
    now = visit()
    question = next(one for one in now.questions() if len(one.choices) > 2)
    other = {"hi": "अलग", "en": "Different"}
    first, *rest = question.choices
    assert told(replace(now, title=other), now) == [ChangeKind.TITLE]
    assert told(changed_in(now, question.name, label=other), now) == [ChangeKind.REWORDED]
    assert told(changed_in(now, question.name, hint=other), now) == [ChangeKind.REWORDED]
    assert told(changed_in(now, question.name, choices=tuple(rest)), now) == [ChangeKind.CHOICE_ADDED]
    more = (*question.choices, Choice("gone", other))
    assert told(changed_in(now, question.name, choices=more), now) == [ChangeKind.CHOICE_REMOVED]
    reworded = (Choice(first.name, other), *rest)
    assert told(changed_in(now, question.name, choices=reworded), now) == [ChangeKind.CHOICE_REWORDED]
    assert told(changed_in(now, question.name, required=not question.required), now) == [ChangeKind.ASKED_OTHERWISE]


def test_what_is_new_gone_or_on_another_page_is_named_with_its_question() -> None:
    now = visit()
    first, second, *later = now.pages
    *kept, moved = first.questions
    before = replace(
        now,
        pages=(
            replace(first, questions=tuple(kept)),
            replace(second, questions=(moved, *second.questions)),
            *later,
        ),
    )
    (change,) = changes_between(before, now)
    assert (change.kind, change.question, change.pages) == (ChangeKind.MOVED, moved.label, (2, 1))
    without = replace(now, pages=(replace(first, questions=tuple(kept)), second, *later))
    assert [(one.kind, one.question) for one in changes_between(without, now)] == [(ChangeKind.ADDED, moved.label)]
    assert [(one.kind, one.question) for one in changes_between(now, without)] == [(ChangeKind.REMOVED, moved.label)]


def published(session: Session, definition: SurveyDefinition, slug: str = "station-visit") -> None:
    add_survey(session, definition, slug=slug)


def test_it_is_told_until_the_newer_ones_are_kept_as_a_draft(any_session: Session) -> None:
    question = next(visit().questions())
    published(any_session, changed_in(visit(), question.name, label={"hi": "पहले", "en": "Before"}))
    (change,) = starter_changes(get_survey(any_session, "station-visit"))
    assert (change.before, change.after) == ({"hi": "पहले", "en": "Before"}, question.label)
    import_draft(any_session, read_starter("station-visit"), actor_id=None, now=NOW)
    assert starter_changes(get_survey(any_session, "station-visit")) == ()
    publish_draft(any_session, "station-visit", actor_id=None, now=NOW)
    assert starter_changes(get_survey(any_session, "station-visit")) == ()


def test_of_other_questionnaires_nothing_is_told(any_session: Session) -> None:
    own = SurveyDefinition(
        visit().kind,
        visit().title,
        ("hi", "en"),
        (Page("p", (Question("q", next(visit().questions()).type, {"hi": "क"}),)),),
    )
    published(any_session, own, "our-own")
    assert starter_changes(get_survey(any_session, "our-own")) == ()
