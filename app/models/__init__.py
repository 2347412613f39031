"""The tables, one noun a file. Importing the package registers them all on the metadata. For services and the layers
above.
"""

from app.models.account import Account, EndedSession, RecoveryCode, SignInDelay
from app.models.arrival import Arrival
from app.models.audit import AuditEntry, AuditHead
from app.models.base import Base
from app.models.call_check import CallCheck
from app.models.case_count import CaseCount
from app.models.case_list import CaseList, Draw
from app.models.clock import ClockNote, JobRun
from app.models.commitment import Commitment, CommitmentEvent
from app.models.copy_proposal import CopyProposal
from app.models.department import Department
from app.models.device import Device, SequenceRun
from app.models.edition import Edition, EditionDay, EditionHold, EditionRelease
from app.models.finding import Finding, WeekWays
from app.models.job import Job
from app.models.joint import AwaitedJoint, JointListing, ReleaseJoint
from app.models.place import Parentage, Place
from app.models.placement import Placement
from app.models.post import Post, PostEvent, PostPicture, PostVersion
from app.models.public_results import PublicResultsDecision
from app.models.quiet_period import QuietBlock, QuietPeriod, QuietPlace
from app.models.quota import QuotaCell, QuotaPlan
from app.models.receipt import ReceiptList, ReceiptNumber
from app.models.record import RecordCheckpoint, RecordCosignature, RecordEntry, RecordFile, RecordNode
from app.models.refusal_count import RefusalCount
from app.models.release import AwaitedPart, Release, ReleaseMember, ReleasePart, WaitingCell
from app.models.response import ConflictingCopy, Response
from app.models.round import Round
from app.models.screen import CodeSlot, Screen
from app.models.screening_policy import ScreeningPolicy
from app.models.seal import SealTold, SealWeek, Unsealed
from app.models.sealing_key import SealingKey
from app.models.shuffle_run import ShuffleRun
from app.models.sighting import Sighting
from app.models.signing_key import SigningKey
from app.models.slip_batch import Redemption, Serial, SlipBatch, SlipBatchPart
from app.models.survey import KeptReading, Survey, SurveyVersion
from app.models.survey_audio import SurveyAudio
from app.models.tally import ReasonCell, StaleWeek, Tally, TallyMark
from app.models.verdict import Verdict

__all__ = [
    "Account",
    "Arrival",
    "AuditEntry",
    "AuditHead",
    "AwaitedJoint",
    "AwaitedPart",
    "Base",
    "CallCheck",
    "CaseCount",
    "CaseList",
    "ClockNote",
    "CodeSlot",
    "Commitment",
    "CommitmentEvent",
    "ConflictingCopy",
    "CopyProposal",
    "Department",
    "Device",
    "Draw",
    "Edition",
    "EditionDay",
    "EditionHold",
    "EditionRelease",
    "EndedSession",
    "Finding",
    "Job",
    "JobRun",
    "JointListing",
    "KeptReading",
    "Parentage",
    "Place",
    "Placement",
    "Post",
    "PostEvent",
    "PostPicture",
    "PostVersion",
    "PublicResultsDecision",
    "QuietBlock",
    "QuietPeriod",
    "QuietPlace",
    "QuotaCell",
    "QuotaPlan",
    "ReasonCell",
    "ReceiptList",
    "ReceiptNumber",
    "RecordCheckpoint",
    "RecordCosignature",
    "RecordEntry",
    "RecordFile",
    "RecordNode",
    "RecoveryCode",
    "Redemption",
    "RefusalCount",
    "Release",
    "ReleaseJoint",
    "ReleaseMember",
    "ReleasePart",
    "Response",
    "Round",
    "Screen",
    "ScreeningPolicy",
    "SealTold",
    "SealWeek",
    "SealingKey",
    "SequenceRun",
    "Serial",
    "ShuffleRun",
    "Sighting",
    "SignInDelay",
    "SigningKey",
    "SlipBatch",
    "SlipBatchPart",
    "StaleWeek",
    "Survey",
    "SurveyAudio",
    "SurveyVersion",
    "Tally",
    "TallyMark",
    "Unsealed",
    "Verdict",
    "WaitingCell",
    "WeekWays",
]
