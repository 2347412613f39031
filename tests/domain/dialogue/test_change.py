from datetime import UTC, datetime

from app.domain.dialogue.change import ChangeKind, PublicChange
from app.domain.places.place import BilingualName
from tests.meta import ROOT


def test_the_page_has_words_for_every_kind() -> None:
    template = (ROOT / "templates" / "public" / "dialogue" / "changes.html").read_text("utf-8")
    # The last one has the words of `else`.
    assert {kind for kind in ChangeKind if f'"{kind}"' not in template} <= {ChangeKind.COMMITMENT_WITHDRAWN}


def test_what_it_is_about_is_a_name_or_said_as_it_is() -> None:
    at = datetime(2026, 6, 1, tzinfo=UTC)
    named = PublicChange(at, ChangeKind.EDITION_CORRECTED, BilingualName("थाना", "Station"))
    assert (named.about_in("hi"), named.about_in("en")) == ("थाना", "Station")
    assert PublicChange(at, ChangeKind.QUIET_ENTERED, "17/2026").about_in("hi") == "17/2026"
    assert PublicChange(at, ChangeKind.RESULTS_DECIDED).about_in("hi") is None
