#!/usr/bin/env python3
"""Makes overfitting.json: tests of the best of many trials, by implementations that share nothing with the product.

Needs Debian's python3-numpy, and the package arch (8.0.0, Kevin Sheppard) on PYTHONPATH. Everything under "numpy" is
written out below from the papers, by explicit index arrays; everything under "arch" is what arch answers.

    PYTHONPATH=/where/arch/is python3 make_overfitting.py > overfitting.json
"""
import itertools
import json
import math

import numpy as np
from arch.bootstrap import SPA, RealityCheck, StepM, optimal_block_length

rng = np.random.RandomState(20260311)


def singles(x):
    """As the product keeps returns."""
    return np.asarray(x, dtype=np.float32).astype(np.float64)


def stationary(T, block, count):
    samples = []
    for _ in range(count):
        days = np.empty(T, dtype=int)
        for t in range(T):
            new = t == 0 or rng.uniform() < 1 / block
            days[t] = rng.randint(T) if new else (days[t - 1] + 1) % T
        samples.append(days)
    return samples


def variance(d, block):
    """Hansen 2005, page 372: kernel of the stationary bootstrap."""
    T = len(d)
    q = 1 / block
    z = d - d.mean()
    total = (z @ z) / T
    for i in range(1, T):
        kappa = (T - i) / T * (1 - q) ** i + i / T * (1 - q) ** (T - i)
        total += 2 * kappa * (z[: T - i] @ z[i:]) / T
    return total


def superior(d, samples, block):
    T, N = d.shape
    mean = d.mean(0)
    omega = np.array([math.sqrt(variance(d[:, k], block)) for k in range(N)])
    t = math.sqrt(T) * mean / omega
    far = t < -math.sqrt(2 * math.log(math.log(T)))
    star = np.array([d[s].mean(0) for s in samples])
    B = len(samples)

    def p(values, seen):
        return (1 + int((values >= seen).sum())) / (1 + B)

    out = {"statistics": t.tolist(), "reality_check": p((star - mean).max(1), mean.max())}
    seen = max(0, t.max())
    for name, centre in (
        ("lower", np.maximum(mean, 0)),
        ("consistent", np.where(far, 0, mean)),
        ("upper", mean),
    ):
        values = np.maximum(0, (math.sqrt(T) * (star - centre) / omega).max(1))
        out[name] = p(values, seen)
    # Romano and Wolf 2005, algorithm of stepping down.
    z = math.sqrt(T) * (star - mean) / omega
    order = np.argsort(-t)
    adjusted, largest = np.empty(N), 0
    for j, k in enumerate(order):
        largest = max(largest, p(z[:, order[j:]].max(1), t[k]))
        adjusted[k] = largest
    out["adjusted"] = adjusted.tolist()
    return out


def block_length(x):
    """Politis and White 2004 with the correction of 2009."""
    T = len(x)
    kn = max(5, math.ceil(math.sqrt(math.log10(T))))
    top = math.ceil(math.sqrt(T)) + kn
    z = x - x.mean()
    R = np.array([(z[k:] @ z[: T - k]) / T for k in range(top + 1)])
    rho = np.abs(R / R[0])
    bound = 2 * math.sqrt(math.log10(T) / T)
    m = next((m for m in range(top - kn + 1) if (rho[m + 1 : m + 1 + kn] < bound).all()), None)
    if m is None:
        m = max(k for k in range(1, top + 1) if rho[k] >= bound)
    M = min(2 * max(m, 1), top)
    lam = lambda s: 1 if s <= 0.5 else max(0, 2 * (1 - s))
    G = sum(2 * lam(k / M) * k * R[k] for k in range(1, M + 1))
    g = R[0] + sum(2 * lam(k / M) * R[k] for k in range(1, M + 1))
    b = (2 * G * G / (2 * g * g)) ** (1 / 3) * T ** (1 / 3)
    return max(1, min(b, math.ceil(min(3 * math.sqrt(T), T / 3))))


def pbo(x, S):
    T, N = x.shape
    size = T // S
    parts = [x[i * size : (i + 1) * size] for i in range(S)]
    sr = lambda rows: rows.mean(0) / rows.std(0, ddof=1)
    logits = []
    for inside in itertools.combinations(range(S), S // 2):
        best = sr(np.vstack([parts[i] for i in inside])).argmax()
        out = sr(np.vstack([parts[i] for i in range(S) if i not in inside]))
        w = (out <= out[best]).sum() / (N + 1)
        logits.append(math.log(w / (1 - w)))
    return float(np.mean(np.array(logits) <= 0))


def panel(T, N, drift, share=0.0, memory=0.0):
    common = rng.standard_normal(T)
    e = rng.standard_normal((T, N))
    for t in range(1, T):
        e[t] += memory * e[t - 1]
    scale = 0.004 + 0.008 * rng.uniform(size=N)
    return singles((e + share * common[:, None]) * scale + np.asarray(drift))


exact = []
for T, N, block, drift, memory in (
    (40, 4, 4.0, [0.0015, 0.001, -0.001, -0.02], 0.0),
    (30, 1, 1.0, [0.001], 0.0),
    (50, 20, 7.071, np.linspace(-0.004, 0.003, 20), 0.5),
    (36, 6, 6.0, [-0.01, -0.002, -0.003, -0.004, -0.001, -0.006], 0.3),
):
    d = panel(T, N, drift, 0.5, memory)
    samples = stationary(T, block, 60)
    exact.append(
        {
            "block": block,
            "excess": d.T.tolist(),
            "samples": [s.tolist() for s in samples],
            "expected": superior(d, samples, block),
        }
    )

lengths = []
for T, memory in ((100, 0.0), (250, 0.3), (500, 0.7), (400, -0.4), (60, 0.9)):
    x = panel(T, 1, [0.0], 0, memory)[:, 0]
    lengths.append({"values": x.tolist(), "numpy": block_length(x), "arch": float(optimal_block_length(x)["stationary"].iloc[0])})

splits = []
for T, N, S, drift in ((64, 5, 4, [0.0006, 0, 0, 0, 0]), (96, 12, 8, np.zeros(12)), (90, 7, 6, np.linspace(0, 0.001, 7))):
    x = panel(T, N, drift, 0.5)
    splits.append({"blocks": S, "returns": x.T.tolist(), "pbo": pbo(x, S)})

packaged = []
for T, N, block, drift in (
    (250, 10, 5, np.r_[0.003, 0.0024, 0.0012, np.zeros(7)]),
    (250, 10, 5, np.zeros(10)),
    (200, 8, 14, np.r_[0.001, -0.004 * np.ones(7)]),
):
    d = panel(T, N, drift, 0.3, 0.2)
    # arch compares means, also with studentize=True; scaled by these deviations they are Hansen's statistics.
    d = singles(d / np.sqrt([variance(d[:, k], block) for k in range(N)]))
    reps = 20000
    losses = np.zeros(T)
    spa = SPA(losses, -d, block_size=block, reps=reps, bootstrap="stationary", studentize=True, seed=1)
    spa.compute()
    white = RealityCheck(losses, -d, block_size=block, reps=reps, bootstrap="stationary", studentize=False, seed=2)
    white.compute()
    step = StepM(losses, -d, size=0.05, block_size=block, reps=reps, bootstrap="stationary", studentize=True, seed=3)
    step.compute()
    packaged.append(
        {
            "block": block,
            "reps": reps,
            "excess": d.T.tolist(),
            "lower": float(spa.pvalues["lower"]),
            "consistent": float(spa.pvalues["consistent"]),
            "upper": float(spa.pvalues["upper"]),
            "reality_check": float(white.pvalues["upper"]),
            "superior": [int(k) for k in step.superior_models],
        }
    )


def rounded(node):
    if isinstance(node, float):
        return float(f"{node:.12g}")
    if isinstance(node, dict):
        return {k: rounded(v) for k, v in node.items()}
    if isinstance(node, list):
        return [rounded(v) for v in node]
    return node


print(json.dumps(rounded({"made_by": "make_overfitting.py", "exact": exact, "lengths": lengths, "splits": splits, "arch": packaged})))
