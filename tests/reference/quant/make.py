#!/usr/bin/env python3
"""Makes the golden vectors of this folder: blocks of each format, and what the PyPI package gguf unpacks them to.

    python3 -m venv venv && venv/bin/pip install gguf==0.19.0 numpy==2.4.6
    venv/bin/python make.py

For each format, NAME.blocks holds blocks as they are in a file and NAME.f32 their elements, little-endian.
The first blocks are random bytes under chosen scales, among them zeros of both signs, subnormals and the
largest finite halves; where the package can quantise to the format, blocks of Gaussian numbers follow.
"""

from pathlib import Path

import numpy as np
from gguf import GGML_QUANT_SIZES, GGMLQuantizationType as Type
from gguf.quants import dequantize, quantize

# Where the 16-bit floats sit in a block; their exponents must not be all ones.
SCALES = {
    "F32": [], "F16": [0], "BF16": [],
    "Q4_0": [0], "Q4_1": [0, 2], "Q5_0": [0], "Q5_1": [0, 2], "Q8_0": [0],
    "Q4_K": [0, 2], "Q5_K": [0, 2], "Q6_K": [208],
}
QUANTISABLE = ["F32", "F16", "BF16", "Q4_0", "Q4_1", "Q5_0", "Q5_1", "Q8_0"]
# 0, -0, the smallest and the largest subnormal, 1, -2, the largest finite, its negative, and two usual ones.
SPECIAL = np.array(
    [0x0000, 0x8000, 0x0001, 0x83FF, 0x3C00, 0xC000, 0x7BFF, 0xFBFF, 0x2A66, 0xA1C3], dtype="<u2"
)

random = np.random.default_rng(20)
folder = Path(__file__).parent

for name, places in SCALES.items():
    kind = Type[name]
    block_len, block_bytes = GGML_QUANT_SIZES[kind]
    count = {1: 640, 32: 40, 256: 16}[block_len]
    blocks = random.integers(0, 256, (count, block_bytes), dtype=np.uint8)
    for number, place in enumerate(places):
        scales = random.integers(0, 1 << 16, count, dtype="<u2")
        infinite = (scales & 0x7C00) == 0x7C00
        scales[infinite] ^= 0x4000
        scales[: len(SPECIAL)] = np.roll(SPECIAL, 3 * number)
        blocks[:, place : place + 2] = scales.view(np.uint8).reshape(count, 2)
    if not places:
        # Exponent bits of the two top bytes of an F32 or BF16.
        top = blocks[:, -2:].copy().view("<u2")
        top[(top & 0x7F80) == 0x7F80] ^= 0x4000
        blocks[:, -2:] = top.view(np.uint8)
    if name in QUANTISABLE:
        gaussian = random.standard_normal((count // 2, block_len), dtype=np.float32) * np.float32(0.1)
        quantised = quantize(gaussian, kind)
        blocks = np.concatenate([blocks, quantised.reshape(count // 2, -1).view(np.uint8)])
    # A product beyond the largest f32 or below the smallest is a number like any other here.
    with np.errstate(all="ignore"):
        values = dequantize(blocks, kind).astype("<f4").ravel()
    assert values.size == len(blocks) * block_len and not np.isnan(values).any(), name
    (folder / f"{name}.blocks").write_bytes(blocks.tobytes())
    (folder / f"{name}.f32").write_bytes(values.tobytes())
    print(f"{name}: {len(blocks)} blocks, {values.size} elements")
