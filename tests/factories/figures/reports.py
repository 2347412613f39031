"""Reports made by hand, for what shows them: the values are those that disclosure would let through."""

from dataclasses import replace
from datetime import date, timedelta

from app.domain.codes.channel import Evidence
from app.domain.figures import disclosure
from app.domain.figures import wording as say
from app.domain.figures.report import (
    CellFigure,
    EvidenceSection,
    Label,
    QuestionFigure,
    ReasonFigure,
    Report,
    SetAsidePanel,
    Trend,
    TrendPoint,
)
from app.domain.figures.report_marks import AuditMark
from app.domain.sentence import Sentence

FIRST = date(2026, 9, 28)
DIGEST = "9f2c4be1" * 8
TOPICS = (
    ("आपको कितनी देर इंतज़ार करना पड़ा?", "How long did you have to wait?"),
    ("क्या आपसे आदर से बात की गई?", "Were you spoken to with respect?"),
    ("क्या आपकी पूरी बात ध्यान से सुनी गई, बीच में टोके बिना?", "Were you heard to the end, without interruption?"),
    ("क्या किसी ने तय शुल्क के अलावा पैसे माँगे?", "Did anyone ask for money beyond the fixed fee?"),
    ("सब मिलाकर, थाने में आपके साथ कैसा व्यवहार हुआ?", "All in all, how were you treated at this station?"),
)
ANSWERS = (
    ("हाँ, पूरी तरह", "Yes, completely"),
    ("कुछ हद तक", "To some extent"),
    ("नहीं", "No"),
    ("विद्यार्थी, महिला या वरिष्ठ नागरिक की मदद", "Help for a student, a woman or an elder"),
    ("याद नहीं", "I do not remember"),
)
COUNTS = ((61, 22, 17), (25, 20, 25, 15, 15), (40, 30, 18, 12), (100, 0))


def label(hi: str, en: str) -> Label:
    return Label(texts={"hi": hi, "en": en})


def make_question(at: int, *, counts: tuple[int, ...] = COUNTS[0], scale: bool = False) -> QuestionFigure:
    """A question that a hundred people answered, of whom `counts` gave each answer."""
    hi, en = TOPICS[at % len(TOPICS)]
    labels = [say.GOOD, say.MIDDLE, say.POOR] if scale else [label(*answer) for answer in ANSWERS]
    total = sum(counts)
    shares, together = disclosure.partition_shares(counts, total, total, at_least=True)
    cells = [CellFigure(f"c{n}", text, share) for n, (text, share) in enumerate(zip(labels, shares, strict=False))]
    return QuestionFigure(
        name=f"q{at}",
        type="scale" if scale else "select_one",
        label=label(f"{at + 1}. {hi}", f"{at + 1}. {en}"),
        base=disclosure.shown_base(total, total),
        cells=tuple(cells),
        together=together,
    )


def make_grid(at: int, rows: int = 4) -> tuple[QuestionFigure, ...]:
    """A grid whose rows were each answered by a hundred people."""
    made = []
    for row in range(rows):
        question = replace(
            make_question(at, scale=True), name=f"g{at}", label=label("थाने में ये चीज़ें कैसी थीं?", "How were these?")
        )
        row_label = label(f"{row + 1}. साफ़-सफ़ाई और पीने का पानी", f"{row + 1}. Cleanliness and water")
        made.append(replace(question, type="grid", row=f"r{row}", row_label=row_label))
    return tuple(made)


def make_trend(points: int = 6) -> Trend:
    shares = [disclosure.share_of(40 + 7 * (n % 4), 100, 100, at_least=True) for n in range(points)]
    base = disclosure.shown_responses(100)
    start = FIRST - timedelta(weeks=3 * points)
    made = tuple(
        TrendPoint(start + timedelta(weeks=3 * n), start + timedelta(weeks=3 * n + 2), base, share)
        for n, share in enumerate(shares)
    )
    change = disclosure.change_between(shares[-2], 100, shares[-1], 100) if points > 1 else None
    return Trend("q4", label(*TOPICS[4]), say.GOOD, made, change)


def make_section(evidence: Evidence = Evidence.OPEN, *, questions: int = 5, answers: int = 3) -> EvidenceSection:
    """A section whose questions are scales and choices in turn, each with up to `answers` answers."""
    spread = COUNTS[1][:answers] if answers > 3 else COUNTS[0]
    figures = [make_question(n, counts=COUNTS[0] if n % 5 == 4 else spread, scale=n % 5 == 4) for n in range(questions)]
    return EvidenceSection(
        evidence=evidence,
        heading=say.HEADINGS[evidence],
        said_by=say.SAID_BY_CHOOSERS,
        responses=disclosure.shown_responses(100),
        releases=4,
        first_week=FIRST,
        last_week=FIRST + timedelta(weeks=7),
        questions=tuple(figures),
        trends=(make_trend(),),
        set_aside=SetAsidePanel(
            disclosure.shown_set_aside(24),
            (
                ReasonFigure("late", say.reason_label("late"), disclosure.shown_set_aside(13)),
                ReasonFigure("other", say.OTHER_REASONS, disclosure.shown_set_aside(11)),
            ),
            figures[4].label if questions > 4 else label(*TOPICS[4]),
            disclosure.share_of(61, 100, 100, at_least=True),
            disclosure.share_of(74, 124, 124, at_least=True),
        ),
        digest=DIGEST,
    )


def make_report(
    *sections: EvidenceSection,
    name: tuple[str, str] = ("थाना पहेली चौक", "Paheli Chowk Police Station"),
    kind: str = "station",
) -> Report:
    """A report of these sections, or the one of "fewer than ten so far" without any."""
    return Report(
        place_code="NP-D1-01",
        place_kind=kind,
        place_name=label(*name),
        survey_slug="station-visit",
        survey_title=label("थाने में आपका अनुभव", "Your visit to the station"),
        period=say.PERIOD_LATEST,
        first_week=FIRST if sections else None,
        last_week=FIRST + timedelta(weeks=7) if sections else None,
        made_on=date(2026, 11, 23),
        sections=sections,
        method=say.METHOD,
        warning=say.NOT_FOR_CONSEQUENCES,
        next_look_on=date(2026, 11, 30),
        digest=DIGEST if sections else None,
        audit=AuditMark(1234, "ab12cd34" * 8),
        notice=None if sections else say.NO_RESULTS_YET,
    )


def longest_report() -> Report:
    """Fifteen questions as long as those of a station visit, and a name that fills two lines."""
    section = make_section(questions=14, answers=5)
    return make_report(
        replace(section, questions=section.questions[:11] + make_grid(11) + section.questions[11:]),
        name=(
            "थाना संयुक्ताक्षर-एवं-विद्यार्थी पुस्तकालय मार्ग, क्षेत्रीय परिवहन प्राधिकरण परिसर के पीछे",
            "Sanyuktakshar-evam-Vidyarthi Pustakalaya Marg Police Station, behind the regional transport authority",
        ),
    )


__all__ = ["Sentence", "longest_report", "make_grid", "make_question", "make_report", "make_section", "make_trend"]
