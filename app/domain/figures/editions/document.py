"""Editions: what a place publishes on a Monday, frozen as one document of figures alone.

Pages, prints, tables and feeds are made from it and from nothing besides, so that they cannot differ, and no later
answer, verdict or name changes it. It holds no sentence: a translation may improve later. Its bytes are canonical
JSON (sorted keys, no spaces), and SHA-256 over them is its fingerprint.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.domain.figures import wording as say
from app.domain.figures.disclosure import POLICY
from app.domain.figures.editions.stored import (
    BaseJson,
    CellJson,
    ChangeJson,
    DriverJson,
    DriversJson,
    EditionJson,
    LabelJson,
    QuestionJson,
    SectionJson,
    SetAsideJson,
    ShareJson,
    TrendJson,
)
from app.domain.figures.firmness.firmness import TREND_POINTS, firmness_of
from app.domain.figures.report import (
    CellFigure,
    Change,
    Driver,
    Drivers,
    EvidenceSection,
    QuestionFigure,
    SetAsidePanel,
    Share,
    ShownCount,
    Trend,
)
from app.domain.figures.report_marks import HeadlineLabel
from app.domain.sentence import Sentence

SCHEMA = 1
#: why a question has no figures, by its name in the document
NOTICES: dict[str, Sentence] = {"only_counted": say.ONLY_COUNTED, "too_few": say.NO_SHARES_YET}


@dataclass(frozen=True, slots=True)
class EditionHead:
    """What an edition is one of. `previous` is the digest of the one before it, `replaces` of the one it corrects."""

    place_code: str
    due_on: date
    number: int
    previous: str | None
    replaces: str | None = None


def write_edition(head: EditionHead, surveys: Mapping[str, Sequence[EvidenceSection]]) -> EditionJson:
    """The document; the sections of each survey by its slug."""
    return {
        "schema": SCHEMA,
        "policy": POLICY,
        "place": head.place_code,
        "due_on": head.due_on.isoformat(),
        "number": head.number,
        "previous": head.previous,
        "replaces": head.replaces,
        "surveys": [
            {"slug": slug, "sections": [write_section(section) for section in sections]}
            for slug, sections in sorted(surveys.items())
        ],
    }


def write_section(section: EvidenceSection) -> SectionJson:
    """The figures of one evidence class, which has some."""
    if section.first_week is None or section.last_week is None:
        raise ValueError("an edition is made of sections with releases")
    written: SectionJson = {
        "evidence": section.evidence.value,
        "version": section.version,
        "first_week": section.first_week.isoformat(),
        "last_week": section.last_week.isoformat(),
        "responses": section.responses.number,
        "releases": list(section.digests),
        "questions": [_question(figure) for figure in section.questions],
        "trends": [_trend(trend) for trend in section.trends],
        "set_aside": _set_aside(section.set_aside),
    }
    if section.drivers is not None:
        written["drivers"] = _drivers(section.drivers)
    if section.headline is not None:
        written["label"] = _label(section.headline.label)
    firmness = firmness_of(section)
    if firmness.words:
        written["firmness"] = {
            "middle": firmness.middle,
            "points": firmness.points,
            "turning": firmness.turning,
            "at_least": firmness.at_least,
        }
    return written


def _label(label: HeadlineLabel) -> LabelJson:
    written: LabelJson = {"reasons": list(label.reasons), "answers": label.answers, "false": label.false}
    if label.limits is not None:
        written["low"], written["high"] = label.limits
    if label.of_all is not None:
        percent, low, high = label.of_all
        written["of_all"] = {"percent": percent, "low": low, "high": high}
    return written


def _question(figure: QuestionFigure) -> QuestionJson:
    notice = next((name for name, sentence in NOTICES.items() if sentence == figure.notice), None)
    return {
        "name": figure.name,
        "row": figure.row,
        "base": _base(figure.base),
        "cells": [_cell(cell) for cell in figure.cells],
        "detail": [_cell(cell) for cell in figure.detail],
        "together": _share(figure.together),
        "notice": notice,
    }


def _cell(cell: CellFigure) -> CellJson:
    return {"name": cell.name, "share": _told(cell.share)}


def _share(share: Share | None) -> ShareJson | None:
    return None if share is None else _told(share)


def _told(share: Share) -> ShareJson:
    if share.percent is not None and share.low is not None and share.high is not None:
        return {"kind": share.kind.value, "percent": share.percent, "low": share.low, "high": share.high}
    if share.low is not None and share.high is not None:
        return {"kind": share.kind.value, "low": share.low, "high": share.high}
    return {"kind": share.kind.value} if share.bound is None else {"kind": share.kind.value, "bound": share.bound}


def _base(count: ShownCount) -> BaseJson:
    return {"kind": "at_least" if count.floor else "about", "number": count.number}


def _trend(trend: Trend) -> TrendJson:
    return {
        "question": trend.question,
        "points": [
            {
                "first_week": point.first_week.isoformat(),
                "last_week": point.last_week.isoformat(),
                "base": _base(point.base),
                "share": _told(point.share),
            }
            for point in trend.points[-TREND_POINTS:]
        ],
        "change": _change(trend.change),
    }


def _change(change: Change | None) -> ChangeJson | None:
    return None if change is None else {"points": change.points, "low": change.low, "high": change.high}


def _set_aside(panel: SetAsidePanel | None) -> SetAsideJson | None:
    if panel is None:
        return None
    written: SetAsideJson = {
        "number": panel.count.number,
        "reasons": [{"code": reason.code, "number": reason.count.number} for reason in panel.reasons],
        "without": _share(panel.without),
        "including": _share(panel.including),
    }
    if panel.decided is not None and panel.decided.number is not None:
        written["decided"] = panel.decided.number
    return written


def _drivers(drivers: Drivers) -> DriversJson:
    return {"looked_at": drivers.looked_at, "named": [_driver(driver) for driver in drivers.named]}


def _driver(driver: Driver) -> DriverJson:
    told = driver.difference
    return {"name": driver.name, "row": driver.row, "points": told.points, "low": told.low, "high": told.high}
