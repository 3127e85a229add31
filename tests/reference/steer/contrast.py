#!/usr/bin/env python3
"""Writes contrast.json: the directions that SmolLM2 gives for artefact.json, and what one of them does to an item.

    python3 -m venv venv && venv/bin/pip install cyllama==0.2.18 gguf==0.19.0 jinja2==3.1.6 numpy==2.4.6
    venv/bin/python contrast.py SmolLM2-135M-Instruct.Q4_1.gguf

Template, tokens and forward are those of ../score/make.py and make.py, in f64, one text at a time; shared with the crate
are the model file, the texts, and the words of docs/protocol.md.
"""

import json
import sys
from pathlib import Path

import numpy as np

FOLDER = Path(__file__).parent
ROOT = FOLDER.parents[2]


def load(name, path):
    """A script of another folder that has the same name as one of this."""
    import importlib.util

    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


steer = load("steer_make", FOLDER / "make.py")
score = load("score_make", FOLDER.parent / "score" / "make.py")

LAYERS = [1, 5, 15, 22, 30]
CHAT, RAW = {"name": "chat"}, {"name": "raw", "mode": "raw"}
ITEM = "agreeableness-03"
STEERED = 22
# Name, what is done to a row at the steered layer in units of the norm, and to which tokens.
CONDITIONS = [
    ("none", "add", 0.0, "all"),
    ("add", "add", 0.3, "all"),
    ("subtract", "add", -0.3, "response"),
    ("prompt", "add", 0.5, "prompt"),
    ("last", "induce", 0.4, "last"),
    ("ablate", "ablate", 0.0, "all"),
]


def streams(asker, tokens):
    return np.array(asker.edited.streams(np.array(tokens), lambda _, x: x)[1])


def whole(asker, tokens):
    """Mean over all tokens but the first."""
    return streams(asker, tokens)[:, 1:].mean(axis=1)


def last(asker, tokens):
    return streams(asker, tokens)[:, -1]


def separation(high, low, layer):
    def judged(made_of, others):
        v = high[made_of, layer].mean(axis=0) - low[made_of, layer].mean(axis=0)
        h, l = high[others, layer] @ v, low[others, layer] @ v
        return np.mean((h[:, None] > l[None, :]) + 0.5 * (h[:, None] == l[None, :]))

    even, odd = slice(0, None, 2), slice(1, None, 2)
    return (judged(even, odd) + judged(odd, even)) / 2


def rounded(values):
    return [float(f"{value:.7g}") for value in values]


def option_log_probs(asker, item, option, edit):
    prompt = asker.prompt(CHAT, f"{item['situation']} {item['query']}")
    before, tokens = asker.tokens(CHAT, prompt), asker.tokens(CHAT, prompt + option)
    assert tokens[: len(before)] == before
    logits, _ = asker.edited.streams(np.array(tokens[:-1]), lambda layer, x: edit(layer, x, len(before)))
    return score.log_softmax(logits)[np.arange(len(before) - 1, len(tokens) - 1), tokens[len(before) :]].sum()


def measured(path, edited):
    """What contrast.json has, from a model whose `streams(tokens, edit)` gives logits and the stream after each layer."""
    asker = score.Asker(path)
    asker.edited = edited
    artefact = json.loads((FOLDER / "artefact.json").read_text())
    sides = artefact["statements"]
    of = {
        side: np.array([whole(asker, asker.tokens(RAW, text)) for text in texts]) for side, texts in sides.items()
    }
    vectors = of["high"].mean(axis=0) - of["low"].mean(axis=0)

    neutral_texts = json.loads((ROOT / "items" / "neutral.json").read_text())["texts"]
    neutral = np.concatenate([streams(asker, asker.tokens(RAW, text))[:, 1:] for text in neutral_texts], axis=1)
    along = {}
    for layer in LAYERS:
        p = neutral[layer] @ (vectors[layer] / np.linalg.norm(vectors[layer]))
        norm = np.linalg.norm(neutral[layer], axis=1).mean()
        along[layer] = rounded([norm, p.mean(), p.std(ddof=1)])

    def prompt(system, question):
        return asker.tokens(CHAT, asker.prompt({"system": system}, question))

    pair, questions = artefact["instructions"][0], artefact["questions"]["extract"]

    def asked(side, pool):
        return np.mean([pool(asker, prompt(pair[side], question)) for question in questions], axis=0)

    unasked = np.mean([last(asker, prompt(None, question)) for question in questions], axis=0)
    letters = {"high": [], "low": []}
    for high, low in zip(sides["high"], sides["low"]):
        for a, b, right in [(high, low, "A"), (low, high, "B")]:
            question = (
                f"Two people speak of themselves.\nA. {a}\nB. {b}\nWhich of them could be you? Answer with one letter."
            )
            for side, letter in [("high", right), ("low", "AB".replace(right, ""))]:
                letters[side].append(last(asker, asker.tokens(CHAT, asker.prompt(CHAT, question) + letter)))
    methods = {
        "statements": vectors,
        "last-prompt": asked("high", last) - asked("low", last),
        "prompt-mean": asked("high", whole) - asked("low", whole),
        "letters": np.mean(letters["high"], axis=0) - np.mean(letters["low"], axis=0),
        "neutral": asked("high", last) - unasked,
    }

    item = next(i for i in json.loads((ROOT / "items" / "bank.json").read_text())["items"] if i["id"] == ITEM)
    unit = vectors[STEERED] / np.linalg.norm(vectors[STEERED])
    norm = along[STEERED][0]
    conditions = []
    for name, kind, amount, positions in CONDITIONS:

        def edit(layer, x, prompt_tokens):
            if layer != STEERED:
                return x
            rows = {
                "all": slice(None),
                "prompt": slice(0, prompt_tokens),
                "response": slice(prompt_tokens - 1, None),
                "last": slice(prompt_tokens - 1, prompt_tokens),
            }[positions]
            x = x.copy()
            if kind == "add":
                x[rows] = steer.add(x[rows], unit, amount * norm)
            elif kind == "ablate":
                x[rows] = steer.ablate(x[rows], unit)
            else:
                x[rows] = steer.induce(x[rows], unit, amount * norm)
            return x

        options = [option_log_probs(asker, item, item[f"response_{key}"], edit) for key in score.KEYS]
        conditions.append(
            {"name": name, "kind": kind, "amount": amount, "positions": positions, "options": rounded(options)}
        )

    return {
        "layers": LAYERS,
        "methods": {name: {str(l): rounded(v[l]) for l in ([22] if name != "statements" else LAYERS)} for name, v in methods.items()},
        "neutral": along,
        "separation": {layer: separation(of["high"], of["low"], layer) for layer in LAYERS},
        "item": ITEM,
        "layer": STEERED,
        "conditions": conditions,
    }


def main(path):
    golden = measured(path, steer.Edited(path))
    (FOLDER / "contrast.json").write_text(json.dumps(golden, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
