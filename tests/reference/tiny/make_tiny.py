#!/usr/bin/env python3
"""Makes tiny.gguf, a random Llama with a real tokenizer, and golden.json, what a plain forward over it gives.

    python3 -m venv venv && venv/bin/pip install gguf==0.19.0 numpy==2.4.6
    venv/bin/python make_tiny.py

The forward reads the finished file, unpacks the weights with the package gguf and computes in f64. It shares no
step with the crate: every position attends by a full score matrix, nothing is cached, fused or packed.
"""

import hashlib
import json
from pathlib import Path

import numpy as np
from gguf import GGML_QUANT_SIZES, GGUFReader, GGUFWriter, GGMLQuantizationType as Type, TokenType
from gguf.quants import dequantize, quantize

FOLDER = Path(__file__).parent
WIDTH, HIDDEN, HEADS, KV_HEADS, HEAD = 256, 256, 4, 2, 64

CONTROL = ["<|endoftext|>", "<|im_start|>", "<|im_end|>"]
# Best first; what they join are letters, and spaces before letters, so that every digit and capital stays alone.
# With 48 of them the vocabulary has 307 tokens, a number that no tile or vector width divides.
MERGES = """
Ġ t|h e|Ġ a|i n|o u|Ġt he|e r|r e|o n|Ġ s|a t|e n|Ġ w|Ġ o|i t|Ġ y|Ġy ou|a n|o r|in g|e s|Ġ b|Ġ f|Ġ c|Ġ m|Ġ p|Ġ h
e d|l l|s t|Ġa n|Ġan d|Ġt o|Ġo f|Ġ i|Ġi s|a r|l e|o m|v e|Ġ d|Ġ l|Ġ n|o t|c h|s e|u r|a s
""".replace("\n", "|").strip("|").split("|")

TEMPLATE = (
    "{% for turn in messages %}<|im_start|>{{ turn.role }}\n{{ turn.content }}<|im_end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)

# Format, rows and columns of each matrix; q, k and v differ so that they can only partly be stacked.
MATRICES = {
    "blk.0.attn_q": ("Q4_0", WIDTH, WIDTH),
    "blk.0.attn_k": ("Q4_0", KV_HEADS * HEAD, WIDTH),
    "blk.0.attn_v": ("Q6_K", KV_HEADS * HEAD, WIDTH),
    "blk.0.attn_output": ("Q5_0", WIDTH, WIDTH),
    "blk.0.ffn_gate": ("Q4_K", HIDDEN, WIDTH),
    "blk.0.ffn_up": ("Q4_K", HIDDEN, WIDTH),
    "blk.0.ffn_down": ("Q5_K", WIDTH, HIDDEN),
    "blk.1.attn_q": ("Q4_1", WIDTH, WIDTH),
    "blk.1.attn_k": ("Q5_1", KV_HEADS * HEAD, WIDTH),
    "blk.1.attn_v": ("F16", KV_HEADS * HEAD, WIDTH),
    "blk.1.attn_output": ("BF16", WIDTH, WIDTH),
    "blk.1.ffn_gate": ("Q8_0", HIDDEN, WIDTH),
    "blk.1.ffn_up": ("F32", HIDDEN, WIDTH),
    "blk.1.ffn_down": ("Q6_K", WIDTH, HIDDEN),
}
NORMS = [f"blk.{layer}.{part}" for layer in (0, 1) for part in ("attn_norm", "ffn_norm")] + ["output_norm"]


def vocabulary():
    """Control tokens, the 256 characters of GPT-2's byte alphabet in its order, and what the merges make."""
    plain = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    others = range(0x100, 0x100 + 256 - len(plain))
    tokens = CONTROL + [chr(code) for code in [*plain, *others]]
    for merge in MERGES:
        left, right = merge.split(" ")
        assert left in tokens and right in tokens, merge
        tokens.append(left + right)
    assert len(set(tokens)) == len(tokens)
    return tokens


def gaussian(random, kind, rows, cols, deviation):
    values = random.standard_normal((rows, cols)) * deviation
    return quantize(values.astype(np.float32), kind)


def random_blocks(random, kind, rows, cols):
    """Blocks of a K-quant, to which the package cannot quantise: random bytes under halves of a sensible size.

    The halves give the weights a' deviation of about 0.08 and are no subnormals.
    """
    block_len, block_bytes = GGML_QUANT_SIZES[kind]
    count = rows * cols // block_len
    blocks = random.integers(0, 256, (count, block_bytes), dtype=np.uint8)

    def halves(size):
        return (random.uniform(0.7, 1.3, (count, 1)) * size).astype("<f2").view(np.uint8)

    match kind:
        case Type.Q4_K:  # scale, scale of the minima, 12 bytes of 6-bit scales, quants of 0..15
            blocks[:, 0:2], blocks[:, 2:4] = halves(3.1e-4), halves(7.5 * 3.1e-4)
        case Type.Q5_K:  # the same with quants of 0..31
            blocks[:, 0:2], blocks[:, 2:4] = halves(1.5e-4), halves(15.5 * 1.5e-4)
        case Type.Q6_K:  # quants, 16 signed scales, scale
            blocks[:, 192:208] = random.integers(-48, 49, (count, 16), dtype=np.int8).view(np.uint8)
            blocks[:, 208:210] = halves(1.5e-4)
        case _:
            raise ValueError(kind)
    return blocks.reshape(rows, -1)


def add_tokenizer(writer, pre):
    """Writes the tokenizer of the vocabulary, with that pre-tokenizer."""
    tokens = vocabulary()
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre(pre)
    writer.add_token_list(tokens)
    writer.add_token_types([TokenType.CONTROL if token in CONTROL else TokenType.NORMAL for token in tokens])
    writer.add_token_merges(MERGES)
    writer.add_bos_token_id(tokens.index("<|im_start|>"))
    writer.add_eos_token_id(tokens.index("<|im_end|>"))
    writer.add_add_bos_token(False)
    writer.add_chat_template(TEMPLATE)
    writer.add_quantization_version(2)


def write(path):
    random = np.random.default_rng(20)
    tokens = vocabulary()
    writer = GGUFWriter(path, "llama")
    writer.add_type("model")
    writer.add_name("tiny")
    writer.add_license("mit")
    writer.add_block_count(2)
    writer.add_context_length(2048)
    writer.add_embedding_length(WIDTH)
    writer.add_feed_forward_length(HIDDEN)
    writer.add_head_count(HEADS)
    writer.add_head_count_kv(KV_HEADS)
    writer.add_rope_dimension_count(HEAD)
    writer.add_rope_freq_base(10000.0)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_vocab_size(len(tokens))
    add_tokenizer(writer, "smollm")

    # Tied to the head; this deviation gives logits with one of 2 to 3.
    writer.add_tensor(
        "token_embd.weight", gaussian(random, Type.Q8_0, len(tokens), WIDTH, 0.15), raw_dtype=Type.Q8_0
    )
    for name, (format, rows, cols) in MATRICES.items():
        kind = Type[format]
        data = (
            random_blocks(random, kind, rows, cols)
            if format.endswith("_K")
            else gaussian(random, kind, rows, cols, 0.08)
        )
        writer.add_tensor(f"{name}.weight", data, raw_dtype=kind)
    for name in NORMS:
        scale = 1 + 0.1 * random.standard_normal(WIDTH)
        writer.add_tensor(f"{name}.weight", scale.astype(np.float32))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


class Model:
    """The forward of a Llama in f64, from the file alone."""

    def __init__(self, path):
        reader = GGUFReader(path)
        self.weights = {t.name: dequantize(t.data, t.tensor_type).astype(np.float64) for t in reader.tensors}

        def field(key):
            return reader.fields[key].contents()

        self.layers = field("llama.block_count")
        self.heads, self.kv_heads = field("llama.attention.head_count"), field("llama.attention.head_count_kv")
        self.dim = field("llama.rope.dimension_count")
        self.theta, self.epsilon = field("llama.rope.freq_base"), field("llama.attention.layer_norm_rms_epsilon")
        self.ends = [field("tokenizer.ggml.bos_token_id"), field("tokenizer.ggml.eos_token_id")]

    def weight(self, name):
        return self.weights[f"{name}.weight"]

    def norm(self, x, name):
        return x / np.sqrt((x * x).mean(axis=-1, keepdims=True) + self.epsilon) * self.weight(name)

    def rotate(self, x):
        """x [tokens, heads, dim]: each pair (2i, 2i+1) is a complex number, turned by position * theta^(-2i/dim)."""
        turns = np.outer(np.arange(len(x)), self.theta ** (-np.arange(0, self.dim, 2) / self.dim))
        pairs = (x[..., 0::2] + 1j * x[..., 1::2]) * np.exp(1j * turns)[:, None]
        return np.stack([pairs.real, pairs.imag], axis=-1).reshape(x.shape)

    def attention(self, x, block):
        tokens, dim = len(x), self.dim
        q = self.rotate((x @ self.weight(f"{block}.attn_q").T).reshape(tokens, self.heads, dim))
        k = self.rotate((x @ self.weight(f"{block}.attn_k").T).reshape(tokens, self.kv_heads, dim))
        v = (x @ self.weight(f"{block}.attn_v").T).reshape(tokens, self.kv_heads, dim)
        future = np.triu(np.ones((tokens, tokens), dtype=bool), 1)
        mixed = []
        for head in range(self.heads):
            shared = head // (self.heads // self.kv_heads)
            scores = q[:, head] @ k[:, shared].T / np.sqrt(dim)
            scores[future] = -np.inf
            shares = np.exp(scores - scores.max(axis=-1, keepdims=True))
            mixed.append(shares / shares.sum(axis=-1, keepdims=True) @ v[:, shared])
        return np.concatenate(mixed, axis=-1) @ self.weight(f"{block}.attn_output").T

    def feed_forward(self, x, block):
        gate, up = x @ self.weight(f"{block}.ffn_gate").T, x @ self.weight(f"{block}.ffn_up").T
        return (gate / (1 + np.exp(-gate)) * up) @ self.weight(f"{block}.ffn_down").T

    def forward(self, tokens):
        """Logits of every position, and the residual stream after the embedding and after each block."""
        x = self.weight("token_embd")[tokens]
        stream = [x]
        for layer in range(self.layers):
            block = f"blk.{layer}"
            x = x + self.attention(self.norm(x, f"{block}.attn_norm"), block)
            x = x + self.feed_forward(self.norm(x, f"{block}.ffn_norm"), block)
            stream.append(x)
        return self.norm(x, "output_norm") @ self.weight("token_embd").T, stream


def rounded(values):
    return [float(f"{value:.6g}") for value in values]


def sequence_case(model, tokens):
    logits, stream = model.forward(tokens)
    log_probs = logits - logits.max(axis=-1, keepdims=True)
    log_probs -= np.log(np.exp(log_probs).sum(axis=-1, keepdims=True))
    return {
        "tokens": tokens,
        "logits": rounded(logits[-1]),
        "norms": rounded(np.linalg.norm(x[-1]) for x in stream),
        "next_log_probs": rounded(log_probs[np.arange(len(tokens) - 1), tokens[1:]]),
    }


def greedy_case(model, tokens, count):
    tokens, margins = list(tokens), []
    for _ in range(count):
        logits = model.forward(tokens)[0][-1]
        second, first = np.argsort(logits)[-2:]
        tokens.append(int(first))
        margins.append(logits[first] - logits[second])
    made = tokens[-count:]
    # A choice that rounding could turn, or an early end, would make this useless as a test.
    assert min(margins) > 0.1 and not set(made) & set(model.ends), (made, margins)
    return {"prompt": tokens[:-count], "tokens": made, "margins": rounded(margins)}


def main():
    path = FOLDER / "tiny.gguf"
    write(path)
    model = Model(path)
    random = np.random.default_rng(31)
    size = len(model.weight("token_embd"))
    sequences = [random.integers(0, size, length).tolist() for length in (1, 5, 37, 150)]
    golden = {
        "file": path.name,
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "sequences": [sequence_case(model, tokens) for tokens in sequences],
        "greedy": greedy_case(model, sequences[1], 8),
    }
    (FOLDER / "golden.json").write_text(json.dumps(golden, separators=(",", ":")).replace(',"', ',\n"') + "\n")
    print(f"{path.name}: {path.stat().st_size} bytes, {size} tokens, sha256 {golden['sha256']}")


if __name__ == "__main__":
    main()
