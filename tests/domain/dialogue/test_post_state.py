"""What is hidden, and for how long."""

from datetime import UTC, datetime, timedelta

from app.domain.dialogue.post_state import LONGEST_HIDDEN, Hiding

PUBLISHED = datetime(2026, 11, 1, 6, tzinfo=UTC)
HIDDEN = datetime(2026, 11, 30, 6, tzinfo=UTC)
HIDING = Hiding(HIDDEN, HIDDEN + LONGEST_HIDDEN)


def test_hiding_ends_by_itself_after_three_days() -> None:
    assert timedelta(hours=72) == LONGEST_HIDDEN
    assert HIDING.covers(PUBLISHED, HIDDEN)
    assert HIDING.covers(PUBLISHED, HIDDEN + LONGEST_HIDDEN - timedelta(seconds=1))
    assert not HIDING.covers(PUBLISHED, HIDDEN + LONGEST_HIDDEN)


def test_what_two_have_approved_since_is_not_hidden() -> None:
    later = HIDDEN + timedelta(hours=1)
    assert not HIDING.is_about(later)
    assert not HIDING.covers(later, later)
