"""Surveys for tests, written as definitions."""

import json
from datetime import UTC, datetime
from itertools import count
from typing import Any

from sqlalchemy.orm import Session

from app.domain.surveys.survey import SurveyDefinition
from app.models import Survey, SurveyVersion

_counter = count(1)

SCALE = [
    {"name": str(value), "label": {"hi": hindi, "en": english}}
    for value, hindi, english in (
        (5, "बहुत अच्छा", "Very good"),
        (4, "अच्छा", "Good"),
        (3, "ठीक-ठाक", "All right"),
        (2, "खराब", "Bad"),
        (1, "बहुत खराब", "Very bad"),
    )
]


def question(name: str, type_: str, *choices: str, **more: Any) -> dict[str, Any]:
    """A question in definition form; scales and grids get their five choices."""
    named = [{"name": choice, "label": {"hi": f"{choice} हिन्दी", "en": choice}} for choice in choices]
    return {
        "name": name,
        "type": type_,
        "label": {"hi": f"{name} कैसा रहा?", "en": f"How was {name}?"},
        "choices": SCALE if type_ in ("scale", "grid") else named,
        **more,
    }


def definition(*pages: list[dict[str, Any]], kind: str = "survey") -> SurveyDefinition:
    document = {
        "schema": 1,
        "kind": kind,
        "title": {"hi": "थाने में आपका अनुभव", "en": "Your visit"},
        "languages": ["hi", "en"],
        "pages": [{"name": f"page{at}", "questions": page} for at, page in enumerate(pages, 1)],
    }
    return SurveyDefinition.from_json(json.dumps(document))


VISIT = definition(
    [
        question("purpose", "select_one", "complaint", "passport", "other"),
        question("respect", "scale"),
        question("overall", "scale"),
        question("comment", "text"),
    ],
    [question("money", "select_one", "yes", "no")],
)


def add_survey(
    session: Session,
    content: SurveyDefinition = VISIT,
    *,
    slug: str | None = None,
    published_at: datetime | None = datetime(2026, 1, 1, tzinfo=UTC),
    closed_at: datetime | None = None,
) -> SurveyVersion:
    """A survey and its first version, published unless `published_at` is None."""
    survey = Survey(slug=slug or f"survey-{next(_counter)}", kind=content.kind.value)
    session.add(survey)
    session.flush()
    version = SurveyVersion(
        survey_id=survey.id,
        number=1,
        definition=content.canonical_json,
        fingerprint=content.fingerprint,
        state="closed" if closed_at else "published" if published_at else "draft",
        published_at=published_at,
        closed_at=closed_at,
    )
    session.add(version)
    session.flush()
    return version


def add_version(session: Session, before: SurveyVersion, content: SurveyDefinition) -> SurveyVersion:
    """The next version of the same survey, published."""
    version = SurveyVersion(
        survey_id=before.survey_id,
        number=before.number + 1,
        definition=content.canonical_json,
        fingerprint=content.fingerprint,
        state="published",
        published_at=datetime(2026, 6, 1, tzinfo=UTC),
    )
    session.add(version)
    session.flush()
    return version
