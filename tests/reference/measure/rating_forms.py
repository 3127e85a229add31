"""Sections 9, 11, 12 and the comparisons of section 5 of docs/protocol.md for make_forms.py."""

import numpy as np
from scipy import special, stats

from intervals import bca, holm, paired, retest, wilson
from item_forms import READOUTS, distinct, figures, first_largest, readouts_agree


class Rating:
    """`logs` are of the labels as shown, or of the answers from the one that agrees least, with `answers` as they are stored."""

    def __init__(self, statement, template, order, logs, answers=None):
        self.name, self.domain, self.facet, self.keyed = self.statement = statement
        self.readout, self.template, self.order = "letters" if order else "continuation", template, order
        self.logs, self.answers, self.k = logs, answers, len(logs or answers)
        if order:
            self.shares = special.softmax(logs[::-1] if order == "forward" else logs)
        else:
            self.shares = special.softmax([own - without for own, _, without in answers])
        self.choice = first_largest(self.shares) + 1
        self.mass = float(np.exp(logs).sum()) if order else None


def points_of(shares):
    return float(np.dot(shares, np.arange(1, len(shares) + 1)))


def turned(points, keyed, k):
    return points if keyed == "plus" else k + 1 - points


def statements(ratings, readout, scale=None):
    """Of each complete statement, by name: points of its choice, mean points, shares, order changes, rows; and how many are not."""
    found, asked = {}, set()
    for name in sorted({row.name for row in ratings}):
        own = [row for row in ratings if (row.name, row.readout) == (name, readout)]
        if not own or (scale and scale not in ((own[0].domain, None), (own[0].domain, own[0].facet))):
            continue
        asked.add(name)
        forms = [[row] for row in own if not row.order]
        by_template = [[row for row in own if row.order and row.template == name] for name in distinct(row.template for row in own)]
        forms += [form for form in by_template if len(form) == 2]
        if forms:
            shares = [np.mean([row.shares for row in form], axis=0) for form in forms]
            found[name] = {
                "keyed": own[0].keyed,
                "choice": float(np.mean([first_largest(share) + 1 for share in shares])),
                "value": float(np.mean([points_of(share) for share in shares])),
                "shares": np.mean(shares, axis=0),
                "changes": [form[0].choice != form[1].choice for form in forms if len(form) == 2],
                "rows": [row for form in forms for row in form],
            }
    return found, len(asked) - len(found)


def within_keys(values, keys):
    """With a single statement of a key nothing is known of the spread within it: plain values."""
    values, keys = np.asarray(values, float), np.array(keys)
    if min((keys == key).sum() for key in ("plus", "minus")) < 2:
        return values
    own = {key: values[keys == key] for key in ("plus", "minus")}
    stretch = [np.sqrt(len(own[key]) / (len(own[key]) - 1)) for key in keys]
    return (values - [own[key].mean() for key in keys]) * stretch + values.mean()


def scales(ratings, readout):
    order = {row.name: row for row in reversed(ratings) if row.readout == readout}
    rows = [order[name] for name in distinct(row.name for row in ratings) if name in order]
    return distinct((row.domain, None) for row in rows) + distinct((row.domain, row.facet) for row in rows if row.facet)


def scale_score(ratings, readout, scale, seed):
    found, left_out = statements(ratings, readout, scale)
    own, k = list(found.values()), ratings[0].k
    chosen = [turned(f["choice"], f["keyed"], k) for f in own]
    values = [turned(f["value"], f["keyed"], k) for f in own]
    changes = [change for f in own for change in f["changes"]]
    masses = [row.mass for f in own for row in f["rows"] if row.mass is not None]
    return {
        "domain": scale[0],
        "facet": scale[1],
        "readout": readout,
        "items": len(own),
        "left_out": left_out,
        "points": k,
        "score": float(np.mean(chosen)),
        "expected": bca(within_keys(values, [f["keyed"] for f in own]), seed),
        "sd": float(np.std(chosen, ddof=1)) if len(own) > 1 else None,
        "order_changes": float(np.mean(changes)) if changes else None,
        "refusals": sum(mass < 0.25 for mass in masses),
        "option_mass": float(np.mean(masses)) if masses else None,
        "norm": None,
    }


def liking_to_agree(ratings, readout, seed):
    domains, middle = [scale for scale in scales(ratings, readout) if scale[1] is None], (ratings[0].k + 1) / 2
    bias, consistent = [], []
    for domain in domains:
        found, _ = statements(ratings, readout, domain)
        sides = [[f["value"] for f in found.values() if f["keyed"] == key] for key in ("plus", "minus")]
        if all(sides):
            plus, minus = np.mean(sides[0]), np.mean(sides[1])
            bias.append((plus + minus) / 2 - middle)
            consistent.append(np.sign(plus - middle) == np.sign(turned(minus, "minus", ratings[0].k) - middle))
    found, _ = statements(ratings, readout)
    plus, minus = ([f["value"] for f in found.values() if f["keyed"] == key] for key in ("plus", "minus"))
    return {
        "readout": readout,
        "plus_items": len(plus),
        "plus": bca(plus, seed),
        "minus_items": len(minus),
        "minus": bca(minus, seed),
        "bias": float(np.mean(bias)) if bias else None,
        "domains": len(bias),
        "consistent": int(np.sum(consistent)),
    }


def agreement_of_readouts(ratings):
    """Of what each statement's value, turned round, lies above the middle of the scale."""
    k, domains = ratings[0].k, [scale for scale in scales(ratings, "letters") if scale[1] is None]

    def above(readout, scale=None):
        found, _ = statements(ratings, readout, scale)
        return {name: turned(f["value"], f["keyed"], k) - (k + 1) / 2 for name, f in found.items()}

    named = [(domain[0], domain) for domain in domains]
    return [row for name, scale in [(None, None), *named] for row in readouts_agree(name, *(above(readout, scale) for readout in READOUTS))]


def gate(facts, readout, asked):
    found, _ = statements(facts, readout)
    questions = [name[:-5] for name in found if name.endswith("/true") and name[:-5] + "/false" in found]
    sides = [(found[name + "/true"], found[name + "/false"]) for name in questions]
    right = sum(true["value"] > false["value"] for true, false in sides)
    above = []
    for true, false in sides:
        both = np.outer(true["shares"], false["shares"])
        above.append(np.tril(both, -1).sum() + np.trace(both) / 2)
    n = len(sides)
    low, high = wilson(right / n, n)
    return {
        "readout": readout,
        "items": n,
        "questions": n,
        "asked": asked,
        "right": right,
        "rate": right / n,
        "low": low,
        "high": high,
        "chance": 0.5,
        "p_right": float(np.mean(above)),
        "letters": None,
        "passes": bool(n == asked and n >= 8 and right / n >= 0.75 and low > 0.5),
    }


def labels_of(ratings):
    rows = [row for row in ratings if row.order]
    places = [row.k - row.choice if row.order == "forward" else row.choice - 1 for row in rows]
    return np.bincount(places, minlength=ratings[0].k).tolist()


def summary_of_ratings(ratings, facts, asked, seed):
    return {
        "scores": [scale_score(ratings, r, scale, seed) for r in READOUTS for scale in scales(ratings, r)],
        "agreement": [liking_to_agree(ratings, r, seed) for r in READOUTS],
        "readouts": agreement_of_readouts(ratings),
        "labels": labels_of(ratings),
        "locked": False,
        "gate": [gate(facts, r, asked) for r in READOUTS],
    }


def comparison(before, after, seed):
    """Each is a pair of rows of items and ratings."""
    traits, domains = [], []
    for readout in READOUTS:
        wholes, parts = [], []
        for trait in distinct(row.trait for row in before[0]):
            of_trait = ([row for row in rows if row.trait == trait] for rows, _ in (before, after))
            sides = [{item: values for item, (values, _) in figures(rows, readout).items()} for rows in of_trait]
            estimates, rest = paired(*sides, seed)
            named = dict(zip(("score", "expected", "d"), estimates))
            traits.append({"difference": {"trait": trait, "readout": readout, **named, **rest}})
            wholes.append((traits[-1], rest["p"]))
        for scale in scales(before[1], readout):
            of_scale = (statements(ratings, readout, scale)[0] for _, ratings in (before, after))
            k = before[1][0].k
            sides = [{name: [turned(f["value"], f["keyed"], k)] for name, f in found.items()} for found in of_scale]
            [points], rest = paired(*sides, seed)
            domains.append({"domain": scale[0], "facet": scale[1], "readout": readout, "points": points, **rest})
            (parts if scale[1] else wholes).append((domains[-1], rest["p"]))
        for family in (wholes, parts):
            for (row, _), adjusted in zip(family, holm([p for _, p in family])):
                row["adjusted"] = adjusted
    return {"traits": traits, "domains": domains}


def ladder(aim, scale, points):
    """`points` are step and score of each setting."""
    steps, scores = np.array([step for step, _ in points]), np.array([score for _, score in points])
    medians = {int(step): float(np.median(scores[steps == step])) for step in np.unique(steps)}
    return {
        "trait": aim,
        "statement": False,
        "scale": scale,
        "readout": "letters",
        "rho": float(stats.spearmanr(steps, scores).statistic),
        "range": medians[max(medians)] - medians[min(medians)],
        "steps": [{"rank": step, "settings": int((steps == step).sum()), "median": median} for step, median in medians.items()],
    }


def share_refused(values):
    of, count = len(values), sum(v is None for v in values)
    low, high = wilson(count / of, of)
    return {"of": of, "count": count, "share": count / of, "low": low, "high": high}


def free_scores(answers, drawn, seed):
    """`answers` are scale, item, key, sample and value (none for a refusal); `drawn` makes what is drawn from of values and keys."""

    def by_item(own):
        names = sorted({(scale, item) for scale, item, _, _, value in own if value is not None})
        of = {name: [value for scale, item, _, _, value in own if (scale, item) == name and value is not None] for name in names}
        return {name: sum(values) / len(values) for name, values in of.items()}

    keys = {(scale, item): key for scale, item, key, _, _ in answers}
    scores = []
    for scale in distinct(answer[0] for answer in answers):
        own = [answer for answer in answers if answer[0] == scale]
        values = by_item(own)
        drawn_from = drawn(list(values.values()), [keys[name] for name in values])
        refused = share_refused([answer[4] for answer in own])
        scores.append({"scale": scale, "items": len(values), "score": bca(drawn_from, seed) if values else None, "refused": refused})
    first, second = (by_item([answer for answer in answers if answer[3] == sample]) for sample in (0, 1))
    common = sorted(first.keys() & second.keys())
    return {
        "scores": scores,
        "refused": share_refused([answer[4] for answer in answers]),
        "retest": retest([first[name] for name in common], [second[name] for name in common]),
    }


def free_summary(answers, ratings, seed):
    items = [
        (a["trait"], a["item"], "plus", a["sample"], None if a["choice"] is None else float(a["choice"].startswith("high"))) for a in answers
    ]
    stated = [
        (r["domain"], r["item"], r["keyed"], r["sample"], None if r["points"] is None else turned(r["points"], r["keyed"], r["of"]))
        for r in ratings
    ]
    return {
        "items": free_scores(items, lambda values, _: 100 * np.array(values), seed),
        "statements": free_scores(stated, within_keys, seed),
    }
