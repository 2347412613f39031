"""Why an answer is set aside."""

from enum import StrEnum


class Reason(StrEnum):
    """Why an answer is set aside. Stable codes; shown in words by the report.

    In the order in which a verdict names them: it is published under the first.
    """

    STAMP_MISSING = "stamp_missing"
    STAMP_FOREIGN = "stamp_foreign"
    STAMP_FUTURE = "stamp_future"
    CODE_STALE = "code_stale"
    LATE = "late"
    EXPIRED = "expired"
    RETIRED = "retired"
    COMPROMISED = "compromised"
    KEY_CUT_OFF = "key_cut_off"
    SURVEY_CLOSED = "survey_closed"
    BEFORE_OPENING = "before_opening"
    AFTER_RESULTS = "after_results"
    RULES_BROKEN = "rules_broken"
    EMPTY = "empty"
    REPEATED = "repeated"
    DEVICE_UNKNOWN = "device_unknown"
    DEVICE_REVOKED = "device_revoked"
    DEVICE_FOREIGN = "device_foreign"
    SIGNATURE_INVALID = "signature_invalid"
    SEQUENCE_USED = "sequence_used"
    SERIAL_USED = "serial_used"
    SERIAL_CANCELLED = "serial_cancelled"
    SERIAL_UNKNOWN = "serial_unknown"
    DECOY = "decoy"
    CODE_CROWDED = "code_crowded"
    COPIED = "copied"
