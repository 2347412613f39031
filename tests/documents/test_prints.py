"""Posters and counter cards: every code is read, every word is whole, and nothing lies over anything."""

import base64
import hashlib
from collections.abc import Callable

import pypdfium2
import pytest
import zxingcpp
from PIL import Image, ImageChops, ImageFilter

from app.domain.codes.print_formats import PaperLanguage, Printable
from app.domain.installation.department_view import DepartmentView, Helpline
from app.domain.places.place import BilingualName, PlaceKind
from app.domain.problem import Problem
from app.formats.pictures.qr import QUIET_ZONE, encode_qr
from tests.documents.drawn import DPI, draw, picture_of, text_of
from tests.factories.codes.prints import CODE, HARD_NAMES, make_sheet

HARD = HARD_NAMES
sheet = make_sheet


@pytest.fixture(scope="module")
def poster() -> pypdfium2.PdfDocument:
    return draw(sheet())


@pytest.fixture(scope="module")
def picture(poster: pypdfium2.PdfDocument) -> Image.Image:
    return picture_of(poster[0])


def one_bit(image: Image.Image) -> Image.Image:
    return image.convert("L").point(lambda value: 255 if value > 127 else 0).convert("1").convert("L")


def smaller(image: Image.Image) -> Image.Image:
    return image.resize((image.width * 7 // 10, image.height * 7 // 10), Image.Resampling.BILINEAR)


@pytest.mark.parametrize(
    "treat",
    [
        lambda image: image,
        lambda image: image.convert("L"),
        one_bit,
        lambda image: image.convert("1").convert("L"),
        smaller,
        lambda image: smaller(one_bit(image)),
    ],
    ids=["as it is", "grey", "one bit", "dithered", "70 %", "one bit at 70 %"],
)
def test_the_code_is_read_from_the_printed_page(
    picture: Image.Image, treat: Callable[[Image.Image], Image.Image]
) -> None:
    assert [found.text for found in zxingcpp.read_barcodes(treat(picture))] == [CODE]


def test_the_code_is_110_mm_and_its_quiet_zone_is_white(picture: Image.Image) -> None:
    (found,) = zxingcpp.read_barcodes(picture)
    left, top = found.position.top_left.x, found.position.top_left.y
    right, bottom = found.position.bottom_right.x, found.position.bottom_right.y
    per_mm = DPI / 25.4
    assert (right - left) / per_mm == pytest.approx(110, abs=0.7)
    assert (bottom - top) / per_mm == pytest.approx(110, abs=0.7)
    quiet = QUIET_ZONE * (right - left) / encode_qr(CODE).size - 2
    frame = (max(0, int(left - quiet)), int(top - quiet), int(right + quiet), int(bottom + quiet))
    around = picture.convert("L").crop(frame)
    around.paste(255, (left - frame[0] - 2, top - frame[1] - 2, right - frame[0] + 3, bottom - frame[1] + 3))
    assert around.getextrema() == (255, 255)


def test_a_poster_is_one_a4_page_with_white_margins(poster: pypdfium2.PdfDocument, picture: Image.Image) -> None:
    assert len(poster) == 1
    assert [round(side * 25.4 / 72) for side in poster[0].get_size()] == [210, 297]
    ink = ImageChops.invert(picture.convert("L")).getbbox()
    assert ink is not None
    per_mm = DPI / 25.4
    margins = (ink[0], ink[1], picture.width - ink[2], picture.height - ink[3])
    assert min(margins) / per_mm >= 8


@pytest.mark.parametrize("language", PaperLanguage)
def test_the_number_to_call_stands_apart_from_its_words(language: PaperLanguage) -> None:
    page = draw(make_sheet(), language=language)[0]
    words = page.get_textpage()
    found = words.search("112", match_case=True).get_next()
    assert found is not None
    left, bottom, _right, top = words.get_charbox(found[0])
    scale, height = DPI / 72, page.get_height()
    before = (
        int((left - 5) * scale),
        int((height - top) * scale),
        int((left - 1) * scale),
        int((height - bottom) * scale),
    )
    assert picture_of(page).convert("L").crop(before).getextrema() == (255, 255)


def test_what_the_poster_says_is_there_in_its_order(poster: pypdfium2.PdfDocument) -> None:
    text = text_of(poster[0])
    said = [
        "How were you treated at this police station?",
        "Kotwali",
        "Aadhaar",
        "Open the camera of your phone.",
        "Not with a payment app.",
        "answer at home.",
        "samvad.mppolice.gov.in",
        "7392 1846",
        "112",
        "Not for complaints or an FIR.",
        "1090",
        "मुख्य द्वार, आवेदन काउंटर के पास",
        "23 नवंबर 2026",
    ]
    places = [text.find(words) for words in said]
    assert -1 not in places, [words for words, place in zip(said, places, strict=True) if place < 0]
    assert "OTP" in text


def test_no_print_promises_results_that_nobody_can_read() -> None:
    """A poster hangs for years."""
    for what in Printable:
        text = text_of(draw(sheet(), what=what)[0])
        assert "samvad.mppolice.gov.in" in text
        assert "samvad.mppolice.gov.in/r" not in text
        assert not [words for words in ("Results", "What people say", "नतीजे", "लोग क्या कहते हैं") if words in text]


@pytest.mark.parametrize("language", PaperLanguage)
@pytest.mark.parametrize("what", Printable)
def test_a_print_says_where_results_are_once_they_are_public(what: Printable, language: PaperLanguage) -> None:
    pages = draw(sheet(results_open=True), sheet(), what=what, language=language)
    told, untold = ("".join(text_of(page).split()) for page in pages)
    assert "samvad.mppolice.gov.in/r" in told
    assert "samvad.mppolice.gov.in/r" not in untold
    assert "लोगक्याकहतेहैं,दसजवाबोंकेबाद,सोमवारसुबह11बजे:" in told or language is PaperLanguage.ENGLISH
    assert "Whatpeoplesay" in told or language is PaperLanguage.HINDI
    found = zxingcpp.read_barcodes(pages[0].render(scale=100 / 72).to_pil())
    assert {code.text for code in found} == {CODE}


@pytest.mark.parametrize("what", [Printable.POSTER_A4, Printable.TENT_A5])
def test_the_last_line_bears_the_mark_that_the_record_has(what: Printable) -> None:
    digest = hashlib.sha256(b"samvad code 1\n" + CODE.rpartition("/")[2].encode()).digest()[:10]
    letters = base64.b32encode(digest).decode()
    assert letters in "".join(text_of(draw(sheet(), what=what)[0]).split())


@pytest.mark.parametrize("language", PaperLanguage)
def test_the_last_line_of_a_card_is_whole_where_a_printer_prints(language: PaperLanguage) -> None:
    """With all it can say; most printers leave out 4.2 mm at the edge of the sheet."""
    page = draw(sheet(results_open=True), what=Printable.TENT_A4, language=language)[0]
    picture = picture_of(page).convert("L")
    ink = ImageChops.invert(picture).getbbox()
    assert ink is not None
    assert (picture.height - ink[3]) / (DPI / 25.4) >= 4.2
    (upright, *_) = zxingcpp.read_barcodes(picture)
    assert upright.text == CODE


@pytest.mark.parametrize("name", HARD)
def test_a_hard_name_is_whole_and_reads_as_it_was_written(name: str) -> None:
    document = draw(sheet(name, None))
    assert len(document) == 1
    assert "".join(name.split()) in "".join(text_of(document[0]).split())


@pytest.mark.parametrize("name", [*HARD, " ".join(HARD), "थाना " + "क्ष" * 60])
def test_a_name_stays_in_its_box(name: str) -> None:
    """It shrinks, then wraps, and never reaches what stands below."""
    with_name, without = (picture_of(draw(sheet(hi, None, above=None))[0]).convert("L") for hi in (name, "।"))
    changed = ImageChops.difference(with_name, without).getbbox()
    assert changed is not None
    per_mm = DPI / 25.4
    assert changed[0] / per_mm >= 15
    assert changed[1] / per_mm >= 46
    assert changed[2] / per_mm <= 195.5
    assert changed[3] / per_mm <= 69.5


def test_a_place_with_one_name_only_gets_it_in_the_large_line() -> None:
    text = text_of(draw(sheet(None, "Kotwali Nagar"))[0])
    assert text.count("Kotwali Nagar") == 1


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (PlaceKind.STATION, "police station?"),
        (PlaceKind.OUTPOST, "police outpost?"),
        (PlaceKind.DISTRICT, "police office?"),
    ],
)
def test_the_question_names_the_kind_of_place(kind: PlaceKind, words: str) -> None:
    assert f"at this {words}" in text_of(draw(sheet(place_kind=kind))[0])


LONG = BilingualName(
    "थाना राजेन्द्रनगर औद्योगिक क्षेत्र (ज्ञानपुर–श्रीरामपुर मार्ग), नर्मदापुरम संभाग",
    "Rajendranagar Industrial Area (Gyanpur to Shrirampur Road) Women's Police Station",
)


@pytest.mark.parametrize("language", PaperLanguage)
@pytest.mark.parametrize("what", Printable)
def test_what_hangs_elsewhere_asks_about_the_station_by_its_name(what: Printable, language: PaperLanguage) -> None:
    """At a court, "this police station" would be no place at all."""
    document = draw(
        sheet("थाना पहेली चौक", "Paheli Chowk Police Station", hung_at="न्यायालय परिसर", number="11111111"),
        sheet("थाना पहेली चौक", "Paheli Chowk Police Station", hung_at="मुख्य द्वार"),
        what=what,
        language=language,
    )
    elsewhere, at_the_station = (text_of(page) for page in document)
    asked = {
        "hi": ("थाना पहेली चौक में आपके साथ कैसा व्यवहार हुआ?", "इस थाने में आपके साथ कैसा व्यवहार हुआ?"),
        "en": ("How were you treated at Paheli Chowk Police Station?", "How were you treated at this police station?"),
    }
    for one in ("hi", "en") if language is PaperLanguage.BOTH else (language.value,):
        by_name, this = ("".join(words.split()) for words in asked[one])
        assert by_name in "".join(elsewhere.split())
        assert this in "".join(at_the_station.split())
        assert this not in "".join(elsewhere.split())
    found = zxingcpp.read_barcodes(document[0].render(scale=100 / 72).to_pil())
    assert {code.text for code in found} == {CODE}


@pytest.mark.parametrize("language", PaperLanguage)
@pytest.mark.parametrize(("what", "below"), [(Printable.POSTER_A4, 251), (Printable.TENT_A4, 115)])
def test_a_question_with_a_long_name_stays_above_the_code(what: Printable, below: int, language: PaperLanguage) -> None:
    (page,) = draw(sheet(LONG.hi, LONG.en, hung_at="राशन दुकान"), what=what, language=language)
    words = page.get_textpage()
    last = {"hi": "हुआ?", "en": "Station?"}
    for one in ("hi", "en") if language is PaperLanguage.BOTH else (language.value,):
        ends = [edge for edge in edges_of(page, last[one]) if edge[1] < (148.5 if what is Printable.TENT_A4 else 297)]
        assert ends
        assert all(right < 200 and bottom > below for right, bottom in ends)
    assert words.search("हमें बताइए" if language is not PaperLanguage.ENGLISH else "Tell us").get_next()
    found = zxingcpp.read_barcodes(page.render(scale=100 / 72).to_pil())
    assert {code.text for code in found} == {CODE}


def test_an_office_is_named_as_an_office_and_other_questions_stay_as_they_are() -> None:
    office = draw(sheet("ज़िला नमूनापुर", "Namunapur", place_kind=PlaceKind.DISTRICT, hung_at="court"))[0]
    assert "How were you treated at the police office of Namunapur?" in text_of(office)
    asked = BilingualName("सड़क सुरक्षा पर आपकी राय", "Your opinion on road safety")
    assert "How were you treated" not in text_of(draw(sheet(hung_at="court", asked=asked))[0])


def test_a_demonstration_says_so_on_every_sheet() -> None:
    for demonstration in (True, False):
        many = draw(sheet(), sheet(), demonstration=demonstration, below=BilingualName("नमूनागढ़", "Namunagarh"))
        assert [("/ DEMO" in text_of(page)) for page in many] == [demonstration] * 3


@pytest.mark.parametrize(
    "name",
    [
        "<script>alert(1)</script>",
        "{{ 7 * 7 }} {% raw %}",
        "&amp; &lt; ' \"",
        "a" * 200,
        "%(name)s %d",
        "</section><p>",
        "'; --",
    ],
)
def test_hostile_names_are_printed_as_they_are(name: str) -> None:
    document = draw(sheet("थाना", name), sheet(name, None), below=BilingualName(name, None))
    assert len(document) == 3
    for page in document:
        assert "".join(name.split()) in "".join(text_of(page).split())


def test_a_name_that_no_font_can_write_is_refused() -> None:
    with pytest.raises(Problem, match=r"print\.glyph_missing"):
        draw(sheet("थाना 🚔"))


@pytest.mark.parametrize("what", Printable)
@pytest.mark.parametrize(
    "treat",
    [
        lambda image: image.rotate(12, expand=True, fillcolor="white"),
        lambda image: image.filter(ImageFilter.GaussianBlur(1)),
        one_bit,
        smaller,
    ],
    ids=["12°", "blur", "one bit", "70 %"],
)
def test_codes_of_every_paper_survive_a_phone(what: Printable, treat: Callable[[Image.Image], Image.Image]) -> None:
    page = draw(sheet(), what=what)[0]
    found = zxingcpp.read_barcodes(treat(page.render(scale=100 / 72).to_pil()))
    assert [code.text for code in found] == [CODE] * (2 if what in (Printable.TENT_A4, Printable.TENT_A5) else 1)


def edges_of(page: pypdfium2.PdfPage, text: str) -> list[tuple[float, float]]:
    """The right and the lower edge wherever a text stands, in mm from the sheet's lower left corner, from the top."""
    words, edges = page.get_textpage(), []
    search = words.search(text)
    while found := search.get_next():
        boxes = [words.get_charbox(found[0] + at) for at in range(found[1])]
        edges.append((max(box[2] for box in boxes) * 25.4 / 72, min(box[1] for box in boxes) * 25.4 / 72))
    return sorted(edges, key=lambda edge: -edge[1])


@pytest.mark.parametrize("language", PaperLanguage)
@pytest.mark.parametrize("what", [Printable.POSTER_A4, Printable.TENT_A4])
def test_a_department_of_many_words_is_printed_whole(what: Printable, language: PaperLanguage) -> None:
    labels = [
        ("बच्चों के लिए राष्ट्रीय हेल्पलाइन", f"National helpline for children {at}", f"0755 24435{at}") for at in range(6)
    ]
    helplines = tuple(Helpline(BilingualName(hi, en), number) for hi, en, number in labels)
    name = BilingualName(
        "मध्य प्रदेश पुलिस, जन संवाद शाखा, पुलिस मुख्यालय", "Police of a State, Public Dialogue Branch, Headquarters"
    )
    address = "citizen-feedback.district.state-police.gov.in"
    code = f"HTTPS://{address}/S/CEAEBWJYQABCDEFGHIJKLMNOPQ".upper()
    department = DepartmentView(name, True, helplines)
    made = sheet(code=code, results_open=True)
    document = draw(made, department=department, domain=address, what=what, language=language)
    assert len(document) == 1
    beside_the_number, above_the_serial = {Printable.POSTER_A4: (126.8, 13.2), Printable.TENT_A4: (200, 5)}[what]
    assert edges_of(document[0], address)[0][0] < beside_the_number
    for text in (address, name.in_language(language.first), *(line.number for line in helplines)):
        edges = edges_of(document[0], text)
        assert edges, text
        assert all(right < 200 and bottom > above_the_serial for right, bottom in edges)
    # Left of the word DEMO.
    assert edges_of(document[0], name.in_language(language.first))[-1][0] < 200 - 40
    found = zxingcpp.read_barcodes(picture_of(document[0]))
    assert {code.text for code in found} == {f"HTTPS://{address}/S/CEAEBWJYQABCDEFGHIJKLMNOPQ".upper()}


def test_a_district_has_its_cover_list_first() -> None:
    sheets = [sheet(f"थाना नगर {at}", f"Nagar {at}", number=f"7392184{at}") for at in range(3)]
    document = draw(*sheets, below=BilingualName("ज़िला नमूनागढ़", "Namunagarh"))
    assert len(document) == 4
    cover = text_of(document[0])
    assert "ज़िला नमूनागढ़" in cover
    for one in sheets:
        assert f"7392 184{one.number[-1]}" in cover
        assert one.place.hi is not None
        assert one.place.hi in cover
    assert [page for page in range(4) if zxingcpp.read_barcodes(picture_of(document[page]))] == [1, 2, 3]
