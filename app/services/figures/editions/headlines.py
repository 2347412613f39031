"""The headline of an edition: the figure of those who were interviewed or drawn, with what holds against it.

Where nobody was drawn and nobody interviewed there is none, and nothing is said against anybody.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from app.domain.figures import wording as say
from app.domain.figures.headline.asked import Asked
from app.domain.figures.headline.bound import possible_false, shown_bound
from app.domain.figures.headline.label import headline_class, reasons_of
from app.domain.figures.headline.two_phases import shown_of_all
from app.domain.figures.highlights.standing import main_of
from app.domain.figures.report import EvidenceSection, Headline, Share
from app.domain.figures.report_marks import HeadlineLabel
from app.domain.responses.reason import Reason
from app.services.draws.asked import Asking, ClassAnswers
from app.services.figures.release_queries import PublishedRelease

_SIX_DAYS = timedelta(days=6)


def with_headline(
    asking: Asking, survey: str, sections: Sequence[EvidenceSection], releases: Sequence[PublishedRelease]
) -> list[EvidenceSection]:
    """The sections that are made of these releases, one of them with the headline where there is any."""
    chosen = headline_class({section.evidence for section in sections})
    return [
        replace(section, headline=_headline(asking, survey, section, releases))
        if section.evidence is chosen
        else section
        for section in sections
    ]


def _headline(
    asking: Asking, survey: str, section: EvidenceSection, releases: Sequence[PublishedRelease]
) -> Headline | None:
    question = section.set_aside.question if section.set_aside else None
    share = section.set_aside.without if section.set_aside else None
    if question is None or share is None:
        return None
    asked = asking.of(_answers(survey, section, [one for one in releases if one.evidence is section.evidence]))
    return Headline(question, say.GOOD, share, _label(section, share, asked)) if asked else None


def _answers(survey: str, section: EvidenceSection, releases: Sequence[PublishedRelease]) -> ClassAnswers:
    """Of the people only as many as are shown, so that nothing said of them tells an exact number."""
    main = main_of(section)
    return ClassAnswers(
        survey=survey,
        evidence=section.evidence,
        first=min(release.weeks.first for release in releases),
        last=max(release.weeks.last for release in releases) + _SIX_DAYS,
        people=main.base.number or 0 if main else 0,
        copied=sum(release.reasons.get(Reason.COPIED, 0) for release in releases),
        whole=sum(release.responses + release.set_aside for release in releases),
    )


def _label(section: EvidenceSection, share: Share, asked: Asked) -> HeadlineLabel:
    false = possible_false(section.evidence, asked)
    reasons = tuple(reason.value for reason in reasons_of(section.evidence, asked))
    of_all = None if share.percent is None else shown_of_all(share.percent, asked)
    return HeadlineLabel(reasons, asked.answers, false, shown_bound(share, asked.answers, false), of_all)
