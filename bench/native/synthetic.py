#!/usr/bin/env python3
"""Writes a model of a billion parameters with random weights, in 4-bit blocks, as large models are met with in practice.

    python3 synthetic.py OUT.gguf

Its shapes are those of Llama-architecture models of that size: 16 blocks of width 2048, 32 heads on 8 key heads of 64, a
feed-forward of 8192, 32768 tokens. It says nothing sensible; speed does not depend on what it says. Needs gguf and numpy.
"""

import sys

import gguf
import numpy as np

LAYERS, WIDTH, HIDDEN, HEADS, KV_HEADS, VOCABULARY = 16, 2048, 8192, 32, 8, 32768


def blocks(random, rows, cols, kind):
    """Blocks of random weights, each of about 1 / sqrt(cols)."""
    size, bits = (18, 4) if kind == gguf.GGMLQuantizationType.Q4_0 else (34, 8)
    data = random.integers(0, 256, (rows * cols // 32, size), np.uint8)
    # The weights of a block spread evenly over its range.
    deviation = 2**bits / 12**0.5
    data[:, :2] = np.frombuffer(np.float16(1 / deviation / cols**0.5).tobytes(), np.uint8)
    return data.reshape(rows, -1)


def main(path):
    random = np.random.default_rng(1)
    writer = gguf.GGUFWriter(path, "llama")
    writer.add_context_length(4096)
    writer.add_embedding_length(WIDTH)
    writer.add_block_count(LAYERS)
    writer.add_feed_forward_length(HIDDEN)
    writer.add_head_count(HEADS)
    writer.add_head_count_kv(KV_HEADS)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_rope_dimension_count(WIDTH // HEADS)
    writer.add_rope_freq_base(10000.0)
    four, eight = gguf.GGMLQuantizationType.Q4_0, gguf.GGMLQuantizationType.Q8_0

    def matrix(name, rows, cols, kind=four):
        writer.add_tensor(f"{name}.weight", blocks(random, rows, cols, kind), raw_dtype=kind)

    def norm(name):
        writer.add_tensor(f"{name}.weight", np.ones(WIDTH, np.float32))

    matrix("token_embd", VOCABULARY, WIDTH, eight)
    norm("output_norm")
    for layer in range(LAYERS):
        at = f"blk.{layer}."
        norm(at + "attn_norm")
        matrix(at + "attn_q", WIDTH, WIDTH)
        matrix(at + "attn_k", WIDTH * KV_HEADS // HEADS, WIDTH)
        matrix(at + "attn_v", WIDTH * KV_HEADS // HEADS, WIDTH)
        matrix(at + "attn_output", WIDTH, WIDTH)
        norm(at + "ffn_norm")
        matrix(at + "ffn_gate", HIDDEN, WIDTH)
        matrix(at + "ffn_up", HIDDEN, WIDTH)
        matrix(at + "ffn_down", WIDTH, HIDDEN)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


if __name__ == "__main__":
    main(sys.argv[1])
