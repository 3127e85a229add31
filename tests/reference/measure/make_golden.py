"""Writes golden.json: the arithmetic of `measure` done again with numpy and scipy.

Run it in an environment with numpy and scipy (made with numpy 2.4, scipy 1.17):

    python make_golden.py

The bootstrap draws come from an own SplitMix64, as in the crate; the interval from these draws is scipy's.
"""

import json
import pathlib
from types import SimpleNamespace

import numpy as np
from scipy import special, stats

from splitmix import draws

ORDER = {"forward": [0, 2, 1, 3], "reversed": [2, 0, 3, 1]}
rng = np.random.default_rng(20240607)


def high_low(x):
    return float(np.mean(x[:2]) - np.mean(x[2:]))


def letters(layout, labels):
    by_key = np.empty(4)
    by_key[ORDER[layout]] = labels
    p = special.softmax(by_key)
    return {
        "layout": layout,
        "labels": list(labels),
        "p_high": float(p[:2].sum()),
        "mass": float(np.exp(labels).sum()),
        "d": high_low(by_key),
        "win": bool(np.argmax(p) < 2),
    }


def continuation(sums, tokens, neutral):
    gain = sums - neutral
    return {
        "sums": list(sums),
        "tokens": [int(t) for t in tokens],
        "neutral": list(neutral),
        "p_high": float(special.softmax(sums)[:2].sum()),
        "d": high_low(sums / tokens),
        "win": bool(np.argmax(sums / tokens) < 2),
        "p_high_gain": float(special.softmax(gain)[:2].sum()),
        "d_gain": high_low(gain / tokens),
    }


def official(items):
    """TRAIT's score from label probabilities, written out by its formula."""
    high, expected, d = 0, [], []
    for forward, backward in items:
        p, q = special.softmax(forward), special.softmax(backward)
        h1, l1 = (p[0] + q[1]) / 2, (p[1] + q[0]) / 2
        h2, l2 = (p[2] + q[3]) / 2, (p[3] + q[2]) / 2
        best = max(h1, h2, l1, l2)
        high += best in (h1, h2)
        expected.append(h1 + h2)
        d.append(
            ((forward[0] + forward[2] - forward[1] - forward[3]) + (backward[1] + backward[3] - backward[0] - backward[2])) / 4
        )
    return {
        "items": [[list(a), list(b)] for a, b in items],
        "score": 100 * high / len(items),
        "expected": 100 * float(np.mean(expected)),
        "d": float(np.mean(d)),
    }


def bootstrap(seed, rows, resamples=2000):
    index = draws(seed, len(rows), resamples)
    low, high = [], []
    for values in rows.T:
        made = SimpleNamespace(bootstrap_distribution=values[index].mean(axis=1))
        ci = stats.bootstrap(
            (values,), np.mean, n_resamples=0, method="BCa", confidence_level=0.95, bootstrap_result=made
        ).confidence_interval
        low.append(float(ci.low))
        high.append(float(ci.high))
    return {"seed": seed, "rows": rows.tolist(), "low": low, "high": high}


def label_logprobs(scale):
    """Four log-probabilities of a vocabulary with some mass elsewhere."""
    return special.log_softmax(np.append(rng.normal(0, scale, 4), rng.normal(1, 1)))[:4]


def some_rows(n):
    """Score, expected and d of n items, in 1024ths: their sums are exact, so scipy sees every tie."""
    won = 100.0 * (rng.random(n) < 0.7)
    rows = np.column_stack([won, 100 * rng.beta(2, 1, n), rng.normal(0.4, 1.0, n)])
    return np.round(rows * 1024) / 1024


golden = {
    "letters": [letters(layout, label_logprobs(scale)) for layout in ORDER for scale in (0.1, 2, 30)],
    "continuation": [
        continuation(-rng.gamma(20, scale, 4), rng.integers(1, 30, 4), -rng.gamma(22, scale, 4)) for scale in (0.2, 2, 200)
    ],
    "official": [official([(label_logprobs(s), label_logprobs(s)) for _ in range(n)]) for n, s in ((7, 1), (20, 3))],
    "wilson": [
        dict(right=r, of=n, **stats.binomtest(r, n).proportion_ci(method="wilson")._asdict())
        for r, n in ((0, 24), (6, 24), (12, 24), (21, 24), (24, 24), (1, 1))
    ],
    "bootstrap": [bootstrap(seed, some_rows(n)) for seed, n in ((1, 5), (42, 10), (2**53 + 1, 80))],
}
path = pathlib.Path(__file__).with_name("golden.json")
path.write_text(json.dumps(golden, indent=1) + "\n")
