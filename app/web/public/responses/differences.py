"""What a phone needs besides the page it holds, in one answer: the page's other language, the survey's rules, and
what is shown later in both languages.

The other language is told as what differs, which is less than half of the page: both come out of one template, so
they are the same but for their words. Where they are not, the whole page is told.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from functools import lru_cache

from flask import Response, request
from flask_babel import force_locale

from app.domain.responses.answers import CompiledSurvey
from app.domain.surveys.rules import rules_of
from app.web.languages import LANGUAGES, reader_language
from app.web.public.rendered import Rendered
from app.web.public.responses.scripted import rules_address

#: static/js/sw.js takes the same parts
PART = re.compile('[^<>"]+')


def page_or_difference(
    page: Callable[[], Rendered], version_id: int, survey: CompiledSurvey, later: Mapping[str, Rendered] | None = None
) -> Response:
    """What was asked for. `page` makes it in the language that is spoken when it is called; `later` goes with it."""
    told = page()
    if held := request.args.get("from"):
        other = next(language for language in LANGUAGES if language != reader_language())
        with force_locale(other):
            base = page()
        if base.etag in held and (beside := _beside(base, told, version_id, survey, tuple((later or {}).items()))):
            response = beside.response()
            # Nobody asks for the same difference again.
            del response.headers["ETag"]
            return response
    return told.response()


@lru_cache(maxsize=256)
def _beside(
    base: Rendered, told: Rendered, version_id: int, survey: CompiledSurvey, later: tuple[tuple[str, Rendered], ...]
) -> Rendered | None:
    if later:
        # They share words with their pages, so both are told in one.
        (told_address, told_part), (base_address, base_part) = later
        differs = difference(f"{base.text}\0{base_part.text}", f"{told.text}\0{told_part.text}")
    else:
        differs = difference(base.text, told.text)
    if differs is None:
        return None
    rules = {rules_address(survey.definition, version_id): rules_of(survey.definition)}
    beside: dict[str, object] = {"differs": asdict(differs), "kept": rules}
    if later:
        beside["later"] = [base_address, base_part.text, told_address]
    return Rendered(json.dumps(beside, ensure_ascii=False, separators=(",", ":")), "application/json")


@dataclass(frozen=True, slots=True)
class Difference:
    """How many parts stay before each new text, and after the last; and those texts, parted by what no part holds.

    A text that was told stands for the same text wherever it comes again.
    """

    stays: list[int]
    texts: str


def difference(base: str, told: str) -> Difference | None:
    """None if more than words differ."""
    if PART.sub("x", base) != PART.sub("x", told):
        return None
    known: dict[str, str] = {}
    stays, texts = [0], []
    for before, after in zip(PART.findall(base), PART.findall(told), strict=True):
        if known.get(before, before) == after:
            stays[-1] += 1
        else:
            known[before] = after
            texts.append(after)
            stays.append(0)
    return Difference(stays, ">".join(texts))
