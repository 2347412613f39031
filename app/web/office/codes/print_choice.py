"""What an officer chose to print: which codes, as what, in which language. It travels in the address."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from app.domain.codes.print_formats import PaperLanguage, Printable
from app.domain.codes.print_order import PrintOrder
from app.services.codes.placement_queries import PosterRun, poster_runs
from app.services.codes.print_orders import order_prints
from app.services.places.ancestry import subtree_ids
from app.web.context import context, now, today
from app.web.office.codes.placements import placement_within
from app.web.office.guard import require_within, signed_in
from app.web.row_ids import read_drawn_id, read_row_id

#: each with what it is good for
PRINTABLE_WORDS = {
    Printable.POSTER_A4: _l("Poster, A4: for a wall, read from two metres"),
    Printable.POSTER_A3: _l("Poster, A3: for a large wall"),
    Printable.TENT_A4: _l("Counter card, A4: folded once, stands on a table"),
    Printable.TENT_A5: _l("Counter card, A5: the same, small"),
}
LANGUAGE_WORDS = {
    PaperLanguage.BOTH: _l("Hindi, with English beside it"),
    PaperLanguage.HINDI: _l("Hindi only"),
    PaperLanguage.ENGLISH: _l("English only"),
}


@dataclass(frozen=True, slots=True)
class PrintChoice:
    """Either ticked codes, or the active posters of one survey at spots of one name below a place."""

    ticked: tuple[int, ...]
    place_id: int | None
    survey_id: int | None
    spot: str
    what: Printable = Printable.POSTER_A4
    language: PaperLanguage = PaperLanguage.BOTH
    crop_marks: bool = False

    @property
    def selection(self) -> dict[str, object]:
        """Which codes, as arguments of an address."""
        if self.place_id is None:
            return {"placement": self.ticked}
        return {"place": self.place_id, "survey": self.survey_id, "spot": self.spot}

    @property
    def arguments(self) -> dict[str, Any]:
        marks = {"crop_marks": 1} if self.crop_marks else {}
        return {**self.selection, "what": self.what.value, "language": self.language.value, **marks}

    @property
    def back(self) -> Mapping[str, int] | None:
        """The one code that is printed, if it is one."""
        return {"placement_id": self.ticked[0]} if self.place_id is None and len(self.ticked) == 1 else None


def read_choice() -> PrintChoice:
    """What the address says, as far as it makes sense."""
    asked = request.args
    return PrintChoice(
        ticked=tuple(dict.fromkeys(asked.getlist("placement", type=read_drawn_id))),
        place_id=asked.get("place", type=read_row_id),
        survey_id=asked.get("survey", type=read_row_id),
        spot=asked.get("spot", ""),
        what=asked.get("what", Printable.POSTER_A4, type=Printable),
        language=asked.get("language", PaperLanguage.BOTH, type=PaperLanguage),
        crop_marks="crop_marks" in asked,
    )


def chosen_placements(session: Session, choice: PrintChoice) -> tuple[int, ...]:
    """Problem `placement.unknown`, or `place.foreign` for what is not for a place of this account."""
    if choice.place_id is None:
        for placement_id in choice.ticked:
            placement_within(session, placement_id)
        return choice.ticked
    wanted = (choice.survey_id, choice.spot)
    runs = runs_below(session, choice.place_id)
    return tuple(id_ for run in runs if (run.survey_id, run.hung_at) == wanted for id_ in run.placement_ids)


def runs_below(session: Session, place_id: int) -> tuple[PosterRun, ...]:
    require_within(session, place_id)
    return poster_runs(session, subtree_ids(session, place_id, today()), now=now())


def order_of(session: Session, choice: PrintChoice) -> PrintOrder:
    """What was chosen, ready to be drawn. Problems of `order_prints`."""
    chosen = chosen_placements(session, choice)
    below = choice.place_id if choice.place_id is not None else signed_in().place_id
    return order_prints(
        session,
        chosen,
        below=below if len(chosen) > 1 else None,
        what=choice.what,
        language=choice.language,
        crop_marks=choice.crop_marks,
        address=context().settings.address,
        signer=context().tokens,
        now=now(),
    )


def describe_choice(order: PrintOrder) -> str:
    """In a few words, what will be on paper."""
    if len(order.sheets) == 1:
        return order.sheets[0].hung_at
    return str(_("%(count)s sheets, with lists for signatures", count=f"{len(order.sheets):,}"))
