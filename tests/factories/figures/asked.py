"""A place where everything went as it should: nothing is held against its figure, of either class."""

from app.domain.figures.headline.asked import Asked

WELL_ASKED = Asked(
    all_cases=220,
    cases=165,
    contactable=165,
    drawn_in_public=True,
    drawn=120,
    issued=120,
    decoys=40,
    decoys_used=0,
    checked=20,
    unconfirmed=2,
    answers=37,
    copied=2,
    class_answers=40,
    usual_contactable=0.75,
    usual_answering=0.3,
    record_whole=True,
)
