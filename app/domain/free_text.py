"""What people type, made safe to keep and to print without changing what they said."""

import re
import unicodedata
from collections.abc import Iterable, Mapping

#: longer text makes pages and PDFs slow to lay out
MAX_TEXT = 2_000
#: no script writes more marks on one letter; hundreds are an attack on the lines above and below
MAX_MARKS = 8

# Controls, direction overrides, invisible tags, lone surrogates and noncharacters. The joiners U+200C and
# U+200D stay: Hindi is misspelt without them.
_UNSAFE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff0-\uffff"
    "\ud800-\udfff\ufdd0-\ufdef\U000e0000-\U000e0fff"
    + "".join(chr(plane * 0x10000 + low) for plane in range(1, 17) for low in (0xFFFE, 0xFFFF))
    + "]"
)
# What no column, file or page can hold, or nobody can see. Tabs and ends of lines stay.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_LINE_END = re.compile("\r\n|[\r\v\f\u2028\u2029]")
_BLANK = re.compile(r"\s+")
# What the reader of answers in the browser (form-answers.js) takes for digits and signs: no more, so that both agree.
_ANSWER_DIGITS = {ord(digit): str(value) for value, digit in enumerate("०१२३४५६७८९")} | {
    # Keyboards and copied text give these for a minus and for a decimal point's neighbours.
    0x2212: "-",
    0x2013: "-",
    0xA0: " ",
}


def clean_line(text: str) -> str:
    """The text in NFC on one line, without what cannot be seen."""
    return _BLANK.sub(" ", clean_text(text)).strip()


def clean_lines(texts: Mapping[str, str], languages: Iterable[str]) -> dict[str, str]:
    """One line in each of these languages; empty where nothing was written."""
    return {language: clean_line(texts.get(language) or "") for language in languages}


def clean_text(text: str) -> str:
    """The text in NFC with \\n as line end, without what cannot be seen or turns the direction of writing."""
    text = _UNSAFE.sub("", _LINE_END.sub("\n", text)).strip()
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    return text if text.isascii() else _fewer_marks(text)


def without_controls(text: str) -> str:
    """The text without NUL, other controls and halves of letters, and else to the letter as it came."""
    return text if text.isprintable() else _CONTROL.sub("", text)


def ascii_digits(text: str) -> str:
    """The text with the decimal digits of any script as 0 to 9."""
    return text if text.isascii() else "".join(str(unicodedata.decimal(char, char)) for char in text)


def answer_digits(text: str) -> str:
    """The text of an answer with Devanagari digits and typographic minus signs as ASCII, for reading numbers."""
    return text.translate(_ANSWER_DIGITS)


def _fewer_marks(text: str) -> str:
    kept, marks = [], 0
    for letter in text:
        marks = marks + 1 if unicodedata.category(letter).startswith("M") else 0
        if marks <= MAX_MARKS:
            kept.append(letter)
    return "".join(kept) if len(kept) < len(text) else text
