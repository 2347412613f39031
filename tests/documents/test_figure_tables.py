"""Tables of headquarters: every column where programs that read them expect it, and headings where nothing is."""

from datetime import date

from app.documents.figure_tables import write_figures_csv, write_quotas_csv, write_tallies_csv
from app.domain.codes.channel import Channel, Evidence
from app.domain.figures.exact import ExactFigures, ExactQuestion, FigureLine, TallyLine
from app.domain.figures.report import Label
from app.domain.places.place import BilingualName
from app.domain.surveys.quotas import QuotaCount, QuotaReport, Quotas
from app.domain.weeks import Weeks

WEEK = date(2026, 6, 8)


def lines(content: bytes) -> list[str]:
    return content.decode("utf-8-sig").splitlines()


def test_a_live_count_has_a_line() -> None:
    line = TallyLine("MP-1", "भोपाल", None, "station", WEEK, Channel.POSTER, 12, 3)
    assert lines(write_tallies_csv([line])) == [
        '"place_code","place_hi","place_en","kind","week","channel","counted","set_aside"',
        '"MP-1","भोपाल","","station","2026-W24","poster","12","3"',
    ]


def test_a_group_of_a_quota_has_a_line_in_both_languages() -> None:
    words = ({"hi": "औरत", "en": "woman"}, {"hi": "गाँव", "en": "=village"})
    quotas = Quotas(("sex", "area"), {("w", "v"): 5})
    report = QuotaReport(quotas, (), (), (QuotaCount(("w", "v"), words, 5, 2),), 0)
    heading = '"questions","group","group_hi","group_en","target","counted","missing"'
    assert lines(write_quotas_csv(report)) == [
        heading,
        '"sex × area","w × v","औरत · गाँव","woman · =village","5","2","3"',
    ]
    assert lines(write_quotas_csv(None)) == [heading]


def test_an_answer_has_a_line_and_so_has_a_question_that_nobody_was_asked() -> None:
    respect = Label(texts={"hi": "सम्मान", "en": "Respect"})
    row = Label(texts={"hi": "थाना", "en": "Station"})
    yes = Label(texts={"hi": "हाँ", "en": "Yes"})
    questions = (
        ExactQuestion("respect", "desk", respect, row, 7, 3, 1, 3, (("yes", yes, 2),)),
        ExactQuestion("later", None, respect, None, 0, 0, 0, 0, ()),
    )
    figures = ExactFigures(Evidence.OPEN, 7, questions)
    line = FigureLine("MP-1", BilingualName("भोपाल", None), "visit", Weeks(WEEK, date(2026, 6, 15)), figures)
    assert lines(write_figures_csv([line], "en")) == [
        '"place_code","place","survey","evidence","first_week","last_week","question","row","answer","question_words",'
        '"answer_words","asked","answered","declined","unanswered","number","in_100_of_answered"',
        '"MP-1","भोपाल","visit","open","2026-W24","2026-W25","respect","desk","yes","Respect – Station","Yes",'
        '"7","3","1","3","2","66.7"',
        '"MP-1","भोपाल","visit","open","2026-W24","2026-W25","later","","","Respect","","0","0","0","0","",""',
    ]
