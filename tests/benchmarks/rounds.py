"""The results day of a poll, with ten thousand and with fifty thousand answers: how long the worker has the write lock.

The answers lie at the link of a state, as those of a poll that went round do. Seconds of the processor. Each minute the
worker looks whether a day has come, which is the last figure.
"""

import time
from collections.abc import Iterator
from datetime import timedelta
from random import Random

from app.domain.codes.channel import Channel
from app.jobs.publishing import publish_rounds
from app.models import Place, SurveyVersion
from app.transaction import transaction
from tests.benchmarks.harness.measure import Figure
from tests.benchmarks.harness.rooms import room
from tests.benchmarks.harness.transactions import transactions_seen
from tests.factories import VISIT, add_responses
from tests.factories.surveys.rounds import FIRST, RESULTS_AT, add_ballot

_PORTION = 5_000


def figures() -> Iterator[Figure]:
    for answers in (10_000, 50_000):
        with room(VISIT):
            _answer(answers, Random(1))  # noqa: S311
            begun = time.process_time()
            with transactions_seen() as held:
                publish_rounds(RESULTS_AT)
            yield Figure(f"results day, {answers:,} answers", time.process_time() - begun, "s")
            yield Figure("  longest transaction", max(held.cpu), "s", 1)
            begun = time.process_time()
            publish_rounds(RESULTS_AT + timedelta(minutes=1))
            yield Figure("  a minute later, nothing due", 1000 * (time.process_time() - begun), "ms", 20)


def _answer(answers: int, chance: Random) -> None:
    with transaction() as session:
        made = add_ballot(session)
    week = FIRST - timedelta(days=FIRST.weekday())
    for _ in range(answers // _PORTION):
        given = [
            {"first": chance.choice(("patrol", "traffic", "fraud")), "second": chance.choice(("yes", "no"))}
            for _ in range(_PORTION)
        ]
        with transaction() as session:
            place, version = session.get_one(Place, made.state_id), session.get_one(SurveyVersion, made.version_id)
            add_responses(session, place, version, week, given, channel=Channel.HANDLE)
