"""Text set in lines (HarfBuzz), with the same font files and fallback that paper.css gives WeasyPrint."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import groupby

import uharfbuzz

from app.domain.problem import Problem, ProblemType
from app.formats.paper.fonts import FAMILIES, font_configuration, require_fonts, require_glyphs

TEXT_TOO_LONG = ProblemType(
    "print.text_too_long", 422, "“%(text)s” is too long for its place on the paper. Please shorten it."
)

_LATIN, _DEVANAGARI = FAMILIES
_WORDS = re.compile(" +|[^ ]+")
_JOINERS = "\u200c\u200d"
#: what the smallest size is multiplied by, again and again, until the text fits or cannot be read any more
_SMALLER, _SMALLEST = 0.9, 3.5


@dataclass(frozen=True, slots=True)
class FontFile:
    """One face: its file and what its numbers mean, in units of which `upem` make the size."""

    file: str
    upem: int
    ascent: int
    descent: int


@dataclass(frozen=True, slots=True)
class Glyph:
    """One drawn shape: how far the pen moves, and where the shape stands off the pen, in font units."""

    id: int
    advance: int
    x: int
    y: int
    #: the letters that this shape stands for; empty where the one before it says them
    letters: str


@dataclass(frozen=True, slots=True)
class Run:
    font: FontFile
    language: str
    glyphs: tuple[Glyph, ...]


@dataclass(frozen=True, slots=True)
class Line:
    text: str
    runs: tuple[Run, ...]

    @property
    def width(self) -> float:
        """In ems: to be multiplied by the size."""
        return sum(glyph.advance / run.font.upem for run in self.runs for glyph in run.glyphs)


def primary_font(language: str, *, bold: bool) -> FontFile:
    """The face that a line of this language takes its height from, as in paper.css."""
    return _fonts(bold)[_DEVANAGARI if language == "hi" else _LATIN]


@lru_cache(maxsize=4096)
def set_line(text: str, language: str, *, bold: bool) -> Line:
    """The glyphs of one line. Problem `print.glyph_missing` for what our fonts cannot write."""
    require_glyphs(text)
    runs: list[Run] = []
    for word in _WORDS.findall(text):
        for run in _set_word(word, language, bold):
            if runs and runs[-1].font == run.font:
                runs[-1] = Run(run.font, language, runs[-1].glyphs + run.glyphs)
            else:
                runs.append(run)
    return Line(text, tuple(runs))


# A thousand sheets have most of their words in common.
@lru_cache(maxsize=16_384)
def _set_word(word: str, language: str, bold: bool) -> tuple[Run, ...]:
    fonts = _fonts(bold)
    order = (_DEVANAGARI, _LATIN) if language == "hi" else (_LATIN, _DEVANAGARI)
    first, second = fonts[order[0]], fonts[order[1]]
    return tuple(_shape(piece, first if has else second, language) for has, piece in _pieces(word, first))


def fit_text(
    text: str,
    language: str,
    *,
    bold: bool,
    width: float,
    height: float,
    sizes: Sequence[float],
    line_height: float,
) -> tuple[float, tuple[Line, ...]]:
    """Size and lines with which a text fits a box; all in points, `line_height` in ems.

    One line is tried at every size before two lines are tried at any, and so on: a text shrinks first and
    wraps then. Below the last of `sizes` it goes on shrinking. Problem `print.text_too_long` where even that
    does not help: nothing is ever clipped.
    """
    words = text.split()
    tried = list(sizes)
    while True:
        for lines in range(1, max(1, int(height / (tried[-1] * line_height) + 1e-6)) + 1):
            for size in tried:
                if lines > 1 and lines * size * line_height > height + 1e-6:
                    continue
                found = _break(words, width / size, lines, language, bold)
                if found is not None:
                    return size, tuple(set_line(line, language, bold=bold) for line in found)
        if tried[-1] * _SMALLER < _SMALLEST:
            raise Problem(TEXT_TOO_LONG, text=text[:60])
        tried = [tried[-1] * _SMALLER]


def _break(words: Sequence[str], width: float, most: int, language: str, bold: bool) -> list[str] | None:
    """The words in at most so many lines of `width` ems; None if they need more."""
    if set_line(" ".join(words), language, bold=bold).width <= width:
        return [" ".join(words)] if words else []
    if most == 1:
        return None
    lines: list[str] = []
    for word in words:
        joined = f"{lines[-1]} {word}" if lines else word
        if set_line(joined, language, bold=bold).width <= width:
            lines[-1:] = [joined]
        else:
            lines.extend(_parts(word, width, language, bold))
        if len(lines) > most:
            return None
    return lines


def _parts(word: str, width: float, language: str, bold: bool) -> list[str]:
    """A word that is wider than a line, broken between syllables; a narrower one as it is."""
    parts, used = [""], 0.0
    for letters, wide in _syllables(set_line(word, language, bold=bold)):
        if parts[-1] and used + wide > width:
            parts.append("")
            used = 0.0
        parts[-1] += letters
        used += wide
    return parts


def _syllables(line: Line) -> Iterator[tuple[str, float]]:
    letters, wide = "", 0.0
    for run in line.runs:
        whole = _breaks(run)
        for at, glyph in enumerate(run.glyphs):
            if letters and glyph.letters and at in whole:
                yield letters, wide
                letters, wide = "", 0.0
            letters += glyph.letters
            wide += glyph.advance / run.font.upem
    if letters:
        yield letters, wide


def _breaks(run: Run) -> set[int]:
    """The glyphs before which a run may be broken, in need: its first, and each that keeps its shape."""
    infos = _shaped("".join(glyph.letters for glyph in run.glyphs), run.font, run.language).glyph_infos
    return {0} | {at for at, info in enumerate(infos) if not info.flags & uharfbuzz.GlyphFlags.UNSAFE_TO_BREAK}


def _pieces(text: str, first: FontFile) -> Iterator[tuple[bool, str]]:
    """The text cut where its font changes. Joiners stay with the letter before them, whose shape they rule."""
    has: list[bool] = []
    for char in text:
        has.append(has[-1] if char in _JOINERS and has else _writes(first.file, char))
    for own, piece in groupby(zip(has, text, strict=True), key=lambda one: one[0]):
        yield own, "".join(char for _own, char in piece)


def _shape(text: str, font: FontFile, language: str) -> Run:
    buffer = _shaped(text, font, language)
    infos, positions = buffer.glyph_infos, buffer.glyph_positions
    starts = sorted({info.cluster for info in infos})
    ends = dict(zip(starts, [*starts[1:], len(text)], strict=True))
    said: set[int] = set()
    glyphs = []
    for info, position in zip(infos, positions, strict=True):
        letters = "" if info.cluster in said else text[info.cluster : ends[info.cluster]]
        said.add(info.cluster)
        offset = (position.x_offset, position.y_offset)
        glyphs.append(Glyph(info.codepoint, position.x_advance, *offset, letters))
    return Run(font, language, tuple(glyphs))


@lru_cache(maxsize=4096)
def _writes(file: str, char: str) -> bool:
    return _font(file).get_nominal_glyph(ord(char)) is not None


def _shaped(text: str, font: FontFile, language: str) -> uharfbuzz.Buffer:
    buffer = uharfbuzz.Buffer()
    buffer.add_codepoints([ord(char) for char in text])
    buffer.guess_segment_properties()
    buffer.direction = "ltr"
    buffer.language = language
    uharfbuzz.shape(_font(font.file), buffer)
    return buffer


@cache
def _fonts(bold: bool) -> dict[str, FontFile]:
    files = {family: require_fonts(font_configuration(), (family,))[bold] for family in FAMILIES}
    return {family: _font_file(file) for family, file in files.items()}


def _font_file(file: str) -> FontFile:
    font = _font(file)
    extents = font.get_font_extents("ltr")
    return FontFile(file, font.face.upem, extents.ascender, -extents.descender)


@cache
def _font(file: str) -> uharfbuzz.Font:
    return uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(file)))
