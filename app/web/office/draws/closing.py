"""Closing a list of cases: choose the place, upload the digests, look at what will be closed, close it."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from unicodedata import normalize

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import IntegerField, RadioField, SelectChoice, SelectField, StringField
from wtforms.validators import InputRequired, Length
from wtforms.widgets import TextInput

from app.domain.accounts.role import Permission
from app.domain.codes.channel import Evidence
from app.domain.draws import case_list as rules
from app.domain.draws.case_digests import DIGESTS_REFUSED, MOST_CASES, MOST_TOLD, read_digests
from app.domain.draws.case_list import LIST_STATION, LONGEST_SOURCE, MOST_OF_ALL, ListOrder, SeedFrom
from app.domain.free_text import ascii_digits, without_controls
from app.domain.problem import Problem
from app.domain.quarter import quarter_label, quarter_of, read_quarter
from app.domain.slips.slip_batch import Assurance
from app.formats.tables.reading import read_table
from app.services.draws.case_lists import cases_listed_twice
from app.services.draws.foresight import reasons_foreseen
from app.services.held_files import HELD_GONE
from app.services.places.queries import find_place
from app.transaction import reading
from app.web.context import context, now, today
from app.web.errors import sentence_of
from app.web.office.days import DayField
from app.web.office.draws.case_lists import sure_field
from app.web.office.draws.words import EVIDENCE_WORDS, SEED_WORDS, said_against
from app.web.office.guard import (
    open_to,
    require_above_station,
    require_own_place,
    require_within,
    signed_in,
    takes_up_to,
)
from app.web.office.places.choice import choose_place
from app.web.office.refusals import show_refusal
from app.web.office.slips.assurances import ASSURANCE_WORDS, left_out_field
from app.workflows.links.draws import close_held_list, hold_order, take_held_order

#: a digest and the end of its line, for as many cases as a list may hold
MOST_BYTES = 8 * 1024 * 1024
#: so many quarters that are over are offered
QUARTERS = 6
_DECOYS = 40


class CountField(IntegerField):  # type: ignore[misc]
    """A number that is typed in the digits of any script."""

    data: int
    widget = TextInput()

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        text = ascii_digits("".join(valuelist)).replace(",", "").strip()
        is_number = text.isascii() and text.isdigit() and len(text) <= len(str(MOST_OF_ALL))
        if not is_number or int(text) > MOST_OF_ALL:
            raise ValueError(_("Please write a number in digits, such as 48."))
        self.data = int(text)


def _count(label: str, description: str = "", default: int | None = None) -> CountField:
    needed = [InputRequired(_l("Please write a number in digits, such as 48."))]
    more = {"inputmode": "numeric", "size": 8, "maxlength": 12, "autocomplete": "off"}
    return CountField(label, needed, description=description, default=default, render_kw=more)


class CaseListForm(FlaskForm):  # type: ignore[misc]
    quarter = SelectField(_l("Quarter"), [InputRequired()])
    evidence = RadioField(
        _l("How are those who are drawn asked?"),
        choices=[SelectChoice(one.value, words) for one, words in EVIDENCE_WORDS.items()],
        default=Evidence.INVITED.value,
    )
    file = FileField(
        _l("Digests of the cases"),
        [FileRequired(_l("Please choose a file."))],
        description=_l("An .xlsx file, or CSV saved as “CSV UTF-8”, with a single column, “case”."),
    )
    all_cases = _count(_l("Cases of the quarter in all"))
    contactable = _count(
        _l("Of these, contactable"), _l("With a number at which somebody can be reached, before anybody was taken out.")
    )
    draw = _count(_l("How many will be drawn?"))
    decoys = _count(
        _l("Decoys"),
        _l("Invitations for nobody. If one is used, somebody answers for others. Fewer than 40 prove little."),
        _DECOYS,
    )
    seed_from = RadioField(
        _l("Where will the seed come from?"),
        choices=[SelectChoice(one.value, words) for one, words in SEED_WORDS.items()],
        default=SeedFrom.DICE.value,
    )
    seed_source = StringField(
        _l("Which beacon, and which round"),
        [Length(max=LONGEST_SOURCE)],
        description=_l("For a beacon only, such as: drand quicknet, round 15000000."),
    )
    seed_on = DayField(
        _l("Day of the seed"),
        [InputRequired(_l("Please choose a day."))],
        description=_l("Later than today: nobody may know the seed when the list is closed."),
    )
    left_out = left_out_field()

    def order(self, place_id: int) -> ListOrder:
        """Problems `file.…` and `case_list.refused`."""
        with self.file.data.stream as stream:
            content = stream.read(MOST_BYTES + 1)
        seed_from = SeedFrom(self.seed_from.data)
        evidence = Evidence(self.evidence.data)
        return ListOrder(
            place_id=place_id,
            quarter=read_quarter(self.quarter.data) or today(),
            evidence=evidence,
            all_cases=self.all_cases.data,
            contactable=self.contactable.data,
            draw=self.draw.data,
            decoys=self.decoys.data,
            seed_from=seed_from,
            seed_source=_line(self.seed_source.data) if seed_from is SeedFrom.BEACON else None,
            seed_on=self.seed_on.data,
            left_out=frozenset(map(Assurance, self.left_out.data or ())),
            digests=read_digests(read_table(content, most_rows=MOST_CASES + 10, most_bytes=MOST_BYTES)),
        )

    def show(self, problem: Problem) -> None:
        fields = {
            rules.LIST_CLOSED: self.quarter,
            rules.QUARTER_AHEAD: self.quarter,
            rules.CONTACTABLE_TOO_FEW: self.contactable,
            rules.ALL_TOO_FEW: self.all_cases,
            rules.DRAW_TOO_MANY: self.draw,
            rules.SERIALS_TOO_MANY: self.draw,
            rules.DECOYS_NOT_ASKED: self.decoys,
            rules.SOURCE_MISSING: self.seed_source,
            rules.SEED_TOO_SOON: self.seed_on,
            rules.SEED_TOO_LATE: self.seed_on,
            rules.NOT_ASSURED: self.left_out,
        }
        is_of_file = problem.type is DIGESTS_REFUSED or problem.code.startswith("file.")
        show_refusal(self, problem, self.file if is_of_file else fields.get(problem.type))


class CloseForm(FlaskForm):  # type: ignore[misc]
    sure = sure_field()


@open_to(Permission.MANAGE_DRAWS, "/draws/new")
def find_for_list() -> ResponseReturnValue:
    return choose_place("office/draws/find.html")


@open_to(Permission.MANAGE_DRAWS, "/draws/new/<int:place_id>", "GET", "POST")
@takes_up_to(MOST_BYTES)
def prepare(place_id: int) -> ResponseReturnValue:
    with reading() as session:
        require_above_station(session, LIST_STATION)
        require_within(session, place_id)
        place = find_place(session, place_id)
    form = CaseListForm()
    form.quarter.choices = [SelectChoice(quarter_label(first)) for first in _quarters(today())]
    problems: Iterable[Problem] = ()
    if form.validate_on_submit():
        try:
            instance, owner = context().settings.instance, signed_in().id
            token = hold_order(instance, form.order(place_id), owner=owner, now=now())
            return redirect(url_for("office.draws.review", token=token), 303)
        except Problem as problem:
            form.show(problem)
            problems = problem.parts
    page = render_template(
        "office/draws/prepare.html",
        form=form,
        place=place,
        problems=problems,
        most=MOST_TOLD,
        most_cases=MOST_CASES,
        sentence_of=sentence_of,
    )
    return page, 422 if form.is_submitted() else 200


@open_to(Permission.MANAGE_DRAWS, "/draws/new/review/<token>", "GET", "POST")
def review(token: str) -> ResponseReturnValue:
    """What will be closed; and closing it, for good."""
    instance, owner = context().settings.instance, signed_in().id
    try:
        order = take_held_order(instance, token, owner=owner, now=now())
    except Problem as problem:
        if problem.type is not HELD_GONE:
            raise
        flash(_("Nothing waits here any more: the list has been closed, or an hour has passed."), "info")
        return redirect(url_for("office.draws.show_lists"), 303)
    require_own_place(order.place_id)
    form, status = CloseForm(), 422
    if form.validate_on_submit():
        try:
            list_id = close_held_list(instance, token, owner=owner, now=now())
        except Problem as problem:
            if problem.type is HELD_GONE:
                raise
            show_refusal(form, problem)
            status = problem.status
        else:
            flash(_("The list is closed. Nobody can change it any more."), "good")
            return redirect(url_for("office.draws.show_list", list_id=list_id), 303)
    with reading() as session:
        place = find_place(session, order.place_id)
        against = reasons_foreseen(session, order, now())
        shared = cases_listed_twice(session, order)
    page = render_template(
        "office/draws/review.html",
        form=form,
        against=said_against(against),
        shared=shared,
        few=rules.SMALL_LIST,
        order=order,
        place=place,
        quarter=quarter_label(order.quarter),
        evidence=EVIDENCE_WORDS,
        seeds=SEED_WORDS,
        assurances=ASSURANCE_WORDS.values(),
    )
    return page, status if form.is_submitted() else 200


def _quarters(today: date) -> Iterator[date]:
    """Those that are over, the newest first; then the present one, of which cases are still to come."""
    first = present = quarter_of(today)
    for _before in range(QUARTERS):
        first = quarter_of(first - timedelta(days=1))
        yield first
    yield present


def _line(text: str | None) -> str:
    return " ".join(without_controls(normalize("NFC", text or "")).split())
