"""The attacker of drivers: every edition of a year of two districts and their state, and how it is made.

The attacker is given more than anybody has: of the releases of each week and district exactly how many found each topic
good and how many were satisfied, without any rounding. What is not known is how many were both, which is what a joint
counter says; the three others follow from it. So other years are looked for in which all those numbers are the same and
every edition names the same topics with the same figures, while so many were both that the attacker would reckon.
Where there are such years, nobody can, whatever is added up or subtracted.

From a year to the next, two people of a release exchange what they found of a topic, which leaves every question as it
was, and two of another release the other way round.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from random import Random

import pytest

from app.domain.figures.drivers.naming import drivers_of
from tests.benchmarks.harness.worlds import LAYOUT, TOPICS, counters_of, invent, vector_of

#: an edition is of the newest thirteen weeks
WEEKS, WINDOW = 52, 13
#: answers a week: of one district there are two hundred in a quarter, of the other only the state can tell anything
RATES = {"large": 24, "small": 12}
STATE = "state"
#: the bit of a kind of person that says so
SATISFIED = 1 << TOPICS
#: exchanges that are weighed against each other, and how often it is tried to reach another year
WEIGHED, TRIED = 4, 1500

#: the place and week, or last week
Release = tuple[str, int]
Edition = tuple[str, int]
#: one who found it good, one who did not
Pair = tuple[int, int]


class Year:
    """Who is in which release, by kind of person, and what the editions are made of and tell."""

    def __init__(self, seed: int) -> None:
        self.chance = Random(seed)  # noqa: S311
        world = invent(self.chance)
        self.people = {
            (district, week): world.people(self.chance, max(10, round(self.chance.gauss(rate, rate / 4))))
            for district, rate in RATES.items()
            for week in range(WEEKS)
        }
        self.vectors = {(place, last): self.vector(place, last) for place in (*RATES, STATE) for last in range(WEEKS)}
        self.told = {edition: drivers_of(LAYOUT, vector) for edition, vector in self.vectors.items()}

    def vector(self, place: str, last: int) -> list[int]:
        districts = RATES if place == STATE else (place,)
        weeks = range(max(0, last + 1 - WINDOW), last + 1)
        return vector_of(Counter(kind for each in districts for week in weeks for kind in self.people[each, week]))

    @property
    def named(self) -> list[int]:
        """The topics that some edition names: of these most is known."""
        names = {driver.name for drivers in self.told.values() for driver in drivers.named}
        return [at for at, topic in enumerate(LAYOUT.topics) if topic.key[0] in names]

    def both(self, releases: Sequence[Release], topic: int) -> int:
        """How many found it good and were satisfied."""
        return sum(kind >> topic & 1 and kind >= SATISFIED for each in releases for kind in self.people[each])

    def is_known(self, release: Release, topic: int) -> bool:
        """Whether how many found it good, and how many were satisfied, leave fewer than three numbers by themselves."""
        people = self.people[release]
        good = sum(kind >> topic & 1 for kind in people)
        satisfied = sum(kind >= SATISFIED for kind in people)
        return min(good, satisfied) - max(0, good + satisfied - len(people)) < 2

    def reckoned(self, releases: Sequence[Release], topic: int) -> set[int]:
        """The numbers of people who were both in the years that are told alike, until there are three."""
        seen = {self.both(releases, topic)}
        for _ in range(TRIED):
            release = self.chance.choice(releases)
            if self.chance.random() < 0.5:
                self._lead_on(release, topic)
            else:
                self._lead_on(self._near(release), self.chance.randrange(TOPICS))
            seen.add(self.both(releases, topic))
            if len(seen) > 2:
                break
        return seen

    def _lead_on(self, release: Release, topic: int) -> None:
        """To another year, if it is told alike: with one more or one fewer here, and the opposite somewhere near."""
        more, other = self.chance.random() < 0.5, self._near(release)
        options = [
            {release: here, other: there}
            for _ in range(WEIGHED)
            if (here := self._pair(release, topic, more=more)) and (there := self._pair(other, topic, more=not more))
        ]
        if not options:
            return
        pairs = min(options, key=lambda pairs: sum(map(abs, self._change(pairs, topic).values())))
        vectors = dict(self._changed(pairs, topic))
        if all(drivers_of(LAYOUT, vector) == self.told[edition] for edition, vector in vectors.items()):
            self.vectors |= vectors
            for each, pair in pairs.items():
                for at in pair:
                    self.people[each][at] ^= 1 << topic

    def _near(self, release: Release) -> Release:
        district, week = release
        if self.chance.random() < 0.25:
            return next(other for other in RATES if other != district), week
        return district, self.chance.choice([at for at in range(week - 3, week + 4) if 0 <= at < WEEKS and at != week])

    def _pair(self, release: Release, topic: int, *, more: bool) -> Pair | None:
        """Whom to let exchange, so that one more is both, or one fewer."""
        people = list(enumerate(self.people[release]))
        good = [at for at, kind in people if kind >> topic & 1 and (kind < SATISFIED) == more]
        poor = [at for at, kind in people if not kind >> topic & 1 and (kind >= SATISFIED) == more]
        return (self.chance.choice(good), self.chance.choice(poor)) if good and poor else None

    def _change(self, pairs: Mapping[Release, Pair], topic: int) -> Counter[int]:
        """What these exchanges do to each counter."""
        change: Counter[int] = Counter()
        for release, pair in pairs.items():
            for kind in (self.people[release][at] for at in pair):
                change.subtract(counters_of(kind))
                change.update(counters_of(kind ^ 1 << topic))
        return change

    def _changed(self, pairs: Mapping[Release, Pair], topic: int) -> Iterator[tuple[Edition, list[int]]]:
        """The editions that another year would have other vectors of."""
        weeks = [week for _, week in pairs]
        for place in sorted({STATE, *(district for district, _ in pairs)}):
            for last in range(min(weeks), min(WEEKS, max(weeks) + WINDOW)):
                held = {
                    each: pair
                    for each, pair in pairs.items()
                    if place in (STATE, each[0]) and last - WINDOW < each[1] <= last
                }
                change = self._change(held, topic)
                if any(change.values()):
                    vector = self.vectors[place, last].copy()
                    for at, number in change.items():
                        vector[at] += number
                    yield (place, last), vector


def answers(year: Year, release: Release) -> list[int]:
    """How many found each topic good, and last how many were satisfied."""
    return [sum(kind >> at & 1 for kind in year.people[release]) for at in range(TOPICS + 1)]


@pytest.mark.parametrize("seed", [1, 4])
def test_how_many_were_both_can_be_reckoned_of_no_release_and_of_no_sum_of_them(seed: int) -> None:
    year = Year(seed)
    assert sum(bool(drivers.named) for drivers in year.told.values()) > 60
    assert not any(drivers.looked_at for (place, _), drivers in year.told.items() if place == "small")
    before = {release: answers(year, release) for release in year.people}

    small = [
        ([release], topic)
        for release in year.people
        for topic in year.named
        if year.both([release], topic) < 10 and not year.is_known(release, topic)
    ]
    # What the state tells less what the large district does would be of the small one alone.
    untold = [("small", week) for week in range(20, 20 + WINDOW)]
    for releases, topic in [*year.chance.sample(small, 3), (untold, year.chance.choice(year.named))]:
        assert len(year.reckoned(releases, topic)) > 1

    assert {release: answers(year, release) for release in year.people} == before
    assert {edition: drivers_of(LAYOUT, year.vector(*edition)) for edition in year.told} == year.told
