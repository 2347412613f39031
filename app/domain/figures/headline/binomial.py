"""The lower tail of the binomial distribution, without a table and without overflow."""

from math import exp, lgamma, log, log1p

#: smaller than this part of the sum, further terms change no digit of it
_NOTHING = 1e-17


def at_most(number: int, trials: int, chance: float) -> float:
    """How likely at most so many of the trials succeed, if each does with this chance.

    Exact to nine digits for a million trials: the largest term by logarithms of factorials, the others from it.
    """
    if number < 0 or number >= trials:
        return float(number >= trials)
    if not 0 < chance < 1:
        return float(chance <= 0)
    if number > trials * chance:
        # The other tail is the short one.
        return 1 - at_most(trials - number - 1, trials, 1 - chance)
    ways = lgamma(trials + 1) - lgamma(number + 1) - lgamma(trials - number + 1)
    term = exp(ways + number * log(chance) + (trials - number) * log1p(-chance))
    total, against = term, (1 - chance) / chance
    for successes in range(number, 0, -1):
        term *= against * successes / (trials - successes + 1)
        total += term
        if term <= total * _NOTHING:
            break
    return min(1.0, total)
