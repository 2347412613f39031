"""Sealed answers at the sync API: each bad one has one answer, and the rest of its batch is stored."""

import json
from typing import Any

import pytest
from sqlalchemy import select

from app.domain.responses.receipt_number import in_groups
from app.domain.responses.response import BODY_LIMIT
from app.formats.crypto.sealing import info, seal
from app.models import ConflictingCopy, ReceiptNumber, Response
from app.transaction import reading, transaction
from app.web.context import context
from tests.factories import add_place, add_placement, add_survey
from tests.fixtures.outbox import ANSWERS, Outbox, count, verdicts


def rejected_alone(outbox: Outbox, bad: dict[str, Any]) -> str:
    """The code of its refusal, with a good one on either side of it."""
    first, refused, last = outbox.receipts(outbox.sealed(), bad, outbox.item())
    assert (first["status"], last["status"]) == ("stored", "stored")
    assert (refused["id"], refused["status"]) == (bad["id"], "rejected")
    assert count(Response) == 2
    return str(refused["problem"]["code"])


def test_a_sealed_answer_is_stored_as_a_plain_one_is(outbox: Outbox) -> None:
    item = outbox.sealed()
    (receipt,) = outbox.receipts(item)
    assert (receipt["id"], receipt["status"]) == (item["id"], "stored")
    with reading() as session:
        (row,) = session.scalars(select(Response))
        assert json.loads(row.answers) == ANSWERS
    assert verdicts() == [("counted", [])]


def test_the_same_answers_sealed_once_more_are_a_duplicate(outbox: Outbox) -> None:
    first = outbox.sealed()
    again = outbox.sealed(id=first["id"])
    assert first["body"] != again["body"]
    assert outbox.statuses(first, first) + outbox.statuses(again) == ["stored", "duplicate", "duplicate"]
    assert (count(Response), count(ConflictingCopy)) == (1, 0)


def test_other_answers_sealed_for_a_known_id_are_kept_beside_the_first(outbox: Outbox) -> None:
    first = outbox.sealed()
    assert outbox.statuses(first, outbox.sealed({"respect": 1}, id=first["id"])) == ["stored", "stored"]
    with reading() as session:
        assert session.scalars(select(ConflictingCopy.body)).all() == ['{"respect":1}']


def test_a_replayed_answer_is_a_duplicate_and_under_a_new_id_does_not_open(outbox: Outbox) -> None:
    item = outbox.sealed()
    assert outbox.statuses(item) + outbox.statuses(item) == ["stored", "duplicate"]
    (receipt,) = outbox.receipts({**item, "id": outbox.item()["id"]})
    assert receipt["problem"]["code"] == "response.seal_broken"
    assert count(Response) == 1


def test_a_tampered_body_is_rejected(outbox: Outbox) -> None:
    item = outbox.sealed()
    letter = "A" if item["body"][200] != "A" else "B"
    item["body"] = item["body"][:200] + letter + item["body"][201:]
    assert rejected_alone(outbox, item) == "response.seal_broken"


@pytest.mark.parametrize("length", [0, 50, 86, 700])
def test_a_truncated_body_is_rejected(outbox: Outbox, length: int) -> None:
    item = outbox.sealed()
    item["body"] = item["body"][:length]
    assert rejected_alone(outbox, item) == "response.seal_broken"


def test_an_oversized_body_is_rejected(outbox: Outbox) -> None:
    assert rejected_alone(outbox, outbox.sealed({"said": "x" * (BODY_LIMIT + 1024)})) == "response.too_large"


def test_as_much_fits_into_a_sealed_body_as_into_a_plain_one(outbox: Outbox) -> None:
    answers = {"said": "x" * (BODY_LIMIT - len(b'{"said":""}'))}
    assert outbox.statuses(outbox.item(answers), outbox.sealed(answers)) == ["stored", "stored"]


def test_a_body_sealed_for_another_id_is_rejected(outbox: Outbox) -> None:
    foreign, item = outbox.sealed(), outbox.sealed()
    assert rejected_alone(outbox, {**item, "body": foreign["body"]}) == "response.seal_broken"


@pytest.mark.parametrize(
    "change", [{"language": "en"}, {"week": "2026-06-09"}, {"week": None}, {"survey_version": 2}, {"stamp": "A" * 32}]
)
def test_a_changed_clear_field_is_rejected(outbox: Outbox, change: dict[str, Any]) -> None:
    assert rejected_alone(outbox, {**outbox.sealed(), **change}) == "response.seal_broken"


def test_a_body_sealed_for_another_placement_is_rejected(outbox: Outbox) -> None:
    with transaction() as session:
        elsewhere = add_placement(session, add_place(session), add_survey(session))
    token = context().tokens.verify(outbox.token)
    other = context().tokens.sign(type(token)(token.channel, token.key_id, elsewhere.id))
    assert rejected_alone(outbox, {**outbox.sealed(), "token": other}) == "response.seal_broken"


def test_a_sealing_key_that_is_not_known_is_named(outbox: Outbox) -> None:
    assert rejected_alone(outbox, {**outbox.sealed(), "kid": 9}) == "response.sealing_key_unknown"


@pytest.mark.parametrize("body", [ANSWERS, 5, None, ["x"]])
def test_a_sealed_body_is_a_text(outbox: Outbox, body: Any) -> None:
    assert rejected_alone(outbox, outbox.item(body, kid=1)) == "response.malformed"


@pytest.mark.parametrize("plain", [b"", b"[1]", b"{", b"\xff", b'{"respect": 4} x'])
def test_what_opens_but_is_no_answers_is_rejected(outbox: Outbox, plain: bytes) -> None:
    item = outbox.item(None, kid=1)
    item["body"] = seal(context().sealing.public(1), plain, info(item))
    assert rejected_alone(outbox, item) == "response.malformed"


def test_a_sealed_item_of_another_survey_version_is_rejected(outbox: Outbox) -> None:
    with transaction() as session:
        foreign = add_survey(session)
    assert rejected_alone(outbox, outbox.sealed(survey_version=foreign.id)) == "response.survey_version"


def test_a_clock_of_1970_or_2099_moves_no_sealed_answer_out_of_its_time(outbox: Outbox) -> None:
    assert outbox.statuses(outbox.sealed(week="1970-01-01"), outbox.sealed(week="2099-12-31")) == ["stored"] * 2
    with reading() as session:
        assert {str(week) for week in session.scalars(select(Response.week))} == {"2026-06-08"}


def test_a_sealed_batch_of_101_is_refused_whole(outbox: Outbox) -> None:
    answer = outbox.post(*[outbox.sealed()] * 101)
    assert (answer.status_code, answer.get_json()["code"]) == (413, "batch.too_many")
    assert count(Response) == 0


def test_a_week_may_be_absent(outbox: Outbox) -> None:
    item = outbox.item(None, kid=1)
    del item["week"]
    item["body"] = seal(context().sealing.public(1), b'{"respect":3}', info(item))
    assert outbox.statuses(item) == ["stored"]


@pytest.mark.parametrize("depth", [4, 970, 978, 3_000])
def test_an_answer_nested_deeper_than_any_question_is_rejected(outbox: Outbox, depth: int) -> None:
    item = outbox.item(None, kid=1)
    content = b'{"respect":' + b"[" * depth + b"]" * depth + b"}"
    item["body"] = seal(context().sealing.public(1), content, info(item))
    assert rejected_alone(outbox, item) == "response.too_deep"


def counted() -> dict[str, int]:
    with reading() as session:
        rows = session.execute(select(ReceiptNumber.number, ReceiptNumber.times)).all()
    return {in_groups(row.number): row.times for row in rows}


def test_in_format_2_the_number_is_the_devices_own_and_is_counted_once(outbox: Outbox) -> None:
    item = outbox.sealed(v=2, receipt="AAECAwQFBgcICQoLDA0ODw")
    (stored,), (again,) = outbox.receipts(item), outbox.receipts(item)
    assert (stored["number"], again["number"]) == ("8959 8699 1646",) * 2
    assert (stored["status"], again["status"]) == ("stored", "duplicate")
    assert counted() == {"8959 8699 1646": 1}


def test_items_of_both_formats_are_counted_and_who_sends_one_number_twice_counts_twice(outbox: Outbox) -> None:
    first, second = (outbox.sealed(v=2, receipt="AAECAwQFBgcICQoLDA0ODw") for _ in range(2))
    (_, old, _) = outbox.receipts(first, outbox.item(), second)
    assert counted() == {"8959 8699 1646": 2, old["number"]: 1}


def test_a_receipt_that_was_exchanged_breaks_the_seal(outbox: Outbox) -> None:
    item = outbox.sealed(v=2, receipt="AAECAwQFBgcICQoLDA0ODw")
    assert rejected_alone(outbox, {**item, "receipt": "AAAAAAAAAAAAAAAAAAAAAA"}) == "response.seal_broken"
