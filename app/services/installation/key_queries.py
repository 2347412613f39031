"""The keys of an installation, as they are listed for whoever runs it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import SigningKey
from app.services.installation.sealing_keys import sealing_keys_since


@dataclass(frozen=True, slots=True)
class KeyLine:
    """`made_on` is None for a key that nothing was done with yet; `newest` is the one in use."""

    purpose: str
    id: int
    made_on: date | None
    newest: bool
    cut_off_on: date | None = None


def list_keys(session: Session, *, signing: Collection[int], sealing: Collection[int]) -> list[KeyLine]:
    """A line for each key whose secret is held."""
    noted = {key.id: key for key in session.scalars(select(SigningKey))}
    ended = {key.id: key.cut_off_on for key in noted.values()}
    signing_since = {key.id: key.created_on for key in noted.values()}
    purposes = (("signing", signing, signing_since), ("sealing", sealing, sealing_keys_since(session)))
    return [
        KeyLine(purpose, key, since.get(key), key == max(held), ended.get(key) if purpose == "signing" else None)
        for purpose, held, since in purposes
        for key in sorted(held)
    ]
