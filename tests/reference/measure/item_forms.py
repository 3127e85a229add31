"""Sections 2 to 4 and 6 of docs/protocol.md for make_forms.py: items of four options."""

import itertools

import numpy as np
from scipy import special

from intervals import bca, correlation, wilson

READOUTS = ("letters", "continuation")
HIGH = ("H1", "H2")
KEYS = ("H1", "H2", "L1", "L2")
NAMES = {"H1L1H2L2": "forward", "L1H1L2H2": "reversed"}
ORDERS = [NAMES.get(name, name) for name in map("".join, itertools.permutations(KEYS))]


def shown(order):
    name = next((long for long, short in NAMES.items() if short == order), order)
    return [name[i : i + 2] for i in range(0, 8, 2)]


def mirror(order):
    name = "".join(shown(order)).translate(str.maketrans("HL", "LH"))
    return NAMES.get(name, name)


def first_largest(values):
    """Place of the largest; the first of equals. None of the data may hang on rounding."""
    best = max(values)
    assert all(v == best or best - v > 1e-9 for v in values), values
    return list(values).index(best)


class Row:
    def __init__(self, readout, trait, item, template, order, paraphrased, logs, tokens=None, neutral=None):
        self.readout, self.trait, self.item, self.template, self.order = readout, trait, item, template, order
        self.paraphrased, self.logs, self.tokens, self.neutral = paraphrased, logs, tokens, neutral
        # By key; of letters the logs are in the order shown.
        places = [shown(order).index(key) for key in KEYS] if order else range(4)
        by_key = np.array(logs)[list(places)]
        self.p = special.softmax(by_key)
        per_token = by_key / (tokens or [1] * 4)
        self.high = first_largest(per_token) < 2
        self.p_high, self.d = float(self.p[:2].sum()), float(per_token[:2].mean() - per_token[2:].mean())
        self.mass = float(np.exp(logs).sum()) if order else None
        self.gain = self.d_gain = None
        if neutral:
            gains = by_key - neutral
            self.gain = float(special.softmax(gains)[:2].sum())
            self.d_gain = float((gains / tokens)[:2].mean() - (gains / tokens)[2:].mean())

    def without(self, prior):
        weights = {key: np.exp(log) / share for key, log, share in zip(shown(self.order), self.logs, prior)}
        return np.array([weights[key] for key in KEYS]) / sum(weights.values())

    def stored(self):
        if self.order:
            return [self.trait, self.item, self.template, self.order, self.paraphrased, self.logs]
        return [self.trait, self.item, self.paraphrased, self.logs, self.tokens, self.neutral]


def distinct(values):
    return list(dict.fromkeys(values))


def pairs_of(rows):
    """Template to the pairs of rows whose orders are mirror images; no template without one."""
    found = {}
    for one, other in itertools.combinations(rows, 2):
        if one.template == other.template and one.order and mirror(one.order) == other.order:
            found.setdefault(one.template, []).append((one, other))
    return dict(sorted(found.items()))


def choice(pairs, shares=lambda row: row.p):
    """Shares of the four options over the pairs, and whether a high one is largest."""
    mean = sum(shares(row) for pair in pairs for row in pair) / (2 * len(pairs))
    return mean, first_largest(mean) < 2


def figures(rows, readout):
    """Of each complete item: score, expected, d; and the rows that they are from."""
    found = {}
    for item in sorted({row.item for row in rows}):
        own = [row for row in rows if row.item == item and row.readout == readout and not row.paraphrased]
        if readout == "continuation":
            found.update({item: ([100.0 * row.high, 100 * row.p_high, row.d], [row]) for row in own})
            continue
        forms = []
        for pairs in pairs_of(own).values():
            mean, high = choice(pairs)
            forms.append([100.0 * high, 100 * mean[:2].sum(), np.mean([row.d for pair in pairs for row in pair])])
        if forms:
            found[item] = (np.mean(forms, axis=0), [row for pairs in pairs_of(own).values() for pair in pairs for row in pair])
    return found


def mean_if_all(values):
    return None if any(v is None for v in values) else float(np.mean(values))


def score(rows, trait, readout, seed):
    own = [row for row in rows if row.trait == trait and row.readout == readout and not row.paraphrased]
    found = figures(own, readout)
    used = [row for _, rows in found.values() for row in rows]
    estimates = [bca(column, seed) for column in np.array([values for values, _ in found.values()]).T]
    for estimate in estimates[:2]:
        if estimate["low"] is None:
            low, high = wilson(estimate["value"] / 100, len(found))
            estimate.update(low=100 * low, high=100 * high)
    if estimates[2]["low"] is None:
        estimates[2].update(low=estimates[2]["value"], high=estimates[2]["value"])
    ends = {name + end: own[end] for name, own in zip(("", "expected_", "d_"), estimates) for end in ("low", "high")}
    gain = mean_if_all([row.gain for row in used])
    return {
        "trait": trait,
        "readout": readout,
        "items": len(found),
        "left_out": len({row.item for row in own}) - len(found),
        "answers": len(used),
        **{name: estimate["value"] for name, estimate in zip(("score", "expected", "d"), estimates)},
        **ends,
        "expected_gain": gain and 100 * gain,
        "d_gain": mean_if_all([row.d_gain for row in used]),
        "refusals": sum(row.mass < 0.25 for row in used if row.mass is not None),
        "option_mass": mean_if_all([row.mass for row in used]),
    }


def template_score(rows, trait, template):
    found = figures([row for row in rows if (row.trait, row.template) == (trait, template)], "letters")
    means = np.mean([values for values, _ in found.values()], axis=0).tolist()
    return {"trait": trait, "template": template, "items": len(found), **dict(zip(("score", "expected", "d"), means))}


def items_of(rows):
    """Trait and item to its rows."""
    return {key: [row for row in rows if (row.trait, row.item) == key] for key in distinct((r.trait, r.item) for r in rows)}


def liking(rows):
    """The prior of each template, and each trait's scores without it."""
    written = [row for row in rows if not row.paraphrased and row.readout == "letters"]
    by_item = {key: pairs_of(own) for key, own in items_of(written).items()}
    priors = {}
    for template in sorted({template for own in by_item.values() for template in own}):
        pairs = [pair for own in by_item.values() for pair in own.get(template, [])]
        logs = np.mean([special.log_softmax(row.logs) for pair in pairs for row in pair], axis=0)
        priors[template] = (len(pairs), special.softmax(logs))
    corrected = []
    for trait in distinct(row.trait for row in rows):
        values = []
        for own in (own for (name, _), own in by_item.items() if name == trait and own):
            forms = [choice(pairs, lambda row: row.without(priors[row.template][1])) for pairs in own.values()]
            values.append([np.mean([100.0 * high for _, high in forms]), np.mean([100 * mean[:2].sum() for mean, _ in forms])])
        if values:
            mean = np.mean(values, axis=0)
            corrected.append({"trait": trait, "items": len(values), "score": float(mean[0]), "expected": float(mean[1])})
    return [{"template": t, "pairs": n, "prior": p.tolist()} for t, (n, p) in priors.items()], corrected


def sensitivities(rows):
    changes = {(r, k): [] for r, k in (("letters", "template"), ("letters", "order"), ("letters", "paraphrase"), ("continuation", "paraphrase"))}
    for own in items_of(rows).values():
        sides = [pairs_of([row for row in own if row.paraphrased == side]) for side in (False, True)]
        written, other = ({template: choice(pairs)[1] for template, pairs in side.items()} for side in sides)
        if len(written) > 1:
            changes["letters", "template"].append(len(set(written.values())) > 1)
        changes["letters", "order"] += [one.high != two.high for pairs in sides[0].values() for one, two in pairs]
        changes["letters", "paraphrase"] += [written[t] != other[t] for t in written.keys() & other.keys()]
        words = {row.paraphrased: row.high for row in own if row.readout == "continuation"}
        if len(words) == 2:
            changes["continuation", "paraphrase"].append(words[False] != words[True])
    return [
        {"readout": r, "kind": kind, "compared": len(own), "changed": sum(own), "share": float(np.mean(own))}
        for (r, kind), own in changes.items()
        if own
    ]


def readouts_agree(name, one, other):
    common = sorted(one.keys() & other.keys())
    if not common:
        return []
    a, b = [one[key] for key in common], [other[key] for key in common]
    return [{"trait": name, "items": len(common), "same": float(np.mean(np.sign(a) == np.sign(b))), "correlation": correlation(a, b)}]


def agreement_of_readouts(rows):
    by_trait = {
        trait: [
            {(trait, item): values[2] for item, (values, _) in figures([row for row in rows if row.trait == trait], readout).items()}
            for readout in READOUTS
        ]
        for trait in distinct(row.trait for row in rows)
    }
    whole = [dict(pair for own in by_trait.values() for pair in own[side].items()) for side in (0, 1)]
    return readouts_agree(None, *whole) + [row for trait, own in by_trait.items() for row in readouts_agree(trait, *own)]


def letters_of(rows):
    labels = np.array([row.logs for row in rows if row.readout == "letters"])
    p, mass = special.softmax(labels, axis=1), np.exp(labels).sum(axis=1)
    histogram = np.bincount([first_largest(row) for row in labels], minlength=4)
    return {
        "histogram": histogram.tolist(),
        "mean_probability": p.mean(axis=0).tolist(),
        "locked": bool(histogram.max() > 0.95 * len(labels) and len(labels) >= 8),
        "option_mass": float(mass.mean()),
        "refusals": int((mass < 0.25).sum()),
    }


def summary_of_items(rows, seed):
    """Letters first, traits in the order of their first row."""
    traits = distinct(row.trait for row in rows)
    asked = [(r, t) for r in READOUTS for t in traits if any((row.readout, row.trait, row.paraphrased) == (r, t, False) for row in rows)]
    complete = [(r, t) for r, t in asked if figures([row for row in rows if row.trait == t], r)]
    pairs = {t: [pairs_of(own) for (trait, _), own in items_of([r for r in rows if not r.paraphrased]).items() if trait == t] for t in traits}
    templates = [(t, name) for r, t in complete if r == "letters" for name in sorted({name for own in pairs[t] for name in own})]
    priors, corrected = liking(rows)
    counts = {key: len({row.item for row in rows if (row.readout, row.trait, row.paraphrased) == (*key, False)}) for key in asked}
    return {
        "scores": [score(rows, t, r, seed) for r, t in complete],
        "missing": [
            {"trait": t, "readout": r, "items": counts[r, t], "reason": "incomplete"} for r, t in asked if (r, t) not in complete
        ],
        "templates": [template_score(rows, t, name) for t, name in templates],
        "letters": letters_of(rows),
        "priors": priors,
        "corrected": corrected,
        "sensitivities": sensitivities(rows),
        "agreement": agreement_of_readouts(rows),
        "resamples": 2000,
    }
