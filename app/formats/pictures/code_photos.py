"""Codes in photographs (zxing-cpp), for an officer on patrol. Nothing of a photograph is kept, nor its place."""

import zxingcpp

from app.domain.problem import Problem, ProblemType
from app.formats.pictures.untrusted import PictureInvalidError, PictureTooLargeError, opened

#: pixels of the longer side that a photograph is read at; a code fills a good part of it
_SIDE = 2000
_MOST_PIXELS = 50_000_000

PHOTO_INVALID = ProblemType("photo.invalid", 422, "This is no photo that can be read. Please send a JPEG or a PNG.")
PHOTO_WITHOUT_CODE = ProblemType(
    "photo.no_code", 422, "No code can be read in this photo. Go nearer, hold still, and take it from the front."
)
PHOTO_SEVERAL = ProblemType("photo.several", 422, "There are several codes in this photo. Please take one at a time.")


def read_code_photo(content: bytes) -> str:
    """What the one QR code in a photograph says. Problems `photo.…`."""
    try:
        with opened(content, most_pixels=_MOST_PIXELS) as picture:
            # A JPEG is unpacked at an eighth to the whole of its size, whatever is enough.
            picture.draft("L", (_SIDE, _SIDE))
            grey = picture.convert("L")
    except (PictureInvalidError, PictureTooLargeError):
        raise Problem(PHOTO_INVALID) from None
    grey.thumbnail((_SIDE, _SIDE))
    # Not at the top: nanobind reports what outlives the process as leaked.
    formats = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    said = {found.text for found in zxingcpp.read_barcodes(grey, formats=formats)}
    if not said:
        raise Problem(PHOTO_WITHOUT_CODE)
    if len(said) > 1:
        raise Problem(PHOTO_SEVERAL)
    return said.pop()
