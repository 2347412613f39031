"""The printed results: two pages at most, Hindi that can be read back, and what a black and white printer shows."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

import pypdfium2
import pytest

from app.documents.report_pdf import Layout, layouts, write_report_pdf
from app.domain.codes.channel import Evidence
from app.domain.figures import shown
from app.domain.figures.report import Above, Driver, Drivers, Label, QuestionFigure
from app.domain.installation.department_view import DepartmentView
from app.domain.places.place import BilingualName
from app.formats.catalogue import catalogue
from tests.factories.figures.reports import label, longest_report, make_grid, make_question, make_report, make_section

DEMO = DepartmentView(BilingualName("नमूना पुलिस", "Namuna Police"), demonstration=True)
REAL = DepartmentView(BilingualName("नमूना पुलिस", "Namuna Police"), demonstration=False)


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    return " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())


def pages_of(pdf: bytes) -> int:
    return len(pypdfium2.PdfDocument(pdf))


@cache
def longest_print(language: str) -> bytes:
    """Drawn once for all that is looked at in it."""
    return write_report_pdf(longest_report(), DEMO, language)


@cache
def plain_print() -> bytes:
    """Of a report without anything special, likewise."""
    return write_report_pdf(make_report(make_section()), DEMO, "hi")


def words_of(text: str) -> str:
    return " ".join(text.split())


def parted(text: str, figures: Sequence[QuestionFigure], language: str, pages: int) -> tuple[list[str], list[str]]:
    """The questions that stand in a print with their figures, and those that it only names for want of room."""
    words = "No room on these %(pages)s pages, so only on the page and in the table for spreadsheets:"
    sentence = words_of(catalogue(language).gettext(words) % {"pages": pages})
    before, _, named = text.partition(sentence)
    # What follows the names is there in every print.
    end = named.find(words_of(catalogue(language).gettext("Set aside, not deleted")))
    told, missing = [], []
    for question in dict.fromkeys(f" {words_of(figure.label.text(language))}" for figure in figures):
        (missing if question in f" {named[: max(end, 0)]}" else told if question in before else []).append(question)
    assert len(told) + len(missing) == len({figure.name for figure in figures})
    return told, missing


@pytest.mark.parametrize("language", ["hi", "en"])
def test_every_line_can_be_read_back(language: str) -> None:
    report = longest_report()
    text = text_of(longest_print(language))
    translate = catalogue(language).gettext
    assert words_of(report.place_name.text(language)) in text
    assert words_of(report.warning.text(translate)) in text
    for sentence in report.method:
        assert words_of(sentence.text(translate)) in text
    for figure in report.sections[0].questions:
        if figure.row is None:
            for cell in figure.cells:
                assert words_of(cell.label.text(language, translate)) in text
                assert words_of(cell.share.words.text(translate)) in text
    # With a name of two lines and fifteen long questions two may be too many, and the print names them.
    told, missing = parted(text, report.sections[0].questions, language, 2)
    assert len(missing) <= 2
    assert told


@pytest.mark.parametrize("language", ["hi", "en"])
def test_the_longest_questionnaire_fits_two_pages(language: str) -> None:
    pdf = longest_print(language)
    assert pages_of(pdf) == 2
    assert "2 / 2" in text_of(pdf)


@pytest.mark.parametrize("language", ["hi", "en"])
@pytest.mark.parametrize("classes", [2, 3, 6])
def test_many_kinds_of_evidence_fit_three_pages(language: str, classes: int) -> None:
    sections = [make_section(evidence, questions=15, answers=4) for evidence in list(Evidence)[:classes]]
    pdf = write_report_pdf(make_report(*sections), DEMO, language)
    text = text_of(pdf)
    assert pages_of(pdf) <= 3
    assert f"1 / {pages_of(pdf)}" in text
    told, missing = parted(text, sections[0].questions, language, 3)
    # Six do not have room for all, and the print names what is not there.
    assert bool(missing) == (classes == 6)
    assert told


@pytest.mark.parametrize(
    ("questions", "language"),
    [(1, "hi"), (3, "en"), (5, "hi"), (7, "en"), (11, "hi"), (11, "en"), (13, "en"), (40, "hi")],
)
def test_any_number_of_questions_fits_two_pages(questions: int, language: str) -> None:
    section = make_section(questions=questions, answers=5)
    report = make_report(replace(section, questions=section.questions + make_grid(99, rows=5)))
    assert pages_of(write_report_pdf(report, DEMO, language)) <= 2


def test_questions_that_do_not_fit_are_said_to_be_missing() -> None:
    report = make_report(make_section(questions=40, answers=5))
    text = text_of(write_report_pdf(report, DEMO, "en"))
    told, missing = parted(text, report.sections[0].questions, "en", 2)
    assert len(missing) > 10
    assert not set(told) & set(missing)


@pytest.mark.parametrize("language", ["hi", "en"])
def test_a_few_questions_fit_one_page(language: str) -> None:
    section = replace(make_section(questions=4), trends=())
    assert pages_of(write_report_pdf(make_report(section), DEMO, language)) == 1


@pytest.mark.parametrize("language", ["hi", "en"])
def test_the_answer_stands_first_and_nothing_of_it_twice(language: str) -> None:
    section = make_section(questions=15, answers=4)
    money = replace(section.questions[0], name="extra_money", label=label("क्या पैसे देने पड़े?", "Was money paid?"))
    above = Above(label("ज़िला उदाहरण", "Udaharan District"), (make_section(questions=15),))
    report = replace(make_report(replace(section, questions=(money, *section.questions[1:]))), above=above)
    text = text_of(write_report_pdf(report, DEMO, language))
    translate = catalogue(language).gettext
    assert text.index(words_of(section.set_aside.without.words.text(translate))) < text.index(  # type: ignore[union-attr]
        words_of(translate("What people answered"))
    )
    assert text.count(words_of(money.label.text(language))) == 1
    assert translate("Money, pressure and being watched") in text
    assert translate("What stands out") in text
    assert translate("What stands out") not in text_of(write_report_pdf(replace(report, above=None), DEMO, language))


@pytest.mark.parametrize("language", ["hi", "en"])
def test_of_a_district_it_says_what_goes_together_with_satisfaction(language: str) -> None:
    report = longest_report()
    (section,) = report.sections
    told = tuple(Driver(one.name, one.label, shown.driver(30, 20, 40)) for one in section.questions[1:4])
    district = replace(report, place_kind="district", sections=(replace(section, drivers=Drivers(told, 9)),))
    pdf = write_report_pdf(district, DEMO, language)
    text, translate = text_of(pdf), catalogue(language).gettext
    assert pages_of(pdf) == 2
    assert words_of(translate("What goes together with satisfaction")) in text
    assert text.count(words_of(told[0].difference.words.text(translate))) == 3
    assert words_of(translate("Topics looked at: %(number)s.") % {"number": 9}) in text
    none = replace(district, sections=(replace(section, drivers=Drivers((), 0)),))
    missing = translate("To say what goes together with satisfaction takes about %(number)s more answers.")
    assert words_of(missing % {"number": 100}) in text_of(write_report_pdf(none, DEMO, language))
    assert translate("What goes together with satisfaction") not in text_of(longest_print(language))


def test_what_says_most_of_the_place_is_left_out_last() -> None:
    section = make_section(questions=40, answers=5)
    wish = replace(section.questions[39], name="change")
    text = text_of(
        write_report_pdf(make_report(replace(section, questions=(*section.questions[:39], wish))), DEMO, "en")
    )
    told, missing = parted(text, section.questions, "en", 2)
    assert len(missing) > 10
    assert f" {wish.label.text('en')}" in told


@pytest.mark.parametrize("language", ["hi", "en"])
def test_fewer_than_ten_has_a_page_of_its_own(language: str) -> None:
    pdf = write_report_pdf(make_report(), DEMO, language)
    text = text_of(pdf)
    assert pages_of(pdf) == 1
    assert catalogue(language).gettext("Results appear here after at least 10 answers") in text
    assert "100" not in text.split(catalogue(language).gettext("How this was counted"))[0]


def test_a_demonstration_says_so_on_every_page() -> None:
    document = pypdfium2.PdfDocument(longest_print("hi"))
    assert all("नमूना · DEMO" in page.get_textpage().get_text_range() for page in document)


def test_a_real_department_is_no_demonstration() -> None:
    assert "DEMO" not in text_of(write_report_pdf(make_report(make_section()), REAL, "hi"))


def test_the_fingerprint_and_the_audit_mark_are_printed() -> None:
    report = make_report(make_section())
    text = text_of(plain_print()).replace(" ", "")
    assert report.digest is not None
    assert report.audit is not None
    assert report.digest in text
    assert report.audit.mac in text


def test_bars_survive_a_black_and_white_printer() -> None:
    """On a grey scan of the page the bar, the frame and the reach are three different tones."""
    page = pypdfium2.PdfDocument(plain_print())[0]
    image = page.render(scale=150 / 72, grayscale=True).to_pil()
    tones = {tone: count for count, tone in image.getcolors(256)}
    fill = sum(count for tone, count in tones.items() if 165 <= tone <= 190)
    black = sum(count for tone, count in tones.items() if tone <= 20)
    assert fill > 5_000
    assert black > 1_000


def test_what_a_questionnaire_says_is_never_markup() -> None:
    hostile = '<img src="http://127.0.0.1:1/x"> &amp; "><script>\u202eabc {{ 7*7 }}'
    figure = replace(make_question(0), label=Label(texts={"hi": hostile, "en": hostile}))
    report = make_report(replace(make_section(), questions=(figure,)), name=(hostile, hostile))
    text = text_of(write_report_pdf(report, DEMO, "hi"))
    assert '<img src="http://127.0.0.1:1/x"> &amp; "><script>abc {{ 7*7 }}' in text


def test_the_same_report_gives_the_same_bytes() -> None:
    assert write_report_pdf(make_report(make_section()), DEMO, "hi") == plain_print()


def test_a_name_of_one_question_does_not_leave_the_page() -> None:
    long = "क्या" + " बहुत" * 80
    figure = replace(make_question(0), label=Label(texts={"hi": long}))
    assert pages_of(write_report_pdf(make_report(replace(make_section(), questions=(figure,) * 9)), DEMO, "hi")) <= 2


def test_the_print_is_as_large_as_it_may_be() -> None:
    assert [one.density for one in layouts(10)][:3] == ["roomy", "roomy", "compact"]
    assert [(one.density, one.pages) for one in layouts(30)][:2] == [("compact", 1), ("roomy", 2)]
    assert next(layouts(90)) == Layout("dense", 90, 2)
    assert [one.rows for one in layouts(90)][:3] == [90, 85, 80]
    assert [one.rows for one in layouts(200)] == [*range(100, 0, -5), 0]
    assert next(layouts(90, most=3)) == Layout("dense", 90, 2)
    assert next(layouts(110, most=3)) == Layout("compact", 110, 3)
    assert {one.pages for one in layouts(200, most=3)} == {3}
