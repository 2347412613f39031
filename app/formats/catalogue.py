"""Translations without the web: the same message files that the pages use (gettext, Babel)."""

import gettext
import io
from functools import cache
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

TRANSLATIONS = Path(__file__).resolve().parents[1] / "translations"


@cache
def catalogue(language: str) -> gettext.NullTranslations:
    """The messages of a language, with the methods of the gettext module.

    A compiled file is read where there is one, as in an installation; else the source is compiled in memory.
    English is what the messages are written in, so it needs no file.
    """
    folder = TRANSLATIONS / language / "LC_MESSAGES"
    compiled, source = folder / "messages.mo", folder / "messages.po"
    if compiled.exists() and (not source.exists() or compiled.stat().st_mtime >= source.stat().st_mtime):
        return gettext.GNUTranslations(io.BytesIO(compiled.read_bytes()))
    if source.exists():
        return gettext.GNUTranslations(io.BytesIO(_compile(source)))
    return gettext.NullTranslations()


def _compile(source: Path) -> bytes:
    compiled = io.BytesIO()
    with source.open("rb") as lines:
        write_mo(compiled, read_po(lines))
    return compiled.getvalue()
