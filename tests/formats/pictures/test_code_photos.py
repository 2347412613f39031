"""Codes in photographs, as an officer takes them."""

import io

import pytest
from PIL import Image

from app.domain.problem import Problem
from app.formats.pictures.code_photos import read_code_photo
from app.formats.pictures.qr import encode_qr
from tests.factories.pictures import bomb, picture

ADDRESS = "HTTPS://SAMVAD.MPPOLICE.GOV.IN/S/CAAAAAAAAAC"


def photo(*said: str, format_: str = "JPEG", turned: int = 0, scale: int = 4) -> bytes:
    """A wall with codes beside each other."""
    wall = Image.new("RGB", (200 + 300 * len(said), 400), "grey")
    for at, text in enumerate(said):
        paper = picture(encode_qr(text), 5).convert("RGB").rotate(turned, expand=True, fillcolor="white")
        wall.paste(paper, (100 + 300 * at, 80))
    out = io.BytesIO()
    wall.resize((wall.width * scale, wall.height * scale)).save(out, format_)
    return out.getvalue()


def refusal(content: bytes) -> str:
    with pytest.raises(Problem) as refused:
        read_code_photo(content)
    return refused.value.code


@pytest.mark.parametrize(("format_", "turned", "scale"), [("PNG", 0, 1), ("JPEG", 17, 1), ("JPEG", 180, 8)])
def test_a_code_is_read_from_a_photo_of_any_size(format_: str, turned: int, scale: int) -> None:
    assert read_code_photo(photo(ADDRESS, format_=format_, turned=turned, scale=scale)) == ADDRESS


def test_the_same_code_twice_is_one_and_two_are_several() -> None:
    assert read_code_photo(photo(ADDRESS, ADDRESS)) == ADDRESS
    assert refusal(photo(ADDRESS, ADDRESS + "A")) == "photo.several"


def test_a_wall_without_a_code_says_nothing() -> None:
    assert refusal(photo()) == "photo.no_code"


@pytest.mark.parametrize("content", [b"", b"%PDF-1.4", bomb()], ids=["nothing", "pdf", "bomb"])
def test_what_is_no_photo_is_refused(content: bytes) -> None:
    assert refusal(content) == "photo.invalid"
