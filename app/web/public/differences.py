"""A page in its other language, told as what differs from the one that a phone already holds: less than half of it.

Both come out of one template, so they are the same but for their words. Where they are not, the whole page is told.
"""

import json
import re
from collections.abc import Callable
from functools import lru_cache

from flask import Response, request
from flask_babel import force_locale

from app.web.languages import LANGUAGES, reader_language
from app.web.public.rendered import Rendered

#: static/js/sw.js takes the same parts
PART = re.compile('[^<>"]+')


def page_or_difference(page: Callable[[], Rendered]) -> Response:
    """What was asked for. `page` makes it in the language that is spoken when it is called."""
    told = page()
    if held := request.args.get("from"):
        other = next(language for language in LANGUAGES if language != reader_language())
        with force_locale(other):
            base = page()
        if base.etag in held and (differs := _rendered(base, told)):
            return differs.response()
    return told.response()


@lru_cache(maxsize=256)
def _rendered(base: Rendered, told: Rendered) -> Rendered | None:
    differs = difference(base.text, told.text)
    if differs is None:
        return None
    return Rendered(json.dumps(differs, ensure_ascii=False, separators=(",", ":")), "application/json")


def difference(base: str, told: str) -> list[int | str] | None:
    """How many parts stay, the next one's new text, how many stay after it, and so on; None if more than words differ.

    A text that was told stands for the same text wherever it comes again.
    """
    if PART.sub("x", base) != PART.sub("x", told):
        return None
    known: dict[str, str] = {}
    differs: list[int | str] = []
    same = 0
    for before, after in zip(PART.findall(base), PART.findall(told), strict=True):
        if known.get(before, before) == after:
            same += 1
        else:
            known[before] = after
            differs += [same, after]
            same = 0
    return [*differs, same]
