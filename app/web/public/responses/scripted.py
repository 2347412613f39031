"""What the page of a code gives to scripts: attributes of the form, the later pages, and its first sentences."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask_babel import gettext

from app.domain.surveys.survey import Question, SurveyDefinition, SurveyKind


def rules_address(definition: SurveyDefinition, version_id: int) -> str:
    """What stands at an address never changes, so that rules without a question have another than the whole."""
    whole = all(question.is_asked for question in definition.questions())
    return f"/api/v1/surveys/{version_id}" + ("" if whole else "?free_text=0")


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
    #: it has dates, so that a quiz tells its right answers later
    dated: bool = False

    @property
    def kind(self) -> SurveyKind:
        """How scripts send it: a quiz that is marked at once, through the server; one with dates as a poll is sent."""
        kind = self.definition.kind
        return SurveyKind.POLL if self.dated and kind is SurveyKind.QUIZ else kind

    @property
    def attributes(self) -> dict[str, str | int | None]:
        return {
            "data-kind": self.kind.value,
            "data-token": self.token,
            "data-survey-version": self.version_id,
            "data-stamp": self.stamp,
            "data-language": self.language,
            "data-rules": rules_address(self.definition, self.version_id),
            # xmlattr leaves out what is None.
            "data-kid": self.kid,
            "data-sealing-key": self.sealing_key,
        }

    @property
    def later_pages(self) -> list[tuple[int, tuple[Question, ...]]]:
        return [(at, page.asked) for at, page in enumerate(self.definition.pages) if page.asked][1:]

    @property
    def recordings(self) -> list[str]:
        """The address of every recorded question, in all languages."""
        names = {name for page in self.definition.pages for each in page.asked for name in (each.audio or {}).values()}
        return [f"/api/v1/surveys/{self.version_id}/audio/{name}" for name in sorted(names)]

    def sentences(self) -> Iterator[tuple[str, str]]:
        """What may have to be said before anything else has come, under the name by which scripts ask for it."""
        yield "step", gettext("Question {at} of {all}")
        if self.sealing_key is None:
            yield "no-key", gettext("The department's key for locking answers is missing.")
        if self.kind is SurveyKind.QUIZ:
            yield "quiz", gettext("A quiz is marked at once, so it needs network.")
        yield "language", gettext("The other language needs network once. Your answers are still here.")
        yield (
            "network",
            gettext(
                "It could not be sent, because there is no network. Your answers are still here: please try again."
            ),
        )
