"""Many sheets of one look (pikepdf): the template is drawn once, and what differs is stamped into its boxes.

WeasyPrint draws a template of printables/ in which the boxes of what differs are empty and carry `data-slot`;
where they lie, and in which size, weight, colour and language, is read from the laid-out page. The finished
template is in the file once, as a form that every page shows (ISO 32000-1, 8.10); codes are strokes and text
is shaped by HarfBuzz with the same font files. A sheet costs about a millisecond instead of a tenth of a
second, and a single print goes the same way, so that a look at one is true for all.

A slot may have `data-sizes`: the sizes in points that a text is tried in, falling. Stamped pages are for
paper: they carry no tags.
"""

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

from app.formats.paper.crop_marks import ROOM, with_crop_marks
from app.formats.paper.pages import printable
from app.formats.paper.pdf import PRINTABLES, PrintFault, draw_page
from app.formats.paper.stamped_fonts import StampedFont, marked
from app.formats.paper.typesetting import FontFile, Line, Run, fit_text, primary_font
from app.formats.pictures.qr import QUIET_ZONE, QrMatrix

_PT_PER_PX = 0.75
# A hair wider than a module, so that no viewer shows a seam between two rows.
_STROKE = 1.02
# Where a page is cut short, the rule under its last line stays: in points.
_RULE = 0.8

#: (a, b, c, d, e, f): where and how large a template stands on the page, ISO 32000-1, 8.3.3
Matrix = tuple[float, float, float, float, float, float]
WHERE_IT_IS: Matrix = (1, 0, 0, 1, 0, 0)
#: what is stamped, by the names of slots
Values = Mapping[str, str | QrMatrix]


@dataclass(frozen=True, slots=True)
class Slot:
    """An empty box of a template, in points from the lower left corner, and the style of its text."""

    left: float
    top: float
    width: float
    height: float
    sizes: tuple[float, ...]
    #: in ems
    line_height: float
    bold: bool
    language: str
    align: str
    colour: str


@dataclass(frozen=True, slots=True)
class Template:
    """One drawn page with its empty boxes; sizes in points."""

    pdf: bytes
    width: float
    height: float
    slots: Mapping[str, Slot]


@dataclass(frozen=True, slots=True)
class Paper:
    """A page and where on it the template is shown, once or several times."""

    width: float
    height: float
    shown: tuple[Matrix, ...]
    #: whether it lies on a larger one, with marks where it is to be cut
    crop_marks: bool = False


def draw_template(html: str, stylesheets: Sequence[str]) -> Template:
    """Draw a template, or take it from the last few that were drawn of the same HTML and style sheets."""
    changed = tuple((PRINTABLES / name).stat().st_mtime_ns for name in stylesheets)
    return _drawn(html, tuple(stylesheets), changed)


def fit_slot(slot: Slot, text: str) -> tuple[float, tuple[Line, ...]]:
    """Size and lines with which a text fits its slot; Problems `print.glyph_missing` and `print.text_too_long`."""
    return fit_text(
        text,
        slot.language,
        bold=slot.bold,
        width=slot.width,
        height=slot.height,
        sizes=slot.sizes,
        line_height=slot.line_height,
    )


class Stamper:
    """A file in the making."""

    def __init__(self) -> None:
        self._pdf = pikepdf.Pdf.new()
        self._resources = self._pdf.make_indirect(Dictionary(Font=Dictionary(), XObject=Dictionary()))
        self._forms: dict[int, str] = {}
        self._templates: list[Template] = []
        self._fonts: dict[FontFile, StampedFont] = {}

    def add_page(
        self,
        template: Template,
        values: Values,
        *,
        paper: Paper | None = None,
        each: Sequence[Values] = (),
        down_to: str | None = None,
    ) -> None:
        """Stamp one page. Every slot of the template needs a value, be it empty, and no other may be named.

        `each` holds what differs between the places at which the paper shows the template: one for each of them.
        `down_to` names a slot below which, and below the line under it, nothing of the template is shown.
        Problems `print.glyph_missing` and `print.text_too_long`: nothing is left out and nothing clipped.
        """
        paper = paper or Paper(template.width, template.height, (WHERE_IT_IS,))
        owns = each or ({},) * len(paper.shown)
        for own in owns:
            if (given := values.keys() | own.keys()) != template.slots.keys():
                raise PrintFault(f"slots {sorted(given ^ template.slots.keys())} are not on both sides")
        shown = _cut(template, down_to) + f"/{self._form(template)} Do" + (" Q" if down_to else "")
        same = "\n".join((shown, *self._stamps(template, values)))
        content = "\n".join(
            "\n".join((f"q {_numbers(matrix)} cm", same, *self._stamps(template, own), "Q"))
            for matrix, own in zip(paper.shown, owns, strict=False)
        )
        room = ROOM if paper.crop_marks else 0.0
        if paper.crop_marks:
            content = with_crop_marks(content, paper.width, paper.height)
        page = Dictionary(
            Type=Name.Page,
            MediaBox=_box(0, 0, paper.width + 2 * room, paper.height + 2 * room),
            TrimBox=_box(room, room, paper.width + room, paper.height + room),
            Resources=self._resources,
            Contents=Stream(self._pdf, content.encode("ascii")),
        )
        self._pdf.pages.append(pikepdf.Page(self._pdf.make_indirect(page)))

    def finish(self) -> bytes:
        """The whole file. The same pages give the same bytes."""
        for font in self._fonts.values():
            font.embed(self._pdf, self._resources.Font["/" + font.name])
        written = io.BytesIO()
        self._pdf.save(
            written,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            compress_streams=True,
            deterministic_id=True,
        )
        return written.getvalue()

    def _form(self, template: Template) -> str:
        """The name of the template's form, copied into this file when it is first shown."""
        name = self._forms.get(id(template))
        if name is None:
            name = self._forms[id(template)] = f"T{len(self._forms)}"
            self._templates.append(template)
            with pikepdf.Pdf.open(io.BytesIO(template.pdf)) as source:
                form = self._pdf.copy_foreign(source.pages[0].as_form_xobject())
            self._resources.XObject["/" + name] = form
        return name

    def _stamps(self, template: Template, values: Values) -> Iterator[str]:
        for name, value in values.items():
            if isinstance(value, QrMatrix):
                yield _code(template.slots[name], value)
            elif value:
                yield self._text(template.slots[name], str(printable(value)))

    def _text(self, slot: Slot, text: str) -> str:
        size, lines = fit_slot(slot, text)
        first = primary_font(slot.language, bold=slot.bold)
        leading = size * slot.line_height
        ascent, descent = (part * size / first.upem for part in (first.ascent, first.descent))
        baseline = slot.top - (leading - ascent - descent) / 2 - ascent
        drawn = [slot.colour]
        for line in lines:
            spare = slot.width - line.width * size
            left = slot.left + spare * {"center": 0.5, "right": 1.0, "end": 1.0}.get(slot.align, 0.0)
            shown = " ".join(
                f"/{font.name} {size:g} Tf {font.draw(run, size)}" for font, run in map(self._with, line.runs)
            )
            drawn.append(marked(line.text, f"BT {left:.2f} {baseline:.2f} Td {shown} ET"))
            baseline -= leading
        return "\n".join(drawn)

    def _with(self, run: Run) -> tuple[StampedFont, Run]:
        font = self._fonts.get(run.font)
        if font is None:
            font = self._fonts[run.font] = StampedFont(run.font, f"F{len(self._fonts)}")
            self._resources.Font["/" + font.name] = self._pdf.make_indirect(Dictionary())
        return font, run


def _cut(template: Template, down_to: str | None) -> str:
    if down_to is None:
        return ""
    slot = template.slots[down_to]
    bottom = slot.top - slot.height - _RULE
    return f"q 0 {bottom:.2f} {template.width:.2f} {template.height - bottom:.2f} re W n "


def _code(slot: Slot, code: QrMatrix) -> str:
    """The dark runs as strokes, with the quiet zone of the standard inside the slot."""
    module = slot.width / (code.size + 2 * QUIET_ZONE)
    left, top = slot.left + QUIET_ZONE * module, slot.top - (QUIET_ZONE + 0.5) * module
    matrix = f"q 0 G {_STROKE} w {module:.5f} 0 0 {-module:.5f} {left:.3f} {top:.3f} cm"
    strokes = [f"{start} {row} m {start + length} {row} l" for start, row, length in code.runs()]
    return f"{matrix} {' '.join(strokes)} S Q"


@lru_cache(maxsize=24)
def _drawn(html: str, stylesheets: tuple[str, ...], _changed: tuple[int, ...]) -> Template:
    pdf, page = draw_page(html, stylesheets)
    width, height = page.width * _PT_PER_PX, page.height * _PT_PER_PX
    slots: dict[str, Slot] = {}
    for box in page._page_box.descendants(placeholders=True):
        name = (
            box.element.get("data-slot")
            if box.element is not None and not box.element_tag.endswith("::before")
            else None
        )
        if name and name not in slots:
            slots[name] = _slot(box, name, height)
    return Template(pdf, width, height, slots)


def _slot(box: Any, name: str, page_height: float) -> Slot:
    style, size = box.style, box.style["font_size"] * _PT_PER_PX
    if not (box.width and box.height):
        raise PrintFault(f"the slot {name} needs a width and a height in its style sheet")
    line = style["line_height"]
    in_ems = line.value / style["font_size"] if hasattr(line, "value") else 1.4 if line == "normal" else float(line)
    sizes = box.element.get("data-sizes", "").split()
    return Slot(
        left=box.content_box_x() * _PT_PER_PX,
        top=page_height - box.content_box_y() * _PT_PER_PX,
        width=box.width * _PT_PER_PX,
        height=box.height * _PT_PER_PX,
        sizes=tuple(map(float, sizes)) or (size,),
        line_height=in_ems,
        bold=style["font_weight"] >= 600,
        language="hi" if (style["lang"] or "").startswith("hi") else "en",
        align=style["text_align_all"],
        colour=" ".join(f"{part:.3f}" for part in style["color"].to("srgb").coordinates) + " rg",
    )


def _numbers(matrix: Matrix) -> str:
    return " ".join(f"{number:.5g}" for number in matrix)


def _box(*sides: float) -> Array:
    return Array([round(side, 3) for side in sides])
