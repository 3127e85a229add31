"""Writes forms.json: what the forms of asking, statements, free answers, ladders and comparisons come to.

Run it in an environment with numpy, scipy and statsmodels (made with numpy 2.4, scipy 1.17, statsmodels 0.15):

    python make_forms.py

The answers are drawn here: refusals, ties, rows that a stopped run lacks. What they come to is worked out, from docs/protocol.md
alone, in intervals.py, item_forms.py and rating_forms.py, whose results have the names of the crate's own files.
"""

import json
import pathlib

import numpy as np
from scipy import special

import intervals
import item_forms
import rating_forms
from item_forms import HIGH, KEYS, ORDERS, Row, distinct, shown
from rating_forms import Rating

rng = np.random.default_rng(20261129)
BOTH = ("forward", "reversed")


def log_shares(logits, mass):
    return np.round(special.log_softmax(logits) + np.log(mass), 5).tolist()


def some_mass():
    """Mostly much, sometimes less than a fourth; never where rounding decides."""
    mass = special.expit(rng.normal(1.2, 1.5))
    return mass if abs(mass - 0.25) > 1e-3 else 0.3


def item_rows(trait, n, templates=("T1", "T2", "T3"), orders=BOTH, stopped=0.05, words=True, likes=0.5, paraphrased=True, shift=0.0):
    """Rows of `n` items in which something is missing here and there, with a liking for labels under each template."""
    liking = {template: rng.normal(0, likes, 4) for template in templates}
    rows = []
    for i in range(n):
        name = f"{trait[:3].lower()}-{i:02}"
        lean = rng.normal(0.3, 1) + shift
        own = {key: lean / 2 * (1 if key in HIGH else -1) + rng.normal(0, 0.4) for key in KEYS}
        tie = i == 1  # high1 and low1 are equal and the largest, whatever the order
        for side in (False, True) if paraphrased and i % 4 != 3 else (False,):
            seen = {key: own[key] + rng.normal(0, 0.5 * side) for key in KEYS}
            for template in templates:
                for order in orders:
                    logits = np.array([seen[key] for key in shown(order)]) + liking[template] + rng.normal(0, 0.2, 4)
                    if tie:
                        top = max(logits) + 0.5
                        logits = [top if key in ("H1", "L1") else logit for key, logit in zip(shown(order), logits)]
                    # Of item 0 only one order is asked, and of item 2 no letters.
                    if rng.random() >= stopped and not (i == 0 and order != orders[0]) and i != 2:
                        rows.append(Row("letters", trait, name, template, order, side, log_shares(logits, some_mass())))
            if words and rng.random() >= stopped:
                tokens = rng.integers(4, 15, 4).tolist()
                sums = np.round([tokens[j] * (-2.5 + 0.3 * seen[key] + rng.normal(0, 0.3)) for j, key in enumerate(KEYS)], 4).tolist()
                if tie:
                    tokens, sums = [10, 11, 12, 13], [-20.0, -30.8, -24.0, -39.0]
                neutral = np.round(np.array(sums) - rng.gamma(4, 0.5, 4), 4).tolist()
                rows.append(Row("continuation", trait, name, None, None, side, sums, tokens, neutral if words == "gain" else None))
    return rows


def stored_items(rows):
    letters = [row.stored() for row in rows if row.order]
    return {"letters": letters, "continuation": [row.stored() for row in rows if not row.order]}


def in_file_order(rows):
    """As the test puts them together: letters, then continuations."""
    return sorted(rows, key=lambda row: row.order is None)


def all_alike(n):
    """A trait whose items all choose high, surely: Wilson's interval stands in for the bootstrap's."""
    logits = {"H1": 2.0, "H2": 1.0, "L1": -1.0, "L2": -2.0}
    name = "Narcissism"
    return [
        Row("letters", name, f"nar-{i}", "T1", order, False, log_shares([logits[key] for key in shown(order)], 0.75))
        for i in range(n)
        for order in BOTH
    ]


def half_asked():
    return [Row("letters", "Psychopathy", "psy-0", "T1", "forward", False, [-1.0, -2.0, -3.0, -4.0])]


def items_case(rows, seed):
    rows = in_file_order(rows)
    return {"seed": seed, "answers": stored_items(rows), "summary": item_forms.summary_of_items(rows, seed)}


def inventory(domains, facets=0, minus=0.5):
    """Statements: name, domain, facet and key."""
    named = [(f"{domain[:3].lower()}-{i:02}", domain, i) for domain, n in domains.items() for i in range(n)]
    facet = lambda domain, i: f"{domain} {'AB'[i * 2 // domains[domain]]}" if facets and domain in list(domains)[:facets] else None
    key = lambda domain, i: "minus" if minus and i % 5 in (1, 3) and domain != "Honesty" else "plus"
    return [(name, domain, facet(domain, i), key(domain, i)) for name, domain, i in named]


def rating_rows(statements, k, templates=("T1", "T2"), stopped=0.05, agrees=0.3, lean=0.8, sharp=1.0, words=True):
    steps = np.linspace(-1, 1, k)
    rows = []
    for statement in statements:
        own = rng.normal(lean, 0.6) * (1 if statement[3] == "plus" else -1) + agrees
        for template in templates:
            for order in BOTH:
                logits = sharp * own * steps + rng.normal(0, 0.5, k)
                if statement[0].endswith("02") and template == "T1":
                    logits[[1, -1]] = logits.max() + 0.4  # two answers are equal and the largest
                labels = log_shares(logits[::-1] if order == "forward" else logits, some_mass())
                if rng.random() >= stopped:
                    rows.append(Rating(statement, template, order, labels))
        if words and rng.random() >= stopped:
            without = -rng.gamma(9, 1, k)
            answers = [
                [round(float(w + own * step + rng.normal(0, 0.7)), 4), int(rng.integers(1, 6)), round(float(w), 4)]
                for w, step in zip(without, steps)
            ]
            answers = [[min(log, -0.01), tokens, w] for log, tokens, w in answers]
            rows.append(Rating(statement, None, None, None, answers))
    return sorted(rows, key=lambda row: row.order is None)


def stored_ratings(rows):
    known = distinct(row.statement for row in rows)
    return {
        "statements": [dict(zip(("id", "domain", "facet", "keyed"), statement), text="") for statement in known],
        "letters": [[known.index(row.statement), row.template, row.order, row.logs] for row in rows if row.order],
        "continuation": [[known.index(row.statement), row.answers] for row in rows if not row.order],
    }


def ratings_case(ratings, facts, asked, seed):
    summary = rating_forms.summary_of_ratings(ratings, facts, asked, seed)
    return {"ratings": stored_ratings(ratings), "facts": stored_ratings(facts), "asked": asked, "seed": seed, "summary": summary}


def facts(n, k, **drawn):
    """True and false statements about `n` questions; of question 1 both are answered alike, of question 2 the false one is missing."""
    named = [(f"q{i:02}/{side}", "facts", None, key) for i in range(n) for side, key in (("true", "plus"), ("false", "minus"))]
    rows = [row for row in rating_rows(named, k, stopped=0.0, **drawn) if row.name != "q02/false"]
    alike = {(row.template, row.order): row for row in rows if row.name == "q01/true"}
    for place, row in enumerate(rows):
        if row.name == "q01/false":
            same = alike[row.template, row.order]
            rows[place] = Rating(row.statement, row.template, row.order, same.logs, same.answers)
    return rows


def comparison_case(seed):
    def test(shift, lean):
        rows = item_rows("Openness", 9, ("T1", "T2"), shift=shift, paraphrased=False)
        rows += item_rows("Extraversion", 17, ("T1",), shift=-shift, paraphrased=False)
        own = inventory({"Conscientiousness": 12, "Neuroticism": 15}, facets=1)
        return in_file_order(rows), rating_rows(own, 5, ("T1",), lean=lean)

    sides = [test(0.0, 0.5), test(0.6, 0.9)]
    before, after = ({"items": stored_items(rows), "ratings": stored_ratings(ratings)} for rows, ratings in sides)
    return {"seed": seed, "before": before, "after": after, "comparison": rating_forms.comparison(*sides, seed)}


def ladder_case():
    """Two ladders in one factor, each step under three wordings; some answers are missing, many are equal."""
    steps, wordings = [("Openness", rank) for rank in range(1, 7)] + [("Extraversion", rank) for rank in range(1, 5)], 3
    scales, answers, points = ("Openness", "Extraversion"), [], {}
    for place, (aim, rank) in enumerate(steps):
        for wording in range(wordings):
            setting, values = place * wordings + wording, []
            for scale in scales:
                own = np.round(40 + (5 * rank if aim == scale else 0) + rng.integers(-6, 7, 3)).tolist()
                whole = rng.random() > 0.1
                values += [[scale, f"i{i}", value] for i, value in enumerate(own) if whole or i != 1]
                if whole:
                    points.setdefault((aim, scale), []).append((rank, np.mean(own)))
            answers.append([setting, values])
    ladders = [rating_forms.ladder(aim, scale, points[aim, scale]) for aim in scales for scale in scales]
    return {"steps": steps, "wordings": wordings, "answers": answers, "ladders": ladders}


def free_case(seed):
    answers, ratings = [], []
    for trait, n, high in (("Openness", 9, 0.8), ("Agreeableness", 6, 0.4)):
        for i in range(n):
            of_item = np.clip(high + rng.normal(0, 0.25), 0.02, 0.98)
            for template, layout, sample in [(t, o, s) for t in ("T1", "T3") for o in BOTH for s in range(3 if i == 0 else 2)]:
                choice = str(rng.choice(["high1", "high2"] if rng.random() < of_item else ["low1", "low2"]))
                refused = rng.random() < (1.0 if i == 4 else 0.2)
                row = {"item": f"{trait[:1]}{i}", "trait": trait, "template": template, "layout": layout, "sample": sample, "text": ""}
                answers.append({**row, "choice": None if refused else choice})
    for statement in inventory({"Extraversion": 10, "Honesty": 5, "Neuroticism": 8}):
        name, domain, _, keyed = statement
        for layout, sample in [(o, s) for o in BOTH for s in range(2)]:
            points = int(np.clip(np.round(rng.normal(3.6 if keyed == "plus" else 2.8, 1)), 1, 5))
            row = {"item": name, "domain": domain, "keyed": keyed, "template": "T1", "layout": layout, "sample": sample, "text": ""}
            ratings.append({**row, "of": 5, "points": None if rng.random() < 0.15 else points})
    return {"seed": seed, "answers": answers, "ratings": ratings, "summary": rating_forms.free_summary(answers, ratings, seed)}


def in_steps(values, step=1024):
    """Rounded so that sums are exact and ties are seen."""
    return (np.round(np.asarray(values) * step) / step).tolist()


def two_lists(n, step, r=0.6):
    a = rng.normal(size=n)
    return in_steps(a, step), in_steps(r * a + np.sqrt(1 - r * r) * rng.normal(size=n), step)


def statistics():
    lists = [two_lists(n, step) for n, step in ((30, 2), (12, 1), (200, 1024), (4, 64), (3, 64))]
    lists += [([1.0, 1.0, 1.0], [1.0, 2.0, 3.0]), ([1.0, 2.0, 4.0, 8.0], [-1.0, -2.0, -4.0, -8.0])]
    rounds = [two_lists(n, 2, 0.9) for n in (25, 6)] + [([2.0, 2.0], [2.0, 3.0])]
    families = [rng.beta(0.5, 3, 12).tolist(), [0.01, 0.02, 0.01, 0.5, 0.02], [0.9, 0.8, 0.4]]
    changes = [(7, in_steps(rng.normal(mean, 1, n))) for n, mean in ((6, 0.5), (12, -0.3), (13, 0.4), (40, 0.3), (150, -0.1))]
    changes += [(7, [1.0, -1.0, 1.0, 1.0]), (7, [0.5, 0.5, 0.5]), (7, [0.25])]
    keyed = []
    for plus, minus in ((8, 6), (2, 11), (5, 0), (6, 1)):
        keys = ["plus"] * plus + ["minus"] * minus
        rng.shuffle(keys)
        values = [round(rng.normal(3.9 if key == "plus" else 2.6, 0.5), 4) for key in keys]
        estimate = intervals.bca(rating_forms.within_keys(values, keys), 2**40 + 5)
        keyed.append({"seed": 2**40 + 5, "values": values, "keys": keys, "estimate": estimate})
    return {
        "correlations": [{"a": a, "b": b, "found": intervals.correlation(a, b)} for a, b in lists],
        "retests": [{"a": a, "b": b, "found": intervals.retest(a, b)} for a, b in rounds],
        "holm": [{"p": p, "adjusted": intervals.holm(p)} for p in families],
        "sign_flips": [{"seed": s, "differences": d, "p": intervals.sign_flip(d, s), "dz": intervals.cohen(d)} for s, d in changes],
        "within_keys": keyed,
    }


usual = item_rows("Openness", 11, words="gain") + item_rows("Agreeableness", 8, words=True) + all_alike(5) + half_asked()
orders = item_rows("Extraversion", 7, ("T1", "T3"), ORDERS, 0.04, words=False, likes=1.2, paraphrased=False)
whole = lambda rows: [row for row in rows if not row.name.startswith("q02/")]
domains = {"Agreeableness": 9, "Extraversion": 10, "Honesty": 4}
golden = {
    "items": [items_case(usual, 11), items_case(orders, 2**53 - 7)],
    "ratings": [
        ratings_case(rating_rows(inventory(domains, facets=2), 5), facts(25, 5, lean=0.9), 25, 3),
        ratings_case(rating_rows(inventory(domains), 5, ("T1",)), whole(facts(25, 5, lean=0.9)), 24, 5),
        ratings_case(rating_rows(inventory(domains), 4, ("T1",), stopped=0.15, agrees=0.6, lean=0.3), facts(9, 4, lean=0.2), 8, 4),
    ],
    "comparison": comparison_case(21),
    "ladder": ladder_case(),
    "free": free_case(8),
    **statistics(),
}
path = pathlib.Path(__file__).with_name("forms.json")
path.write_text(json.dumps(golden, separators=(",", ":")) + "\n")
