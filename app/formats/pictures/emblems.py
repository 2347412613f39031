"""A department's emblem (Pillow): read once with suspicion, kept as a small PNG of our own making."""

import base64
import io

from PIL import Image

from app.domain.installation.department import EMBLEM_INVALID, EMBLEM_TOO_LARGE
from app.domain.problem import Problem
from app.formats.pictures.untrusted import PictureInvalidError, PictureTooLargeError, opened

#: of the file, and of either side before anything is unpacked: a small file can unpack to gigabytes
MOST_BYTES, MOST_PIXELS = 1_000_000, 4000
_KEPT = 480
#: on a page, which is read where each kilobyte takes a moment
_SHOWN, _MOST_SHOWN_BYTES = 48, 2000


def read_emblem(content: bytes) -> bytes:
    """The picture as a PNG of at most 480 pixels a side, without whatever else was in the file.

    Problems `department.emblem_…`.
    """
    if len(content) > MOST_BYTES:
        raise Problem(EMBLEM_TOO_LARGE, pixels=MOST_PIXELS)
    try:
        with opened(content, most_pixels=MOST_PIXELS**2) as picture:
            if max(picture.size) > MOST_PIXELS:
                raise PictureTooLargeError
            kept = picture.convert("RGBA")
    except PictureTooLargeError:
        raise Problem(EMBLEM_TOO_LARGE, pixels=MOST_PIXELS) from None
    except PictureInvalidError:
        raise Problem(EMBLEM_INVALID) from None
    kept.thumbnail((_KEPT, _KEPT))
    written = io.BytesIO()
    kept.save(written, "PNG", optimize=True)
    return written.getvalue()


def small_emblem(png: bytes) -> bytes:
    """The emblem for a page: at most 48 pixels a side and 2 kB, in fewer colours or smaller until it is."""
    with Image.open(io.BytesIO(png)) as picture:
        whole = picture.convert("RGBA")
    for side in range(_SHOWN, 0, -8):
        for colours in (256, 64, 16):
            shown = whole.copy()
            shown.thumbnail((side, side))
            written = io.BytesIO()
            shown.quantize(colours, Image.Quantize.FASTOCTREE).save(written, "PNG", optimize=True)
            if written.tell() <= _MOST_SHOWN_BYTES:
                return written.getvalue()
    raise AssertionError("eight pixels a side take no 2 kB")


def data_address(png: bytes) -> str:
    """The picture inside an address, for the HTML of a print."""
    return "data:image/png;base64," + base64.b64encode(png).decode("ascii")
