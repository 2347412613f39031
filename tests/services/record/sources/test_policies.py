"""The rules, as the record names them."""

from datetime import date, datetime
from hashlib import sha256

from sqlalchemy.orm import Session

from app.domain.responses.screening.policy import LIKENESS, Policy
from app.domain.weeks import IST
from app.services.record.log.entries import enter
from app.services.record.sources.policies import POLICIES, new_policies, screening_policy
from app.services.responses.policies.choosing import propose_policy
from tests.factories import add_place
from tests.factories.responses.policies import REASON, put_in_force, two_accounts

DAY = date(2026, 6, 15)
NOW = datetime(2026, 6, 15, 12, tzinfo=IST)
#: whoever changes a rule gives it another number: what was published under the old one names the old text
KNOWN = {
    ("screening", 7): "1e1f0ce3dd2238a6",
    ("disclosure", 4): "31edcca7b902fdf3",
    ("headline", 2): "cfa2ad81c8f67eee",
}


def test_a_text_never_changes_under_its_number() -> None:
    assert {(policy.what, policy.number): policy.digest[:16] for policy in POLICIES} == KNOWN
    assert screening_policy(6, LIKENESS).digest[:16] == "9967b31b8c34fdc1"
    assert screening_policy(601, Policy(8, 4, 7)).digest[:16] == "3e32d67e7ae7b7de"


def test_each_is_entered_once_with_its_text_beside_it(session: Session) -> None:
    told = new_policies(session, DAY)
    assert [entry.content["document"] for entry in told] == [policy.digest for policy in POLICIES]
    assert told[0].files == {f"policy/{POLICIES[0].digest}.txt": POLICIES[0].text}
    enter(session, told, DAY)
    assert new_policies(session, DAY) == []


def test_a_policy_that_was_confirmed_is_entered_once_with_its_values(any_session: Session) -> None:
    since = date(2026, 7, 6)
    two = two_accounts(any_session, add_place(any_session, kind="state"))
    enter(any_session, new_policies(any_session, DAY), DAY)
    made = put_in_force(any_session, two, Policy(8, 4, 7), since)
    (told,) = new_policies(any_session, DAY)
    ((path, text),) = told.files.items()
    assert told.content == {
        "what": "screening",
        "policy": made.number,
        "document": sha256(text.encode()).hexdigest(),
        "since": "2026-07-06",
    }
    assert path == f"policy/{told.content['document']}.txt"
    assert f"Screening, policy {made.number}\n" in text
    for line in (
        "fewest alike: 8",
        "greatest tail: 10^-7",
        "fewest alike in what they wrote, once texts are compared: 4",
    ):
        assert f"\n{line}\n" in text
    assert REASON not in text
    enter(any_session, [told], DAY)
    assert new_policies(any_session, DAY) == []


def test_what_is_only_proposed_is_not_entered(any_session: Session) -> None:
    two = two_accounts(any_session, add_place(any_session, kind="state"))
    propose_policy(any_session, Policy(8, 4, 7), "2026-07-06", REASON, two[0], NOW)
    assert [entry.about_id for entry in new_policies(any_session, DAY)] == [policy.number for policy in POLICIES]
