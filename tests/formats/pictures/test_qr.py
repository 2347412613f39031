import string

import pytest
import zxingcpp

from app.formats.pictures.qr import FIRST_VERSION, code_text, encode_qr
from tests.factories.pictures import picture

TOKEN = "CAAAAAAAAAC" + "ABCDEFGHIJKLMN2"
ADDRESS = "https://samvad.mppolice.gov.in"


def test_the_path_of_a_code_reads_as_its_text() -> None:
    text = code_text(ADDRESS, TOKEN)
    (found,) = zxingcpp.read_barcodes(picture(encode_qr(text)))
    assert found.text == text == f"HTTPS://SAMVAD.MPPOLICE.GOV.IN/S/{TOKEN}"


def test_a_poster_with_a_host_of_24_characters_is_version_3_at_level_m() -> None:
    text = code_text("https://" + "h" * 24, TOKEN)
    assert len(text) == 61
    code = encode_qr(text)
    assert code.version == 3
    (found,) = zxingcpp.read_barcodes(picture(code))
    assert found.ec_level == "M"


@pytest.mark.parametrize("length", [1, 20, 61, 62, 90, 200, 1000])
def test_every_length_fits_some_version(length: int) -> None:
    text = ("HTTPS://EXAMPLE.IN/S/" + string.ascii_uppercase * 40)[:length]
    code = encode_qr(text)
    assert code.version >= FIRST_VERSION
    assert [found.text for found in zxingcpp.read_barcodes(picture(code))] == [text]


@pytest.mark.parametrize("text", ["", "https://x/s/a", "HTTPS://X/S/?A", "थाना", "A\n"])
def test_text_that_is_not_in_capitals_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="capitals"):
        encode_qr(text)


def test_the_path_is_small_and_its_view_box_holds_the_quiet_zone() -> None:
    code = encode_qr(code_text(ADDRESS, TOKEN))
    assert code.view_box == "-4 -4 37 37"
    assert len(code.path()) < 5_000


def test_the_same_text_gives_the_same_code() -> None:
    assert encode_qr("HTTPS://A/S/B") == encode_qr("HTTPS://A/S/B")
