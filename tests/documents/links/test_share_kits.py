"""Pictures for official accounts: whatever the settings say stands in them whole."""

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pypdfium2
import pytest
from PIL import Image

from app.documents.links.share_kits import caption, draw_card_page, draw_page
from app.domain.codes.print_formats import PaperLanguage, ShareShape
from app.domain.codes.share_kit import LinkCard, ShareKit
from app.domain.installation.department_view import DepartmentView
from app.domain.places.place import BilingualName
from app.domain.surveys.rounds.round import RoundDates
from app.domain.surveys.survey import SurveyKind

FOURTEEN_DAYS = date(2026, 11, 4), date(2026, 11, 17), date(2026, 11, 30)
ADDRESS = "citizen-feedback.district.state-police.gov.in"
NAME = BilingualName(
    "मध्य प्रदेश पुलिस, जन संवाद शाखा, पुलिस मुख्यालय", "Police of a State, Public Dialogue Branch, Headquarters"
)
PLAIN = DepartmentView(NAME, demonstration=False)


@pytest.mark.parametrize("language", [PaperLanguage.HINDI, PaperLanguage.ENGLISH])
@pytest.mark.parametrize("shape", ShareShape)
def test_a_long_name_and_address_stay_in_the_picture(shape: ShareShape, language: PaperLanguage) -> None:
    department = DepartmentView(NAME, demonstration=True)
    kit = ShareKit(
        department, BilingualName("राज्य", "State"), f"https://{ADDRESS}/s/ceaebwjyqabcdefghijklmnopq", ADDRESS
    )
    with pypdfium2.PdfDocument(draw_page(kit, shape, language)) as document:
        page = document[0]
        words = page.get_textpage()
        for text in (ADDRESS, NAME.in_language(language.first), ": 112"):
            found = words.search(text).get_next()
            assert found, text
            boxes = [words.get_charbox(found[0] + at) for at in range(found[1])]
            assert max(box[2] for box in boxes) < page.get_width()
            assert min(box[1] for box in boxes) > 0
            assert max(box[3] for box in boxes) < page.get_height()


#: the height of an icon above its word, in points
ICON = 66 * 0.75
LONG = BilingualName(
    "महिला एवं बाल अपराध अनुसंधान प्रकोष्ठ तथा सामुदायिक पुलिसिंग केंद्र पश्चिम थाना चंदनपुर कोतवाली कार्यालय भवन परिसर",
    "Women and Children Crime Investigation Cell and Community Policing Centre West "
    "at Chandanpur Kotwali Police Station Annexe",
)


@pytest.mark.parametrize("language", [PaperLanguage.HINDI, PaperLanguage.ENGLISH])
@pytest.mark.parametrize("demonstration", [True, False])
def test_the_longest_names_stay_on_a_card_and_apart(language: PaperLanguage, demonstration: bool) -> None:
    """Department, questionnaire and place, of 120 letters each."""
    department = DepartmentView(LONG, demonstration=demonstration)
    page_of = draw_card_page(LinkCard(LONG, LONG), department, ADDRESS, language, png_of_emblem())
    with pypdfium2.PdfDocument(page_of) as document:
        page = document[0]
        words = page.get_textpage()
        text = LONG.in_language(language.first)
        first, last = text.split()[0], text.split()[-1]
        ends = [list(found(words, word)) for word in (first, last)]
        assert [len(places) for places in ends] == [3, 3]
        # From the top down: each of the three ends before the next begins.
        for at in range(2):
            assert ends[1][at][1] >= ends[0][at + 1][3]
        # What nobody asks for is drawn above its words, which stand well below the place.
        (never,) = found(words, "OTP")
        assert ends[1][2][1] > never[3] + ICON
        for box in (
            *ends[0],
            *ends[1],
            *found(words, ADDRESS),
            *found(words, ": 112" if language.first == "hi" else "112"),
        ):
            assert box[0] > 0
            assert box[2] < page.get_width()
            assert box[1] > 0
            assert box[3] < page.get_height()


def found(words: pypdfium2.PdfTextPage, text: str) -> Iterator[tuple[float, float, float, float]]:
    """Left, bottom, right and top of each place where the text stands."""
    search = words.search(text, match_case=True)
    while hit := search.get_next():
        boxes = [words.get_charbox(hit[0] + at) for at in range(hit[1])]
        yield min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes)


def png_of_emblem() -> bytes:
    written = io.BytesIO()
    Image.new("RGBA", (200, 200), (200, 160, 0)).save(written, "PNG")
    return written.getvalue()


def test_words_follow_what_is_shared() -> None:
    """A quiz that is marked at once needs network; one with dates and a poll do not, and say until when."""
    name, dates = BilingualName("सवाल", "Question"), RoundDates.of_days(*FOURTEEN_DAYS)
    kit = ShareKit(PLAIN, NAME, "https://x.gov.in/s/a", "x.gov.in", asked=name, kind=SurveyKind.QUIZ)
    at_once, dated = caption(kit, "en"), caption(replace(kit, dates=dates), "en")
    poll = caption(replace(kit, kind=SurveyKind.POLL, dates=dates), "hi")
    assert "without network" not in at_once
    assert "You learn at once what is right." in at_once
    assert "Until 17 November. Results on 30 November 2026." in dated
    assert "once opened, also without network" in dated
    assert "17 नवंबर तक। नतीजे 30 नवंबर 2026 को।" in poll


@pytest.mark.parametrize("language", [PaperLanguage.HINDI, PaperLanguage.ENGLISH])
def test_pictures_of_a_round_say_until_when_in_every_shape(language: PaperLanguage) -> None:
    dates = RoundDates.of_days(*FOURTEEN_DAYS)
    kit = ShareKit(PLAIN, LONG, f"https://{ADDRESS}/s/a", ADDRESS, asked=LONG, dates=dates)
    card = draw_card_page(LinkCard(LONG, LONG, dates), PLAIN, ADDRESS, language, png_of_emblem())
    for picture in (*(draw_page(kit, shape, language) for shape in ShareShape), card):
        with pypdfium2.PdfDocument(picture) as document:
            words = document[0].get_textpage()
            assert words.search("30").get_next() is not None
            assert len(document) == 1
