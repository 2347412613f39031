"""On patrol: type or photograph what is printed, see whether it is genuine, and say what was found."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.domain.accounts.role import Permission
from app.domain.codes.number import show_number
from app.domain.codes.sighting import HUNG, Finding
from app.domain.problem import Problem
from app.formats.pictures.code_photos import read_code_photo
from app.services.codes.checks import check_code
from app.services.codes.sightings import last_sightings, record_sighting
from app.transaction import reading, transaction
from app.web.context import context, now
from app.web.errors import sentence_of
from app.web.languages import reader_language
from app.web.office.codes.placements import placement_within
from app.web.office.codes.words import FINDING_WORDS, WORDS
from app.web.office.guard import open_to, own_place_ids, signed_in


@open_to(Permission.CHECK_PLACEMENTS, "/patrol", "GET", "POST")
def check_on_patrol() -> ResponseReturnValue:
    """What is typed is posted, since a slip's link is a secret; a number may stand in the address."""
    said, status, code, own, last = request.values.get("code", "").strip()[:300], 200, None, False, None
    error, photo_error = "", ""
    if photo := request.files.get("photo"):
        try:
            said = read_code_photo(photo.read())[:300]
        except Problem as problem:
            said, photo_error, status = "", sentence_of(problem), problem.status
    if said:
        settings = context().settings
        try:
            with reading() as session:
                checked = check_code(
                    session, said, address=settings.address, signer=context().tokens, codes=context().codes, now=now()
                )
                code = checked.placement
                own = code.place_id in own_place_ids(session)
                last = last_sightings(session, [code.id]).get(code.id) if own else None
        except Problem as problem:
            if problem.status >= 500:
                raise
            error, status = sentence_of(problem), problem.status
    page = render_template(
        "office/codes/patrol.html",
        said=said,
        error=error,
        photo_error=photo_error,
        code=code,
        own=own,
        last=last,
        findings=FINDING_WORDS,
        hung=HUNG,
        show_number=show_number,
        **WORDS,
    )
    return page, status


@open_to(Permission.CHECK_PLACEMENTS, "/placements/<drawn:placement_id>/seen", "POST")
def keep_sighting(placement_id: int) -> ResponseReturnValue:
    with reading() as session:
        placement = placement_within(session, placement_id)
    finding = request.form.get("finding", type=Finding)
    if finding is None:
        return redirect(url_for("office.codes.check_on_patrol", code=placement.number), 303)
    with transaction() as session:
        record_sighting(session, placement_id, finding, actor_id=signed_in().id, now=now())
    told = {"place": placement.place.in_language(reader_language()), "finding": FINDING_WORDS[finding]}
    if finding is Finding.HERE:
        flash(_("Kept for %(place)s: %(finding)s.", **told), "good")
    else:
        flash(
            _("Kept for %(place)s: %(finding)s. Take away what does not belong there, and print a new one.", **told),
            "warning",
        )
    return redirect(url_for("office.codes.check_on_patrol"), 303)
