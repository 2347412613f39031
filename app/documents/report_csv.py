"""Reports as a table for spreadsheets: the same figures as the page and the print, one a line."""

from collections.abc import Iterable, Iterator

from app.domain.figures.firmness.firmness import firmness_of
from app.domain.figures.headline.label import LabelReason
from app.domain.figures.headline.words import REASONS, label_text
from app.domain.figures.report import Driver, Drivers, EvidenceSection, QuestionFigure, Report, Share, ShownCount
from app.domain.figures.report_marks import HeadlineLabel
from app.domain.weeks import iso_label
from app.formats.tables.spreadsheets import Cell, write_csv
from app.formats.translator import Translator, translator

HEADER = (
    "place_code",
    "place",
    "survey",
    "evidence",
    "figure",
    "question",
    "row",
    "answer",
    "question_words",
    "answer_words",
    "first_week",
    "last_week",
    "number",
    "kind",
    "in_100",
    "low",
    "high",
    "limit",
    "words",
)
Line = dict[str, Cell]


def write_report_csv(report: Report, language: str) -> bytes:
    """UTF-8 with a byte order mark, safe to open in a spreadsheet. Nothing is in it that a Report does not hold.

    `figure` says what a line is: place, responses, answered, share, step (one of five), together, trend,
    set_aside, reason, decided (by people), without, including, middle (of so many points over time), turning (how
    many answers would turn the main figure to the other side of one half), headline, label (of the headline), of_all
    (the share of all who were drawn, the silent too), against (by its code, a reason why it is not certified), topics
    (how many were looked at), driver (by how many in 100 more people were satisfied who found a topic good), method,
    edition, digest or audit.
    """
    return write_reports_csv([report], language)


def write_reports_csv(reports: Iterable[Report], language: str) -> bytes:
    """The same of several questionnaires, one after the other."""
    speaks = translator(language)
    lines = (_placed(report, speaks) | line for report in reports for line in _lines(report, speaks))
    return write_csv(HEADER, ([line.get(column) for column in HEADER] for line in lines))


def _placed(report: Report, speaks: Translator) -> Line:
    return {
        "place_code": report.place_code,
        "place": speaks.name(report.place_name),
        "survey": report.survey_slug,
    }


def _lines(report: Report, speaks: Translator) -> Iterator[Line]:
    yield {"figure": "warning", "words": speaks.say(report.warning)}
    if report.notice:
        yield {"figure": "notice", "words": speaks.say(report.notice)}
    for section in report.sections:
        evidence: Line = {"evidence": section.evidence.value}
        for line in _section_lines(section, speaks):
            yield evidence | line
    for sentence in report.method:
        yield {"figure": "method", "words": speaks.say(sentence)}
    if report.edition:
        yield {"figure": "edition", "number": report.edition.number, "words": report.edition.due_on.isoformat()}
    if report.digest:
        yield {"figure": "digest", "words": report.digest}
    if report.audit:
        yield {"figure": "audit", "number": report.audit.sequence, "words": report.audit.mac}


def _section_lines(section: EvidenceSection, speaks: Translator) -> Iterator[Line]:
    weeks: Line = {
        "first_week": iso_label(section.first_week) if section.first_week else None,
        "last_week": iso_label(section.last_week) if section.last_week else None,
    }
    yield {"figure": "responses", **weeks, **_count(section.responses, speaks)}
    if section.headline:
        question = speaks.name(section.headline.question)
        yield {"figure": "headline", "question_words": question, **weeks, **_share(section.headline.share, speaks)}
        for line in _label_lines(section.headline.label, speaks):
            yield weeks | line
    for figure in section.questions:
        for line in _question_lines(figure, speaks):
            yield weeks | line
    for trend in section.trends:
        for point in trend.points:
            yield {
                "figure": "trend",
                "question": trend.question,
                "question_words": speaks.name(trend.label),
                "answer_words": speaks.name(trend.answer),
                "first_week": iso_label(point.first_week),
                "last_week": iso_label(point.last_week),
                **_count(point.base, speaks),
                **_share(point.share, speaks),
            }
    for line in _set_aside_lines(section, speaks):
        yield weeks | line
    for line in _firmness_lines(section, speaks):
        yield weeks | line
    for line in _driver_lines(section.drivers, speaks):
        yield weeks | line


def _label_lines(label: HeadlineLabel, speaks: Translator) -> Iterator[Line]:
    """The number is how many answers may be false; the limits are those that this would leave."""
    low, high = label.limits or (None, None)
    words = label_text(label, speaks.say)
    yield {"figure": "label", "number": label.false, "low": low, "high": high, "words": words}
    if label.of_all is not None:
        percent, low, high = label.of_all
        yield {"figure": "of_all", "kind": "about", "in_100": percent, "low": low, "high": high}
    for code in label.reasons:
        yield {"figure": "against", "answer": code, "answer_words": speaks.say(REASONS[LabelReason(code)])}


def _question_lines(figure: QuestionFigure, speaks: Translator) -> Iterator[Line]:
    question = _asked(figure, speaks)
    yield question | {"figure": "answered"} | _count(figure.base, speaks)
    if figure.notice:
        yield question | {"figure": "notice", "words": speaks.say(figure.notice)}
    for kind, cells in (("share", figure.cells), ("step", figure.detail)):
        for cell in cells:
            answer: Line = {"figure": kind, "answer": cell.name, "answer_words": speaks.name(cell.label)}
            yield question | answer | _share(cell.share, speaks)
    if figure.together:
        yield question | {"figure": "together"} | _share(figure.together, speaks)


def _set_aside_lines(section: EvidenceSection, speaks: Translator) -> Iterator[Line]:
    aside = section.set_aside
    if aside is None:
        return
    yield {"figure": "set_aside", **_count(aside.count, speaks)}
    for reason in aside.reasons:
        words: Line = {"answer": reason.code, "answer_words": speaks.name(reason.label)}
        yield {"figure": "reason", **words, **_count(reason.count, speaks)}
    if aside.decided:
        yield {"figure": "decided", **_count(aside.decided, speaks)}
    question = speaks.name(aside.question) if aside.question else None
    for kind, share in (("without", aside.without), ("including", aside.including)):
        if share:
            yield {"figure": kind, "question_words": question, **_share(share, speaks)}


def _firmness_lines(section: EvidenceSection, speaks: Translator) -> Iterator[Line]:
    firmness = firmness_of(section)
    question = speaks.name(section.set_aside.question) if section.set_aside and section.set_aside.question else None
    if firmness.middle is not None:
        yield {"figure": "middle", "question_words": question, "number": firmness.points, "in_100": firmness.middle}
    if firmness.turning is not None:
        kind = "at_least" if firmness.at_least else "about"
        yield {"figure": "turning", "question_words": question, "number": firmness.turning, "kind": kind}


def _driver_lines(drivers: Drivers | None, speaks: Translator) -> Iterator[Line]:
    if drivers is None:
        return
    yield {"figure": "topics", "number": drivers.looked_at}
    for driver in drivers.named:
        told = driver.difference
        numbers: Line = {"in_100": told.points, "low": told.low, "high": told.high}
        yield _asked(driver, speaks) | {"figure": "driver", "words": speaks.say(told.words)} | numbers


def _asked(about: QuestionFigure | Driver, speaks: Translator) -> Line:
    """A question or a row of a grid."""
    row = speaks.name(about.row_label) if about.row_label else None
    return {
        "question": about.name,
        "row": about.row,
        "question_words": " – ".join(filter(None, (speaks.name(about.label), row))),
    }


def _count(count: ShownCount, speaks: Translator) -> Line:
    return {"number": count.number, "words": speaks.say(count.words)}


def _share(share: Share, speaks: Translator) -> Line:
    return {
        "kind": share.kind.value,
        "in_100": share.percent,
        "low": share.low,
        "high": share.high,
        "limit": share.bound,
        "words": speaks.say(share.words),
    }
