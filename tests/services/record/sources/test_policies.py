"""The rules, as the record names them."""

from datetime import date

from sqlalchemy.orm import Session

from app.services.record.log.entries import enter
from app.services.record.sources.policies import POLICIES, new_policies

DAY = date(2026, 6, 15)
#: whoever changes a rule gives it another number: what was published under the old one names the old text
KNOWN = {
    ("screening", 6): "9967b31b8c34fdc1",
    ("disclosure", 4): "31edcca7b902fdf3",
    ("headline", 1): "331f1984d014b937",
}


def test_a_text_never_changes_under_its_number() -> None:
    assert {(policy.what, policy.number): policy.digest[:16] for policy in POLICIES} == KNOWN


def test_each_is_entered_once_with_its_text_beside_it(session: Session) -> None:
    told = new_policies(session, DAY)
    assert [entry.content["document"] for entry in told] == [policy.digest for policy in POLICIES]
    assert told[0].files == {f"policy/{POLICIES[0].digest}.txt": POLICIES[0].text}
    enter(session, told, DAY)
    assert new_policies(session, DAY) == []
