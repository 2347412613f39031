from app.services.dialogue.changes.change import ChangeKind
from tests.meta import ROOT


def test_the_page_has_words_for_every_kind() -> None:
    template = (ROOT / "templates" / "public" / "dialogue" / "changes.html").read_text("utf-8")
    # The last one has the words of `else`.
    assert {kind for kind in ChangeKind if f'"{kind}"' not in template} <= {ChangeKind.COMMITMENT_WITHDRAWN}
