"""HTML for paper (Jinja): templates in printables/, in either language or in both on one sheet."""

from collections.abc import Callable
from datetime import date
from functools import cache, partial
from pathlib import Path

from babel.dates import format_date
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from app.formats.catalogue import catalogue
from app.formats.paper.typesetting import fit_text

_TOP = Path(__file__).resolve().parents[3]
#: charts are the same on a page and on paper, and stand with those of pages
FOLDERS = _TOP / "printables", _TOP / "templates"

#: (English message, its details) -> the sentence, ready for HTML
Wording = Callable[..., Markup]

# Written by accident or in malice, these turn a line around or end it: control characters but tab and line
# feed, the direction overrides of Unicode (UAX 9) and two that are no characters. Joiners stay; Hindi needs them.
_UNPRINTABLE = dict.fromkeys(
    (
        *(*range(9), 11, 12, *range(14, 32), *range(127, 160)),
        *(0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)),
        *(0xFEFF, 0xFFFE, 0xFFFF, *range(0xD800, 0xE000)),
    )
)


def render_page(template: str, language: str, **values: object) -> str:
    """A template of printables/ as HTML.

    `_` in it speaks `language`; `hindi` and `english` are there for sheets that speak both, and are passed
    to macros as their `_`, so that every sentence is written once. An unknown name is an error.
    """
    return _environment(language).get_template(template).render(**values)


def wording(language: str) -> Wording:
    """A gettext for HTML: the message is ours and trusted, its details are escaped."""
    return partial(_say, language)


def printable(value: object) -> object:
    """Text without the characters that disturb the lines around them; anything else as it is."""
    if isinstance(value, Markup):
        return Markup(value.translate(_UNPRINTABLE))  # noqa: S704 - what was safe stays so when characters go
    return value.translate(_UNPRINTABLE) if isinstance(value, str) else value


def day(value: date, language: str) -> str:
    """A date in words: 23 November 2026."""
    return format_date(value, "d MMMM y", locale=language)


def fit(text: str, largest: float, width: float, *, height: float = 0, unit: str = "mm") -> Markup:
    """A style attribute: the size, in points, at which a text fits so many mm; or all of it in `px`, for pictures.

    For what is drawn with the template and yet comes from the settings. It stays on one line unless a height is
    given. Problem `print.text_too_long`, since nothing is ever clipped.
    """
    scale = 72 / 25.4 if unit == "mm" else 1
    # Drawn in bold at most, and never to the last hair.
    size, _lines = fit_text(
        str(text), "hi", bold=True, width=0.98 * width * scale, height=height * scale, sizes=(largest,), line_height=1.5
    )
    return Markup('style="font-size: {:.2f}{}"').format(size, "pt" if unit == "mm" else "px")


@cache
def _environment(language: str) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(FOLDERS),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=printable,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(_=wording(language), hindi=wording("hi"), english=wording("en"), language=language)
    environment.globals["fit"] = fit
    environment.filters["day"] = day
    return environment


def _say(language: str, message: str, **details: object) -> Markup:
    text = Markup(catalogue(language).gettext(message))  # noqa: S704 - our own sentence
    return text % {name: escape(printable(value)) for name, value in details.items()} if details else text
