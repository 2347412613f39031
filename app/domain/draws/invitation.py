"""What is handed out of a draw: a link for each drawn case, and decoys among them that belong to nobody."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.draws.case_digests import DIGEST_BYTES
from app.domain.slips.slip_batch import MadeSlip


@dataclass(frozen=True, slots=True)
class Invitation:
    """A link and whose it is: `case` is a digest in hexadecimal digits, of no case where the slip is a decoy."""

    case: str
    slip: MadeSlip


def pair_cases(made: Sequence[MadeSlip], drawn: Sequence[bytes]) -> tuple[Invitation, ...]:
    """Each drawn case with a link and each decoy with random bytes, shuffled: who sends them cannot tell them apart.

    ValueError unless there are as many links that are no decoys as cases.
    """
    links = [slip for slip in made if not slip.is_decoy]
    invitations = [Invitation(digest.hex(), slip) for digest, slip in zip(drawn, links, strict=True)]
    invitations += [Invitation(secrets.token_hex(DIGEST_BYTES), slip) for slip in made if slip.is_decoy]
    secrets.SystemRandom().shuffle(invitations)
    return tuple(invitations)
