"""What pages are built of: the macros of `templates/components`, which every page knows as it knows `url_for`, and what
they must know of words to lay them out.
"""

import unicodedata

from flask import Flask

from app.domain.surveys.survey import Question, in_language

#: in an order in which each knows those that it is made of
COMPONENTS = {
    "components/breadcrumbs.html": ("breadcrumbs",),
    "components/button.html": ("actions", "link_button", "post_button", "submit"),
    "components/empty_state.html": ("empty_state",),
    "components/error_summary.html": ("error_summary",),
    "components/field.html": ("field", "fields", "labelled", "post_form", "select"),
    "components/confirm.html": ("confirm",),
    "components/notice.html": ("flashes", "notice"),
    "components/pagination.html": ("pagination",),
    "components/table.html": ("facts", "table", "tag"),
}


def register_components(app: Flask) -> None:
    """Comes last: a component may use whatever else templates know."""
    app.jinja_env.globals["has_short_words"] = has_short_words
    for file, macros in COMPONENTS.items():
        component = app.jinja_env.get_template(file).module
        app.jinja_env.globals.update((name, getattr(component, name)) for name in macros)


def has_short_words(question: Question, language: str) -> bool:
    """Whether the words of five faces fit below them, side by side on a small phone, none broken."""
    labels = [in_language(choice.label, language) for choice in question.choices]
    return all(
        len(label.split()) <= 2 and all(_width(word) <= 7 for word in label.replace("-", " ").split())
        for label in labels
    )


def _width(word: str) -> float:
    """Of a word, in Latin letters: those of other scripts are a third wider, and vowel signs beside them take room."""
    return sum(
        1 if letter.isascii() else {"Mn": 0, "Mc": 0.6}.get(unicodedata.category(letter), 1.35) for letter in word
    )
