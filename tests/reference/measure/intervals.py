"""Section 5 of docs/protocol.md for make_forms.py: intervals, and whether something could be chance.

Nothing is shared with the crate but docs/protocol.md and the draws of its generator. The names in the results are those of the
crate's own files, so that a test can hold one against the other field by field.
"""

import itertools

import numpy as np
from scipy import stats
from statsmodels.stats.multitest import multipletests

from splitmix import draws, splitmix


def agree(values):
    """Whether they are all the same but for rounding."""
    return np.ptp(values) <= 1e-12 * max(1.0, np.abs(values).max())


def bca(values, seed):
    values = np.asarray(values, float)
    mean = values.mean()
    if agree(values):
        return {"value": float(mean), "low": None, "high": None}
    means = values[draws(seed, len(values))].mean(axis=1)
    # Means that differ by rounding alone are equal.
    equal = np.abs(means - mean) <= 1e-10 * np.ptp(values)
    z0 = stats.norm.ppf((((means < mean) & ~equal).sum() + equal.sum() / 2) / len(means))
    u = values - mean
    a = (u**3).sum() / (6 * (u**2).sum() ** 1.5)
    ends = [z0 + (z0 + z) / (1 - a * (z0 + z)) for z in stats.norm.ppf([0.025, 0.975])]
    low, high = np.quantile(means, stats.norm.cdf(ends))
    return {"value": float(mean), "low": float(low), "high": float(high)}


def wilson(rate, n):
    z = stats.norm.ppf(0.975)
    half = z * np.sqrt(rate * (1 - rate) / n + z**2 / (4 * n**2))
    centre = rate + z**2 / (2 * n)
    return [float(np.clip((centre + side) / (1 + z**2 / n), 0, 1)) for side in (-half, half)]


def sign_flip(differences, seed):
    differences = np.asarray(differences, float)
    n = len(differences)
    reach = abs(differences.sum()) - 1e-9 * np.abs(differences).max()
    if n <= 12:
        signs = np.array(list(itertools.product((1, -1), repeat=n)))
        return float((np.abs(signs @ differences) >= reach).mean())
    numbers = splitmix(seed)
    # A number's bits, from the last, are the signs of up to 64 items.
    signs = []
    for _ in range(9999):
        bits = [number >> i & 1 for number in itertools.islice(numbers, -(-n // 64)) for i in range(64)]
        signs.append(1 - 2 * np.array(bits[:n]))
    return float((1 + (np.abs(np.array(signs) @ differences) >= reach).sum()) / 10000)


def cohen(differences):
    if len(differences) < 2 or agree(differences):
        return None
    return float(np.mean(differences) / np.std(differences, ddof=1))


def correlation(a, b):
    if len(a) < 2 or agree(a) or agree(b):
        return None
    found = stats.pearsonr(a, b)
    ends = found.confidence_interval(0.95) if len(a) > 3 and abs(found.statistic) < 1 - 1e-12 else (None, None)
    low, high = (end if end is None else float(end) for end in ends)
    r = {"value": float(found.statistic), "low": low, "high": high}
    return {"pairs": len(a), "r": r, "rho": float(stats.spearmanr(a, b).statistic)}


def holm(p):
    return multipletests(p, method="holm")[1].tolist()


def retest(first, second):
    if not len(first):
        return None
    apart = np.abs(np.subtract(first, second))
    found = correlation(first, second)
    return {"pairs": len(first), "r": found and found["r"]["value"], "apart": float(apart.mean()), "same": float((apart == 0).mean())}


def paired(before, after, seed):
    """Both are figures by item."""
    common = sorted(before.keys() & after.keys())
    changes = np.array([np.subtract(after[item], before[item]) for item in common])
    last = changes[:, -1]
    counted = {"items": len(common), "unpaired": len(before) + len(after) - 2 * len(common)}
    against = int((last * last.mean() < 0).sum())
    estimates = [bca(column, seed) for column in changes.T]
    return estimates, {**counted, "against": against, "dz": cohen(last), "p": sign_flip(last, seed)}
