import json
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from app.formats.record.notes import RecordKey
from app.formats.record.report_codes import LENGTH, ReportCode, read, write

VECTORS = json.loads((Path(__file__).parents[2] / "vectors" / "record.json").read_text("utf-8"))
VECTOR, NOTE = VECTORS["report_code"], VECTORS["checkpoint"]
FIGURES = sha256(bytes.fromhex(VECTOR["figures_bytes_hex"])).digest()


def test_a_code_is_written_and_read_as_the_vector_is() -> None:
    code = ReportCode.of(NOTE["text"], NOTE["vkey"], FIGURES)
    assert write(code) == VECTOR["text"]
    assert read(VECTOR["text"]) == read(VECTOR["text"].lower()) == code
    assert (code.size, code.figures.hex()) == (VECTOR["size"], VECTOR["figures"])


def test_a_code_holds_only_as_it_was_signed() -> None:
    code = read(VECTOR["text"])
    assert code.holds(NOTE["origin"], NOTE["vkey"])
    assert not code.holds("another.example/r/record", NOTE["vkey"])
    assert not code.holds(NOTE["origin"], RecordKey(NOTE["origin"], bytes(32)).vkey)
    assert not replace(code, size=code.size + 1).holds(NOTE["origin"], NOTE["vkey"])
    assert not replace(code, root=bytes(32)).holds(NOTE["origin"], NOTE["vkey"])


@pytest.mark.parametrize(
    "text",
    [
        "",
        VECTOR["text"][:-1],
        VECTOR["text"][:-1] + "R",
        VECTOR["text"][:-1] + "1",
        VECTOR["text"][:-1] + "=",
        "B" + VECTOR["text"][1:],
        VECTOR["text"][:9] + VECTOR["text"][9:].lower(),
        "ı" * LENGTH,
    ],
    ids=lambda text: text[:8] + text[-4:],
)
def test_a_code_has_one_spelling(text: str) -> None:
    with pytest.raises(ValueError, match="code|Non-base32|padding"):  # noqa: RUF043
        read(text)
