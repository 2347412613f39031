"""The sheet a citizen is filling in: what was posted, which page of the survey is on top, what is wrong with it.

Nothing is kept between requests. Answers to pages that are not on top travel as hidden fields, as they were
typed. Fields that are not answers begin with an underscore, which no question's name does.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

from flask_babel import gettext

from app.domain.problem import ProblemType
from app.domain.responses.answers import BrokenRule, CompiledSurvey
from app.domain.responses.form_answers import Fields, ParsedForm, parse_form
from app.domain.surveys.survey import AnswerValue, Question, QuestionType, SurveyKind, in_language
from app.domain.surveys.walk import SurveyWalk

NOTHING_ANSWERED = ProblemType(
    "answer.none", 422, "Please answer at least one question. If you do not want to, you can just leave this page."
)

#: one for each compiled survey, which lives as long as the process
walk_of = lru_cache(maxsize=64)(lambda survey: SurveyWalk(survey.definition))


@dataclass(frozen=True)
class AnswerForm:
    """One page of a survey with what was posted. `at` counts pages from 0."""

    survey: CompiledSurvey
    fields: Fields
    at: int
    today: date
    errors: Mapping[str, BrokenRule]
    #: the citizen asked for more, and there is nothing more to ask
    exhausted: bool = False

    @cached_property
    def parsed(self) -> ParsedForm:
        return parse_form(self.survey.definition, self.fields)

    @property
    def answers(self) -> dict[str, AnswerValue]:
        return self.parsed.answers

    @property
    def walk(self) -> SurveyWalk:
        walk: SurveyWalk = walk_of(self.survey)
        return walk

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        return self.walk.shown(self.at, self.answers, self.today)

    @property
    def is_last(self) -> bool:
        return self.exhausted or not any(page.asked for page in self.survey.definition.pages[self.at + 1 :])

    @property
    def can_send(self) -> bool:
        """A survey may be sent after every page; a poll and a quiz only whole."""
        return self.is_last or self.survey.definition.kind is SurveyKind.SURVEY

    def carried(self) -> Iterator[tuple[str, str]]:
        """The posted fields of questions that are not on top."""
        on_top = {question.name for question in self.questions}
        for question in self.survey.definition.questions():
            if question.name not in on_top:
                for name in _field_names(question):
                    yield from ((name, value) for value in self.fields.get(name, ()))

    def error_of(self, name: str, language: str) -> str | None:
        rule = self.errors.get(name)
        if rule is None:
            return None
        if rule.words:
            return in_language(rule.words, language)
        sentence: str = gettext(rule.msgid)
        return sentence % rule.details if rule.details else sentence

    def summary(self, language: str) -> list[tuple[str, str]]:
        """The errors in the order of the questions, each with the id of its field."""
        return [
            (f"q-{question.name}", f"{in_language(question.label, language)} {self.error_of(question.name, language)}")
            for question in self.questions
            if question.name in self.errors
        ]


def open_answer_form(survey: CompiledSurvey, fields: Fields, page: str, today: date) -> AnswerForm:
    """The sheet with the page of this name on top, or with the first that asks something."""
    asking = [at for at, known in enumerate(survey.definition.pages) if known.asked]
    named = [at for at in asking if survey.definition.pages[at].name == page]
    return AnswerForm(survey, fields, next(iter([*named, *asking]), 0), today, {})


def turn_page(sheet: AnswerForm) -> AnswerForm:
    """The next page that asks something; the same one with its errors if it has any."""
    errors = {name: rule for name, rule in _errors(sheet).items() if sheet.walk.page_of(name) <= sheet.at}
    if errors:
        return _with_errors(sheet, errors)
    following = sheet.walk.following(sheet.at, sheet.answers, sheet.today)
    if following is None:
        return AnswerForm(sheet.survey, sheet.fields, sheet.at, sheet.today, {}, exhausted=True)
    return AnswerForm(sheet.survey, sheet.fields, following, sheet.today, {})


def turn_back(sheet: AnswerForm) -> AnswerForm:
    preceding = sheet.walk.preceding(sheet.at, sheet.answers, sheet.today)
    return sheet if preceding is None else AnswerForm(sheet.survey, sheet.fields, preceding, sheet.today, {})


def check_whole(sheet: AnswerForm) -> AnswerForm:
    """The sheet with every error of every page, the first of them on top; without errors it may be stored."""
    errors = _errors(sheet)
    if not errors and not sheet.answers:
        # A page whose ground has fallen away asks nothing; what comes from there is kept, and set aside as empty.
        first = [question.name for question in sheet.questions if question.type.takes_answer][:1]
        errors = {name: BrokenRule(name, NOTHING_ANSWERED) for name in first}
    return _with_errors(sheet, errors)


def _with_errors(sheet: AnswerForm, errors: Mapping[str, BrokenRule]) -> AnswerForm:
    at = min((sheet.walk.page_of(name) for name in errors), default=sheet.at)
    return AnswerForm(sheet.survey, sheet.fields, at, sheet.today, errors)


def _errors(sheet: AnswerForm) -> dict[str, BrokenRule]:
    """The first error of each question that is asked."""
    relevant = sheet.walk.relevant(sheet.answers, sheet.today)
    unread = {rule.question: rule for rule in sheet.parsed.errors if rule.question in relevant}
    broken = reversed(sheet.survey.check(sheet.answers, sheet.today).broken)
    return {**{rule.question: rule for rule in broken if rule.question in relevant}, **unread}


def _field_names(question: Question) -> list[str]:
    rows = question.rows if question.type is QuestionType.GRID else ()
    return [question.name, *(f"{question.name}.{row.name}" for row in rows)]
