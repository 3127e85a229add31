#!/usr/bin/env python3
"""Writes score.json: what `score` must find with SmolLM2-135M-Instruct, worked out by a second program.

    python3 -m venv venv && venv/bin/pip install cyllama==0.2.18 gguf==0.19.0 jinja2==3.1.6 numpy==2.4.6
    venv/bin/python make.py SmolLM2-135M-Instruct.Q4_1.gguf

Nothing is shared with the crate but the model file, the items and docs/protocol.md, which has the words of the prompts:
jinja2 renders the file's chat template, llama.cpp makes the tokens, the package gguf unpacks the weights, and the forward
is the plain one of ../tiny/make_tiny.py in f64, one prompt at a time. That this is the same model as PyTorch's is checked
here against ../smollm2; with two cores it takes about ten minutes.
"""

import hashlib
import json
import sys
from pathlib import Path

import numpy as np
from cyllama.llama.llama_cpp import LlamaModel, LlamaModelParams
from gguf import GGUFReader
from jinja2.sandbox import ImmutableSandboxedEnvironment

FOLDER = Path(__file__).parent
ROOT = FOLDER.parents[2]
sys.path[:0] = [str(FOLDER.parent / "tiny"), str(FOLDER.parent / "smollm2")]
from make_margins import tensors  # noqa: E402
from make_tiny import Model  # noqa: E402

KEYS = ["high1", "high2", "low1", "low2"]
LAYOUTS = {"forward": ["high1", "low1", "high2", "low2"], "reversed": ["low1", "high1", "low2", "high2"]}
LABELS = {"T1": "ABCD", "T2": "1234", "T3": "ABCD"}
NEUTRAL = "Please write one sentence. It can be about anything."

# The three runs: together they go through every way in which a prompt is made.
RUNS = [
    {
        "name": "chat",
        "items": ["extraversion-01", "extraversion-02", "agreeableness-03"],
        "templates": ["T1", "T2", "T3"],
        "gate": 2,
    },
    {"name": "system", "items": ["neuroticism-04"], "templates": ["T2"], "gate": 1, "system": "You are a shy person."},
    {
        "name": "raw",
        "items": ["openness-05"],
        "templates": ["T3"],
        "gate": 1,
        "system": "Answer as a child would.",
        "mode": "raw",
    },
]


def letter_prompt(template, situation, query, options):
    """The user's turn as section 2.1 of docs/protocol.md words it; a question of the gate has no situation."""
    mark = {"T1": ". ", "T2": " = ", "T3": ": "}[template]
    lines = "\n".join(label + mark + option for label, option in zip(LABELS[template], options))
    if template == "T1":
        head = (
            f'Somebody describes this to you: "{situation}"\n{query} Which of these suggestions would you give?'
            if situation
            else f"{query}\nWhich of these four would you pick?"
        )
        return f"{head}\n\n{lines}\n\nGive the letter only. Your answer:\n"
    if template == "T2":
        return (
            f"Imagine this situation. {situation}\n{query}\n\n{lines}\n\n"
            "You have to choose one of the four, even if none fits well. Write nothing but its number.\nResponse:\n"
        )
    return f"Question: {situation} {query}\n{lines}\nAnswer: "


def log_softmax(x):
    x = x - x.max(axis=-1, keepdims=True)
    return x - np.log(np.exp(x).sum(axis=-1, keepdims=True))


class Asker:
    """The model with its own tokenizer and chat template."""

    def __init__(self, path):
        params = LlamaModelParams()
        params.n_gpu_layers = 0
        self.llama = LlamaModel(str(path), params)
        template = GGUFReader(path).fields["tokenizer.chat_template"].contents()
        # As transformers sets it up.
        self.template = ImmutableSandboxedEnvironment(trim_blocks=True, lstrip_blocks=True).from_string(template)
        self.model = Model(path)
        self.kept = {}

    def prompt(self, run, user):
        system = run.get("system")
        if run.get("mode") == "raw":
            return f"{system}\n\n{user}"
        turns = [{"role": "system", "content": system}] if system else []
        return self.template.render(messages=turns + [{"role": "user", "content": user}], add_generation_prompt=True)

    def tokens(self, run, text):
        raw = run.get("mode") == "raw"
        return list(self.llama.get_vocab().tokenize(text, raw, not raw))

    def log_probs(self, tokens):
        return log_softmax(self.model.forward(tokens)[0])

    def letters(self, run, user, labels):
        """Log-probabilities of the four labels as the next token."""
        ids = [self.llama.get_vocab().tokenize(label, False, False) for label in labels]
        assert all(len(i) == 1 for i in ids), ids
        return self.log_probs(self.tokens(run, self.prompt(run, user)))[-1, [i[0] for i in ids]]

    def continuation(self, run, user, option):
        """Sum over the option's tokens and their number; the same option after the same prompt is asked once."""
        key = (run["name"], user, option)
        if key not in self.kept:
            prompt = self.prompt(run, user)
            before = self.tokens(run, prompt)
            whole = self.tokens(run, prompt + ("\n" if run.get("mode") == "raw" else "") + option)
            start = next((i for i, (a, b) in enumerate(zip(before, whole)) if a != b), len(before))
            next_ones = self.log_probs(whole[:-1])[np.arange(start - 1, len(whole) - 1), whole[start:]]
            self.kept[key] = next_ones.sum(), len(next_ones)
        return self.kept[key]


def softmax(x):
    return np.exp(log_softmax(np.asarray(x)))


def contrast(x):
    return float((x[0] + x[1]) / 2 - (x[2] + x[3]) / 2)


def letter_row(asker, run, wording, options, template, layout):
    order = LAYOUTS[layout]
    labels = asker.letters(run, letter_prompt(template, *wording, [options[key] for key in order]), LABELS[template])
    by_key = np.array([labels[order.index(key)] for key in KEYS])
    p = softmax(by_key)
    return {
        "readout": "letters",
        "template": template,
        "layout": layout,
        "options": [{"key": k, "logprob": float(v), "tokens": 1} for k, v in zip(KEYS, by_key)],
        "option_mass": float(np.exp(by_key).sum()),
        "p_high": float(p[:2].sum()),
        "d": contrast(by_key),
        "best": KEYS[int(p.argmax())],
    }


def continuation_row(asker, run, wording, options):
    rows = [asker.continuation(run, " ".join(wording), options[key]) for key in KEYS]
    neutral = np.array([asker.continuation(run, NEUTRAL, options[key])[0] for key in KEYS])
    sums, counts = np.array([r[0] for r in rows]), np.array([r[1] for r in rows])
    return {
        "readout": "continuation",
        "template": None,
        "layout": None,
        "options": [
            {"key": k, "logprob": float(s), "tokens": int(n), "neutral_logprob": float(z)}
            for k, s, n, z in zip(KEYS, sums, counts, neutral)
        ],
        "option_mass": None,
        "p_high": float(softmax(sums)[:2].sum()),
        "d": contrast(sums / counts),
        "p_high_gain": float(softmax(sums - neutral)[:2].sum()),
        "d_gain": contrast((sums - neutral) / counts),
        "best": KEYS[int((sums / counts).argmax())],
    }


def observations(asker, run, item):
    options = {key: item[f"response_{key}"] for key in KEYS}
    for paraphrased, prefix in ((False, ""), (True, "paraphrased_")):
        wording = (item[f"{prefix}situation"], item[f"{prefix}query"])
        head = {"item": item["id"], "trait": item["personality"], "paraphrased": paraphrased}
        for template in run["templates"]:
            for layout in LAYOUTS:
                yield head | letter_row(asker, run, wording, options, template, layout)
        yield head | continuation_row(asker, run, wording, options)


def gate_answers(asker, run, questions):
    for question in questions:
        options, right = question["options"], question["answer"]
        for turn in range(4):
            order = [(label + turn) % 4 for label in range(4)]
            user = letter_prompt("T1", "", question["question"], [options[i] for i in order])
            labels = asker.letters(run, user, LABELS["T1"])
            logprobs = [float(labels[order.index(i)]) for i in range(4)]
            yield gate_row(question, "letters", turn, logprobs, logprobs)
        rows = [asker.continuation(run, question["question"], option) for option in options]
        yield gate_row(question, "continuation", None, [float(s) for s, _ in rows], [s / n for s, n in rows])


def gate_row(question, readout, turn, logprobs, judged_by):
    return {
        "item": question["id"],
        "readout": readout,
        "rotation": turn,
        "chosen": int(np.argmax(judged_by)),
        "margin": float(np.subtract(*np.sort(judged_by)[[-1, -2]])),
        "p_right": float(softmax(logprobs)[question["answer"]]),
    }


def scores(rows, templates):
    """Score and expected value of each trait and read-out, by section 3 of docs/protocol.md."""
    rows = [row for row in rows if not row["paraphrased"]]
    for trait in dict.fromkeys(row["trait"] for row in rows):
        letters, continuation = [], []
        of_trait = [row for row in rows if row["trait"] == trait]
        for template in templates:
            for item in dict.fromkeys(row["item"] for row in of_trait):
                p = [
                    softmax([o["logprob"] for o in row["options"]])
                    for row in of_trait
                    if (row["item"], row["template"]) == (item, template)
                ]
                h1, h2, l1, l2 = np.mean(p, axis=0)
                letters.append((max(h1, h2) >= max(l1, l2), h1 + h2))
        for row in of_trait:
            if row["readout"] == "continuation":
                continuation.append((row["best"].startswith("high"), row["p_high"]))
        for readout, figures in (("letters", letters), ("continuation", continuation)):
            won, expected = 100 * np.mean(figures, axis=0)
            yield {"trait": trait, "readout": readout, "score": float(won), "expected": float(expected)}


def check_model(asker, path):
    reference = json.loads((FOLDER.parent / "smollm2/smollm2.json").read_text())
    golden = tensors(FOLDER.parent / "smollm2/smollm2.safetensors")
    name, item = next(iter(reference["items"].items()))
    worst = np.abs(asker.model.forward(item["ids"])[0][-1] - golden[f"{name}.logits"]).max()
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    assert sha256 == reference["gguf_sha256"] and worst < 1e-3, (sha256, worst)
    return sha256


def rounded(value):
    if isinstance(value, dict):
        return {key: rounded(v) for key, v in value.items()}
    if isinstance(value, list):
        return [rounded(v) for v in value]
    return float(f"{value:.8g}") if isinstance(value, float) else value


def main(path):
    asker = Asker(path)
    golden = {"gguf_sha256": check_model(asker, path), "runs": []}
    bank = {item["id"]: item for item in json.loads((ROOT / "items/bank.json").read_text())["items"]}
    gate = json.loads((ROOT / "items/gate.json").read_text())["items"]
    for run in RUNS:
        rows = [row for name in run["items"] for row in observations(asker, run, bank[name])]
        answers = list(gate_answers(asker, run, gate[: run["gate"]]))
        made = {"observations": rows, "gate": answers, "scores": list(scores(rows, run["templates"]))}
        golden["runs"].append(run | rounded(made))
        print(f"{run['name']}: {len(rows)} observations, {len(answers)} answers of the gate")
    text = json.dumps(golden, separators=(",", ":"))
    for start in ('{"item":', '{"trait":', '{"name":'):
        text = text.replace(start, "\n" + start)
    (FOLDER / "score.json").write_text(text + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
