"""Writes drivers.json: stratified differences as another package reckons them, which the suite does not need:

python -m venv /tmp/statistics && /tmp/statistics/bin/pip install statsmodels==0.15.0
/tmp/statistics/bin/python tests/vectors/make_drivers.py

Not by any formula of ours. The difference of Mantel and Haenszel is the coefficient of a regression on having found the
topic good and on the stratum. Its variance by Greenland and Robins is that of a contrast of the regression with a
coefficient for each group of each stratum, weighted by how many can be compared, with errors that each group may have
its own of (HC0).
"""

import json
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import statsmodels.api as sm

FILE = Path(__file__).with_name("drivers.json")
STRATA = 4
#: people of each of the four kinds in a stratum, at most
SIZES = (3, 12, 60, 400)
#: strata where one group is missing, or everybody said the same
ODD = [
    [[8, 2, 5, 5], [9, 21, 1, 9], [0, 0, 4, 3], [7, 2, 0, 0]],
    [[30, 0, 12, 5], [14, 3, 0, 22], [40, 0, 31, 0], [0, 0, 0, 0]],
    [[1, 0, 0, 1], [1, 1, 1, 0], [0, 1, 1, 1], [900, 1, 1, 900]],
]


def made() -> dict[str, Any]:
    chance = Random(2026)  # noqa: S311
    random = [[[chance.randint(1, size) for _ in range(4)] for _ in range(STRATA)] for size in SIZES for _ in range(10)]
    return {
        "about": f"Each stratum: good and satisfied, good and not, poor and satisfied, neither. statsmodels "
        f"{sm.__version__.split('+')[0]}.",
        "vectors": [_vector(strata) for strata in (*ODD, *random)],
    }


def _vector(strata: list[list[int]]) -> dict[str, Any]:
    people = [
        (stratum, good, satisfied)
        for stratum, cells in enumerate(strata)
        for (good, satisfied), number in zip([(1, 1), (1, 0), (0, 1), (0, 0)], cells, strict=True)
        for _ in range(number)
    ]
    stratum, good, satisfied = np.array(people).T
    seen = sorted(set(stratum.tolist()))
    dummies = np.column_stack([stratum == at for at in seen]).astype(float)
    together = sm.OLS(satisfied, np.column_stack([good, dummies])).fit()

    both = [at for at in seen if 0 < good[stratum == at].sum() < (stratum == at).sum()]
    kept = np.isin(stratum, both)
    groups = np.column_stack([(stratum == at) & (good == found) for at in both for found in (1, 0)]).astype(float)
    apart = sm.OLS(satisfied[kept], groups[kept]).fit(cov_type="HC0")
    numbers = groups.sum(axis=0).reshape(-1, 2)
    weights = numbers.prod(axis=1) / numbers.sum(axis=1)
    contrast = np.column_stack([weights, -weights]).ravel() / weights.sum()
    spread = float(apart.t_test(contrast).sd.item())
    return {"strata": strata, "difference": float(together.params[0]), "variance": spread**2}


if __name__ == "__main__":
    FILE.write_text(json.dumps(made(), separators=(",", ":")).replace('{"strata"', '\n{"strata"') + "\n", "utf-8")
