"""Share kits for official accounts: pictures of one link with its code, and the words to go with them."""

import io
import zipfile
from collections.abc import Iterator
from functools import lru_cache

from babel.dates import format_date

from app.documents.templates import clean, link_picture_stylesheets, stylesheets, template_html
from app.domain.codes.print_formats import PaperLanguage, ShareShape
from app.domain.codes.share_kit import LinkCard, ShareKit
from app.domain.installation.department_view import DepartmentView
from app.domain.surveys.rounds.round import RoundDates
from app.formats.catalogue import catalogue
from app.formats.paper.pdfium import picture_of_page
from app.formats.paper.stamping import Stamper, Values, draw_template
from app.formats.pictures.qr import encode_qr

SHARE, CARD = "share/share.html", "link-card/link-card.html"
#: CSS has 96 pixels to the inch, so at this resolution one of them is one of the picture
_DPI = 96
# In points, falling: what a place's name is tried in.
_SIZES = {ShareShape.WIDE: (25.5, 10), ShareShape.SQUARE: (28.5, 11), ShareShape.TALL: (36, 14)}


def draw_picture(kit: ShareKit, shape: ShareShape, language: PaperLanguage) -> bytes:
    """The PNG, of exactly the shape's pixels. Problems `print.…` for a name that cannot be drawn."""
    return picture_of_page(draw_page(kit, shape, language), dpi=_DPI)


def draw_page(kit: ShareKit, shape: ShareShape, language: PaperLanguage) -> bytes:
    """The same as a PDF."""
    largest, smallest = _SIZES[shape]
    sizes = " ".join(f"{largest * 0.93**step:.1f}" for step in range(20) if largest * 0.93**step >= smallest)
    title = kit.asked and clean(kit.asked.in_language(language.first))
    shown = {"shape": shape.value, "sizes": sizes, "title": title, "dates": _dates(kit.dates, language.first)}
    html = template_html(SHARE, kit.department, kit.domain, language, emblem=kit.emblem, **shown)
    values: Values = {"place": clean(kit.place.in_language(language.first)), "code": encode_qr(kit.link.upper())}
    stamper = Stamper()
    stamper.add_page(draw_template(html, stylesheets(SHARE)), values)
    return stamper.finish()


@lru_cache(maxsize=64)
def draw_card(
    card: LinkCard, department: DepartmentView, domain: str, language: PaperLanguage, emblem: bytes | None = None
) -> bytes:
    """What a messenger shows beside a link, without anything of that link: a PNG of 1200 by 630 pixels."""
    return picture_of_page(draw_card_page(card, department, domain, language, emblem), dpi=_DPI)


def draw_card_page(
    card: LinkCard, department: DepartmentView, domain: str, language: PaperLanguage, emblem: bytes | None = None
) -> bytes:
    """The same as a PDF."""
    says = {
        "title": clean(card.title.in_language(language.first)),
        "place": clean(card.place.in_language(language.first)),
        "dates": _dates(card.dates, language.first),
    }
    html = template_html(CARD, department, domain, language, emblem=emblem, **says)
    stamper = Stamper()
    stamper.add_page(draw_template(html, link_picture_stylesheets(CARD)), {})
    return stamper.finish()


def caption(kit: ShareKit, language: str) -> str:
    """What to write above the link. No more is promised than the page keeps."""
    words = catalogue(language)
    place = kit.place.in_language(language)
    if kit.asked is None:
        first = words.gettext("How did the police treat you? Tell us: %(place)s") % {"place": place}
    else:
        first = f"{kit.asked.in_language(language)}: {place}"
    reach = words.gettext("Hindi and English; once opened, also without network.")
    if kit.is_marked_at_once:
        reach = words.gettext("Hindi and English. You learn at once what is right.")
    lines = (
        first,
        *([dates] if (dates := _dates(kit.dates, language)) else []),
        words.gettext("No name, no mobile number, no OTP, no Aadhaar, no money."),
        reach,
        kit.link,
        words.gettext("Not for complaints or an FIR.") + " " + words.gettext("In danger: 112"),
    )
    return "\n".join(lines)


def _dates(dates: RoundDates | None, language: str) -> str:
    """Until when a poll or quiz can be answered, and when its results come; empty where it has no dates."""
    if dates is None:
        return ""
    told = catalogue(language).gettext("Until %(last)s. Results on %(day)s.")
    last = format_date(dates.last_day, "d MMMM", locale=language)
    return told % {"last": last, "day": format_date(dates.results_on, "d MMMM y", locale=language)}


def kit_files(kit: ShareKit) -> Iterator[tuple[str, bytes]]:
    """Every picture and caption, by file name."""
    for language in (PaperLanguage.HINDI, PaperLanguage.ENGLISH):
        for shape in ShareShape:
            yield f"samvad-{shape.size}-{language.value}.png", draw_picture(kit, shape, language)
        yield f"caption-{language.value}.txt", caption(kit, language.value).encode()


def zip_kit(kit: ShareKit) -> bytes:
    """All of it as one file; the same kit gives the same bytes."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for name, content in kit_files(kit):
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content)
    return written.getvalue()
