"""Enrolled devices: what a device that an item names is worth."""

from dataclasses import dataclass

from app.domain.responses.reason import Reason


@dataclass(frozen=True, slots=True)
class DeviceClaim:
    """What an item says about the device it comes from, not yet believed."""

    device: str
    sequence: int | None
    signature: str | None
    #: the bytes that the signature is over
    message: bytes


@dataclass(frozen=True, slots=True)
class KnownDevice:
    """A device that has been enrolled."""

    id: int
    placement_id: int
    public_key: bytes
    revoked: bool


@dataclass(frozen=True, slots=True)
class DeviceProof:
    """A claim that was looked at: why it sets the response aside, and the device and number that it used up.

    `number` is None where no signature of a known device holds: anybody can write numbers.
    """

    reasons: tuple[Reason, ...] = ()
    number: tuple[int, int] | None = None


UNKNOWN = DeviceProof((Reason.DEVICE_UNKNOWN,))
UNSIGNED = DeviceProof((Reason.SIGNATURE_INVALID,))


def judge_claim(
    claim: DeviceClaim, device: KnownDevice | None, *, signature_holds: bool, placement_id: int
) -> DeviceProof:
    """What the claim is worth for a response to `placement_id`.

    A revoked device proves nothing about any time: whoever has it can sign with an old page's stamp. What
    arrives after the revocation is set aside, and what arrived before stays as it was.
    """
    if device is None:
        return UNKNOWN
    if not signature_holds or claim.sequence is None:
        return UNSIGNED
    holds = {Reason.DEVICE_REVOKED: device.revoked, Reason.DEVICE_FOREIGN: device.placement_id != placement_id}
    return DeviceProof(tuple(reason for reason, held in holds.items() if held), (device.id, claim.sequence))
