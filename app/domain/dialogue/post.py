"""Posts: what kinds there are, what each must say in every language, and how the subject refuses."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.accounts.role import Role
from app.domain.free_text import clean_line, clean_text
from app.domain.problem import Problem, ProblemType

#: what people wrote, by language
Texts = Mapping[str, str]

#: characters in each language; a page of text is read on a phone that pays for each kilobyte
MOST = {"title": 100, "body": 2_000, "sources": 600, "alt": 200, "change_note": 280}
LONGEST_REASON = 280
#: a tip that nobody has looked at for longer may have become wrong
LONGEST_UNREVIEWED_MONTHS = 12


class PostKind(StrEnum):
    """In the order in which readers need them: what helps them stands before what the department did."""

    TIP = "tip"
    LAW = "law"
    NOTICE = "notice"
    STORY = "story"
    MILESTONE = "milestone"

    @property
    def is_help(self) -> bool:
        """Whether people act on it: it must be looked at again, and may stand on other pages."""
        return self in (PostKind.TIP, PostKind.LAW)


class LegalQuestion(StrEnum):
    """What whoever publishes a version answers for. Behind the first stand BNS s. 72, POCSO s. 23 and JJ Act s. 74."""

    UNRECOGNISED = "unrecognised"
    CONSENT = "consent"
    SOURCES = "sources"
    NO_TRIAL = "no_trial"


class RemovalCause(StrEnum):
    """Why a text had to go, as everybody reads it: more could say again what was removed."""

    LAW = "law"
    PERSON = "person"


POST_UNKNOWN = ProblemType("post.unknown", 404, "There is no such post.")
POST_WRONG = ProblemType("post.wrong", 422, "Please look at what you wrote once more.")
TEXT_MISSING = ProblemType("post.text_missing", 422, "Write this in every language.")
TEXT_TOO_LONG = ProblemType("post.text_too_long", 422, "Please write at most %(most)d characters.")
REVIEW_MISSING = ProblemType(
    "post.review_missing", 422, "Say by which day somebody looks at it again: tips and rights need one."
)
REVIEW_WRONG = ProblemType("post.review_wrong", 422, "Choose a day after today, at most 12 months ahead.")
KIND_FOREIGN = ProblemType("post.kind_foreign", 422, "Your account does not write posts of this kind.")
LINK_FOREIGN = ProblemType(
    "post.link_foreign",
    422,
    "The link to %(where)s cannot stand here: only https addresses of .gov.in, .nic.in and of this page, and tel:.",
)


@dataclass(frozen=True, slots=True)
class PostText:
    """All that one wording says, cleaned and found whole. `change_note` is empty in a first version."""

    title: Texts
    body: Texts
    sources: Texts
    alt: Texts
    change_note: Texts
    review_on: date | None


def kinds_of(role: Role) -> tuple[PostKind, ...]:
    """What an account of this role may write: a district tells of itself, advice comes from above."""
    return (PostKind.STORY, PostKind.MILESTONE) if role is Role.DISTRICT_HEAD else tuple(PostKind)


def read_post_text(
    kind: PostKind, written: PostText, languages: Sequence[str], today: date, *, has_picture: bool, is_correction: bool
) -> PostText:
    """The wording, cleaned; Problem `post.wrong` with a part for each field (and language) that is not right.

    What a picture shows must be said, and so must what a correction changes; without them both stay empty.
    """
    needed = ("title", "body", "sources", *(["alt"] * has_picture), *(["change_note"] * is_correction))
    cleaned = PostText(
        title=_clean(written.title, languages, clean_line),
        body=_clean(written.body, languages, clean_text),
        sources=_clean(written.sources, languages, clean_text),
        alt=_clean(written.alt, languages, clean_line) if has_picture else {},
        change_note=_clean(written.change_note, languages, clean_line) if is_correction else {},
        review_on=written.review_on,
    )
    wrong = [*_wrong_texts(cleaned, languages, needed), *_wrong_review(kind, written.review_on, today)]
    if wrong:
        raise Problem(POST_WRONG, parts=wrong)
    return cleaned


def require_reason(reason: Texts, languages: Sequence[str]) -> Texts:
    """What everybody reads, cleaned; Problem `post.wrong` with a part for each language that says nothing."""
    cleaned = _clean(reason, languages, clean_line)
    wrong = [*_of_field("reason", cleaned, languages, LONGEST_REASON)]
    if wrong:
        raise Problem(POST_WRONG, parts=wrong)
    return cleaned


def last_review_day(today: date) -> date:
    """The last day that may be chosen: as far ahead as a tip may go unlooked at."""
    try:
        return today.replace(year=today.year + LONGEST_UNREVIEWED_MONTHS // 12)
    except ValueError:
        return today.replace(year=today.year + 1, day=28)


def _clean(texts: Texts, languages: Sequence[str], clean: Callable[[str], str]) -> dict[str, str]:
    return {language: clean(texts[language]) for language in languages if texts.get(language)}


def _wrong_texts(text: PostText, languages: Sequence[str], needed: Collection[str]) -> Iterator[Problem]:
    for field in needed:
        yield from _of_field(field, getattr(text, field), languages, MOST[field])


def _of_field(field: str, texts: Texts, languages: Sequence[str], most: int) -> Iterator[Problem]:
    for language in languages:
        if not texts.get(language):
            yield Problem(TEXT_MISSING, field=field, language=language)
        elif len(texts[language]) > most:
            yield Problem(TEXT_TOO_LONG, field=field, language=language, most=most)


def _wrong_review(kind: PostKind, review_on: date | None, today: date) -> Iterator[Problem]:
    if review_on is None:
        if kind.is_help:
            yield Problem(REVIEW_MISSING, field="review_on")
    elif not today < review_on <= last_review_day(today):
        yield Problem(REVIEW_WRONG, field="review_on")
