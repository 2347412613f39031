"""What a page gives to scripts: attributes of the form, the later pages, and every sentence they may show."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask_babel import gettext

from app.domain.free_text import MAX_TEXT
from app.domain.problem import ProblemType
from app.domain.responses import canonical_answers
from app.domain.responses.answers import CONSTRAINT, EXCLUSIVE, REQUIRED
from app.domain.surveys.survey import Question, QuestionType, SurveyDefinition, SurveyKind
from app.web.public.responses.answer_form import NOTHING_ANSWERED

# What a browser's own fields can get wrong: a radio offers no unknown choice.
_OF_TYPE: dict[QuestionType, tuple[ProblemType, ...]] = {
    QuestionType.SELECT_MULTIPLE: (EXCLUSIVE,),
    QuestionType.INTEGER: (canonical_answers.NOT_WHOLE,),
    QuestionType.DECIMAL: (canonical_answers.NOT_DECIMAL,),
    QuestionType.DATE: (canonical_answers.NOT_A_DATE,),
    QuestionType.TEXT: (canonical_answers.TOO_LONG,),
    QuestionType.LONG_TEXT: (canonical_answers.TOO_LONG,),
}


def rules_address(version_id: int) -> str:
    return f"/api/v1/surveys/{version_id}"


@dataclass(frozen=True, slots=True)
class Scripted:
    """The part of a page that only scripts read. It is the same for everyone, like the page itself."""

    definition: SurveyDefinition
    version_id: int
    token: str
    stamp: str
    language: str
    #: the sealing key's number and its public point; both None where there is none
    kid: int | None
    sealing_key: str | None
    one_time: bool = False

    @property
    def attributes(self) -> dict[str, str | int | None]:
        return {
            "data-kind": self.definition.kind.value,
            "data-token": self.token,
            "data-survey-version": self.version_id,
            "data-stamp": self.stamp,
            "data-language": self.language,
            "data-rules": rules_address(self.version_id),
            # xmlattr leaves out what is None.
            "data-kid": self.kid,
            "data-sealing-key": self.sealing_key,
        }

    @property
    def later_pages(self) -> list[tuple[int, tuple[Question, ...]]]:
        return [(at, page.questions) for at, page in enumerate(self.definition.pages) if at > 0]

    @property
    def recordings(self) -> list[str]:
        """The address of every recorded question, in all languages."""
        names = {name for question in self.definition.questions() for name in (question.audio or {}).values()}
        return [f"{rules_address(self.version_id)}/audio/{name}" for name in sorted(names)]

    def sentences(self) -> Iterator[tuple[str, str]]:
        """Every sentence under the name by which scripts ask for it."""
        yield "step", gettext("Question {at} of {all}")
        yield "unanswered", gettext("No answer")
        yield "full", gettext("Its memory is full.")
        if self.sealing_key is None:
            yield "no-key", gettext("The department's key for locking answers is missing.")
        yield "language", gettext("The other language needs network once. Your answers are still here.")
        yield "nothing", gettext("There is nothing more to ask. You can send your answers now.")
        yield (
            "network",
            gettext(
                "It could not be sent, because there is no network. Your answers are still here: please try again."
            ),
        )
        yield "busy", gettext("It could not be sent, because the server is busy. Please wait a minute and try again.")
        yield "draft", gettext("It could not be kept on this phone. Please send now, or leave the page open.")
        if self.recordings:
            yield "silent", gettext("This cannot be read out now. It may need network.")
        if self.definition.kind is SurveyKind.QUIZ:
            yield "quiz", gettext("A quiz is marked at once, so it needs network.")
        for problem in sorted(self._problems(), key=lambda problem: problem.code):
            sentence = gettext(problem.message)
            yield problem.code, sentence % {"most": MAX_TEXT} if "%(most)s" in sentence else sentence

    def _problems(self) -> set[ProblemType]:
        questions = [question for question in self.definition.questions() if question.type.takes_answer]
        found = {NOTHING_ANSWERED, *(problem for question in questions for problem in _OF_TYPE.get(question.type, ()))}
        if any(question.required for question in questions):
            found.add(REQUIRED)
        if any(question.constraint for question in questions):
            found.add(CONSTRAINT)
        return found
