"""Which language the reader gets: Hindi unless asked otherwise."""

import re

from babel.support import NullTranslations
from flask import Flask, g, request
from flask_babel import Domain, get_locale, refresh
from markupsafe import Markup, escape

from app.domain.surveys.survey import in_language
from app.extensions import babel
from app.formats.catalogue import catalogue

LANGUAGES = ("hi", "en")
DEFAULT = "hi"
_DEVANAGARI = re.compile("[\u0900-\u0963\u0970-\u097f]")
_LATIN = re.compile("[A-Za-z]")


class Messages(Domain):  # type: ignore[misc]
    """The catalogue that paper and commands use too."""

    def get_translations(self) -> NullTranslations:
        return catalogue(reader_language())


def register_languages(app: Flask) -> None:
    app.config.update(BABEL_DEFAULT_LOCALE=DEFAULT, BABEL_DEFAULT_TIMEZONE="Asia/Kolkata")
    babel.domain_instance = Messages()
    babel.init_app(app, locale_selector=_choose)
    app.jinja_env.globals.update(language=reader_language, languages=LANGUAGES, query_of=query_of)
    app.jinja_env.filters["in_language"] = in_language
    app.jinja_env.filters["script"] = language_of
    app.jinja_env.filters["marked"] = marked


def _choose() -> str:
    """The address decides on public pages; in the office the account does, by setting `g.language`."""
    chosen = request.args.get("lang") or g.get("language")
    return chosen if chosen in LANGUAGES else DEFAULT


def speak(language: str | None) -> None:
    """Answer this request in a language that was posted; anything else is left as it is."""
    if language in LANGUAGES:
        g.language = language
        refresh()


def query_of(language: str) -> str:
    """What stands behind an address in this language; nothing in the one that needs none said."""
    return "" if language == DEFAULT else f"?lang={language}"


def reader_language() -> str:
    locale = get_locale()
    return locale.language if locale else DEFAULT


def language_of(text: str) -> str:
    """In which language a screen reader should say what people wrote, by its letters; figures are the reader's own."""
    if _DEVANAGARI.search(text):
        return "hi"
    return "en" if _LATIN.search(text) else reader_language()


def marked(text: str) -> Markup:
    """A name or a spot, with its language where it is another one than the page's."""
    language = language_of(text)
    if language == reader_language():
        return escape(text)
    return Markup('<span lang="{}">{}</span>').format(language, text)
