"""The sync API from outside: batches in, receipts out."""

import json
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from app.domain.codes.channel import Channel
from app.domain.codes.token import Token
from app.models import Arrival, ConflictingCopy, Response, SurveyVersion, TallyMark, Verdict
from app.transaction import reading, transaction
from app.web.api import responses
from app.web.context import context
from app.web.limits import Limit
from tests.factories import add_survey
from tests.fixtures.outbox import ANSWERS, Outbox, count, verdicts


class TestReceipts:
    def test_a_new_response_is_stored_and_gets_a_number(self, outbox: Outbox) -> None:
        item = outbox.item()
        (receipt,) = outbox.receipts(item)
        assert (receipt["id"], receipt["status"]) == (item["id"], "stored")
        assert len(receipt["number"].replace(" ", "")) == 12
        with reading() as session:
            (row,) = session.scalars(select(Response))
            assert json.loads(row.answers) == ANSWERS
            assert (row.week, row.channel, row.evidence) == (date(2026, 6, 8), "poster", "open")
        assert verdicts() == [("counted", [])]

    def test_the_same_again_is_a_duplicate_with_the_same_number(self, outbox: Outbox) -> None:
        item = outbox.item()
        (first,), (second,) = outbox.receipts(item), outbox.receipts(item)
        assert second == {**first, "status": "duplicate"}
        assert count(Response) == 1
        assert count(Verdict) == 1

    def test_a_second_body_under_a_known_id_is_kept_beside_the_first(self, outbox: Outbox) -> None:
        item = outbox.item()
        changed = {**item, "body": {"respect": 1}}
        assert outbox.statuses(item) + outbox.statuses(changed) + outbox.statuses(changed) == ["stored"] * 3
        assert (count(Response), count(ConflictingCopy)) == (1, 1)
        assert verdicts() == [("counted", [])]

    def test_one_id_several_times_in_a_batch(self, outbox: Outbox) -> None:
        item = outbox.item()
        assert outbox.statuses(item, item, {**item, "body": {"respect": 1}}) == ["stored", "duplicate", "stored"]
        assert (count(Response), count(ConflictingCopy)) == (1, 1)

    def test_one_id_cannot_fill_the_disk(self, outbox: Outbox) -> None:
        item = outbox.item()
        copies = [{**item, "body": {"comment": f"{at}"}} for at in range(25)]
        assert outbox.statuses(item, *copies[:12]) == ["stored"] * 13
        receipts = outbox.receipts(*copies[12:], item)
        assert [receipt["status"] for receipt in receipts] == ["stored"] * 8 + ["rejected"] * 5 + ["duplicate"]
        assert receipts[8]["problem"]["code"] == "response.too_many_copies"
        # What was kept is still acknowledged, so that a phone that lost the receipt forgets it.
        assert outbox.statuses(copies[3], copies[24]) == ["stored", "rejected"]
        assert (count(Response), count(ConflictingCopy)) == (1, 20)

    def test_a_hundred_leave_one_mark_for_each_cell(self, outbox: Outbox) -> None:
        items = [outbox.item(week=f"2026-06-{8 + at % 3:02d}") for at in range(100)]
        assert outbox.statuses(*items) == ["stored"] * 100
        assert (count(Response), count(Arrival), count(TallyMark)) == (100, 100, 1)

    def test_receipts_come_in_the_order_of_the_items_around_bad_ones(self, outbox: Outbox) -> None:
        good, bad = outbox.item(), outbox.item(token="A" * 26)
        receipts = outbox.receipts(good, 5, bad, "x", outbox.item())
        assert [receipt["status"] for receipt in receipts] == ["stored", *["rejected"] * 3, "stored"]
        assert [receipt["id"] for receipt in receipts[:4]] == [good["id"], None, bad["id"], None]

    def test_it_may_be_given_in_any_language_of_the_questions(self, outbox: Outbox) -> None:
        with transaction() as session:
            asked = session.get_one(SurveyVersion, outbox.version)
            asked.definition = json.dumps({**json.loads(asked.definition), "languages": ["hi", "en", "mr", "bho"]})
        assert outbox.statuses(*(outbox.item(language=language) for language in ("mr", "bho", "hi"))) == ["stored"] * 3
        assert outbox.statuses(outbox.item(language="gu")) == ["rejected"]
        with reading() as session:
            assert sorted(session.scalars(select(Response.language))) == ["bho", "hi", "mr"]


class TestRejected:
    @pytest.mark.parametrize(
        ("change", "code"),
        [
            ({"v": 0}, "response.malformed"),
            ({"id": "not-a-uuid"}, "response.malformed"),
            ({"id": "2c5ea4c0-4067-11e9-8bad-9b1deb4d3b7d"}, "response.malformed"),
            ({"token": "A" * 26}, "token.invalid"),
            ({"token": "A" * 90}, "response.malformed"),
            ({"survey_version": 999_999}, "response.survey_version"),
            ({"survey_version": 0}, "response.malformed"),
            ({"language": "fr"}, "response.malformed"),
            ({"week": "yesterday"}, "response.malformed"),
            ({"body": [1, 2]}, "response.malformed"),
            ({"body": "\x00"}, "response.malformed"),
            ({"body": {"respect": "x" * 70_000}}, "response.too_large"),
            ({"kid": 3, "body": "c2VhbGVk"}, "response.sealing_key_unknown"),
            ({"colour": "blue"}, "response.malformed"),
        ],
    )
    def test_what_cannot_be_read_or_verified_has_a_code_and_leaves_the_rest_alone(
        self, outbox: Outbox, change: dict[str, Any], code: str
    ) -> None:
        bad, good = outbox.receipts(outbox.item(**change), outbox.item())
        assert (bad["status"], bad["problem"]["code"]) == ("rejected", code)
        assert good["status"] == "stored"
        assert count(Response) == 1

    @pytest.mark.parametrize("more", [{}, {"colour": "blue"}, {"body": None}, {"week": 5}])
    def test_what_a_newer_page_made_waits_on_the_phone(self, outbox: Outbox, more: dict[str, Any]) -> None:
        newer, good = outbox.receipts(outbox.item(v=3, **more), outbox.item())
        assert (newer["status"], newer["problem"]["code"]) == ("later", "response.version")
        assert good["status"] == "stored"
        assert count(Response) == 1

    def test_a_token_of_another_channel_is_not_ours(self, outbox: Outbox) -> None:
        placement = context().tokens.verify(outbox.token).placement_id
        handle = context().tokens.sign(Token(Channel.HANDLE, 0, placement))
        typed = context().tokens.sign(Token(Channel.TYPED, 0, placement))
        assert outbox.statuses(outbox.item(token=handle), outbox.item(token=typed)) == ["rejected", "stored"]

    def test_a_draft_version_takes_no_answers(self, outbox: Outbox) -> None:
        with transaction() as session:
            draft = add_survey(session, published_at=None)
        (receipt,) = outbox.receipts(outbox.item(survey_version=draft.id))
        assert receipt["problem"]["code"] == "response.survey_version"


class TestSetAside:
    @pytest.mark.parametrize(
        ("change", "reason"),
        [
            ({"stamp": "A" * 32}, "stamp_missing"),
            ({"body": {"respect": 9}}, "rules_broken"),
            ({"body": {}}, "empty"),
            ({"body": {"nothing": "asked"}}, "empty"),
            ({"device": "d1", "sequence": 1, "signature": "x"}, "device_unknown"),
        ],
    )
    def test_a_broken_rule_is_stored_and_set_aside(self, outbox: Outbox, change: dict[str, Any], reason: str) -> None:
        assert outbox.statuses(outbox.item(**change)) == ["stored"]
        assert verdicts() == [("set_aside", [reason])]

    def test_the_answer_that_broke_a_rule_is_kept_as_it_came(self, outbox: Outbox) -> None:
        outbox.receipts(outbox.item(body={"respect": 9, "overall": 2}))
        with reading() as session:
            (row,) = session.scalars(select(Response))
            assert json.loads(row.answers) == {"overall": 2}
            assert json.loads(row.broken or "") == {"respect": 9}

    def test_a_clock_of_1970_or_2099_moves_no_answer_out_of_its_time(self, outbox: Outbox) -> None:
        assert outbox.statuses(outbox.item(week="1970-01-01"), outbox.item(week="2099-12-31")) == ["stored"] * 2
        with reading() as session:
            assert set(session.scalars(select(Response.week))) == {date(2026, 6, 8)}


class TestRequests:
    def test_a_batch_of_101_is_refused_whole(self, outbox: Outbox) -> None:
        answer = outbox.post(*[outbox.item() for _ in range(101)])
        assert (answer.status_code, answer.get_json()["code"]) == (413, "batch.too_many")
        assert answer.content_type == "application/problem+json"
        assert count(Response) == 0

    def test_a_body_of_ten_megabytes_is_refused(self, outbox: Outbox) -> None:
        answer = outbox.client.post("/api/v1/responses", data=b"x" * 10_000_000, content_type="application/json")
        assert (answer.status_code, answer.get_json()["code"]) == (413, "request.too_large")

    @pytest.mark.parametrize("raw", [b"", b"{", b"[]", b'{"responses": 3}', b"\xff\xfe", b"[" * 100_000])
    def test_what_is_no_batch_is_refused(self, outbox: Outbox, raw: bytes) -> None:
        answer = outbox.client.post("/api/v1/responses", data=raw, content_type="application/json")
        assert (answer.status_code, answer.get_json()["code"]) == (400, "batch.malformed")

    def test_another_kind_of_content_is_refused(self, outbox: Outbox) -> None:
        answer = outbox.client.post("/api/v1/responses", data=b"{}", content_type="text/plain")
        assert (answer.status_code, answer.get_json()["code"]) == (415, "request.media_type")

    def test_get_says_which_method_is_meant(self, outbox: Outbox) -> None:
        answer = outbox.client.get("/api/v1/responses")
        assert (answer.status_code, answer.get_json()["code"]) == (405, "request.method")
        assert "POST" in answer.headers["Allow"]

    @pytest.mark.parametrize(
        ("headers", "status"),
        [
            ({}, 200),
            ({"Origin": "http://localhost"}, 200),
            ({"Origin": "null"}, 200),
            ({"Sec-Fetch-Site": "same-origin"}, 200),
            ({"Origin": "https://evil.example"}, 403),
            ({"Sec-Fetch-Site": "cross-site"}, 403),
        ],
    )
    def test_only_an_explicit_foreign_origin_is_refused(
        self, outbox: Outbox, headers: dict[str, str], status: int
    ) -> None:
        assert outbox.post(outbox.item(), headers=headers).status_code == status

    def test_a_flood_from_one_address_is_asked_to_wait(self, outbox: Outbox, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(responses, "BATCHES", Limit("batches", burst=1, per_second=0.1))
        assert outbox.post(outbox.item()).status_code == 200
        answer = outbox.post(outbox.item())
        assert (answer.status_code, answer.get_json()["code"]) == (429, "request.too_many")
        assert 1 <= int(answer.headers["Retry-After"]) <= 11
        assert count(Response) == 1

    def test_no_cookie_is_set(self, outbox: Outbox) -> None:
        assert "Set-Cookie" not in outbox.post(outbox.item()).headers


class TestNestedAnswers:
    """No question asks for them, so only an attack sends them; what travels with them must not suffer."""

    @pytest.mark.parametrize("depth", [4, 970, 978, 979, 3_000])
    def test_a_plain_one_is_rejected_alone(self, outbox: Outbox, depth: int) -> None:
        good, bad = json.dumps(outbox.item()), outbox.item("BODY")
        deep = json.dumps(bad).replace('"BODY"', '{"respect":' + "[" * depth + "]" * depth + "}")
        answer = outbox.client.post(
            "/api/v1/responses", data=f'{{"responses":[{good},{deep}]}}', content_type="application/json"
        )
        stored, rejected = answer.get_json()["receipts"]
        assert stored["status"] == "stored"
        assert (rejected["id"], rejected["status"]) == (bad["id"], "rejected")
        assert rejected["problem"]["code"] in ("response.too_deep", "response.malformed")
        assert count(Response) == 1

    def test_half_a_letter_is_kept_with_its_answer(self, outbox: Outbox) -> None:
        item = json.dumps(outbox.item({"respect": 4, "comment": "\ud83d"}))
        answer = outbox.client.post(
            "/api/v1/responses", data=f'{{"responses":[{item}]}}', content_type="application/json"
        )
        assert [receipt["status"] for receipt in answer.get_json()["receipts"]] == ["stored"]
