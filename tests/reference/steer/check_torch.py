#!/usr/bin/env python3
"""Checks golden.json and contrast.json against PyTorch: transformers' Llama in f32 with hooks on its layers.

    python3 -m venv venv && venv/bin/pip install accelerate cyllama==0.2.18 gguf==0.19.0 jinja2==3.1.6 numpy torch transformers
    venv/bin/python check_torch.py SmolLM2-135M-Instruct.Q4_1.gguf

The files themselves are made in f64 by make.py and contrast.py; what is edited, pooled and compared is the same here, the
model, its arithmetic and its unpacking of the weights are not.
"""

import json
import sys
from pathlib import Path

import numpy as np
import torch
from transformers import AutoModelForCausalLM

import contrast

FOLDER = Path(__file__).parent


class Hooked:
    """A model whose layers hand their stream to a function and go on with what it gives."""

    def __init__(self, path):
        self.model = AutoModelForCausalLM.from_pretrained(path.parent, gguf_file=path.name, dtype=torch.float32).eval()

    def streams(self, tokens, edit):
        stream = []

        def hook(layer):
            def edited(_module, _inputs, output):
                x = output[0] if isinstance(output, tuple) else output
                new = edit(layer, x[0].double().numpy())
                stream.append(np.array(new))
                new = torch.from_numpy(stream[-1]).float()[None]
                return (new, *output[1:]) if isinstance(output, tuple) else new

            return edited

        inner = self.model.model
        places = [inner.embed_tokens, *inner.layers]
        hooks = [place.register_forward_hook(hook(layer)) for layer, place in enumerate(places)]
        try:
            with torch.no_grad():
                logits = self.model(torch.tensor(np.array(tokens))[None]).logits[0]
        finally:
            for one in hooks:
                one.remove()
        return logits.double().numpy(), stream


def largest(found, expected, unit=1.0):
    return float(np.max(np.abs(np.array(found) - np.array(expected)) / unit))


def main(path):
    model = Hooked(path)
    found, golden = contrast.steer.measured(path, model), json.loads((FOLDER / "golden.json").read_text())
    for ours, theirs in zip(found["cases"], golden["cases"], strict=True):
        # Thresholds and amounts follow from the model: they are compared too.
        for edit, other in zip(ours["edits"], theirs["edits"], strict=True):
            amounts = [np.append(one["values"], one.get("below", 0)) for one in (edit, other)]
            assert largest(*amounts) < 1e-2, (edit, other)
        errors = [largest(ours["log_probs"], theirs["log_probs"])]
        for a, b in zip(ours["projections"], theirs["projections"], strict=True):
            # Of what is ablated nothing is left to compare with.
            errors.append(largest(a, b, max(1.0, np.abs(b).max())))
        print(f"{theirs['name']}: log-probabilities {errors[0]:.1e}, projections {max(errors[1:]):.1e} of the largest")
        assert errors[0] < 1e-2 and max(errors[1:]) < 1e-2

    found, golden = contrast.measured(path, model), json.loads((FOLDER / "contrast.json").read_text())
    for name, layers in golden["methods"].items():
        for layer, vector in layers.items():
            a, b = np.array(found["methods"][name][layer]), np.array(vector)
            cosine = a @ b / np.linalg.norm(a) / np.linalg.norm(b)
            print(f"{name} at {layer}: cosine 1 - {1 - cosine:.1e}")
            assert cosine > 0.999
    for layer, values in golden["neutral"].items():
        assert largest(found["neutral"][int(layer)], values, np.abs(values).max()) < 1e-2, layer
    for ours, theirs in zip(found["conditions"], golden["conditions"], strict=True):
        scores = [np.array(one["options"]) for one in (ours, theirs)]
        shares = [np.exp(s - s.max()) / np.exp(s - s.max()).sum() for s in scores]
        print(f"{theirs['name']}: option probabilities {largest(*shares):.1e}")
        assert largest(*shares) < 1e-2


if __name__ == "__main__":
    main(Path(sys.argv[1]))
