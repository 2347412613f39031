"""Translations without the web, from the same message files that the pages use (Babel).

They are compiled in memory, once for a process: no compiled copy can then lag behind its source.
"""

import io
from functools import cache
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations

TRANSLATIONS = Path(__file__).resolve().parents[1] / "translations"


@cache
def catalogue(language: str) -> NullTranslations:
    """The messages of a language, with the methods of the gettext module.

    English is what the messages are written in, so it needs no file.
    """
    source = TRANSLATIONS / language / "LC_MESSAGES" / "messages.po"
    if not source.exists():
        return NullTranslations()
    compiled = io.BytesIO()
    with source.open("rb") as lines:
        write_mo(compiled, read_po(lines))
    compiled.seek(0)
    return Translations(compiled)
