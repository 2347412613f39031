"""What a page shows only once its first question can be answered: what becomes of an answer, and what may be wrong.

A fragment of templates and sentences, one for each language, fetched by scripts. It is the same for every code: what
differs by code is filled in from the page. Its address tells its content, so that phones may keep it for ever.
"""

from collections.abc import Iterator

from flask import Response, abort, render_template
from flask_babel import force_locale, gettext

from app.domain.free_text import MAX_TEXT
from app.domain.responses import canonical_answers
from app.domain.responses.answers import CONSTRAINT, EXCLUSIVE, REQUIRED
from app.web.department import current_department
from app.web.languages import LANGUAGES, reader_language
from app.web.public.dialogue.posts import pinned_tips
from app.web.public.figures.reach import results_address
from app.web.public.rendered import Rendered, rendered_pages
from app.web.public.responses.answer_form import NOTHING_ANSWERED
from app.web.static import FOR_EVER
from app.web.views import at

#: what may be wrong with an answer in a browser, whose fields offer no unknown choice
PROBLEMS = (
    NOTHING_ANSWERED,
    REQUIRED,
    CONSTRAINT,
    EXCLUSIVE,
    canonical_answers.NOT_WHOLE,
    canonical_answers.NOT_DECIMAL,
    canonical_answers.NOT_A_DATE,
    canonical_answers.TOO_LONG,
)


@at("/about/parts/<version>-<lang>.html")
def show_later_part(version: str, lang: str) -> Response:
    """The present part; a page made before the last change asks for one that is no more, and gets this one."""
    if lang not in LANGUAGES:
        abort(404)
    part = later_part(lang)
    response = part.response()
    response.headers["Cache-Control"] = FOR_EVER if version == version_of(part) else "no-cache"
    return response


def later_parts() -> dict[str, Rendered]:
    """The part in each language by its address, the reader's own first."""
    languages = sorted(LANGUAGES, key=lambda language: language != reader_language())
    parts = {language: later_part(language) for language in languages}
    return {f"/about/parts/{version_of(part)}-{language}.html": part for language, part in parts.items()}


def later_part(language: str) -> Rendered:
    def render() -> str:
        with force_locale(language):
            return render_template("public/responses/scripted/later.html", sentences=later_sentences())

    # What it says of results follows from whether they are public; and it leads to the newest tips.
    has_results = results_address() is not None
    return rendered_pages().get(("later", language, current_department(), has_results, pinned_tips()), render)


def version_of(part: Rendered) -> str:
    return part.etag[:10]


def later_sentences() -> Iterator[tuple[str, str]]:
    """Every sentence under the name by which scripts ask for it."""
    yield "unanswered", gettext("No answer")
    yield "full", gettext("Its memory is full.")
    yield "nothing", gettext("There is nothing more to ask. You can send your answers now.")
    yield "busy", gettext("It could not be sent, because the server is busy. Please wait a minute and try again.")
    yield "draft", gettext("It could not be kept on this phone. Please send now, or leave the page open.")
    yield "loss", gettext("Loading this page again or leaving it loses your answers.")
    yield (
        "missing",
        gettext("The questions have changed meanwhile. What you answered to these is not there any more:"),
    )
    yield "silent", gettext("This cannot be read out now. It may need network.")
    yield "voice", gettext("This phone has no voice for this language, so it cannot read anything out.")
    yield (
        "own-voice",
        gettext("Your answers cannot be read out: this phone has no voice of its own for this language."),
    )
    for problem in PROBLEMS:
        sentence = gettext(problem.message)
        yield problem.code, sentence % {"most": MAX_TEXT} if "%(most)s" in sentence else sentence
