"""Writes reliability.json: coefficients of reliability, validity and variation, worked out a second time.

Run it in an environment with numpy, scipy and scikit-learn (made with numpy 2.4, scipy 1.18, scikit-learn 1.9):

    python make_reliability.py

Nothing is shared with the crate but the definitions in docs/protocol.md: lambda-6 comes from regressions, omega from a
general optimiser started at many places, components and clusters from scikit-learn, the rest from scipy.stats.
"""

import json
import pathlib

import numpy as np
from scipy import optimize, stats
from sklearn.cluster import DBSCAN
from sklearn.decomposition import PCA

rng = np.random.default_rng(20261128)


def omega(rows):
    covariances = np.cov(rows.T)
    k = len(covariances)
    off = ~np.eye(k, dtype=bool)
    bound = np.sqrt(np.diag(covariances))

    def loss(loadings):
        return (((covariances - np.outer(loadings, loadings))[off]) ** 2).sum()

    starts = [bound * rng.uniform(-1, 1, k) for _ in range(40)] + [bound * 0.7]
    found = [
        optimize.minimize(
            loss, start, method="L-BFGS-B", bounds=list(zip(-bound, bound)), options={"ftol": 1e-16, "gtol": 1e-12, "maxiter": 10000}
        )
        for start in starts
    ]
    loadings = min(found, key=lambda f: f.fun).x
    common = loadings.sum() ** 2
    return float(common / (common + (np.diag(covariances) - loadings**2).sum()))


def reliability(rows):
    n, k = rows.shape
    total = rows.sum(axis=1).var(ddof=1)
    alpha = k / (k - 1) * (1 - rows.var(axis=0, ddof=1).sum() / total)
    low, high = (1 - (1 - alpha) * stats.f.ppf(p, n - 1, (n - 1) * (k - 1)) for p in (0.975, 0.025))
    left = 0.0
    for j in range(k):
        others = np.column_stack([np.ones(n), np.delete(rows, j, axis=1)])
        fitted = others @ np.linalg.lstsq(others, rows[:, j], rcond=None)[0]
        left += ((rows[:, j] - fitted) ** 2).sum() / (n - 1)
    r = np.corrcoef(rows[:, ::2].sum(axis=1), rows[:, 1::2].sum(axis=1))[0, 1]
    return {
        "rows": rows.tolist(),
        "alpha": float(alpha),
        "low": float(low),
        "high": float(high),
        "lambda6": float(1 - left / total),
        "omega": omega(rows),
        "split_half": float(2 * r / (1 + r)),
    }


def one_factor(n, loadings, own):
    return np.outer(rng.normal(size=n), loadings) + rng.normal(size=(n, len(loadings))) * own


def validity(first, second):
    k = first.shape[1]
    r = np.array([[stats.pearsonr(first[:, i], second[:, j]).statistic for j in range(k)] for i in range(k)])
    off = ~np.eye(k, dtype=bool)
    apart = [r[i, i] - np.concatenate([np.abs(r[i, off[i]]), np.abs(r[off[i], i])]).mean() for i in range(k)]
    return {
        "first": first.tolist(),
        "second": second.tolist(),
        "correlations": r.tolist(),
        "convergent": float(np.diag(r).mean()),
        "discriminant": float(np.mean(apart)),
    }


def two_instruments(n, k, noise):
    true = rng.normal(size=(n, k)) + rng.normal(size=(n, 1))
    return true + noise * rng.normal(size=(n, k)), true + noise * rng.normal(size=(n, k))


def components(rows):
    pca = PCA(n_components=2, svd_solver="full").fit(rows)
    signs = np.sign([w[np.abs(w).argmax()] for w in pca.components_])
    points = pca.transform(rows) * signs
    labels = DBSCAN(eps=0.3, min_samples=20).fit(points).labels_
    return {
        "rows": rows.tolist(),
        "explained": pca.explained_variance_ratio_.tolist(),
        "weights": (pca.components_ * signs[:, None]).tolist(),
        "points": points.tolist(),
        "clusters": [None if label < 0 else int(label) for label in labels],
    }


def some_settings():
    groups = [
        rng.normal([3, 3.4, 3.1, 3.6, 2.8], 0.12, (90, 5)),
        rng.normal([2, 3.9, 3.3, 2.6, 3.4], 0.1, (60, 5)),
        rng.uniform(1, 5, (12, 5)),
    ]
    return np.round(np.vstack(groups), 3)


def levels(scores, names):
    effects = []
    for name in dict.fromkeys(names):
        own = np.array([s for s, n in zip(scores, names) if n == name])
        rest = np.array([s for s, n in zip(scores, names) if n != name])
        effects.append([name, float(own.mean() - rest.mean()), float(stats.ttest_ind(own, rest, equal_var=False).pvalue)])
    adjusted = stats.false_discovery_control([p for _, _, p in effects], method="bh")
    return {"scores": list(scores), "names": list(names), "effects": effects, "adjusted": adjusted.tolist()}


def spread(scores, sd, people):
    f = scores.var(ddof=1) / sd**2
    below = stats.f.cdf(f, len(scores) - 1, people - 1)
    return {"scores": scores.tolist(), "sd": sd, "people": people, "f": float(f), "p": float(2 * min(below, 1 - below))}


names = [f"T{1 + i % 3}" for i in range(36)]
golden = {
    "reliability": [
        reliability(one_factor(40, np.array([0.9, 0.8, 0.7, 0.6, 0.5]), np.array([0.5, 0.6, 0.7, 0.8, 0.9]))),
        reliability(np.round(np.clip(one_factor(200, np.full(12, 0.4), np.full(12, 1.0)) + 3, 1, 5))),
        reliability(rng.normal(size=(30, 6))),
    ],
    "validity": [validity(*two_instruments(50, 5, noise)) for noise in (0.3, 2.0)],
    "components": components(some_settings()),
    "levels": levels((rng.normal(size=36) + [0.8 * (n == "T2") for n in names]).tolist(), names),
    "spread": [spread(rng.normal(3, s, n), sd, people) for n, s, sd, people in ((50, 0.3, 0.72, 1000), (12, 1.0, 0.9, 400))],
    "f": [[x, a, b, float(stats.f.cdf(x, a, b))] for x, a, b in ((0.3, 4, 7), (1.0, 2499, 300), (2.2, 30, 1), (8.0, 3, 500))],
    "t": [[t, df, float(2 * stats.t.sf(abs(t), df))] for t, df in ((0.5, 2.3), (-2.1, 17.0), (6.0, 120.0))],
}
path = pathlib.Path(__file__).with_name("reliability.json")
path.write_text(json.dumps(golden) + "\n")
