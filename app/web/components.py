"""What pages are built of: the macros of `templates/components`, which every page knows as it knows `url_for`."""

from flask import Flask

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
    for file, macros in COMPONENTS.items():
        component = app.jinja_env.get_template(file).module
        app.jinja_env.globals.update((name, getattr(component, name)) for name in macros)
