from datetime import date

from app.domain.surveys.survey import SurveyDefinition
from app.domain.surveys.walk import SurveyWalk
from tests.factories.surveys.surveys import definition, question

TODAY = date(2026, 11, 23)
COMPLAINT = ["=", ["get", "purpose"], ["str", "complaint"]]
BRIBE = ["=", ["get", "money"], ["str", "yes"]]


def survey() -> SurveyDefinition:
    return definition(
        [question("purpose", "select_one", "complaint", "other"), question("money", "select_one", "yes", "no")],
        [question("copy", "select_one", "yes", "no", relevant=COMPLAINT)],
        [
            question("thanks", "note"),
            question("paid", "integer", relevant=BRIBE),
            question("talk", "select_one", "yes", "no"),
            question("how", "integer", relevant=["=", ["get", "talk"], ["str", "no"]]),
        ],
    )


def names(walk: SurveyWalk, at: int, answers: dict[str, object]) -> list[str]:
    return [asked.name for asked in walk.shown(at, answers, TODAY)]


def test_a_page_that_asks_nothing_is_passed_over() -> None:
    walk = SurveyWalk(survey())
    assert walk.following(0, {"purpose": "other"}, TODAY) == 2
    assert walk.following(0, {"purpose": "complaint"}, TODAY) == 1
    assert walk.preceding(2, {"purpose": "other"}, TODAY) == 0
    assert walk.following(2, {}, TODAY) is None
    assert walk.preceding(0, {}, TODAY) is None


def test_what_earlier_pages_rule_out_is_not_shown() -> None:
    walk = SurveyWalk(survey())
    assert names(walk, 2, {"money": "no"}) == ["thanks", "talk", "how"]
    assert names(walk, 2, {"money": "yes"}) == ["thanks", "paid", "talk", "how"]


def test_what_depends_on_its_own_page_is_shown_but_not_yet_relevant() -> None:
    walk = SurveyWalk(survey())
    assert "how" in names(walk, 2, {})
    assert "how" not in walk.relevant({}, TODAY)
    assert "how" in walk.relevant({"talk": "no"}, TODAY)


def test_a_page_may_be_irrelevant_as_a_whole() -> None:
    document = survey().to_json()
    document["pages"][2]["relevant"] = BRIBE
    walk = SurveyWalk(SurveyDefinition.from_json(document))
    assert walk.following(0, {"purpose": "other", "money": "no"}, TODAY) is None
    assert walk.shown(2, {"money": "no"}, TODAY) == ()
    assert walk.following(0, {"purpose": "other", "money": "yes"}, TODAY) == 2


def test_answers_of_every_type_can_be_looked_at() -> None:
    definition_ = definition(
        [
            question("faces", "scale"),
            question("many", "select_multiple", "a", "b"),
            {**question("hall", "grid"), "rows": [{"name": "seat", "label": {"hi": "आसन", "en": "Seat"}}]},
            question("sure", "acknowledge"),
        ],
        [
            question("low", "integer", relevant=["<", ["get", "faces"], ["num", "3"]]),
            question("chose_b", "integer", relevant=["selected", ["get", "many"], ["str", "b"]]),
            question("no_seat", "integer", relevant=["=", ["get", "hall", "seat"], ["num", "1"]]),
            question("was_sure", "integer", relevant=["=", ["get", "sure"], ["str", "OK"]]),
        ],
    )
    walk = SurveyWalk(definition_)
    answers = {"faces": 2, "many": ["a", "b"], "hall": {"seat": 1}, "sure": True}
    assert names(walk, 1, answers) == ["low", "chose_b", "no_seat", "was_sure"]
    assert names(walk, 1, {"faces": None}) == []


def is_(name: str, value: str) -> list[object]:
    return ["=", ["get", name], ["str", value]]


def test_what_hangs_on_a_question_that_is_not_asked_is_not_asked() -> None:
    walk = SurveyWalk(
        definition(
            [question("a", "select_one", "yes", "no")],
            [question("b", "select_one", "yes", "no", relevant=is_("a", "yes"))],
            [question("c", "integer", relevant=is_("b", "yes")), question("d", "integer")],
        )
    )
    assert names(walk, 2, {"a": "yes", "b": "yes"}) == ["c", "d"]
    assert names(walk, 2, {"a": "no", "b": "yes"}) == ["d"]
    assert walk.relevant({"a": "no", "b": "yes"}, TODAY) == {"a", "d"}


def test_on_one_page_only_what_may_still_come_to_be_asked_is_shown() -> None:
    walk = SurveyWalk(
        definition(
            [question("a", "select_one", "yes", "no")],
            [
                question("b", "select_one", "yes", "no", relevant=is_("a", "yes")),
                question("c", "integer", relevant=is_("b", "yes")),
                question("d", "select_one", "yes", "no"),
                question("both", "integer", relevant=["and", is_("a", "yes"), is_("d", "yes")]),
                question("either", "integer", relevant=["or", is_("a", "yes"), is_("d", "yes")]),
                question("neither", "integer", relevant=["not", ["or", is_("a", "yes"), is_("d", "yes")]]),
            ],
        )
    )
    assert names(walk, 1, {"a": "yes"}) == ["b", "c", "d", "both", "either"]
    assert names(walk, 1, {"a": "no"}) == ["d", "either", "neither"]


def test_a_note_is_shown_only_where_it_applies_to_what_was_answered() -> None:
    walk = SurveyWalk(
        definition(
            [question("a", "select_one", "yes", "no"), question("beside", "note", relevant=is_("a", "yes"))],
            [question("later", "note", relevant=is_("a", "yes")), question("d", "integer")],
        )
    )
    assert names(walk, 0, {}) == ["a"]
    assert names(walk, 0, {"a": "yes"}) == ["a", "beside"]
    assert names(walk, 1, {"a": "yes"}) == ["later", "d"]
    assert names(walk, 1, {"a": "no"}) == ["d"]
    assert walk.relevant({"a": "yes"}, TODAY) == {"a", "beside", "later", "d"}
