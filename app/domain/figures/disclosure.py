"""What may be shown: the one module that decides it for pages, PDFs, CSVs and the API.

Whoever wants to learn what a single person answered has more than one page to compare: other periods, the
place above, last month's print. So no rule here looks at one page alone, and none looks at what was told before:
what is withheld because of that would tell it.

- Numbers of answers are numbers of whole releases, which are made of blocks of at least ten
  (`app.domain.figures.release`), rounded to the nearest 5. Subtracting any two leaves whole blocks.
- How many answered a question is said exactly (rounded) only if everybody did; else as a floor in tens, since
  the few who left it out would otherwise be the difference to the whole.
- No count of an answer is ever shown, only its share of those who answered, in steps that hide single
  people, and only if at least ten gave the answer and at least ten did not. Otherwise only a limit is said; below
  five hundred answers also where fewer than 5 in 100 gave it, or did not. From there on, a step is told if all that
  it stands for is ten or more.
- If the answers below ten of one question would add up to fewer than ten, the next smallest is withheld too,
  for what is left over to 100 would tell them.
- Every number in an interval comes from the rounded share and the rounded base, so it tells nothing new.
- The share of several answers together, and that with those who were set aside, is put together from what is told
  of each by itself, and of nothing else (`app.domain.figures.united`).
- A share tells no exact number by itself. Shares of times that overlap in part would, if there were enough of them, so
  there are none but editions (`app.domain.figures.editions.times`). Two shares that lie on either side of a step can
  still leave a single number of those by whom the one is of more people than the other; docs/methods.md says how often.
- How two questions go together is told only as a difference in steps of 5 in 100, from two hundred people who answered
  both, with ten in each of the four ways of answering them; its limits are made of that step and a width in steps.
  Of editions alone: told of every time that a reader may choose, so many steps would leave nothing open.
"""

from collections.abc import Mapping, Sequence
from itertools import accumulate
from math import ceil, floor

from app.domain.codes.channel import Evidence
from app.domain.figures import shown
from app.domain.figures.report import Change, Share, ShareKind, ShownCount
from app.domain.figures.statistics import in_hundred, in_points, newcombe, wilson

#: names these rules in what is kept for good; another number with every change of what may be told
POLICY = 4

MINIMUM = 10
MINIMUM_FOR_SHARES = 30
MINIMUM_FOR_COMPARISON = 50
MINIMUM_FOR_DRIVERS = 200
ROUNDING = 5
#: shares nearer than this to none or all are said as a limit, in 100, while fewer people than these answered
NEAR_UNANIMOUS = 5
SMALL_SHARES_FROM = 500
#: steps in 100 in which a difference between people who found a topic good and others is told
DRIVER_STEP = 5
#: smallest base and step in 100: a step stands for a few people at any size, and is well inside the interval
_STEPS = ((500, 1), (200, 2), (0, 5))

OTHER = "other"


def rounded(number: int) -> int:
    """To the nearest 5 (12 is 10, 13 is 15): no whole number lies halfway."""
    return ROUNDING * ((number + ROUNDING // 2) // ROUNDING)


def shown_responses(number: int) -> ShownCount:
    """How many answers the releases hold."""
    return shown.answers(None if number < MINIMUM else rounded(number))


def shown_base(responses: int, answered: int) -> ShownCount:
    """How many of these responses answered a question."""
    if answered < MINIMUM:
        return shown.people(None)
    if answered == responses and may_show_shares(answered):
        return shown.people(rounded(answered))
    # Below thirty always a floor: "about 30" beside "fewer than 30, so no figure" would contradict itself.
    return shown.people(_floor(answered), floor=True)


def shown_decided(number: int) -> ShownCount | None:
    """About how many answers a person decided; None below ten."""
    return shown.decided(rounded(number)) if number >= MINIMUM else None


def shown_set_aside(number: int) -> ShownCount:
    """How many answers the released blocks set aside; fewer than ten and none look the same."""
    return shown.set_aside(None if number < MINIMUM else rounded(number))


def shown_beside(numbers: Sequence[int]) -> tuple[int | None, ...]:
    """Numbers of people that stand side by side and whose sum may be known elsewhere; None is withheld.

    Below ten nothing is shown. If all that is withheld adds up to fewer than ten, and not to nothing, the next
    smallest is withheld too, for the sum would tell them.
    """
    withheld = {at for at, number in enumerate(numbers) if number < MINIMUM}
    told = sorted(set(range(len(numbers))) - withheld, key=lambda at: (numbers[at], at))
    if told and 0 < sum(numbers[at] for at in withheld) < MINIMUM:
        withheld.add(told[0])
    return tuple(None if at in withheld else rounded(number) for at, number in enumerate(numbers))


def step_of(base: int) -> int:
    """In which steps of 100 a share of so many people is told."""
    return next(step for smallest, step in _STEPS if base >= smallest)


def may_show_shares(answered: int) -> bool:
    return answered >= MINIMUM_FOR_SHARES


def may_stand_alone(part: int, whole: int) -> bool:
    """Whether a group may be told from the rest: it and the rest have ten each."""
    return part >= MINIMUM and whole - part >= MINIMUM


def were_chosen(evidence: Evidence) -> bool:
    """Whether others chose whom to ask, rather than people themselves whether to answer."""
    return evidence in (Evidence.INVITED, Evidence.SAMPLED)


def share_of(count: int, responses: int, answered: int, *, at_least: bool) -> Share:
    """How many in 100 of those who answered gave this answer, as far as it may be told.

    Ask `may_show_shares` first: ValueError below thirty. `at_least` says that people chose themselves.
    """
    if not may_show_shares(answered):
        raise ValueError("a share needs thirty answers")
    base = _divisor(responses, answered)
    if base >= SMALL_SHARES_FROM:
        return _small_too(count, answered, base, at_least=at_least)
    bound = _limit(base)
    if count < MINIMUM or count * 100 < NEAR_UNANIMOUS * answered:
        return shown.below(bound, at_least=at_least)
    missing = answered - count
    if missing < MINIMUM or missing * 100 < NEAR_UNANIMOUS * answered:
        return shown.above(100 - bound, at_least=at_least)
    return told_about(in_hundred(count / answered, step_of(base)), base, at_least=at_least)


def _small_too(count: int, answered: int, base: int, *, at_least: bool) -> Share:
    """A share of many, near none or all of them too, in steps of 1.

    It is told where all numbers that would be told alike are ten or more: if only ten or more were told of a step that
    begins below ten, the step could have one number left in it, which would then be known exactly.
    """
    percent, first = in_hundred(count / answered, 1), ceil(0.5 + 100 * MINIMUM / (base - ROUNDING // 2))
    if percent < first:
        return shown.below(first, at_least=at_least)
    if percent > 100 - first:
        return shown.above(100 - first, at_least=at_least)
    return told_about(percent, base, at_least=at_least)


def told_about(percent: int, base: int, *, at_least: bool) -> Share:
    """A share with its limits, which are made of nothing but the share and the number that are told."""
    interval = wilson(percent * base / 100, base)
    if not NEAR_UNANIMOUS <= percent <= 100 - NEAR_UNANIMOUS:
        # So near an end, a limit rounded to the nearest could leave out what it stands for.
        return shown.about(percent, floor(100 * interval.low), ceil(100 * interval.high), at_least=at_least)
    return shown.about(percent, in_hundred(interval.low), in_hundred(interval.high), at_least=at_least)


def partition_shares(
    counts: Sequence[int], responses: int, answered: int, *, at_least: bool, keep: int | None = None
) -> tuple[tuple[Share, ...], Share | None]:
    """The shares of answers that exclude each other, and that of the withheld ones together.

    `keep` is the place of an answer that is also shown elsewhere by itself, so that another is withheld
    rather than this one. The counts add up to `answered`; ValueError otherwise.
    """
    if sum(counts) != answered:
        raise ValueError("answers that exclude each other add up to those who answered")
    shares = [share_of(count, responses, answered, at_least=at_least) for count in counts]
    if any(share.kind is ShareKind.ABOVE for share in shares):
        return tuple(shares), None
    withheld = _also_withhold(counts, shares, keep)
    for place in withheld:
        shares[place] = shown.withheld(at_least=at_least)
    unsaid = [n for n, share in zip(counts, shares, strict=True) if share.kind is not ShareKind.ABOUT]
    if not withheld:
        return tuple(shares), None
    return tuple(shares), share_of(sum(unsaid), responses, answered, at_least=at_least)


def change_between(earlier: Share, earlier_base: int, later: Share, later_base: int) -> Change | None:
    """How a share moved from one run of releases to the next, or None if it may not be said.

    The bases are exact; the comparison itself is made of the shown shares and rounded bases.
    """
    if min(earlier_base, later_base) < MINIMUM_FOR_COMPARISON:
        return None
    if earlier.percent is None or later.percent is None:
        return None
    before, after = _floor(earlier_base), _floor(later_base)
    interval = newcombe(later.percent * after / 100, after, earlier.percent * before / 100, before)
    return shown.change(later.percent - earlier.percent, in_points(interval.low), in_points(interval.high))


def may_look_at(answered: int, compared: Sequence[int]) -> bool:
    """Whether anything may be told of how two questions go together, by how many answered both.

    `compared` are those whom a difference would be made of, in the four ways of answering them.
    """
    return answered >= MINIMUM_FOR_DRIVERS and min(compared) >= MINIMUM


def driver_difference(difference: float, reach: float) -> Change:
    """By how many more in 100 people were satisfied who found a topic good: a difference above nought, as a part of 1.

    `reach` is half of its exact limits. The shown ones hold these, and are as far on either side of the shown
    difference: rounded each by itself, three numbers would tell where in its step the difference lies.
    """
    points = in_hundred(difference, DRIVER_STEP)
    width = DRIVER_STEP * ceil(100 * reach / DRIVER_STEP + 0.5)
    return shown.driver(points, max(0, points - width), min(100, points + width))


def publishable_reasons(counts: Mapping[str, int]) -> dict[str, int]:
    """Reasons that a block of set-aside answers may name, the rest under `other`.

    Every answer is counted under one reason. Each named one and all the others together have ten at least.
    """
    total = sum(counts.values())
    named = {code: n for code, n in counts.items() if may_stand_alone(n, total)}
    while named and 0 < total - sum(named.values()) < MINIMUM:
        del named[min(named, key=lambda code: (named[code], code))]
    rest = total - sum(named.values())
    return {**dict(sorted(named.items())), **({OTHER: rest} if rest else {})}


def shortest_run(sizes: Sequence[int], minimum: int = MINIMUM_FOR_SHARES) -> int:
    """How many of the newest releases (sizes oldest first) reach the minimum; all if they never do."""
    for number, total in enumerate(accumulate(reversed(sizes)), start=1):
        if total >= minimum:
            return number
    return len(sizes)


def trend_runs(sizes: Sequence[int], minimum: int = MINIMUM_FOR_SHARES) -> list[range]:
    """Releases in order, oldest first, in runs that each reach the minimum.

    A run that has been formed never changes when releases are added; the last few may not reach it yet.
    """
    runs, start, total = [], 0, 0
    for place, size in enumerate(sizes):
        total += size
        if total >= minimum:
            runs.append(range(start, place + 1))
            start, total = place + 1, 0
    return runs


def _also_withhold(counts: Sequence[int], shares: Sequence[Share], keep: int | None) -> list[int]:
    """Which further answer to withhold, because those said as a limit add up to fewer than ten."""
    limited = [place for place, share in enumerate(shares) if share.kind is ShareKind.BELOW]
    if not limited or sum(counts[place] for place in limited) >= MINIMUM:
        return []
    told = [place for place, share in enumerate(shares) if share.kind is ShareKind.ABOUT]
    return [min(told, key=lambda place: (place == keep, counts[place], -place))]


def _divisor(responses: int, answered: int) -> int:
    return rounded(answered) if answered == responses else _floor(answered)


def _floor(number: int) -> int:
    return number // MINIMUM * MINIMUM


def _limit(base: int) -> int:
    """The share in 100, in steps of 5, that ten people of this base cannot exceed."""
    return max(NEAR_UNANIMOUS, 5 * -(-100 * MINIMUM // (5 * base)))
