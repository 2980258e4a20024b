"""Writes lineages.json: answers of an implementation of its own to questions about lineages.

usage: /usr/bin/python3 make_lineages.py > lineages.json     (Debian: python3-numpy python3-scipy)

Nothing here is copied from the product. Capitals are multiplied round by round, in order, where the product sums logarithms over
counts; the least favourable rate is searched on an even grid of 20,001 points, where the product bounds cells; bounds are roots by
scipy's brentq. The product's cells make its evidence smaller by up to what a cell of 1/1024 is worth, hence the tolerances.
"""
import json
import math
import sys
import warnings

import numpy as np
import scipy
from scipy import optimize, stats

warnings.filterwarnings("ignore")  # Capitals far above the threshold overflow to infinity.

C = np.array([0.02, 0.1, 0.3, 0.65, 0.98])
W = np.array([1, 1, 1, 2, 4]) / 9
rng = np.random.default_rng(20261130)
out = []


def add(method, given, expected, rel=1e-6, abs_=1e-9):
    out.append(dict(id=f"l{len(out) + 1:03d}", group="lineages", method=method, input=given, expected={k: word(v) for k, v in expected.items()},
                    tolerance=dict(abs=abs_, rel=rel), source=f"make_lineages.py, scipy {scipy.__version__}"))


def word(v):
    return v if v is None else "Infinity" if v == math.inf else "-Infinity" if v == -math.inf else float(v)


def capital(returns):
    """Mixture capital after each round; returns may hold a whole grid in its last axis."""
    parts = np.broadcast_to(W, np.shape(returns)[1:] + (5,)).copy()
    path = []
    for x in returns:
        parts = parts * (1 + C * (np.asarray(x)[..., None] - 1))
        path.append(parts.sum(-1))
    return path


def mean_lower(y, alpha):
    if not sum(y):
        return 0.0
    f = lambda m: math.log(capital([v / m for v in y])[-1]) - math.log(1 / alpha)
    return optimize.brentq(f, 1e-9, np.mean(y), xtol=1e-13) if f(1e-9) > 0 else 0.0


def bernstein(y, alpha):
    """predmix_empbern_cs of confseq, written from theorem 2 of Waudby-Smith and Ramdas."""
    y = np.array(y)
    t = np.arange(1, len(y) + 1)
    mu = (0.5 + np.cumsum(y)) / (t + 1)
    s2 = (0.25 + np.cumsum((y - mu) ** 2)) / (t + 1)
    before_mu, before_s2 = np.append(0.5, mu[:-1]), np.append(0.25, s2[:-1])
    lam = np.minimum(0.5, np.sqrt(2 * math.log(2 / alpha) / (before_s2 * t * np.log(1 + t))))
    psi = (-np.log(1 - lam) - lam) / 4
    margin = (math.log(2 / alpha) + np.sum(4 * (y - before_mu) ** 2 * psi)) / lam.sum()
    centre = np.sum(lam * y) / lam.sum()
    return max(0, centre - margin), min(1, centre + margin)


def contrast(units, ratio, offset=0.0):
    """E after each unit at the least favourable p0 of a grid, and the least over p0 of its running maximum."""
    m = np.linspace(0, 1, 20001)[1:-1]
    limit = offset + ratio * m
    m, limit = m[limit > 0], limit[limit > 0]
    y1, y0 = [v for a, v in units if a == 1], [v for a, v in units if a == 0]
    k1 = capital([np.where(limit < 1, v / limit, 1.0) for v in y1])
    k0 = capital([(1 - v) / (1 - m) for v in y0])
    pairs = capital([np.array(1 + (a - ratio * b - offset) / (ratio + offset)) for a, b in zip(y1, y0)])
    path, best, i1, i0 = [], np.zeros_like(m), 0, 0
    for a, _ in units:
        i1, i0 = i1 + (a == 1), i0 + (a == 0)
        j = min(i1, i0) - 1  # The surplus of an arm waits.
        now = 0.8 * k1[j] * k0[j] + 0.2 * pairs[j] if j >= 0 else np.ones_like(m)
        best = np.maximum(best, now)
        path.append((float(now.min()), float(best.min())))
    return path


def lineages(n, length, p1, p0):
    return [[arm, int(rng.binomial(length, p)) / length] for _ in range(n) for arm, p in ((1, p1), (0, p0))]


for n, length, p in [(1, 5, .8), (8, 5, .8), (40, 5, .25), (100, 10, .5), (20, 5, 0.98), (30, 20, .1)]:
    y = [v for a, v in lineages(n, length, p, p) if a]
    for alpha in (.05, .01):
        add("rate", dict(rates=y, alpha=alpha), dict(low=mean_lower(y, alpha / 2), high=1 - mean_lower([1 - v for v in y], alpha / 2)), 1e-6, 1e-8)
        lo, hi = bernstein(y, alpha)
        add("rate_empirical_bernstein", dict(rates=y, alpha=alpha), dict(low=lo, high=hi))
    if n > 1 and np.var(y) > 0:
        lo, hi = stats.t.interval(.95, n - 1, np.mean(y), stats.sem(y))
        add("rate_one_look", dict(rates=y, alpha=.05), dict(low=max(0, lo), high=min(1, hi)))
        p_, ms = np.mean(y), np.var(y, ddof=1)
        d = ms / (p_ * (1 - p_) / length)
        add("dispersion", dict(rates=y, length=length, alpha=.05), dict(design_effect=d, low=d * (n - 1) / stats.chi2.ppf(.975, n - 1),
            high=d * (n - 1) / stats.chi2.ppf(.025, n - 1), n_eff=n * length / max(1, d)))

for n, length, p1, p0, ratio, offset in [(20, 5, .8, .25, 2, 0), (60, 5, .8, .25, 2, 0), (60, 5, .8, .25, 3, 0), (30, 10, .8, .25, 1, 0), (40, 5, .8, .25, 1, .2),
                                         (40, 5, .5, .5, 1, 0), (25, 5, .9, .1, 1, 0), (15, 20, .8, .25, 2, 0), (50, 5, .3, .8, .5, 0), (50, 5, .7, .7, .5, -.1)]:
    units = lineages(n, length, p1, p0)
    path = contrast(units, ratio, offset)
    # The running maximum at each rate crosses 20 everywhere: proven after so many units.
    first = next((i + 1 for i, (_, ever) in enumerate(path) if ever >= 20), None)
    add("contrast_evidence", dict(units=units, ratio=ratio, offset=offset, alpha=.05), dict(log_evidence=math.log(path[-1][0])), 0.01, 0.05)
    # Once cells are as fine as the grid the unit of the proof is the same, but for a crossing by a hair.
    margin = first and path[first - 1][1] > 20.5 and (first < 2 or path[first - 2][1] < 19.5)
    if first is None and path[-1][1] < 15 or margin:
        add("contrast_evidence", dict(units=units, ratio=ratio, offset=offset, alpha=.05), dict(proven_after=first), 0, 1)

uneven = lineages(30, 5, .85, .2) + [[1, .6]] * 20
uneven = uneven[30:] + uneven[:30]
add("contrast_evidence", dict(units=uneven, ratio=2, offset=0, alpha=.05), dict(log_evidence=math.log(contrast(uneven, 2)[-1][0])), 0.01, 0.05)

for n, p1, p0 in [(20, .8, .25), (60, .8, .25), (40, .5, .5)]:
    units = lineages(n, 5, p1, p0)
    lower = lambda r: math.log(contrast(units, r)[-1][0]) - math.log(20)
    add("ratio", dict(units=units, alpha=.05), dict(low=optimize.brentq(lower, .02, 20, xtol=1e-6)), 0.01, 1e-3)
    diff = lambda u, d: math.log(contrast(u, 1, d)[-1][0]) - math.log(20)
    mirrored = [[a, 1 - v] for a, v in units]
    add("difference", dict(units=units, alpha=.05), dict(low=optimize.brentq(lambda d: diff(units, d), -.99, .99, xtol=1e-6),
        high=-optimize.brentq(lambda d: diff(mirrored, d), -.99, .99, xtol=1e-6)), 0, 5e-3)

for n, centre, scale in [(30, .4, .5), (60, -.2, .5), (100, 1, 1)]:
    values = list(np.round(centre + .5 * rng.standard_t(3, n), 6))
    g = lambda v, c: math.log(capital([1 + np.tanh((x - c) / scale) for x in v])[-1]) - math.log(20)
    low = lambda v: optimize.brentq(lambda c: g(v, c), min(v) - 20 * scale, max(v), xtol=1e-13)
    add("symmetric_mean", dict(values=values, scale=scale, alpha=.05), dict(low=low(values), high=-low([-x for x in values])))

add("family", dict(alphas=[.05, .05, .025]), dict(bound=.125))
json.dump(dict(made_by="make_lineages.py", scipy=scipy.__version__, numpy=np.__version__, vectors=out), sys.stdout, indent=1)
