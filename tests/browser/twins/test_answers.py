"""The rules on the phone and on the server: the real modules, in a real browser, against the real Python."""

import json
import re
from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import BrowserContext, Page

from app.domain.free_text import MAX_TEXT
from app.domain.problem import Problem
from app.domain.responses.answers import CompiledSurvey, compile_survey
from app.domain.responses.form_answers import parse_form
from app.domain.surveys.expressions import TODAY, Value, compile_condition, compile_tree, to_text, to_truth
from app.domain.surveys.patterns.portable import portable_pattern
from app.domain.surveys.rules import rules_of
from app.domain.surveys.survey import SurveyDefinition
from app.domain.surveys.walk import SurveyWalk
from app.domain.weeks import week_of
from app.services.surveys.surveys import read_starter, starter_names
from app.transaction import transaction
from app.web.static import static_url
from tests.browser.conftest import LiveServer
from tests.factories.rules.expression_vectors import ACCEPTED, scope_of, value_of
from tests.factories.rules.expressions import EXPRESSIONS, PATTERN_PIECES
from tests.factories.rules.forms import random_form
from tests.factories.rules.paths import random_answers, random_fields
from tests.factories.rules.vectors import CASES, RULES, broken_rule, definition_of
from tests.factories.surveys.surveys import add_survey

PATHS = 10_000
BATCH = 500
LAST_DAY = date(2026, 11, 23)
#: which the sentences of a page hold already, so that no script needs them
DETAILS = {"answer.too_long": {"most": MAX_TEXT}}

EVALUATE = """async ([url, cases]) => {
  const { compileTree, compileCondition, toNumber, toText } = await import(url);
  const read = (written) => written && typeof written === "object"
    ? written.number === null ? null : toNumber(written.number) : written;
  const write = (value) => value === null || Array.isArray(value)
    ? { number: value && toText(value) } : value;
  return cases.map(({ tree, self, scope }) => {
    const values = new Map(Object.entries(scope).map(([name, written]) => [name, read(written)]));
    return [write(compileTree(tree, self)(values)), compileCondition(tree, self)(values)];
  });
}"""
# Texts of JSON, since the driver takes its time over large values of its own.
CHECK = """async ([answersUrl, formUrl, json]) => {
  const { CompiledSurvey } = await import(answersUrl);
  const { parseForm } = await import(formUrl);
  const { rules, cases } = JSON.parse(json);
  const survey = new CompiledSurvey(rules);
  const found = cases.map(({ fields, answers, today }) => {
    const form = fields && parseForm(rules, new Map(Object.entries(fields)));
    const checked = survey.check(form ? form.answers : answers, today);
    const shown = [...checked.asked, ...survey.notes(checked.answers, today)];
    return { ...checked, errors: form?.errors, asked: [...checked.asked], shown };
  });
  return JSON.stringify(found);
}"""
DAYS = """async ([url, days, moments]) => {
  const { mondayOf, todayInIndia } = await import(url);
  return [days.map(mondayOf), moments.map((moment) => todayInIndia(new Date(moment)))];
}"""
MATCH = """async ([url, pattern, texts]) => {
  const { compileTree } = await import(url);
  const matches = compileTree(["regex", ["self"], ["str", pattern]], "it");
  const began = performance.now();
  const found = texts.map((text) => matches(new Map([["it", text]])));
  return [found, performance.now() - began];
}"""
READ = """async ([url, rules, piece, times]) => {
  const { parseForm } = await import(url);
  const fields = new Map();
  const text = piece.repeat(times);
  for (const page of rules.pages) {
    for (const { name, rows } of page.questions) {
      [name, ...rows.map((row) => `${name}.${row.name}`)].forEach((field) => fields.set(field, [text]));
    }
  }
  const began = performance.now();
  parseForm(rules, fields);
  return performance.now() - began;
}"""

Evaluated = tuple[Any, bool]


class Twin:
    """The phone's modules, fetched from the server by a page of its own."""

    def __init__(self, page: Page, live: LiveServer) -> None:
        self._page = page
        self._live = live
        page.goto(f"{live.url}/")

    def evaluate(self, cases: list[dict[str, Any]]) -> list[Evaluated]:
        """The value of each tree, as the vectors write it, and whether it holds."""
        return [(value, holds) for value, holds in self._page.evaluate(EVALUATE, [self._url("expressions"), cases])]

    def check(self, rules: Any, cases: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """What reading and checking says of each case."""
        text = json.dumps({"rules": rules, "cases": cases})
        found = self._page.evaluate(CHECK, [self._url("answers"), self._url("form-answers"), text])
        return [_in_words_of_the_vectors(case) for case in json.loads(found)]

    def days(self, days: list[str], moments: list[str]) -> list[list[str]]:
        return self._page.evaluate(DAYS, [self._url("calendar", "offline"), days, moments])

    def match(self, pattern: str, texts: list[str]) -> tuple[list[bool], float]:
        """Whether each text fits a portable pattern, and the milliseconds that took."""
        found, took = self._page.evaluate(MATCH, [self._url("expressions"), pattern, texts])
        return found, took

    def milliseconds_to_read(self, rules: Any, text: str, times: int) -> float:
        """How long it takes to read a form with this text, repeated, in every field."""
        took: float = self._page.evaluate(READ, [self._url("form-answers"), rules, text, times])
        return took

    def rules(self, version_id: int) -> Any:
        return self._page.request.get(f"{self._live.url}/api/v1/surveys/{version_id}").json()

    def _url(self, module: str, folder: str = "answering") -> str:
        return self._live.url + static_url(f"js/{folder}/{module}.js")


def _in_words_of_the_vectors(found: dict[str, Any]) -> dict[str, Any]:
    for part in ("errors", "broken"):
        if part in found:
            found[part] = [
                broken_rule(rule["question"], rule["code"], DETAILS.get(rule["code"]), rule.get("words"))
                for rule in found[part]
            ]
    return found


@pytest.fixture
def twin(browser_context: BrowserContext, live_server: LiveServer) -> Iterator[Twin]:
    page = browser_context.new_page()
    yield Twin(page, live_server)
    page.close()


def written(value: Value) -> Any:
    """A value as the vectors write it."""
    return {"number": None if value is None else to_text(value)} if not isinstance(value, bool | str) else value


def evaluated(case: dict[str, Any]) -> Evaluated:
    """What Python makes of a case for `Twin.evaluate`."""
    scope = {name: value_of(value) for name, value in case["scope"].items()}
    value = compile_tree(case["tree"], case["self"])(scope)
    assert compile_condition(case["tree"], case["self"])(scope) is to_truth(value)
    return written(value), to_truth(value)


def test_expressions(twin: Twin) -> None:
    cases = [
        {
            "tree": case["tree"],
            "self": case.get("self", ""),
            "scope": {TODAY: case["today"], **{name: written(v) for name, v in scope_of(case["answers"]).items()}},
        }
        for case in ACCEPTED
    ]
    for case, wanted, (found, holds) in zip(ACCEPTED, cases, twin.evaluate(cases), strict=True):
        assert (found, holds) == evaluated(wanted), case["expr"]
        assert value_of(found) == value_of(case["expect"]), case["expr"]


def test_answers(twin: Twin) -> None:
    for name, rules in RULES.items():
        cases = [case for case in CASES if case["survey"] == name]
        in_order = [question["name"] for page in rules["pages"] for question in page["questions"]]
        walk = SurveyWalk(definition_of(rules))
        for case, found in zip(cases, twin.check(rules, cases), strict=True):
            found["asked"].sort(key=in_order.index)
            answers, today = case["expect"]["answers"], date.fromisoformat(case["today"])
            assert set(found.pop("shown")) == walk.relevant(answers, today), case["about"]
            # What was dropped nobody on a phone asks.
            assert found == {name: value for name, value in case["expect"].items() if name != "dropped"}, case["about"]
            assert list(found["answers"]) == list(case["expect"]["answers"]), case["about"]


def test_days(twin: Twin) -> None:
    days = [date.fromordinal(ordinal) for ordinal in (1, 2, 719_162, 719_163, 719_170, 739_000, 3_652_059)]
    moments = ["2026-11-22T18:29:59.999Z", "2026-11-22T18:30:00Z", "1970-01-01T00:00:00Z", "2099-12-31T23:00:00Z"]
    mondays, todays = twin.days([day.isoformat() for day in days], moments)
    assert mondays == [week_of(day).isoformat() for day in days]
    assert todays == ["2026-11-22", "2026-11-23", "1970-01-01", "2100-01-01"]


def walked(walk: SurveyWalk, survey: CompiledSurvey, case: dict[str, Any]) -> dict[str, Any]:
    """What Python makes of a case for `Twin.check`, as the vectors write it."""
    found: dict[str, Any] = {}
    answers = case.get("answers")
    if "fields" in case:
        form = parse_form(walk.definition, case["fields"])
        found["errors"] = [broken_rule(error.question, error.code, error.details) for error in form.errors]
        answers = form.answers
    today = date.fromisoformat(case["today"])
    checked = survey.check(answers, today)
    return found | {
        "answers": checked.answers,
        "broken": [broken_rule(rule.question, rule.code, rule.details, rule.words) for rule in checked.broken],
        "asked": sorted(survey.asked(checked.answers, today)),
        "shown": sorted(walk.relevant(checked.answers, today)),
    }


def walk_both(twin: Twin, rules: Any, definition: SurveyDefinition, kind: str, paths: int) -> None:
    """Go random ways, as `fields` or as `answers`, with the phone and with Python; they must not part anywhere."""
    rng, survey, walk = Random(definition.fingerprint), compile_survey(definition), SurveyWalk(definition)  # noqa: S311
    draw = {"fields": random_fields, "answers": random_answers}[kind]
    for _ in range(0, paths, BATCH):
        days = [LAST_DAY - timedelta(days=rng.randint(0, 60)) for _ in range(BATCH)]
        cases = [{"today": day.isoformat(), kind: draw(rng, definition)} for day in days]
        for case, found in zip(cases, twin.check(rules, cases), strict=True):
            found["asked"].sort()
            found["shown"].sort()
            wanted = walked(walk, survey, case)
            assert found == wanted, case
            assert list(found["answers"]) == list(wanted["answers"]), case


@pytest.mark.usefixtures("app")
def test_random_paths_through_the_built_in_surveys(twin: Twin) -> None:
    for name in starter_names():
        definition = read_starter(name).definition
        assert definition is not None
        with transaction() as session:
            version = add_survey(session, definition).id
        rules = twin.rules(version)
        walk_both(twin, rules, definition, "fields", PATHS // len(starter_names()))
        walk_both(twin, rules, definition, "answers", BATCH)


def test_random_paths_through_every_kind_of_rule(twin: Twin) -> None:
    for rules in RULES.values():
        walk_both(twin, rules, definition_of(rules), "fields", BATCH)
        walk_both(twin, rules, definition_of(rules), "answers", BATCH)


def test_random_paths_through_random_forms(twin: Twin) -> None:
    rng = Random(LAST_DAY.toordinal())  # noqa: S311
    for _ in range(6):
        definition = random_form(rng)
        walk_both(twin, rules_of(definition), definition, "fields", BATCH)


def test_any_expression(twin: Twin) -> None:
    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(EXPRESSIONS, min_size=1, max_size=20))
    def agree(drawn: list[dict[str, Any]]) -> None:
        cases = [case | {"scope": {name: written(v) for name, v in case["scope"].items()}} for case in drawn]
        assert twin.evaluate(cases) == [evaluated(case) for case in cases]

    agree()


def test_any_pattern(twin: Twin) -> None:
    hostile = ["a" * 2000 + "!", "ab" * 1000 + "\n", "1" * 2000 + "b"]

    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(PATTERN_PIECES, max_size=8), st.lists(st.text("ab1\n 🙂", max_size=12), max_size=10))
    def agree(atoms: list[str], texts: list[str]) -> None:
        try:
            pattern = portable_pattern("".join(atoms))
        except Problem:
            return
        found, took = twin.match(pattern, texts + hostile)
        assert found == [re.fullmatch(pattern, text) is not None for text in texts + hostile]
        # Linear is far below a millisecond a text; a square or worse is far above this.
        assert took < 1000

    agree()


def test_a_text_of_a_million_letters_holds_nobody_up(twin: Twin) -> None:
    for text in ("x", "\u0301", "🙂 ", "a\r\n\t"):
        # Some tens of milliseconds; a square would be minutes.
        assert twin.milliseconds_to_read(RULES["every type"], text, 1_000_000) < 5_000, ascii(text)
