"""Fonts inside a stamped PDF: one subset a face, with what its glyphs say (ISO 32000-1, 9.7 and 9.10)."""

from dataclasses import dataclass, field

import pikepdf
import uharfbuzz
from pikepdf import Array, Dictionary, Name, Stream

from app.formats.paper.typesetting import FontFile, Run

_FLAGS = uharfbuzz.SubsetFlags.RETAIN_GIDS | uharfbuzz.SubsetFlags.NO_HINTING | uharfbuzz.SubsetFlags.NO_LAYOUT_CLOSURE
#: tables that a printer has no use for
_NOT_DRAWN = (b"GSUB", b"GPOS", b"GDEF", b"name", b"OS/2", b"cmap", b"post", b"STAT", b"gasp")
_ENTRIES = 100  # a block of a character map holds at most so many


@dataclass
class StampedFont:
    """One face of a file in the making: the name that pages call it by, and the glyphs they used of it."""

    font: FontFile
    name: str
    said: dict[int, str] = field(default_factory=dict)
    widths: dict[int, int] = field(default_factory=dict)
    _face: uharfbuzz.Font = None

    def __post_init__(self) -> None:
        self._face = uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(self.font.file)))

    def draw(self, run: Run, size: float) -> str:
        """Operators that show a run where the text cursor stands, in the size that has been set."""
        scale = 1000 / run.font.upem
        ops: list[str] = []
        shown: list[str] = []
        rise = pen = cursor = 0
        for glyph in run.glyphs:
            if glyph.y != rise:
                ops.append(_show(shown))
                shown, rise = [], glyph.y
                ops.append(f"{rise * size / run.font.upem:.3f} Ts")
            if pen + glyph.x != cursor:
                shown.append(f"{(cursor - pen - glyph.x) * scale:.0f}")
            shown.append(f"<{glyph.id:04X}>")
            self.said.setdefault(glyph.id, "")
            self.said[glyph.id] = self.said[glyph.id] or glyph.letters
            cursor = pen + glyph.x + self._width(glyph.id)
            pen += glyph.advance
        if pen != cursor:
            shown.append(f"{(cursor - pen) * scale:.0f}")
        ops.append(_show(shown))
        if rise:
            ops.append("0 Ts")
        return " ".join(op for op in ops if op)

    def embed(self, pdf: pikepdf.Pdf, placeholder: pikepdf.Object) -> None:
        """Fill the font dictionary that pages have been referring to."""
        descendant = Dictionary(
            Type=Name.Font,
            Subtype=Name.CIDFontType2,
            BaseFont=Name("/" + self._base_font),
            CIDSystemInfo=Dictionary(Registry=b"Adobe", Ordering=b"Identity", Supplement=0),
            FontDescriptor=pdf.make_indirect(self._descriptor(pdf)),
            DW=0,
            W=Array([part for gid, width in sorted(self.widths.items()) for part in (gid, Array([width]))]),
            CIDToGIDMap=Name.Identity,
        )
        placeholder.Type = Name.Font
        placeholder.Subtype = Name.Type0
        placeholder.BaseFont = Name("/" + self._base_font)
        placeholder.Encoding = Name("/Identity-H")
        placeholder.DescendantFonts = Array([pdf.make_indirect(descendant)])
        placeholder.ToUnicode = Stream(pdf, self._character_map())

    @property
    def _base_font(self) -> str:
        return f"SAMVA{'ABCDEFGHIJ'[int(self.name[1:]) % 10]}+{self.font.file.rpartition('/')[2].rpartition('.')[0]}"

    def _width(self, gid: int) -> int:
        if gid not in self.widths:
            self.widths[gid] = self._face.get_glyph_h_advance(gid) * 1000 // self.font.upem
        return self.widths[gid] * self.font.upem // 1000

    def _descriptor(self, pdf: pikepdf.Pdf) -> Dictionary:
        scale = 1000 / self.font.upem
        return Dictionary(
            Type=Name.FontDescriptor,
            FontName=Name("/" + self._base_font),
            Flags=4,
            FontBBox=Array([-1000, -600, 2000, 1300]),
            ItalicAngle=0,
            Ascent=round(self.font.ascent * scale),
            Descent=-round(self.font.descent * scale),
            CapHeight=714,
            StemV=80,
            FontFile2=pdf.make_indirect(Stream(pdf, self._subset())),
        )

    def _subset(self) -> bytes:
        wanted = uharfbuzz.SubsetInput()
        wanted.flags = _FLAGS
        wanted.glyph_set.update(self.widths)
        wanted.drop_table_tag_set.update(int.from_bytes(tag, "big") for tag in _NOT_DRAWN)
        small: bytes = uharfbuzz.subset(self._face.face, wanted).blob.data
        return small

    def _character_map(self) -> bytes:
        entries = [f"<{gid:04X}> <{_utf16(letters)}>" for gid, letters in sorted(self.said.items()) if letters]
        blocks = [entries[at : at + _ENTRIES] for at in range(0, len(entries), _ENTRIES)]
        mapped = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
        return _CHARACTER_MAP.replace("%MAPPED%", mapped).encode("ascii")


def marked(text: str, operators: str) -> str:
    """The operators of a line, with what the line reads: glyphs of Hindi cannot be mapped back one by one."""
    return f"/Span <</ActualText <FEFF{_utf16(text)}>>> BDC {operators} EMC"


def _show(shown: list[str]) -> str:
    return f"[{''.join(shown).replace('><', '')}] TJ" if shown else ""


def _utf16(text: str) -> str:
    return text.encode("utf-16-be").hex().upper()


_CHARACTER_MAP = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
%MAPPED%
endcmap
CMapName currentdict /CMap defineresource pop
end
end"""
