"""The fonts of everything printed: two Noto families from the distribution, checked before the first page.

Two files under one family name print the second script with the first one's glyphs, and a compressed web
font in the system's font folder gives lines of absurd height, both without a word of warning. So the
families have different names, and only uncompressed files count.
"""

import unicodedata
from functools import cache

from fontTools.ttLib import TTFont
from weasyprint.text.ffi import ffi, fontconfig
from weasyprint.text.fonts import FontConfiguration

from app.domain.problem import Problem, ProblemType

FONT_MISSING = ProblemType(
    "print.font_missing",
    500,
    "The font %(font)s is not installed on this machine, so nothing can be printed. The package %(package)s brings it.",
)

GLYPH_MISSING = ProblemType(
    "print.glyph_missing",
    422,
    "The character “%(character)s” (%(codepoint)s) cannot be printed: our fonts do not have it. "
    "Please write it in another way.",
)

FAMILIES = ("Noto Sans", "Noto Sans Devanagari")
STYLES = ("Regular", "Bold")
PACKAGE = "fonts-noto-core"


@cache
def font_configuration() -> FontConfiguration:
    """The one configuration of this process: a new one costs 0.3 s. Problem `print.font_missing`."""
    configuration = FontConfiguration()
    require_fonts(configuration)
    return configuration


def require_fonts(configuration: FontConfiguration, families: tuple[str, ...] = FAMILIES) -> tuple[str, ...]:
    """The font files of these families; Problem `print.font_missing` unless each is there, regular and bold."""
    there = _installed(configuration)
    for family in families:
        for style in STYLES:
            if (family, style) not in there:
                raise Problem(FONT_MISSING, font=f"{family} {style}", package=PACKAGE)
    return tuple(there[family, style] for family in families for style in STYLES)


def require_glyphs(text: str) -> None:
    """Problem `print.glyph_missing` for the first character of `text` that our families do not have.

    Pango would take such a character from whatever font the machine has, and print a box where it has none.
    """
    for character in sorted(set(text) - _drawable()):
        # Joiners and spaces are instructions to the typesetter and need no glyph.
        if unicodedata.category(character) not in ("Cf", "Zs", "Zl", "Zp") and character not in "\t\n\r":
            raise Problem(GLYPH_MISSING, character=character, codepoint=f"U+{ord(character):04X}")


@cache
def _drawable() -> frozenset[str]:
    return frozenset().union(*map(_characters, require_fonts(font_configuration())))


def _characters(file: str) -> frozenset[str]:
    with TTFont(file, lazy=True) as font:
        return frozenset(map(chr, font.getBestCmap()))


def _installed(configuration: FontConfiguration) -> dict[tuple[str, str], str]:
    """The file of every family and style that fontconfig has as an uncompressed font."""
    found = fontconfig.FcConfigGetFonts(configuration._config, fontconfig.FcSetSystem)
    fonts = [found.fonts[index] for index in range(found.nfont)]
    return {
        (_text(font, b"family"), _text(font, b"style")): _text(font, b"file")
        for font in fonts
        if _text(font, b"file").lower().endswith((".ttf", ".otf"))
    }


def _text(pattern: object, name: bytes) -> str:
    pointer = ffi.new("FcChar8 **")
    if fontconfig.FcPatternGetString(pattern, name, 0, pointer) != fontconfig.FcResultMatch:
        return ""
    return str(ffi.string(pointer[0]).decode("utf-8", "replace"))
