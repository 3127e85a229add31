#!/usr/bin/env python3
"""PyTorch on the model that speed.rs measures, with the same weights, prompts and figures.

    python3 peer.py MODEL.gguf [float32] [bfloat16]

One JSON object a precision. Needs torch, transformers and gguf. The forward is that of transformers' LlamaForCausalLM, whose
kernels run one after the other; compiling it would take minutes and is what nobody does before a single test.
"""

import json
import statistics
import sys
import time

import gguf
import numpy as np
import torch
from transformers import DynamicCache, LlamaConfig, LlamaForCausalLM

PREFILL, DECODE, ROUNDS = (16, 128, 512), 64, 7
NAMES = {
    "attn_norm": "input_layernorm",
    "attn_q": "self_attn.q_proj",
    "attn_k": "self_attn.k_proj",
    "attn_v": "self_attn.v_proj",
    "attn_output": "self_attn.o_proj",
    "ffn_norm": "post_attention_layernorm",
    "ffn_gate": "mlp.gate_proj",
    "ffn_up": "mlp.up_proj",
    "ffn_down": "mlp.down_proj",
}


def prompt(tokens):
    return [300 + at * 7 for at in range(tokens)]


def load(path, device, dtype):
    reader = gguf.GGUFReader(path)
    field = lambda name: reader.fields[f"llama.{name}"].contents()
    heads, kv_heads = field("attention.head_count"), field("attention.head_count_kv")
    tensors = {tensor.name: tensor for tensor in reader.tensors}
    config = LlamaConfig(
        vocab_size=int(tensors["token_embd.weight"].shape[1]),
        hidden_size=field("embedding_length"),
        intermediate_size=field("feed_forward_length"),
        num_hidden_layers=field("block_count"),
        num_attention_heads=heads,
        num_key_value_heads=kv_heads,
        rms_norm_eps=field("attention.layer_norm_rms_epsilon"),
        rope_theta=field("rope.freq_base"),
        max_position_embeddings=4096,
        tie_word_embeddings="output.weight" not in tensors,
    )
    with torch.device("meta"):
        model = LlamaForCausalLM(config)
    state = {}
    for name, tensor in tensors.items():
        values = gguf.dequantize(tensor.data, tensor.tensor_type).astype(np.float32)
        for part, count in (("attn_q", heads), ("attn_k", kv_heads)):
            if part in name:
                # The file has the pairs of the rotary embedding side by side, transformers half a head apart.
                rows, cols = values.shape
                values = values.reshape(count, rows // count // 2, 2, cols).swapaxes(1, 2).reshape(rows, cols)
        if name.startswith("blk."):
            _, layer, part, _ = name.split(".")
            name = f"model.layers.{layer}.{NAMES[part]}.weight"
        else:
            name = {
                "token_embd.weight": "model.embed_tokens.weight",
                "output_norm.weight": "model.norm.weight",
                "output.weight": "lm_head.weight",
            }[name]
        state[name] = torch.tensor(np.ascontiguousarray(values)).to(device, dtype)
    if config.tie_word_embeddings:
        state["lm_head.weight"] = state["model.embed_tokens.weight"]
    model.load_state_dict(state, assign=True)
    # Buffers that no file holds were made without storage.
    rotary = type(model.model.rotary_emb)(config)
    model.model.rotary_emb = rotary.to(device)
    return model.eval()


def timed(work):
    work()
    times = []
    for _ in range(ROUNDS):
        torch.cuda.synchronize()
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


@torch.inference_mode()
def main(path, precision):
    device = torch.device("cuda")
    torch.backends.cuda.matmul.allow_tf32 = False
    model = load(path, device, getattr(torch, precision))

    def log_prob(tokens):
        ids = torch.tensor([prompt(tokens)], device=device)
        logits = model(ids, logits_to_keep=1, use_cache=True).logits[0, -1].float()
        return torch.log_softmax(logits, -1)[300].item()

    def written(count):
        ids, cache, text = torch.tensor([prompt(16)], device=device), DynamicCache(), []
        for _ in range(count):
            logits = model(ids, past_key_values=cache, logits_to_keep=1, use_cache=True).logits[0, -1]
            text.append(logits.argmax().item())
            ids = torch.tensor([[text[-1]]], device=device)
        return text

    result = {
        "device": torch.cuda.get_device_name(),
        "backend": f"PyTorch {torch.__version__}, {precision}",
        "prefill_tokens_s": {tokens: tokens / timed(lambda: log_prob(tokens)) for tokens in PREFILL},
        "log_probs": {tokens: log_prob(tokens) for tokens in PREFILL},
        "decode_tokens_s": DECODE / (timed(lambda: written(1 + DECODE)) - timed(lambda: written(1))),
        "text": written(8),
    }
    print(json.dumps(result), flush=True)


if __name__ == "__main__":
    for precision in sys.argv[2:] or ["float32", "bfloat16"]:
        main(sys.argv[1], precision)
