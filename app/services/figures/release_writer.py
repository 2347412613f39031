"""Writing releases: rows, members, parts and the chains of digests."""

import json
import secrets
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from sqlalchemy import func, insert, select, tuple_
from sqlalchemy.orm import Session

from app.domain.figures.counters import add, pack, unpack
from app.domain.figures.disclosure import publishable_reasons
from app.domain.figures.release import PlannedBlock, ReleaseKind, digest_of
from app.domain.json_value import JsonObject
from app.models import Place, Release, ReleaseMember, ReleasePart, Survey, SurveyVersion
from app.services.figures.release_candidates import Candidate, Group
from app.services.figures.survey_counters import counter_of

SALT_BYTES = 16


class ReleaseWriter:
    """Adds releases to their chains: one chain for each place, version, evidence class and kind.

    Made once for a run, under the lock of the job, since it remembers where each chain ends.
    """

    def __init__(self, session: Session, published_on: date) -> None:
        self._session = session
        self._published_on = published_on
        self._heads = _heads(session)
        self._names = ChainNames(session)
        self._members: list[dict[str, object]] = []
        self._parts: list[dict[str, object]] = []

    def last_week(self, group: Group, kind: ReleaseKind) -> date | None:
        """The last week of the newest release of this kind, None before the first."""
        head = self._heads.get((*group, kind))
        return head.last_week if head else None

    def write_block(
        self, group: Group, kind: ReleaseKind, planned: PlannedBlock, candidates: Sequence[Candidate]
    ) -> Release:
        """Store a block with its members."""
        counted = [candidates[place] for place in planned.counted]
        aside = [candidates[place] for place in planned.set_aside]
        counter = counter_of(self._session, group.survey_version_id)
        week = planned.weeks.last
        reasons = Counter(one.reason or "" for one in aside)
        release = self._write(
            group,
            kind,
            (planned.weeks.first, planned.weeks.last),
            counter.count((one.answers for one in counted), week),
            set_aside_json(reasons, counter.count((one.answers for one in aside), week)),
        )
        self._members += ({"response_id": one.id, "release_id": release.id} for one in (*counted, *aside))
        return release

    def write_sum(self, group: Group, parts: Sequence[Release]) -> Release:
        """Store a release that is made of whole blocks."""
        release = self._write(
            group,
            ReleaseKind.SUM,
            (min(part.first_week for part in parts), max(part.last_week for part in parts)),
            add(unpack(part.counters) for part in parts),
            add_set_aside(part.set_aside for part in parts),
            parts,
        )
        self._parts += ({"parent_release_id": release.id, "release_id": part.id} for part in parts)
        return release

    def finish(self) -> None:
        """Write down which answers and blocks the releases of this run are made of."""
        if self._members:
            self._session.execute(insert(ReleaseMember), self._members)
        if self._parts:
            self._session.execute(insert(ReleasePart), self._parts)

    def _write(
        self,
        group: Group,
        kind: ReleaseKind,
        weeks: tuple[date, date],
        vector: Sequence[int],
        set_aside: str,
        parts: Iterable[Release] = (),
    ) -> Release:
        head = self._heads.get((*group, kind))
        release = Release(
            place_id=group.place_id,
            survey_version_id=group.survey_version_id,
            evidence=group.evidence.value,
            kind=kind.value,
            number=head.number + 1 if head else 1,
            first_week=weeks[0],
            last_week=weeks[1],
            published_on=self._published_on,
            responses=vector[0],
            counters=pack(vector),
            set_aside=set_aside,
            salt=secrets.token_bytes(SALT_BYTES),
            previous_digest=head.digest if head else "",
        )
        release.digest = digest_of(self._names.content(release, [part.digest for part in parts]))
        self._session.add(release)
        self._session.flush()
        self._heads[(*group, kind)] = release
        return release


class ChainNames:
    """What a release is called in its digest: names that survive a move to another database, not row numbers."""

    def __init__(self, session: Session) -> None:
        self._places = dict(session.execute(select(Place.id, Place.code)).all())
        columns = (SurveyVersion.id, Survey.slug, SurveyVersion.number, SurveyVersion.fingerprint)
        rows = session.execute(select(*columns).join(Survey, Survey.id == SurveyVersion.survey_id))
        self._versions = {id_: (slug, number, fingerprint) for id_, slug, number, fingerprint in rows}

    def content(self, release: Release, parts: Iterable[str]) -> JsonObject:
        """Everything the digest of a release covers. `parts` are the digests of its blocks."""
        slug, version, fingerprint = self._versions[release.survey_version_id]
        return {
            "place": self._places[release.place_id],
            "survey": slug,
            "version": version,
            "fingerprint": fingerprint,
            "evidence": release.evidence,
            "kind": release.kind,
            "number": release.number,
            "first_week": release.first_week.isoformat(),
            "last_week": release.last_week.isoformat(),
            "published_on": release.published_on.isoformat(),
            "responses": release.responses,
            "counters": release.counters.hex(),
            "set_aside": json.loads(release.set_aside),
            "parts": sorted(parts),
            "salt": release.salt.hex(),
            "previous": release.previous_digest,
        }


def set_aside_json(reasons: Mapping[str, int], vector: Sequence[int]) -> str:
    """What a release keeps of its set-aside answers."""
    told = publishable_reasons(reasons) if reasons else {}
    return _set_aside(sum(reasons.values()), told, vector)


def add_set_aside(stored: Iterable[str]) -> str:
    """The same for several blocks: a reason that a block does not name stays unnamed in the sum."""
    reasons: Counter[str] = Counter()
    vectors, number = [], 0
    for each in map(json.loads, stored):
        number += each["responses"]
        reasons.update(each["reasons"])
        vectors.append(unpack(bytes.fromhex(each["counters"])))
    return _set_aside(number, dict(reasons), add(vectors))


def _set_aside(number: int, reasons: Mapping[str, int], vector: Sequence[int]) -> str:
    kept = {"responses": number, "reasons": dict(reasons), "counters": pack(vector).hex()}
    return json.dumps(kept, sort_keys=True, separators=(",", ":"))


def _heads(session: Session) -> dict[tuple[int, int, str, str], Release]:
    chain = (Release.place_id, Release.survey_version_id, Release.evidence, Release.kind)
    newest = select(*chain, func.max(Release.number)).group_by(*chain)
    rows = session.scalars(select(Release).where(tuple_(*chain, Release.number).in_(newest)))
    return {(row.place_id, row.survey_version_id, row.evidence, row.kind): row for row in rows}
