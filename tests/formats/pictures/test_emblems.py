import io

import pytest
from PIL import Image

from app.domain.problem import Problem
from app.formats.pictures.emblems import read_emblem, small_emblem
from tests.factories.pictures import bomb, chunk, png


def empty_profile() -> bytes:
    """A PNG whose colour profile says nothing."""
    whole = png(20, 20)
    return whole[:33] + chunk(b"iCCP", b"") + whole[33:]


def cut_short() -> bytes:
    written = io.BytesIO()
    Image.effect_noise((200, 200), 50).save(written, "PNG")
    return written.getvalue()[:3000]


@pytest.mark.parametrize("mode", ["RGBA", "RGB", "L", "1", "P"])
def test_a_picture_becomes_a_small_png(mode: str) -> None:
    kept = Image.open(io.BytesIO(read_emblem(png(1000, 500, mode))))
    assert (kept.format, kept.size) == ("PNG", (480, 240))


def test_what_else_was_in_the_file_goes() -> None:
    written = io.BytesIO()
    Image.new("RGB", (20, 20)).save(written, "JPEG", comment=b"secret place")
    assert b"secret place" not in read_emblem(written.getvalue())


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "emblem_invalid"),
        (empty_profile(), "emblem_invalid"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "emblem_invalid"),
        (b"GIF89a\x01\x00\x01\x00\x00\x00\x00;", "emblem_invalid"),
        (b"%PDF-1.4", "emblem_invalid"),
        (cut_short(), "emblem_invalid"),
        (bomb(), "emblem_too_large"),
        (png(5000, 2), "emblem_too_large"),
        (b"\x89PNG\r\n\x1a\n" + b"x" * 1_000_000, "emblem_too_large"),
    ],
    ids=["nothing", "empty profile", "script", "gif", "pdf", "cut", "bomb", "too long", "too many bytes"],
)
def test_what_is_no_harmless_picture_is_refused(content: bytes, problem: str) -> None:
    with pytest.raises(Problem, match=problem):
        read_emblem(content)


@pytest.mark.parametrize("kept", [Image.effect_noise((480, 480), 90), Image.new("RGBA", (480, 120), "#0c2d52")])
def test_an_emblem_on_a_page_weighs_two_kilobytes_at_most(kept: Image.Image) -> None:
    written = io.BytesIO()
    kept.save(written, "PNG")
    shown = small_emblem(written.getvalue())
    assert len(shown) <= 2000
    picture = Image.open(io.BytesIO(shown))
    assert max(picture.size) <= 48
    # No side is stretched.
    assert round(picture.width / picture.height) == round(kept.width / kept.height)
