"""Pictures as strangers bring them, and codes as they are drawn."""

import io
import re
import struct
import zlib

from PIL import Image

from app.formats.pictures.qr import QUIET_ZONE, QrMatrix


def picture(code: QrMatrix, scale: int = 4) -> Image.Image:
    """The code drawn from its SVG path, with its quiet zone."""
    side = code.size + 2 * QUIET_ZONE
    image = Image.new("L", (side, side), 255)
    for start, row, length in re.findall(r"M(\d+) (\d+)\.5h(\d+)", code.path()):
        for column in range(int(start), int(start) + int(length)):
            image.putpixel((column + QUIET_ZONE, int(row) + QUIET_ZONE), 0)
    return image.resize((side * scale, side * scale), Image.Resampling.NEAREST)


def png(width: int, height: int, mode: str = "RGBA") -> bytes:
    written = io.BytesIO()
    Image.new(mode, (width, height), 127).save(written, "PNG")
    return written.getvalue()


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def bomb() -> bytes:
    """A PNG of a few bytes that claims 60,000 pixels a side."""
    header = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 6, 0, 0, 0)
    body = zlib.compress(b"\0" * 100_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", body) + chunk(b"IEND", b"")
