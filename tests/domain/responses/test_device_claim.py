"""What a claim to come from a device is worth, case by case."""

import pytest

from app.domain.responses.device_claim import DeviceClaim, KnownDevice, judge_claim
from app.domain.responses.reason import Reason

CLAIM = DeviceClaim("7", 3, "signature", b"message")
DEVICE = KnownDevice(id=7, placement_id=40, public_key=b"", revoked=False)
REVOKED = KnownDevice(id=7, placement_id=40, public_key=b"", revoked=True)
UNNUMBERED = DeviceClaim("7", None, "signature", b"message")


@pytest.mark.parametrize(
    ("claim", "device", "holds", "placement_id", "reasons"),
    [
        (CLAIM, DEVICE, True, 40, []),
        (CLAIM, None, False, 40, [Reason.DEVICE_UNKNOWN]),
        (CLAIM, DEVICE, False, 40, [Reason.SIGNATURE_INVALID]),
        (UNNUMBERED, DEVICE, True, 40, [Reason.SIGNATURE_INVALID]),
        (CLAIM, REVOKED, True, 40, [Reason.DEVICE_REVOKED]),
        (CLAIM, REVOKED, False, 40, [Reason.SIGNATURE_INVALID]),
        (CLAIM, DEVICE, True, 41, [Reason.DEVICE_FOREIGN]),
        (CLAIM, REVOKED, True, 41, [Reason.DEVICE_REVOKED, Reason.DEVICE_FOREIGN]),
    ],
)
def test_what_a_claim_is_worth(
    claim: DeviceClaim, device: KnownDevice | None, holds: bool, placement_id: int, reasons: list[Reason]
) -> None:
    proof = judge_claim(claim, device, signature_holds=holds, placement_id=placement_id)
    assert list(proof.reasons) == reasons
    # Only who holds the key uses up a number.
    assert proof.number == ((7, 3) if holds and claim is CLAIM else None)
