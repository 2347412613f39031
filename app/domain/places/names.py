"""Names of places: cleaned as they come in, compared as people compare them, searched as people type them."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from app.domain.places.place import BilingualName
from app.domain.problem import Problem, ProblemType

LONGEST_NAME, LONGEST_ADDRESS = 120, 240

NAME_LONG = ProblemType(
    "place.name_long", 422, "The name is longer than %(longest)d letters. Shorten it: it must fit on a poster."
)
ADDRESS_LONG = ProblemType("place.address_long", 422, "The address is longer than %(longest)d letters. Shorten it.")
NAME_HIDDEN = ProblemType(
    "place.name_hidden", 422, "There is a hidden character in the text (%(character)s). Type the text anew."
)
NAME_BROKEN = ProblemType(
    "place.name_broken",
    422,
    "The letters of “%(value)s” are broken. Save the file as “CSV UTF-8” or as .xlsx, and try again.",
)
NAME_NOT_HINDI = ProblemType(
    "place.name_not_hindi",
    422,
    "“%(value)s” is not written in Hindi letters. If it was typed in an old font such as Kruti Dev, convert it to "
    "Unicode; if it is English, put it under name_en.",
)
NAME_NOT_ENGLISH = ProblemType(
    "place.name_not_english", 422, "“%(value)s” is written in Hindi letters. Put it under name_hi."
)
NAME_WITHOUT_LETTERS = ProblemType("place.name_without_letters", 422, "“%(value)s” is no name: it has no letters.")
NAME_SAYS_NOTHING = ProblemType(
    "place.name_says_nothing", 422, "“%(value)s” does not say which place this is. Write its own name too."
)

_NUKTA = "\u093c"
_VIRAMA_CLASS = 9
_JOINERS = "\u200c\u200d"
# They show nothing and only make equal names unequal.
_DROPPED = dict.fromkeys(map(ord, "\ufeff\u200b\u2060\u00ad\u200e\u200f\u180e"))
_DEVANAGARI = re.compile(r"[\u0904-\u0939\u0958-\u0961\u0972-\u097f]")
# UTF-8 Devanagari that was read as Windows-1252 or Latin-1, and letters lost for good.
_BROKEN = re.compile("[Ãà]\u00a4|à[¤¥]|\ufffd|\\?{3,}")
_SPREADSHEET_ERROR = re.compile(r"#(?:REF|NAME|VALUE|DIV/0|NULL|NUM|N/A)[!?]?", re.IGNORECASE)

# Words that say what a place is and not which one. Compared after `search_key`.
_KIND_WORDS = (
    "police thana station ps p s stn center centre help chowki outpost op district dist state range subdivision "
    "थाना थाने पुलिस पोलिस स्टेशन स्टेसन आरक्षि केंद्र चौकि सहायता जिला राज्य रेंज अनुभाग"
)
_GENERIC = frozenset(_KIND_WORDS.split())


def clean_place_text(raw: str) -> str:
    """NFC, single ordinary spaces, none at the ends, and nothing that is invisible without doing anything.

    Joiners stay beside a virama, where they decide which shape a conjunct takes. Other hidden characters are
    left in for `flaws_in_text` to name.
    """
    text = unicodedata.normalize("NFC", raw.translate(_DROPPED))
    if any(joiner in text for joiner in _JOINERS):
        text = "".join(char for at, char in enumerate(text) if char not in _JOINERS or _joins(text, at))
    return " ".join(text.split())


def _joins(text: str, at: int) -> bool:
    around = text[max(at - 1, 0) : at] + text[at + 1 : at + 2]
    return any(unicodedata.combining(char) == _VIRAMA_CLASS for char in around)


def clean_name(hi: str | None, en: str | None) -> BilingualName:
    """Both names cleaned; an empty one is None."""
    return BilingualName(clean_place_text(hi or "") or None, clean_place_text(en or "") or None)


def flaws_in_text(text: str) -> Iterator[Problem]:
    """What no text of a place may contain, whatever it is for."""
    for char in text:
        if unicodedata.category(char) in ("Cc", "Cf", "Co", "Cs", "Cn") and char not in _JOINERS:
            name = unicodedata.name(char, "")
            yield Problem(NAME_HIDDEN, character=f"U+{ord(char):04X} {name}".strip())
            return


def flaws_in_name(text: str, language: str) -> Iterator[Problem]:
    """What is wrong with a cleaned name in that language (`hi` or `en`), the gravest first."""
    if _BROKEN.search(text) or _SPREADSHEET_ERROR.fullmatch(text):
        yield Problem(NAME_BROKEN, value=shown(text))
        return
    hidden = list(flaws_in_text(text))
    yield from hidden
    if hidden:
        return
    if len(text) > LONGEST_NAME:
        yield Problem(NAME_LONG, longest=LONGEST_NAME, value=shown(text))
    if not any(char.isalpha() for char in text):
        yield Problem(NAME_WITHOUT_LETTERS, value=shown(text))
    elif language == "hi" and not _DEVANAGARI.search(text):
        yield Problem(NAME_NOT_HINDI, value=shown(text))
    elif language == "en" and _DEVANAGARI.search(text):
        yield Problem(NAME_NOT_ENGLISH, value=shown(text))
    elif not distinct_words(text):
        yield Problem(NAME_SAYS_NOTHING, value=shown(text))


def flaws_in_address(text: str) -> Iterator[Problem]:
    """What is wrong with a cleaned address of an office: less can be, since it may be mostly numbers."""
    if _BROKEN.search(text) or _SPREADSHEET_ERROR.fullmatch(text):
        yield Problem(NAME_BROKEN, value=shown(text))
    elif len(text) > LONGEST_ADDRESS:
        yield Problem(ADDRESS_LONG, longest=LONGEST_ADDRESS)
    else:
        yield from flaws_in_text(text)


def shown(text: str) -> str:
    """The text as a message may quote it: short."""
    return text if len(text) <= 60 else text[:59] + "…"


def is_devanagari(text: str) -> bool:
    return _DEVANAGARI.search(text) is not None


_SHORTENED = str.maketrans("ीूँईऊ", "िुंइउ", _NUKTA + _JOINERS)
# मन्दसौर and मंदसौर, भिण्ड and भिंड: a nasal before a consonant of its own may be written either way.
_NASAL = re.compile("[ङञणनम]्(?=[क-म])")


@lru_cache(maxsize=65536)
def search_key(text: str) -> str:
    """What two spellings of one name have in common: for searching, never for storing.

    Case, nukta, long and short i and u, chandrabindu and anusvara, nasal conjuncts, accents and punctuation make
    no difference.
    """
    return _words(_NASAL.sub("ं", _unmarked(text)).translate(_SHORTENED))


@lru_cache(maxsize=65536)
def distinct_words(text: str) -> str:
    """The words that tell this place from others, the ones for its kind left out. For finding duplicates.

    Stricter than a search: चीता and चिता stay two names.
    """
    words = _words(_unmarked(text)).split()
    return " ".join(word for word in words if search_key(word) not in _GENERIC)


def _unmarked(text: str) -> str:
    """Case folded, without nukta and without the accents of Latin letters."""
    found = []
    latin = False
    for char in unicodedata.normalize("NFD", text.casefold()):
        if unicodedata.combining(char) == 0:
            latin = char.isascii()
        elif latin or char == _NUKTA:
            continue
        found.append(char)
    return unicodedata.normalize("NFC", "".join(found))


def _words(text: str) -> str:
    """Letters, their marks and digits; everything else is a space."""
    kept = (char if unicodedata.category(char)[0] in "LMN" else " " for char in text)
    return " ".join("".join(kept).split())
