#!/usr/bin/env python3
"""Writes golden.json: what SmolLM2 gives while its residual stream is edited.

    python3 -m venv venv && venv/bin/pip install gguf==0.19.0 numpy==2.4.6
    venv/bin/python make.py SmolLM2-135M-Instruct.Q4_1.gguf

The forward is the plain one of ../tiny/make_tiny.py, in f64 over the unpacked weights; that it is the same model is
checked against the logits of ../smollm2. Each edit is written as its source has it
(../../../docs/architecture.md, "Edits, probes and dose forks") and shares no formula with the crate.

The prompt is the chat `chat3` with the first tokens of its greedy answer. The direction of a layer is the last
position's residual stream in `chat3` less that in `chat0`, both from ../smollm2/smollm2.safetensors, so that the tests
can make the same.
"""

import hashlib
import json
import sys
from pathlib import Path

import numpy as np

FOLDER = Path(__file__).parent
SMOLLM2 = FOLDER.parent / "smollm2"
sys.path.insert(0, str(FOLDER.parent / "tiny"))
sys.path.insert(0, str(SMOLLM2))
from make_margins import tensors  # noqa: E402
from make_tiny import Model  # noqa: E402

ANSWER = 8
PROBED = [5, 10, 15, 20, 30]


def add(h, r, alpha):
    return h + alpha * r


def ablate(h, r):
    return h - np.outer(h @ r, r)


def clamp(h, r, low, high):
    return ablate(h, r) + np.outer(np.clip(h @ r, low, high), r)


def induce(h, r, target):
    return ablate(h, r) + target * r


class Edited(Model):
    """The forward with a function called on the residual stream after each layer."""

    def streams(self, tokens, edit):
        x = edit(0, self.weight("token_embd")[tokens])
        stream = [x]
        for layer in range(self.layers):
            block = f"blk.{layer}"
            x = x + self.attention(self.norm(x, f"{block}.attn_norm"), block)
            x = x + self.feed_forward(self.norm(x, f"{block}.ffn_norm"), block)
            x = edit(layer + 1, x)
            stream.append(x)
        logits = self.norm(x, "output_norm") @ self.weight("token_embd").T
        return logits, stream


def rounded(values):
    return [float(f"{value:.7g}") for value in values]


def middle_of_widest_gap(values):
    """A threshold that no value is near, in the middle half of them."""
    ordered = np.sort(values)
    inner = ordered[len(ordered) // 4 : -(len(ordered) // 4)]
    at = np.argmax(np.diff(inner))
    return float(f"{(inner[at] + inner[at + 1]) / 2:.4f}")


def measured(path, model):
    """What golden.json has, from a model whose `streams(tokens, edit)` gives logits and the stream after each layer."""
    reference = json.loads((SMOLLM2 / "smollm2.json").read_text())
    golden = tensors(SMOLLM2 / "smollm2.safetensors")
    assert hashlib.sha256(path.read_bytes()).hexdigest() == reference["gguf_sha256"], "another model file"
    prompt = reference["items"]["chat3"]["ids"]
    answer = reference["items"]["chat3"]["greedy_ids"][: ANSWER + 1]
    tokens = prompt + answer[:-1]
    rows = range(len(prompt) - 1, len(tokens))
    response = np.arange(len(tokens)) >= len(prompt) - 1

    difference = golden["chat3.resid"].astype(np.float64) - golden["chat0.resid"]
    directions = {layer: difference[layer] / np.linalg.norm(difference[layer]) for layer in PROBED}

    logits, plain = model.streams(tokens, lambda _, x: x)
    worst = np.abs(logits[len(prompt) - 1] - golden["chat3.logits"]).max()
    assert worst < 1e-3, worst
    # A fifth of the usual length of the stream.
    alpha = {layer: float(f"{0.2 * np.median(np.linalg.norm(plain[layer], axis=-1)):.3f}") for layer in PROBED}
    cosines = plain[20] @ directions[20] / np.linalg.norm(plain[20], axis=-1)
    threshold = middle_of_widest_gap(cosines)
    p5 = plain[5] @ directions[5]
    low, high = (float(f"{np.quantile(p5, q):.3f}") for q in (0.3, 0.7))

    def only(mask, edited, x):
        return np.where(mask[:, None], edited, x)

    cases = {
        "none": ([], {}),
        "add at 15": (
            [{"layer": 15, "kind": "add", "values": [alpha[15]]}],
            {15: lambda x, r: add(x, r, alpha[15])},
        ),
        "ablate at 10": ([{"layer": 10, "kind": "ablate", "values": []}], {10: ablate}),
        "clamp at 5": (
            [{"layer": 5, "kind": "clamp", "values": [low, high]}],
            {5: lambda x, r: clamp(x, r, low, high)},
        ),
        "ablate at 10, take away at 15 in the answer": (
            [
                {"layer": 10, "kind": "ablate", "values": []},
                {"layer": 15, "kind": "add", "values": [-alpha[15]], "first_row": len(prompt) - 1},
            ],
            {10: ablate, 15: lambda x, r: only(response, add(x, r, -alpha[15]), x)},
        ),
        "induce at 20 where the cosine is small": (
            [{"layer": 20, "kind": "induce", "values": [2 * alpha[20]], "below": threshold}],
            {
                20: lambda x, r: only(
                    x @ r / np.linalg.norm(x, axis=-1) < threshold, induce(x, r, 2 * alpha[20]), x
                )
            },
        ),
    }
    results = []
    for name, (edits, functions) in cases.items():

        def edit(layer, x, functions=functions):
            return functions[layer](x, directions[layer]) if layer in functions else x

        logits, stream = model.streams(tokens, edit)
        logits = logits[rows]
        shifted = logits - logits.max(axis=-1, keepdims=True)
        log_probs = shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
        results.append(
            {
                "name": name,
                "edits": edits,
                "log_probs": rounded(log_probs[np.arange(len(rows)), answer]),
                "projections": [rounded(stream[layer] @ directions[layer]) for layer in PROBED],
            }
        )
        print(name, results[-1]["edits"], results[-1]["log_probs"][:3])
    head = {"tokens": tokens, "first_row": rows[0], "targets": answer, "layers": PROBED}
    return {**head, "cases": results}


def main(path):
    text = json.dumps(measured(path, Edited(path)), separators=(",", ":"))
    for key in ('{"name"', '"log_probs"', '"projections"'):
        text = text.replace(key, "\n" + key)
    (FOLDER / "golden.json").write_text(text + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
