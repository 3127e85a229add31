#!/usr/bin/env python3
"""Writes margins.json: how far the reference's own greedy choices stood above the runners-up.

    python3 -m venv venv && venv/bin/pip install gguf==0.19.0 numpy==2.4.6
    venv/bin/python make_margins.py SmolLM2-135M-Instruct.Q4_1.gguf

smollm2.json has the greedy tokens but only the last prompt position's logits, and a test may only insist on a greedy
token where the reference itself was not in doubt. The forward is the plain one of ../tiny/make_tiny.py, in f64; that it
is the same model is checked here: its logits have to be those of smollm2.safetensors, its choices the greedy tokens.
"""

import hashlib
import json
import struct
import sys
from pathlib import Path

import numpy as np

FOLDER = Path(__file__).parent
sys.path.insert(0, str(FOLDER.parent / "tiny"))
from make_tiny import Model  # noqa: E402


def tensors(path):
    data = path.read_bytes()
    (size,) = struct.unpack("<Q", data[:8])
    header = json.loads(data[8 : 8 + size])
    header.pop("__metadata__", None)
    kinds = {"F32": "<f4", "I32": "<i4"}
    body = data[8 + size :]
    return {
        name: np.frombuffer(body[slice(*info["data_offsets"])], kinds[info["dtype"]]).reshape(info["shape"])
        for name, info in header.items()
    }


def main(path):
    reference = json.loads((FOLDER / "smollm2.json").read_text())
    golden = tensors(FOLDER / "smollm2.safetensors")
    assert hashlib.sha256(path.read_bytes()).hexdigest() == reference["gguf_sha256"], "another model file"
    model = Model(path)
    margins, worst = {}, 0.0
    for name, item in reference["items"].items():
        ids, greedy = item["ids"], item["greedy_ids"]
        logits = model.forward(ids + greedy[:-1])[0][len(ids) - 1 :]
        worst = max(worst, np.abs(logits[0] - golden[f"{name}.logits"]).max())
        ordered = np.sort(logits, axis=-1)
        margins[name] = [float(f"{value:.4f}") for value in ordered[:, -1] - ordered[:, -2]]
        for step, (row, token) in enumerate(zip(logits, greedy)):
            # f32 and f64 may part where two logits are nearly equal, and only there.
            assert row.argmax() == token or margins[name][step] < 1e-3, (name, step, margins[name][step])
    assert worst < 1e-3, worst
    print(f"largest difference from the reference's logits: {worst:.2e}")
    (FOLDER / "margins.json").write_text(json.dumps(margins, separators=(", ", ": ")).replace("], ", "],\n ") + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
