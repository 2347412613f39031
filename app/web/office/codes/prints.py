"""Prints: choose what and in which language, see the first sheet as it will be, get all of them as one file."""

from dataclasses import replace

from flask import Response, redirect, render_template, request, stream_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, RadioField, SelectChoice

from app.documents.prints import draw_prints, draw_step_by_step
from app.domain.accounts.role import Permission
from app.domain.codes.print_formats import PaperLanguage, Printable
from app.domain.problem import Problem
from app.formats.paper.pdfium import picture_of_page
from app.services.held_files import HeldKind
from app.transaction import reading
from app.web.context import now
from app.web.errors import sentence_of
from app.web.office.codes.placements import why_unprintable
from app.web.office.codes.print_choice import (
    LANGUAGE_WORDS,
    PRINTABLE_WORDS,
    PrintChoice,
    describe_choice,
    order_of,
    read_choice,
)
from app.web.office.downloads import PDF, attachment
from app.web.office.guard import open_to
from app.web.office.held import file_keeper, held_file
from app.web.office.progress import DrawingProgress

#: more sheets than this get a page with a bar; fewer are there before one could read it
AT_ONCE = 200


class PrintForm(FlaskForm):  # type: ignore[misc]
    what = RadioField(
        _l("What will be printed?"), choices=[SelectChoice(one.value, words) for one, words in PRINTABLE_WORDS.items()]
    )
    language = RadioField(
        _l("In which language?"), choices=[SelectChoice(one.value, words) for one, words in LANGUAGE_WORDS.items()]
    )
    crop_marks = BooleanField(
        _l("With crop marks, for a printing house"),
        description=_l(
            "Then every sheet is 2 cm larger than its paper, to be cut to size. For an office printer, leave them out."
        ),
    )


@open_to(Permission.ISSUE_PLACEMENTS, "/placements/prints")
def choose_prints() -> ResponseReturnValue:
    return _page(read_choice())


@open_to(Permission.ISSUE_PLACEMENTS, "/placements/prints", "POST")
def make_prints() -> ResponseReturnValue:
    form, choice = PrintForm(), read_choice()
    if not form.validate_on_submit():
        return _page(choice, form), 422
    what, language = Printable(form.what.data), PaperLanguage(form.language.data)
    chosen = replace(choice, what=what, language=language, crop_marks=form.crop_marks.data)
    if "look" in request.form:
        return redirect(url_for("office.codes.choose_prints", **chosen.arguments), 303)
    with reading() as session:
        order = order_of(session, chosen)
    if len(order.sheets) <= AT_ONCE:
        return redirect(url_for("office.codes.download_prints", **chosen.arguments), 303)
    making = DrawingProgress(draw_step_by_step(order), len(order.sheets), file_keeper(HeldKind.PRINTS))
    return Response(
        stream_template(
            "office/progress.html",
            making=making,
            fetch="office.codes.download_made_prints",
            arguments={},
            back=url_for("office.codes.choose_prints", **chosen.arguments),
        ),
        headers={"X-Accel-Buffering": "no", "Cache-Control": "no-store"},
    )


@open_to(Permission.ISSUE_PLACEMENTS, "/placements/prints/preview.png")
def show_print_preview() -> ResponseReturnValue:
    with reading() as session:
        order = order_of(session, read_choice())
    return Response(picture_of_page(draw_prints(order.first)), mimetype="image/png")


@open_to(Permission.ISSUE_PLACEMENTS, "/placements/prints/prints.pdf")
def download_prints() -> ResponseReturnValue:
    with reading() as session:
        order = order_of(session, read_choice())
    return attachment(draw_prints(order), order.file_name, PDF)


@open_to(Permission.ISSUE_PLACEMENTS, "/placements/prints/<token>.pdf")
def download_made_prints(token: str) -> ResponseReturnValue:
    return attachment(held_file(token, HeldKind.PRINTS), f"posters-{now():%Y-%m-%d}.pdf", PDF)


def _page(choice: PrintChoice, form: PrintForm | None = None) -> str:
    """The first sheet is drawn at once, so that what cannot be printed is said here and not by an empty picture."""
    refusal = ""
    order = None
    try:
        with reading() as session:
            unprintable = why_unprintable(session)
            order = order_of(session, choice)
        draw_prints(order.first)
    except Problem as problem:
        if problem.status in (403, 404):
            raise
        refusal = sentence_of(problem)
    return render_template(
        "office/codes/prints/choose.html",
        form=form or PrintForm(formdata=None, data=choice.arguments),
        choice=choice,
        order=order,
        said=describe_choice(order) if order else "",
        refusal=refusal,
        unprintable=unprintable,
    )
