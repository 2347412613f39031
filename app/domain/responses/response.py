"""Responses on their way in, and what the sender gets for each."""

import hashlib
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from uuid import UUID

from app.domain.codes.stamp import Stamp
from app.domain.codes.token import Token
from app.domain.json_value import JsonObject
from app.domain.problem import Problem, ProblemType
from app.domain.responses.device_claim import UNKNOWN, UNSIGNED, DeviceClaim, DeviceProof

#: how many responses one request may carry
BATCH_LIMIT = 100
#: bytes of one response's body; the longest built-in survey needs a tenth
BODY_LIMIT = 64 * 1024
#: bytes of the text that such a body becomes by padding, sealing and base64url
SEALED_LIMIT = (BODY_LIMIT + 1024) * 4 // 3
#: how deep answers may be nested: all of them, the rows of one, what was chosen in a row. No question asks for more
DEEPEST = 3

BATCH_TOO_MANY = ProblemType("batch.too_many", 413, "At most %(limit)s responses fit in one request.")
BATCH_MALFORMED = ProblemType("batch.malformed", 400, "The request is not a well-formed batch of responses: %(why)s")
RESPONSE_MALFORMED = ProblemType("response.malformed", 422, "This response cannot be read: %(why)s")
RESPONSE_VERSION = ProblemType("response.version", 422, "Responses of format %(v)s are not known here.")
RESPONSE_TOO_DEEP = ProblemType("response.too_deep", 422, "This response is nested deeper than any question asks for.")
RESPONSE_TOO_LARGE = ProblemType("response.too_large", 413, "A response may have at most %(limit)s bytes.")
SEALING_KEY_UNKNOWN = ProblemType("response.sealing_key_unknown", 422, "No sealing key %(kid)s is known here.")
SEAL_BROKEN = ProblemType(
    "response.seal_broken",
    422,
    "The sealed answer cannot be opened: it was changed, cut, or sealed for something else.",
)
SURVEY_VERSION_FOREIGN = ProblemType(
    "response.survey_version", 422, "This code does not belong to a published survey version %(version)s."
)
TOO_MANY_COPIES = ProblemType(
    "response.too_many_copies", 409, "Too many different answers came under one number. This one is not kept here."
)


class Status(StrEnum):
    """What became of a response. A device forgets it on `stored` and `duplicate`, and on nothing else."""

    STORED = "stored"
    DUPLICATE = "duplicate"
    REJECTED = "rejected"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Receipt:
    """The answer to one response, in the order they came. `id` is None where none could be read."""

    id: UUID | None
    status: Status
    number: str | None = None
    problem: Problem | None = None


@dataclass(frozen=True)
class Incoming:
    """One response whose envelope has been read and whose token has been verified.

    `stamp` is None where there was none or it is not ours. `body` is the plain body as it arrived, or what was
    sealed without its padding; `answers` is its content.
    """

    id: UUID
    token: Token
    survey_version_id: int
    language: str
    claimed_week: date | None
    stamp: Stamp | None
    body: bytes
    answers: JsonObject
    #: the device it says it comes from, and what that is worth once it was looked at
    claim: DeviceClaim | None = None
    proof: DeviceProof | None = None
    #: sent by a page without script: it carries no id, so that a second tap is told by what it holds
    by_form: bool = False
    #: random bytes of the device, of which its confirmation number is made; None if the server makes it
    receipt: bytes | None = None

    @property
    def device_proof(self) -> DeviceProof | None:
        """What the device is worth; None where none was named and none is needed."""
        if self.proof is None and self.claim is not None:
            return UNSIGNED
        if self.proof is None and self.token.channel.is_on_device:
            return UNKNOWN
        return self.proof

    @cached_property
    def digest(self) -> bytes:
        return hashlib.sha256(self.body).digest()

    @property
    def arrival_digest(self) -> bytes:
        """What screening compares; with a form goes the hour of the page that it came from."""
        if not self.by_form or self.stamp is None:
            return self.digest
        return hashlib.sha256(self.stamp.payload() + self.body).digest()
