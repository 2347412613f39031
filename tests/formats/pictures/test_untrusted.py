"""Pictures from strangers: whatever fails, it fails in one of two ways."""

import io
import struct

import pytest
from PIL import Image

from app.formats.pictures.untrusted import PictureInvalidError, PictureTooLargeError, opened
from tests.factories.pictures import bomb, png


def written(format_: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (20, 10), "red").save(out, format_)
    return out.getvalue()


@pytest.mark.parametrize("format_", ["PNG", "JPEG"])
def test_a_photo_or_a_drawing_is_opened(format_: str) -> None:
    with opened(written(format_), most_pixels=200) as picture:
        assert picture.size == (20, 10)
        picture.load()


def test_no_other_format_is_tried() -> None:
    for format_ in ("GIF", "BMP", "TIFF", "WEBP"):
        with pytest.raises(PictureInvalidError), opened(written(format_), most_pixels=200):
            pass


@pytest.mark.parametrize("content", [png(21, 10), bomb()], ids=["one pixel more", "bomb"])
def test_what_is_too_large_is_not_unpacked(content: bytes) -> None:
    with pytest.raises(PictureTooLargeError), opened(content, most_pixels=209):
        pass


@pytest.mark.parametrize("error", [OSError, ZeroDivisionError, IndexError, SyntaxError, EOFError, struct.error])
def test_what_fails_while_it_is_read_is_no_picture(error: type[Exception]) -> None:
    with pytest.raises(PictureInvalidError), opened(png(2, 2), most_pixels=4):
        raise error


def test_what_else_goes_wrong_is_told_as_it_is() -> None:
    with pytest.raises(PictureTooLargeError), opened(png(2, 2), most_pixels=4):
        raise PictureTooLargeError
    with pytest.raises(RuntimeError), opened(png(2, 2), most_pixels=4):
        raise RuntimeError
