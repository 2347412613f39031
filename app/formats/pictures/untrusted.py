"""Pictures from strangers (Pillow): a small file can unpack to gigabytes, and a broken one can break its reader."""

import io
import struct
from collections.abc import Iterator
from contextlib import contextmanager

from PIL import Image

FORMATS = ("PNG", "JPEG")


class PictureInvalidError(ValueError):
    """It is no PNG and no JPEG, or a broken one."""


class PictureTooLargeError(ValueError):
    """It would unpack to more pixels than are wanted."""


@contextmanager
def opened(content: bytes, *, most_pixels: int) -> Iterator[Image.Image]:
    """The picture, not unpacked yet, of at most so many pixels in all; what fails while it is read fails as these two.

    Drawings with scripts (SVG) are no pictures here.
    """
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as picture:
            if picture.width * picture.height > most_pixels:
                raise PictureTooLargeError
            # WeasyPrint lets Pillow load what is cut short, in the whole process.
            picture.verify()
        with Image.open(io.BytesIO(content), formats=FORMATS) as picture:
            yield picture
    except (PictureInvalidError, PictureTooLargeError):
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise PictureTooLargeError from None
    except (ArithmeticError, LookupError, OSError, SyntaxError, TypeError, ValueError, EOFError, struct.error):
        raise PictureInvalidError from None
