"""What is refused, with its place: sheet, row and column."""

from tests.factories.xlsform.forms import found, settings


def test_everything_that_is_wrong_is_said_at_once() -> None:
    problems = found(
        {
            "settings": settings(samvad_kind="exam", submission_url="https://example.in"),
            "survey": [
                ["type", "name", "label", "relevant", "default"],
                ["geopoint", "a", "x", "", ""],
                ["text", "b", "", "${z} = 1", ""],
                ["text", "b", "x", "", "y"],
            ],
            "choices": [
                ["list_name", "name", "label"],
                ["", "x", "x"],
                ["l", "a b", ""],
                ["l", "c", "x"],
                ["l", "c", "x"],
            ],
        }
    )
    assert problems == [
        ("settings", 3, "samvad_kind", "form.unknown_kind"),
        ("settings", 3, "submission_url", "form.unsupported_setting"),
        ("survey", 6, "type", "form.identifying_type"),
        ("survey", 7, "label", "form.no_label"),
        ("survey", 7, "relevant", "form.unknown_question"),
        ("survey", 8, "name", "form.duplicate_name"),
        ("survey", 8, "default", "form.unsupported_column"),
        ("choices", 11, "list_name", "form.no_list_name"),
        ("choices", 12, "name", "form.bad_name"),
        ("choices", 12, "label", "form.no_label"),
        ("choices", 14, "name", "form.duplicate_choice"),
    ]
