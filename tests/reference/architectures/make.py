#!/usr/bin/env python3
"""Makes a tiny random model of each architecture, ARCHITECTURE.gguf, and what PyTorch computes with it, ARCHITECTURE.json.

    python3 -m venv venv && venv/bin/pip install gguf==0.19.0 numpy torch==2.15.0 transformers==5.24.0
    venv/bin/python make.py [ARCHITECTURE ...]

The forward is that of transformers, in f32 with its plain ("eager") attention, over the weights as the file holds them: each
tensor is rounded to its format first. The names of the tensors come from the package gguf. So the only thing that the two
sides share is the file.
"""

import hashlib
import json
import sys
from pathlib import Path

import numpy as np
import torch
import transformers
from gguf import MODEL_ARCH, MODEL_ARCH_NAMES, GGMLQuantizationType as Type, GGUFWriter, RopeScalingType, get_tensor_name_map
from gguf.quants import dequantize, quantize

FOLDER = Path(__file__).parent
sys.path.append(str(FOLDER.parent / "tiny"))
from make_tiny import add_tokenizer, vocabulary  # noqa: E402

WIDTH, HEADS, CONTEXT = 64, 4, 256
# Formats of the matrices, in turn; q, k and v of a block differ in some blocks and are the same in others.
FORMATS = [Type.Q8_0, Type.Q8_0, Type.Q8_0, Type.F16, Type.Q5_1]


def common(hidden, kv_heads, layers, **more):
    return {
        "vocab_size": len(vocabulary()),
        "hidden_size": WIDTH,
        "intermediate_size": hidden,
        "num_hidden_layers": layers,
        "num_attention_heads": HEADS,
        "num_key_value_heads": kv_heads,
        "max_position_embeddings": CONTEXT,
        "rms_norm_eps": 1e-6,
        "attn_implementation": "eager",
        **more,
    }


def qwen2():
    rope = {"rope_type": "default", "rope_theta": 1e6}
    config = transformers.Qwen2Config(**common(96, 2, 2, rope_parameters=rope, tie_word_embeddings=False))
    return transformers.Qwen2ForCausalLM(config), {"pre": "qwen2", "theta": 1e6}


def qwen3():
    rope = {"rope_type": "default", "rope_theta": 1e6}
    # Heads wider than their share of the width, as in every Qwen3 below 4B.
    config = transformers.Qwen3Config(
        **common(96, 2, 2, head_dim=32, rope_parameters=rope, tie_word_embeddings=True)
    )
    return transformers.Qwen3ForCausalLM(config), {"pre": "qwen2", "theta": 1e6, "head": 32}


def gemma3():
    window, scalar, cap, stretch = 6, 24, 8.0, 4.0
    # Seven blocks: the sixth is the first that sees everything. Neither the scale of scores nor the cap is that of real models,
    # so that they count. Positions of the blocks that see everything are divided, as in the models from 4B on.
    plain = {"rope_type": "default", "rope_theta": 1e4}
    rope = {"sliding_attention": plain, "full_attention": {"rope_type": "linear", "rope_theta": 1e6, "factor": stretch}}
    config = transformers.Gemma3TextConfig(
        **common(64, 1, 7, head_dim=32, tie_word_embeddings=True),
        sliding_window=window,
        query_pre_attn_scalar=scalar,
        final_logit_softcapping=cap,
        rope_parameters=rope,
    )
    assert [kind == "full_attention" for kind in config.layer_types] == [False] * 5 + [True, False]

    def more(writer):
        writer.add_sliding_window(window)
        writer.add_attention_scale(scalar**-0.5)
        writer.add_final_logit_softcapping(cap)
        writer.add_rope_scaling_type(RopeScalingType.LINEAR)
        writer.add_rope_scaling_factor(stretch)

    about = {"pre": "smollm", "theta": 1e6, "head": 32, "more": more}
    return transformers.Gemma3ForCausalLM(config), about


MODELS = {"qwen2": qwen2, "qwen3": qwen3, "gemma3": gemma3}


def random_weights(model, random):
    """Weights of a size with which every part of a block changes the stream, and each head looks at few tokens."""
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            values = random.standard_normal(tuple(parameter.shape))
            if name.endswith("norm.weight"):
                values = values * 0.2 + (0 if model.config.model_type.startswith("gemma") else 1)
            elif name.endswith("bias"):
                values *= 0.5
            else:
                values *= 0.3 if "embed" in name or "lm_head" in name else 0.15
            parameter.copy_(torch.from_numpy(values))
    model.tie_weights()


def write(path, name, model, about):
    """Writes the file, and gives the model the weights as they were rounded."""
    config = model.config
    writer = GGUFWriter(path, name)
    writer.add_type("model")
    writer.add_name(f"tiny {name}")
    writer.add_license("mit")
    writer.add_block_count(config.num_hidden_layers)
    writer.add_context_length(CONTEXT)
    writer.add_embedding_length(WIDTH)
    writer.add_feed_forward_length(config.intermediate_size)
    writer.add_head_count(HEADS)
    writer.add_head_count_kv(config.num_key_value_heads)
    if "head" in about:
        writer.add_key_length(about["head"])
        writer.add_value_length(about["head"])
    writer.add_rope_freq_base(about["theta"])
    writer.add_layer_norm_rms_eps(config.rms_norm_eps)
    about.get("more", lambda _: None)(writer)
    add_tokenizer(writer, about["pre"])

    architecture = next(key for key, value in MODEL_ARCH_NAMES.items() if value == name)
    names = get_tensor_name_map(MODEL_ARCH(architecture), config.num_hidden_layers)
    matrices = 0
    with torch.no_grad():
        for own, parameter in model.named_parameters():
            values = parameter.numpy()
            kind = Type.F32
            if values.ndim == 2:
                kind = FORMATS[matrices % len(FORMATS)]
                matrices += 1
            # llama.cpp's converter stores the factor of Gemma's norms, which is 1 + the parameter.
            shift = np.float32(1 if own.endswith("norm.weight") and name.startswith("gemma") else 0)
            data = quantize(values + shift, kind)
            parameter.copy_(torch.from_numpy(dequantize(data, kind)) - shift)
            writer.add_tensor(names.get_name(own, (".weight", ".bias")), data, raw_dtype=kind)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def forward(model, tokens):
    """Logits of every position, and the stream of the last after the embedding and after each block."""
    ends = []
    hook = model.model.layers[-1].register_forward_hook(
        lambda _, __, out: ends.append(out[0] if isinstance(out, tuple) else out)
    )
    with torch.no_grad():
        out = model(torch.tensor([tokens]), output_hidden_states=True, use_cache=False)
    hook.remove()
    # The last of transformers' hidden states is normed already.
    stream = [*out.hidden_states[:-1], ends[0]]
    return out.logits[0].double().numpy(), [x[0, -1].double().numpy() for x in stream]


def rounded(values):
    return [float(f"{value:.6g}") for value in values]


def sequence_case(model, tokens):
    logits, stream = forward(model, tokens)
    log_probs = logits - logits.max(axis=-1, keepdims=True)
    log_probs -= np.log(np.exp(log_probs).sum(axis=-1, keepdims=True))
    return {
        "tokens": tokens,
        "logits": rounded(logits[-1]),
        "norms": rounded(np.linalg.norm(x) for x in stream),
        "next_log_probs": rounded(log_probs[np.arange(len(tokens) - 1), tokens[1:]]),
    }


def make(name):
    model, about = MODELS[name]()
    model = model.float().eval()
    random = np.random.default_rng(20)
    random_weights(model, random)
    path = FOLDER / f"{name}.gguf"
    write(path, name, model, about)
    size = len(vocabulary())
    sequences = [random.integers(0, size, length).tolist() for length in (1, 5, 37, 150)]
    golden = {
        "file": path.name,
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "sequences": [sequence_case(model, tokens) for tokens in sequences],
    }
    lines = json.dumps(golden, separators=(",", ":")).replace(',"', ',\n"')
    (FOLDER / f"{name}.json").write_text(lines + "\n")
    deviation = np.std([case["logits"] for case in golden["sequences"]])
    print(f"{path.name}: {path.stat().st_size} bytes, logits of deviation {deviation:.2f}")


if __name__ == "__main__":
    for chosen in sys.argv[1:] or MODELS:
        make(chosen)
