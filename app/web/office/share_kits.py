"""The share kit of an official link: pictures and captions, one by one or as one file."""

from flask import Blueprint, Response
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.domain.printable import PaperLanguage, ShareShape
from app.domain.role import Permission
from app.services.placements import get_placement
from app.services.share_kits import ShareKit, draw_picture, order_share_kit, zip_kit
from app.transaction import reading
from app.web.context import context, now
from app.web.office.guard import allowed, require_within


def add_routes(office: Blueprint) -> None:
    handle = "/handles/<drawn:placement_id>"
    office.add_url_rule(f"{handle}/<any(wide, square, tall):shape>-<any(hi, en):language>.png", "share_picture", show)
    office.add_url_rule(f"{handle}/kit.zip", "share_kit", download)


@allowed(Permission.ISSUE_HANDLES)
def show(placement_id: int, shape: str, language: str) -> ResponseReturnValue:
    picture = draw_picture(_kit(placement_id), ShareShape(shape), PaperLanguage(language))
    return Response(picture, mimetype="image/png")


@allowed(Permission.ISSUE_HANDLES)
def download(placement_id: int) -> ResponseReturnValue:
    headers = {"Content-Disposition": f'attachment; filename="share-kit-{placement_id}.zip"'}
    return Response(zip_kit(_kit(placement_id)), mimetype="application/zip", headers=headers)


def kit_of(session: Session, placement_id: int) -> ShareKit:
    """Problems `placement.unknown`, `placement.not_a_link`, `place.foreign` and `print.host_unconfirmed`."""
    require_within(session, get_placement(session, placement_id, now=now()).place_id)
    settings = context().settings
    return order_share_kit(session, placement_id, address=settings.address, signer=context().tokens, now=now())


def _kit(placement_id: int) -> ShareKit:
    with reading() as session:
        return kit_of(session, placement_id)
