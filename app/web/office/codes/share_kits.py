"""The share kit of an official link: pictures and captions, one by one or as one file."""

from flask import Response
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.documents.links.share_kits import draw_picture, zip_kit
from app.domain.accounts.role import Permission
from app.domain.codes.print_formats import PaperLanguage, ShareShape
from app.domain.codes.share_kit import ShareKit
from app.services.codes.placement_queries import get_placement
from app.services.codes.share_kits import order_share_kit
from app.transaction import reading
from app.web.context import context, now
from app.web.office.downloads import attachment
from app.web.office.guard import open_to, require_within


@open_to(
    Permission.ISSUE_HANDLES, "/handles/<drawn:placement_id>/<any(wide, square, tall):shape>-<any(hi, en):language>.png"
)
def show_share_picture(placement_id: int, shape: str, language: str) -> ResponseReturnValue:
    picture = draw_picture(_kit(placement_id), ShareShape(shape), PaperLanguage(language))
    return Response(picture, mimetype="image/png")


@open_to(Permission.ISSUE_HANDLES, "/handles/<drawn:placement_id>/kit.zip")
def download_share_kit(placement_id: int) -> ResponseReturnValue:
    return attachment(zip_kit(_kit(placement_id)), f"share-kit-{placement_id}.zip", "application/zip")


def kit_of(session: Session, placement_id: int) -> ShareKit:
    """Problems `placement.unknown`, `placement.not_a_link`, `place.foreign` and `print.host_unconfirmed`."""
    require_within(session, get_placement(session, placement_id, now=now()).place_id)
    settings = context().settings
    return order_share_kit(session, placement_id, address=settings.address, signer=context().tokens, now=now())


def _kit(placement_id: int) -> ShareKit:
    with reading() as session:
        return kit_of(session, placement_id)
