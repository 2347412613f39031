"""What is done to those who are asked, to the ways to them, or to what they said; and what nobody does but silence."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.codes.channel import Evidence


@dataclass(frozen=True, slots=True)
class Tampering:
    """`how` it is printed. Parts are of 1, and how often is beside how often content people.

    An officer asks angry people `angry_asked` times as often, which nobody can who draws in public. Of contacts of
    angry people so many are `lost`, of those who have one `taken_out`, of invitations `stolen`, of interviews
    `invented`. `angry_answer` is no tampering:
    angry people answer so much more or less often, at every place of the department.
    """

    how: str
    evidence: Evidence = Evidence.INVITED
    angry_asked: float = 1.0
    lost: float = 0.0
    taken_out: float = 0.0
    stolen: float = 0.0
    invented: float = 0.0
    angry_answer: float = 1.0

    @property
    def drawn_in_public(self) -> bool:
        return self.angry_asked == 1

    @property
    def without(self) -> "Tampering":
        """The same people, of whom nobody is kept away and for whom nobody speaks."""
        return Tampering("nothing", self.evidence, angry_answer=self.angry_answer)


TAMPERINGS: Mapping[str, tuple[Tampering, ...]] = {
    "nothing-wrong": (Tampering("invitations"), Tampering("interviews", Evidence.SAMPLED)),
    "chosen-people": tuple(
        Tampering(f"angry ones asked {often:g} times as often", angry_asked=often) for often in (0.6, 0.3, 0.15)
    ),
    "lost-contacts": tuple(Tampering(f"{part:.0%} of angry ones lost", lost=part) for part in (0.2, 0.4, 0.7)),
    "taken-out": tuple(Tampering(f"{part:.0%} of angry ones taken out", taken_out=part) for part in (0.2, 0.4, 0.7)),
    "stolen-invitations": tuple(Tampering(f"{part:.0%} stolen", stolen=part) for part in (0.05, 0.1, 0.2)),
    "invented-interviews": tuple(
        Tampering(f"{part:.0%} invented", Evidence.SAMPLED, invented=part) for part in (0.1, 0.2, 0.4)
    ),
    "silence": (
        Tampering("angry ones answer twice as often", angry_answer=2.0),
        Tampering("angry ones answer half as often", angry_answer=0.5),
    ),
}
