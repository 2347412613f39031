"""Templates of printables/, filled with what one department says on all its paper."""

from markupsafe import Markup

from app.domain.codes.print_formats import PaperLanguage
from app.domain.installation.department_view import DepartmentView
from app.domain.places.place import BilingualName
from app.formats.paper.pages import printable, render_page
from app.formats.pictures.emblems import data_address


class EmptyBoxes:
    """What a template writes into its slots: their names, and nothing else."""

    def box(self, name: str) -> Markup:
        return Markup('data-slot="{}"').format(name)

    def text(self, name: str) -> Markup:
        return Markup("")


def stylesheets(template: str) -> tuple[str, str]:
    """What all paper has in common, and the sheet beside the template, below printables/."""
    return "shared/paper.css", template.replace(".html", ".css")


def link_picture_stylesheets(template: str) -> tuple[str, str, str]:
    """Of a picture beside an address in messengers."""
    paper, own = stylesheets(template)
    return paper, "shared/link-picture.css", own


def template_html(
    template: str,
    department: DepartmentView,
    domain: str,
    language: PaperLanguage,
    slots: object = None,
    emblem: bytes | None = None,
    title: object = None,
    **values: object,
) -> str:
    """A template with what is the same on all its sheets; `slots` says what stands in its boxes, else nothing.

    `title` is what the questions are called, where they ask something else than how one was treated.
    """
    return render_page(
        template,
        language.first,
        both=language is PaperLanguage.BOTH,
        department=department,
        domain=domain,
        slots=slots or EmptyBoxes(),
        emblem=data_address(emblem) if emblem else "",
        title=title,
        **values,
    )


def named(name: BilingualName, language: PaperLanguage) -> str:
    """A name as a line of this paper says it."""
    second = second_name(name) if language is PaperLanguage.BOTH else ""
    return f"{name.in_language(language.first)} · {second}" if second else name.in_language(language.first)


def second_name(name: BilingualName) -> str:
    """The English name, where there is a Hindi one before it."""
    return name.en or "" if name.hi else ""


def clean(text: str) -> str:
    """Text without the characters that would disturb its line."""
    return str(printable(text))
