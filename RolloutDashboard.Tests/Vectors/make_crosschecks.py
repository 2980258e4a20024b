"""Writes statistics-crosschecks.json: answers of an implementation of its own (numpy and scipy) to inputs at the edges.

usage: python3 make_crosschecks.py > statistics-crosschecks.json     (Debian: python3-numpy python3-scipy)

Nothing here is copied from the product: intervals are found by root search on the test itself, ratios by adaptive quadrature.
"""
import json
import math
import sys
import warnings

import numpy as np
import scipy
from scipy import integrate, optimize, special, stats

warnings.filterwarnings("ignore")
out = []


def word(v):
    if isinstance(v, (list, tuple)):
        return [word(x) for x in v]
    if v is None or isinstance(v, (str, bool)):
        return v
    v = float(v)
    return "NaN" if math.isnan(v) else "Infinity" if v == math.inf else "-Infinity" if v == -math.inf else v


def add(group, method, given, expected, rel=1e-9, abs_=1e-12):
    out.append(dict(id=f"x{len(out) + 1:03d}", group=group, method=method, input=given,
                    expected={k: word(v) for k, v in expected.items()}, tolerance=dict(abs=abs_, rel=rel),
                    source=f"make_crosschecks.py, scipy {scipy.__version__}"))


def z_of(alpha):
    return stats.norm.isf(alpha / 2)


# ---- one rate ----------------------------------------------------------------------------------------------------------
for x, n in [(0, 1), (1, 1), (0, 5), (5, 5), (3, 10), (0.5, 1.4), (7.25, 9.5), (0, 100000), (99999, 100000), (123456, 1000000), (500, 1000)]:
    for alpha in [0.05, 0.5, 1e-6]:
        z = z_of(alpha)
        p = x / n
        lo = 0.0 if x == 0 else optimize.brentq(lambda q: (p - q) - z * math.sqrt(q * (1 - q) / n), 0, p * (1 - 1e-15) - (p == 1) * 1e-14, xtol=1e-16, rtol=1e-14)
        hi = 1.0 if x == n else optimize.brentq(lambda q: (q - p) - z * math.sqrt(q * (1 - q) / n), p * (1 + 1e-15) + (p == 0) * 1e-14, 1, xtol=1e-16, rtol=1e-14)
        add("wilson", "two-sided", dict(x=x, n=n, alpha=alpha), dict(low=lo, high=hi), 1e-7, 1e-12)
        add("proportion_other", "clopper_pearson", dict(x=x, n=n, alpha=alpha),
            dict(low=0 if x == 0 else stats.beta.ppf(alpha / 2, x, n - x + 1), high=1 if x == n else stats.beta.isf(alpha / 2, x + 1, n - x)), 1e-7, 1e-10)
        add("proportion_other", "jeffreys", dict(x=x, n=n, alpha=alpha),
            dict(low=stats.beta.ppf(alpha / 2, x + .5, n - x + .5), high=stats.beta.ppf(1 - alpha / 2, x + .5, n - x + .5)), 1e-7, 1e-10)

# ---- two rates ---------------------------------------------------------------------------------------------------------
ARMS = [(80, 100, 25, 100), (0, 10, 5, 10), (5, 10, 0, 10), (1, 1, 0, 1), (1, 1, 1, 1), (20, 20, 5, 20), (3, 4, 9, 4000), (90000, 100000, 30, 100), (7.5, 12.25, 2.5, 8)]


def constrained(x1, n1, x0, n0, r):
    """Largest likelihood under p1 = r p0, by search, not by the quadratic."""
    def loglik(q):
        def part(x, p):
            return 0.0 if x == 0 else x * math.log(p) if p > 0 else -math.inf
        return part(x1, r * q) + part(n1 - x1, 1 - r * q) + part(x0, q) + part(n0 - x0, 1 - q)
    top = min(1, 1 / r)
    grid = np.linspace(0, top, 20001)
    best = grid[int(np.argmax([loglik(q) for q in grid]))]
    res = optimize.minimize_scalar(lambda q: -loglik(q), bounds=(max(0, best - top / 10000), min(top, best + top / 10000)), method="bounded", options=dict(xatol=1e-15))
    return max([res.x, best, top], key=loglik)


def score_z(x1, n1, x0, n0, r):
    q = constrained(x1, n1, x0, n0, r)
    p = r * q
    v = p * (1 - p) / n1 + r * r * q * (1 - q) / n0
    d = x1 / n1 - r * x0 / n0
    return 0.0 if abs(d) < 1e-15 else d / math.sqrt(v)


for x1, n1, x0, n0 in ARMS[:3] + ARMS[5:6] + ARMS[8:]:
    for r in [0.5, 1, 3]:
        z = score_z(x1, n1, x0, n0, r)
        add("ratio", "score_test", dict(x1=x1, n1=n1, x0=x0, n0=n0, ratio=r), dict(z=z, p=2 * stats.norm.sf(abs(z))), 1e-5, 1e-6)

for x1, n1, x0, n0 in ARMS:
    r = (x1 / n1) / (x0 / n0) if x0 else math.inf
    add("ratio", "ratio_point", dict(x1=x1, n1=n1, x0=x0, n0=n0), dict(ratio=r))
    if x1 and x0:
        se = math.sqrt(1 / x1 - 1 / n1 + 1 / x0 - 1 / n0)
        add("ratio", "katz_log", dict(x1=x1, n1=n1, x0=x0, n0=n0), dict(ratio=r, low=r * math.exp(-z_of(.05) * se), high=r * math.exp(z_of(.05) * se)))
    d = x1 / n1 - x0 / n0
    half = z_of(.05) * math.sqrt(x1 / n1 * (1 - x1 / n1) / n1 + x0 / n0 * (1 - x0 / n0) / n0)
    add("difference", "wald", dict(x1=x1, n1=n1, x0=x0, n0=n0), dict(low=max(-1, d - half), high=min(1, d + half)))


# ---- Bayesian ratio: adaptive quadrature, split at the kink p = 1/R and where either distribution turns --------------------
def at_least(x1, n1, x0, n0, r, a=1, b=1):
    one, zero = stats.beta(a + x1, b + n1 - x1), stats.beta(a + x0, b + n0 - x0)
    cuts = sorted({c for c in [0, 1, 1 / r] + [zero.mean() + k * zero.std() for k in range(-12, 13)] + [(one.mean() + k * one.std()) / r for k in range(-12, 13)] if 0 <= c <= 1})
    return sum(integrate.quad(lambda p: zero.pdf(p) * one.sf(r * p), lo, hi, epsabs=1e-13, epsrel=1e-12, limit=400)[0] for lo, hi in zip(cuts, cuts[1:]))


def ratio_quantile(q, *arms):
    return math.exp(optimize.brentq(lambda t: 1 - at_least(*arms, math.exp(t)) - q, -12, 12, xtol=1e-11))


for arms in [(80, 100, 25, 100), (20, 20, 5, 20), (0, 10, 5, 10), (5, 10, 0, 10), (0, 0, 0, 0), (1, 1, 1, 1), (80000, 100000, 25, 100), (25, 100, 80000, 100000), (1000, 1000, 1000, 1000)]:
    for r in [0.2, 1, 3, 10]:
        x1, n1, x0, n0 = arms
        expected = dict(p_at_least=at_least(*arms, r))
        if r == 3 and n1 <= 100 and n1 > 0:
            expected |= dict(median=ratio_quantile(.5, *arms), low=ratio_quantile(.025, *arms), high=ratio_quantile(.975, *arms))
        add("bayes_ratio", "ratio", dict(x1=x1, n1=n1, x0=x0, n0=n0, ratio=r), expected, 1e-7, 1e-9)

for xs, ns in [([80, 25], [100, 100]), ([5, 5, 5], [10, 10, 10]), ([0, 0], [0, 0]), ([80000, 25], [100000, 30]), ([1, 2, 3, 4], [10, 10, 10, 10])]:
    betas = [stats.beta(1 + x, 1 + n - x) for x, n in zip(xs, ns)]
    best = []
    for i, one in enumerate(betas):
        cuts = sorted({c for c in [0, 1] + [m.mean() + k * m.std() for m in betas for k in range(-12, 13)] if 0 <= c <= 1})
        best.append(sum(integrate.quad(lambda p: one.pdf(p) * math.prod(o.cdf(p) for j, o in enumerate(betas) if j != i), lo, hi, epsabs=1e-13, limit=400)[0] for lo, hi in zip(cuts, cuts[1:])))
    add("bayes_ratio", "p_best", dict(successes=xs, totals=ns), dict(p_best=best), 1e-7, 1e-9)

# ---- means -----------------------------------------------------------------------------------------------------------------
for n0, m0, v0, n1, m1, v1 in [(2, 0, 1, 2, 1, 1), (2, 0, 1, 1000000, 5, 1e-6), (30, 1.5, .25, 10, 1.4, 9), (100000, 1, 1, 100000, 1.01, 1), (3, -5, 1e-8, 3, 5, 1e-8), (50, 0, 0, 50, 1, 2)]:
    se = math.sqrt(v0 / n0 + v1 / n1)
    df = (v0 / n0 + v1 / n1) ** 2 / ((v0 / n0) ** 2 / (n0 - 1) + (v1 / n1) ** 2 / (n1 - 1))
    for alpha in [.05, 1e-4]:
        t = stats.t.isf(alpha / 2, df)
        add("welch_t", "absolute", dict(control=dict(n=n0, mean=m0, variance=v0), treatment=dict(n=n1, mean=m1, variance=v1), alpha=alpha),
            dict(estimate=m1 - m0, se=se, df=df, p=2 * stats.t.sf(abs(m1 - m0) / se, df), ci=[m1 - m0 - t * se, m1 - m0 + t * se]), 1e-6, 1e-12)

for a, b in [([1], [2]), ([1, 2, 3], [4, 5, 6]), ([1, 1, 1], [1, 1, 2]), (list(range(20)), [x + .5 for x in range(25)]), ([-1e90, 0, 1e90], [1, 2]), ([.1, .2, .2, .3], [.2, .2, .4])]:
    r = stats.mannwhitneyu(b, a, alternative="two-sided", method="asymptotic", use_continuity=False)
    add("rank", "mann_whitney", dict(control=a, treatment=b), dict(p_greater=r.statistic / (len(a) * len(b)), p=min(1, r.pvalue)))

# ---- counts against shares -----------------------------------------------------------------------------------------------------
for o, w in [([10, 10], [.5, .5]), ([1000000, 1010000], [.5, .5]), ([0, 100], [.5, .5]), ([5, 0, 3], [.2, .3, .5]), ([1e8, 0], [.999999, .000001]), ([3, 4, 5], [1, 1, 2])]:
    o_, w_ = np.array(o, float), np.array(w, float)
    e = w_ / w_.sum() * o_.sum()
    add("srm", "chi_square", dict(observed=o, weights=w), dict(p=stats.chi2.sf(((o_ - e) ** 2 / e).sum(), len(o) - 1)), 1e-8, 1e-300)

for data, null, prior in [([[1, 0]], [.5, .5], [1, 1]), ([[0, 50], [0, 50]], [.5, .5], [1, 1]), ([[1000, 900, 100]], [.5, .4, .1], [2, 3, 4])]:
    m1 = m0 = 0.0
    rows1, rows0 = [], []
    alpha = np.array(prior, float)
    for batch in data:
        c = np.array(batch, float)
        m1 += stats.multinomial.logpmf(0 * c, 0, null) if c.sum() == 0 else special.gammaln(c.sum() + 1) - special.gammaln(c + 1).sum() + special.gammaln(alpha.sum()) - special.gammaln(alpha.sum() + c.sum()) + (special.gammaln(alpha + c) - special.gammaln(alpha)).sum()
        m0 += stats.multinomial.logpmf(c, c.sum(), null)
        alpha = alpha + c
        rows1.append(m1); rows0.append(m0)
    add("srm_sequential", "dirichlet_multinomial", dict(data=data, null=null, dirichlet_alpha=prior),
        dict(log_m1=rows1, log_m0=rows0, p=[min(1, math.exp(b - a)) for a, b in zip(rows1, rows0)]), 1e-8, 1e-12)

# ---- valid at every look ---------------------------------------------------------------------------------------------------------
def best_rho(v, alpha):
    return v / (2 * math.log(1 / alpha) + math.log(1 + 2 * math.log(1 / alpha)))


for s, v, v_opt in [(0, 100, 100), (10, 100, 100), (-10, 100, 100), (-1000, 100, 100), (-5000, 10, 100), (300, 1, 1), (0, 0, 5)]:
    rho = best_rho(v_opt, .1)
    add("sequential_mean", "log_martingale_one_sided", dict(s=s, v=v, v_opt=v_opt),
        dict(log=.5 * math.log(4 * rho / (v + rho)) + s * s / (2 * (v + rho)) + special.log_ndtr(s / math.sqrt(v + rho))), 1e-8, 1e-7)
    rho = best_rho(v_opt, .05)
    add("sequential_mean", "log_martingale", dict(s=s, v=v, v_opt=v_opt), dict(log=.5 * math.log(rho / (v + rho)) + s * s / (2 * (v + rho))))
    if v:
        add("sequential_mean", "boundary", dict(v=v, v_opt=v_opt), dict(bound=optimize.brentq(lambda t: .5 * math.log(rho / (v + rho)) + t * t / (2 * (v + rho)) - math.log(20), 0, 1e4, xtol=1e-13)), 1e-9)


def bernoulli_log(rate, n, p, t_opt):
    g, h = p, 1 - p
    s, v = (rate - p) * n, p * (1 - p) * n
    r = max(best_rho(p * (1 - p) * t_opt, .05) - g * h, 1e-3 * g * h)
    return (v / (g * h) * math.log(g + h) - (v + h * s) / (h * (g + h)) * math.log(g) - (v - g * s) / (g * (g + h)) * math.log(h)
            + special.betaln((r + v - g * s) / (g * (g + h)), (r + v + h * s) / (h * (g + h))) - special.betaln(r / (g * (g + h)), r / (h * (g + h))))


for x, n in [(80, 100), (1, 1000), (999, 1000), (3, 7), (50000, 100000), (12.5, 40)]:
    f = lambda p: bernoulli_log(x / n, n, p, 100) - math.log(20)
    add("sequential_bernoulli", "interval", dict(successes=x, trials=n), dict(low=optimize.brentq(f, 1e-9, x / n, xtol=1e-15) if f(1e-9) > 0 else 0, high=optimize.brentq(f, x / n, 1 - 1e-9, xtol=1e-15) if f(1 - 1e-9) > 0 else 1), 1e-7, 1e-9)

for d, v, n, t in [(0, 1, 100, 1), (.5, 1, 100, 1), (3, 1e-3, 1000, 10), (1e-6, 5, 10, .1)]:
    # By its definition: the likelihood ratio averaged over the prior of the effect.
    log = .5 * math.log(v / (v + n * t)) + n * n * t * d * d / (2 * v * (v + n * t))
    add("sequential_mean", "msprt", dict(difference=d, variance=v, n=n, tau_squared=t), dict(likelihood_ratio=math.exp(log) if log < 709 else math.inf, p=min(1, math.exp(-log))), 1e-8, 1e-300)

# ---- before the start, champions ---------------------------------------------------------------------------------------------------
for p0, d, n1, k in [(.25, .55, 10, 1), (.25, 0, 100, 1), (.5, .01, 10, 2), (.01, .98, 5, .5), (.9, -.8, 1000, 1)]:
    p1, n0 = p0 + d, n1 * k
    pool = (p1 * n1 + p0 * n0) / (n1 + n0)
    s0, s1 = math.sqrt(pool * (1 - pool) * (1 / n1 + 1 / n0)), math.sqrt(p1 * (1 - p1) / n1 + p0 * (1 - p0) / n0)
    c = z_of(.05) * s0
    add("power", "two_proportions", dict(p0=p0, diff=d, n1=n1, n0_over_n1=k), dict(power=stats.norm.sf((c - d) / s1) + stats.norm.cdf((-c - d) / s1)), 1e-8, 1e-12)

for p1, p0, r in [(.8, .25, 1), (.8, .25, 2), (.8, .25, 3), (.5, .25, 2), (1, 1, .5)]:
    e = math.log(p1 / (p0 * r))
    add("power", "sample_size_ratio", dict(p1=p1, p0=p0, ratio=r), dict(n_per_arm=math.inf if e <= 0 else (stats.norm.isf(.05) + stats.norm.ppf(.8)) ** 2 * ((1 - p1) / p1 + (1 - p0) / p0) / e ** 2), 1e-8)

for sr, n, g3, g4, trials, var in [(.1, 1250, 0, 3, 1, .001), (.1, 1250, -3, 10, 100, .002), (.05, 2, 0, 3, 2, 0), (2, 500, 1, 3, 1000000, .01), (-.1, 100, 0, 1, 10, .1)]:
    emax = 0 if trials < 2 else (1 - np.euler_gamma) * stats.norm.isf(1 / trials) + np.euler_gamma * stats.norm.isf(1 / (trials * math.e))
    sr0 = math.sqrt(var) * emax
    add("champion", "deflated_sharpe", dict(sharpe=sr, n=n, skewness=g3, kurtosis=g4, trials=trials, variance=var),
        dict(sr0=sr0, dsr=stats.norm.cdf((sr - sr0) * math.sqrt(n - 1) / math.sqrt(1 - g3 * sr + (g4 - 1) / 4 * sr * sr))), 1e-7, 1e-12)

json.dump(dict(made_by="make_crosschecks.py", scipy=scipy.__version__, numpy=np.__version__, vectors=out), sys.stdout, indent=1)
