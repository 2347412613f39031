"""Pictures of posts: written anew, small, and never a way to stop the server."""

import io

import pytest
from PIL import Image

from app.domain.problem import Problem
from app.formats.pictures.post_pictures import HIGHEST, MOST_BYTES, MOST_KEPT_BYTES, WIDEST, read_post_picture
from tests.factories.pictures import bomb, png


def jpeg(image: Image.Image, **more: object) -> bytes:
    written = io.BytesIO()
    image.save(written, "JPEG", quality=90, **more)
    return written.getvalue()


def hundred_megapixels() -> bytes:
    """White on white: some kilobytes that would be 100 MB."""
    written = io.BytesIO()
    Image.new("1", (10_000, 10_000)).save(written, "PNG")
    return written.getvalue()


@pytest.mark.parametrize("mode", ["RGBA", "RGB", "L", "1", "P"])
@pytest.mark.parametrize(("width", "height"), [(3000, 2000), (300, 3000), (1, 1), (5000, 1)])
def test_it_becomes_a_jpeg_that_fits_a_phone(mode: str, width: int, height: int) -> None:
    kept = read_post_picture(png(width, height, mode))
    shown = Image.open(io.BytesIO(kept.content))
    assert (shown.format, shown.size) == ("JPEG", (kept.width, kept.height))
    assert kept.width <= WIDEST
    assert kept.height <= HIGHEST


def test_noise_gets_less_sharp_and_smaller_until_it_is_light() -> None:
    kept = read_post_picture(jpeg(Image.effect_noise((1200, 1200), 120)))
    assert len(kept.content) <= MOST_KEPT_BYTES


def test_where_and_by_what_it_was_taken_goes_and_it_stands_upright() -> None:
    image = Image.new("RGB", (600, 300), "navy")
    about = image.getexif()
    about[0x0112], about[0x010F] = 6, "secret camera"
    content = jpeg(image, exif=about, comment=b"secret place")
    assert b"secret" in content
    kept = read_post_picture(content)
    assert b"secret" not in kept.content
    assert not Image.open(io.BytesIO(kept.content)).getexif()
    assert (kept.width, kept.height) == (300, 600)


def test_what_shines_through_is_white() -> None:
    written = io.BytesIO()
    Image.new("RGBA", (50, 50), (0, 0, 0, 0)).save(written, "PNG")
    shown = Image.open(io.BytesIO(read_post_picture(written.getvalue()).content))
    assert shown.convert("L").getextrema()[0] > 250


def test_the_same_picture_has_the_same_address() -> None:
    assert read_post_picture(png(40, 30)).digest == read_post_picture(png(40, 30)).digest


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "picture_invalid"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "picture_invalid"),
        (b"GIF89a\x01\x00\x01\x00\x00\x00\x00;", "picture_invalid"),
        (b"<html><script>alert(1)</script>", "picture_invalid"),
        (jpeg(Image.new("RGB", (300, 300)))[:400], "picture_invalid"),
        (bomb(), "picture_too_large"),
        (hundred_megapixels(), "picture_too_large"),
        (b"\xff\xd8" + b"x" * MOST_BYTES, "picture_too_large"),
    ],
    ids=["nothing", "script", "gif", "html", "cut", "bomb", "100 megapixels", "too many bytes"],
)
def test_what_is_no_harmless_picture_is_refused(content: bytes, problem: str) -> None:
    with pytest.raises(Problem, match=problem):
        read_post_picture(content)
