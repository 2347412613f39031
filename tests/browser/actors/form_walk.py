"""A restless person's way through random questionnaires: on the page's own scripts, with the server looking on.

At every step what the page shows is compared with what the server makes of the same fields; at the end, what was
told back, what was sent, what is stored, and what is stored of the same fields from a page without script.
"""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from random import Random
from typing import Any
from urllib.parse import urlsplit

from flask import current_app
from playwright.sync_api import Browser, Page
from sqlalchemy import select

from app.domain.codes.channel import Channel
from app.domain.codes.token import Token
from app.domain.responses.answers import CheckedAnswers, compile_survey
from app.domain.responses.form_answers import parse_form
from app.domain.surveys.survey import AnswerValue, Question, QuestionType, SurveyDefinition
from app.domain.surveys.walk import SurveyWalk
from app.domain.weeks import day_of
from app.models import Response, Verdict
from app.transaction import reading, transaction
from app.web.context import context
from app.web.static import static_url
from tests.browser.conftest import open_context
from tests.factories import add_place, add_placement, add_survey
from tests.factories.rules.forms import random_attempts, random_form

#: a Monday noon in India; the conditions of the forms look at this day
NOW = datetime(2026, 11, 23, 6, 30, tzinfo=UTC)
ATTEMPTS = 4
MOVES = ("change", "change and back", "more")

NOTE_WHAT_IS_SEALED = """
  self.sealed = [];
  const seal = crypto.subtle.encrypt;
  crypto.subtle.encrypt = function (way, key, data) {
    self.sealed.push(new TextDecoder().decode(data));
    return seal.call(this, way, key, data);
  };
"""
WALK = """async ([url, attempts, moves, chances]) => {
  const { walk } = await import(url);
  const log = [];
  let turned = false;
  const until = async (holds, what) => {
    for (let waited = 0; !holds(); waited++) {
      if (waited > 4000) throw new Error(`${what} at ${walk.here}: ${JSON.stringify(log.at(-1))}`);
      await new Promise((again) => setTimeout(again, 5));
    }
  };
  const { form } = walk;
  const seen = (part) => [...form.querySelectorAll(part)].filter((item) => item.getClientRects().length);
  const fields = () => {
    const data = new FormData(form);
    const names = [...new Set(data.keys())].filter((name) => name[0] !== "_");
    return Object.fromEntries(names.map((name) => [name, data.getAll(name).map(String)]));
  };
  const look = () => log.push({
    fields: fields(),
    shown: seen(".question").map((item) => item.id.slice(2)),
    whole: !document.getElementById("more").content.firstElementChild,
    told: seen(".told > div").map((row) =>
      [row.querySelector("button").value, row.querySelector("dd").textContent]),
  });
  const chance = () => chances.pop() ?? 0.5;
  const answer = (name, given) => {
    for (const field of form.querySelectorAll(`#q-${name} input, #q-${name} textarea`)) {
      const values = given[field.name] ?? [];
      if (field.type === "radio" || field.type === "checkbox") field.checked = values.includes(field.value);
      else field.value = values.find((value) => value !== "_declined") ?? "";
    }
  };
  const step = async (act) => {
    const from = walk.here;
    let moved = false;
    addEventListener("popstate", () => { moved = true; }, { once: true });
    for (const note of form.querySelectorAll(".error")) note.remove();
    act();
    await until(() => moved || walk.here !== from || form.querySelector(".error") || !form.isConnected, "no step");
  };
  const press = (button) => step(() => seen(button)[0].click());
  const back = () => step(() => history.back());
  await until(() => walk.answerForm, "no rules");
  for (let steps = 0; steps < 300; steps++) {
    if (walk.here === "_begin") await press("[data-go=begin]");
    look();
    const { here } = walk;
    if (here === "_review") {
      const move = moves.shift();
      if (move === "more") {
        if (seen("[data-more] button").length) {
          seen("[data-more] button")[0].click();
        }
      } else if (move) {
        const rows = seen(".told button");
        const row = rows[Math.floor(chance() * rows.length)];
        await step(() => row.click());
        if (move.endsWith("back")) {
          turned = true;
          answer(row.value, attempts[row.value].shift() ?? {});
          await back();
        }
      } else {
        seen(".review [value=send]")[0].click();
        await until(() => walk.state === "over" || walk.here !== "_review", "not sent");
        if (walk.state === "over") return { log, sealed: self.sealed, turned };
      }
    } else {
      answer(here, attempts[here].shift() ?? { [here]: ["_declined"] });
      if (chance() < 0.1 && seen("[data-go=back]").length) {
        turned ||= log.some(({ told }) => told.length);
        await back();
      } else {
        await press("[data-go=next]");
        if (form.querySelector(".error")) {
          answer(here, { [here]: ["_declined"] });
          await press("[data-go=next]");
        }
      }
    }
  }
  throw new Error("never sent");
}"""


def walk_forms(browser: Browser, url: str, count: int, seed: int = 12) -> Iterator[str]:
    """Each difference between what was shown, told, sent and stored, in words; `url` is the running application's."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    app.config["CLOCK"] = lambda: NOW
    rng = Random(seed)  # noqa: S311
    with open_context(browser) as phone:
        phone.add_init_script(NOTE_WHAT_IS_SEALED)
        page = phone.new_page()
        page.clock.set_fixed_time(NOW)
        for number in range(count):
            for difference in _walk_form(page, url, random_form(rng), rng):
                yield f"form {number}: {difference}"


def _walk_form(page: Page, url: str, definition: SurveyDefinition, rng: Random) -> Iterator[str]:
    with transaction() as session:
        placement = add_placement(session, add_place(session), add_survey(session, definition))
        placement_id, token = placement.id, Token(Channel.POSTER, placement.key_id, placement.id)
    page.goto(f"{url}/s/{context().tokens.sign(token).lower()}?lang=en")
    attempts = {each.name: random_attempts(rng, each, ATTEMPTS) for each in definition.questions()}
    moves = [rng.choice(MOVES) for _ in range(rng.randint(0, 5))]
    chances = [rng.random() for _ in range(200)]
    went = page.evaluate(WALK, [url + static_url("js/answering/walk.js"), attempts, moves, chances])
    page.locator(".receipt .big").wait_for()
    server = _Server(definition)
    for step in went["log"]:
        yield from server.differs(step)
    shown = {name for step in went["log"] for name in step["shown"]}
    unasked = {name for step in went["log"] for name, _ in step["told"]} - shown
    # Who goes back to the last screen has not gone on to what is left to be asked.
    if unasked and not went["turned"]:
        yield f"told, but never asked: {unasked}"
    fields = went["log"][-1]["fields"]
    checked = server.check(fields)
    # What is half answered is encrypted too, with the fields as they stand.
    sent = [one for one in map(json.loads, went["sealed"]) if "fields" not in one][-1]
    if list(sent.items()) != list(checked.answers.items()):
        yield f"sent {sent}, read by the server {checked.answers}"
    _post_without_script(page.url, fields)
    found = _stored(placement_id)
    if found != [(sent, None, "counted")] * 2:
        yield f"sent {sent}, stored {found}"


def _post_without_script(address: str, fields: dict[str, list[str]]) -> None:
    path = urlsplit(address).path
    answer = current_app.test_client().post(path, data={**fields, "_do": "send", "_lang": "en"})
    if answer.status_code != 303:
        raise AssertionError(f"refused without script: {fields}")


def _stored(placement_id: int) -> list[Any]:
    with reading() as session:
        rows = session.execute(
            select(Response.answers, Response.broken, Verdict.verdict)
            .join(Verdict, Verdict.response_id == Response.id)
            .where(Response.placement_id == placement_id)
        ).all()
    return [(json.loads(answers), broken, verdict) for answers, broken, verdict in rows]


class _Server:
    """What the server makes of the fields of a form."""

    def __init__(self, definition: SurveyDefinition) -> None:
        self.definition = definition
        self.survey = compile_survey(definition)
        self.walk = SurveyWalk(definition)

    def check(self, fields: dict[str, list[str]]) -> CheckedAnswers:
        return self.survey.check(parse_form(self.definition, fields).answers, day_of(NOW))

    def differs(self, step: dict[str, Any]) -> Iterator[str]:
        """How a step of the page differs from what it should show."""
        checked = self.check(step["fields"])
        applies = self.walk.relevant(checked.answers, day_of(NOW))
        if not step["shown"]:
            told, wanted = dict(step["told"]), dict(self._told(step, checked, applies))
            if told != wanted:
                yield f"told {told}, to be told {wanted}"
            return
        beside = [self._beside(name, applies) for name in step["shown"] if self._asks(name)]
        if [step["shown"]] != beside:
            yield f"shown {step['shown']}, to be shown {beside}; answered {checked.answers}"

    def _asks(self, name: str) -> bool:
        return self.definition.question(name).type.takes_answer

    def _beside(self, name: str, applies: frozenset[str]) -> list[str]:
        """A question with the notes that are read with it."""
        page = self.definition.pages[self.walk.page_of(name)]
        items = [each.name for each in page.questions if each.name in applies]
        if name not in items:
            return []
        at = items.index(name)
        first = at
        while first and not self._asks(items[first - 1]):
            first -= 1
        rest = items[at + 1 :]
        return items[first : at + 1] + ([] if any(map(self._asks, rest)) else rest)

    def _told(
        self, step: dict[str, Any], checked: CheckedAnswers, applies: frozenset[str]
    ) -> Iterator[tuple[str, str]]:
        errors = {error.question: error.msgid for error in parse_form(self.definition, step["fields"]).errors}
        broken = {rule.question: rule.msgid for rule in checked.broken}
        pages = self.definition.pages if step["whole"] else self.definition.pages[:1]
        for each in (each for page in pages for each in page.questions):
            if each.name in applies and each.type.takes_answer:
                if each.name in checked.answers:
                    yield each.name, in_words(each, checked.answers[each.name])
                else:
                    yield each.name, errors.get(each.name) or broken.get(each.name) or "No answer"


def in_words(asked: Question, value: AnswerValue) -> str:
    """A stored answer as a citizen who reads English is told it."""
    words = {choice.name: choice.label["en"] for choice in asked.choices}
    if value is None:
        return "Rather not say"
    if asked.type is QuestionType.ACKNOWLEDGE:
        return "Yes, I understand"
    if isinstance(value, dict):
        return "; ".join(f"{row}: {words[str(face)]}" for row, face in value.items())
    if isinstance(value, list):
        return "; ".join(words[name] for name in value)
    if asked.type is QuestionType.DATE:
        return "-".join(reversed(str(value).split("-")))
    return words.get(str(value), str(value))
