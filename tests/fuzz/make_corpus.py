"""Writes the corpora that no other program of the project writes: small model files, tokenizers, directions and chat templates.

Usage: python3 make_corpus.py (no packages needed). The forms of GGUF are those of ggml's docs/gguf.md.
"""

import json
import struct
from pathlib import Path

CORPUS = Path(__file__).parent / "corpus"
F32, F16, Q4_0, Q4_1, Q8_0 = 0, 1, 2, 3, 8
BLOCK = {F32: (1, 4), F16: (1, 2), Q4_0: (32, 18), Q4_1: (32, 20), Q8_0: (32, 34)}


def string(text):
    data = text.encode()
    return struct.pack("<Q", len(data)) + data


def value(item):
    """Type number and payload of a value; lists are arrays of their first element's type."""
    if isinstance(item, bool):
        return 7, struct.pack("<?", item)
    if isinstance(item, int):
        return (5, struct.pack("<i", item)) if item < 0 else (4, struct.pack("<I", item))
    if isinstance(item, float):
        return 6, struct.pack("<f", item)
    if isinstance(item, str):
        return 8, string(item)
    kind = value(item[0])[0]
    if all(isinstance(one, int) and not isinstance(one, bool) for one in item):
        kind, parts = 5, [struct.pack("<i", one) for one in item]
    else:
        parts = [value(one)[1] for one in item]
    return 9, struct.pack("<IQ", kind, len(item)) + b"".join(parts)


def gguf(keys, tensors=(), version=3):
    """A whole file; the data of its tensors are bytes that count upwards."""
    head = b"GGUF" + struct.pack("<IQQ", version, len(tensors), len(keys))
    for name, item in keys.items():
        kind, payload = value(item)
        head += string(name) + struct.pack("<I", kind) + payload
    data = b""
    for name, shape, kind in tensors:
        data += b"\0" * (-len(data) % 32)
        head += string(name) + struct.pack("<I", len(shape)) + struct.pack(f"<{len(shape)}Q", *shape)
        head += struct.pack("<IQ", kind, len(data))
        weights, size = BLOCK[kind]
        count = 1
        for side in shape:
            count *= side
        data += bytes(i % 60 for i in range(count // weights * size))
    return head + b"\0" * (-len(head) % 32) + data if tensors else head


def model(architecture, extra=None, width=32, hidden=64, dim=8, heads=4, kv=2, tokens=40, kind=Q4_1):
    keys = {
        "general.architecture": architecture,
        "general.name": "Tiny",
        f"{architecture}.block_count": 1,
        f"{architecture}.context_length": 64,
        f"{architecture}.embedding_length": width,
        f"{architecture}.feed_forward_length": hidden,
        f"{architecture}.attention.head_count": heads,
        f"{architecture}.attention.head_count_kv": kv,
        f"{architecture}.attention.key_length": dim,
        f"{architecture}.attention.value_length": dim,
        f"{architecture}.attention.layer_norm_rms_epsilon": 1e-5,
        f"{architecture}.rope.freq_base": 10000.0,
        **(extra or {}),
    }
    matrices = {
        "attn_q": (width, heads * dim),
        "attn_k": (width, kv * dim),
        "attn_v": (width, kv * dim),
        "attn_output": (heads * dim, width),
        "ffn_gate": (width, hidden),
        "ffn_up": (width, hidden),
        "ffn_down": (hidden, width),
    }
    tensors = [("token_embd.weight", (width, tokens), kind), ("output_norm.weight", (width,), F32)]
    tensors += [(f"blk.0.{name}.weight", shape, kind) for name, shape in matrices.items()]
    tensors += [(f"blk.0.{name}.weight", (width,), F32) for name in ("attn_norm", "ffn_norm")]
    if architecture in ("qwen3", "gemma3"):
        tensors += [(f"blk.0.{name}.weight", (dim,), F32) for name in ("attn_q_norm", "attn_k_norm")]
    if architecture == "gemma3":
        tensors += [(f"blk.0.{name}.weight", (width,), F32) for name in ("post_attention_norm", "post_ffw_norm")]
    if architecture == "qwen2":
        sizes = {"q": heads * dim, "k": kv * dim, "v": kv * dim}
        tensors += [(f"blk.0.attn_{part}.bias", (size,), F32) for part, size in sizes.items()]
    return gguf(keys, tensors)


def alphabet():
    """The letters that stand for the 256 bytes in byte-level vocabularies (GPT-2's table)."""
    plain = [*range(33, 127), *range(161, 173), *range(174, 256)]
    letters, extra = {}, 0
    for byte in range(256):
        if byte in plain:
            letters[byte] = chr(byte)
        else:
            letters[byte] = chr(256 + extra)
            extra += 1
    return [letters[byte] for byte in range(256)]


def byte_level(pre, template):
    tokens = [*alphabet(), "he", "ll", "hell", "Ġa", "<|im_start|>", "<|im_end|>"]
    kinds = [1] * 260 + [3, 3]
    return gguf({
        "tokenizer.ggml.model": "gpt2",
        "tokenizer.ggml.pre": pre,
        "tokenizer.ggml.tokens": tokens,
        "tokenizer.ggml.token_type": kinds,
        "tokenizer.ggml.merges": ["h e", "l l", "he ll", "Ġ a"],
        "tokenizer.ggml.bos_token_id": 260,
        "tokenizer.ggml.eos_token_id": 261,
        "tokenizer.ggml.add_bos_token": False,
        "tokenizer.chat_template": template,
    })


def sentence_piece(template):
    words = ["<unk>", "<s>", "</s>", *(f"<0x{byte:02X}>" for byte in range(256)), "▁", "▁a", "b", "ab", "▁ab", "<turn>"]
    kinds = [2, 3, 3] + [6] * 256 + [1] * 5 + [4]
    scores = [0.0] * 259 + [-1.0, -2.0, -3.5, -4.0, -2.5, 0.0]
    return gguf({
        "tokenizer.ggml.model": "llama",
        "tokenizer.ggml.tokens": words,
        "tokenizer.ggml.scores": scores,
        "tokenizer.ggml.token_type": kinds,
        "tokenizer.ggml.bos_token_id": 1,
        "tokenizer.ggml.eos_token_id": 2,
        "tokenizer.ggml.add_space_prefix": True,
        "tokenizer.chat_template": template,
    })


TEMPLATES = {
    "turns": "{% for message in messages %}<|{{ message['role'] }}|>{{ message['content'] }}<|im_end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|assistant|>{% endif %}",
    "first-system": "{%- set loop_messages = messages -%}{%- if messages[0]['role'] == 'system' -%}"
    "{%- set system = messages[0]['content'] | trim -%}{%- set loop_messages = messages[1:] -%}"
    "[{{ system }}]{%- endif -%}{%- for m in loop_messages -%}"
    "{%- if (m['role'] == 'user') != (loop.index0 % 2 == 0) -%}{{ raise_exception('roles must alternate') }}{%- endif -%}"
    "{{ bos_token + m.role + ': ' + m.content | trim + eos_token }}{%- endfor -%}",
    "macro": "{% macro turn(role, text, last=false) %}{{ '<' ~ role ~ '>' }}{{ text }}{% if not last %}\n{% endif %}{% endmacro %}"
    "{% set ns = namespace(count=0) %}{% for m in messages %}{% set ns.count = ns.count + 1 %}"
    "{{ turn(m.role, m.content, loop.last) }}{% endfor %}{# {{ ns.count }} #}",
    "filters": "{% for m in messages if m.content is string and m.content.strip() %}{{ m.role | upper }} "
    "{{ m.content.replace('\\n', ' ').split(' ') | join('_') }} {{ m | tojson }} {{ strftime_now('%d %b %Y') }}{% endfor %}",
    "nested": "{% if tools is defined and tools %}{{ tools | tojson(indent=2) }}{% else %}{% for m in messages %}"
    "{% if m.role == 'user' %}{% for part in [m.content, m.content[:3], m['content'][-2:]] %}{{ part }}{% break %}{% endfor %}"
    "{% elif m.role in ['system', 'assistant'] %}{{ m.content | default('', true) }}{% else %}{% continue %}{% endif %}"
    "{% endfor %}{% endif %}",
}


def safetensors(tensors, metadata):
    """`tensors` are a type of safetensors, a shape and values by their names."""
    forms = {"F32": "f", "U32": "I"}
    header, data = {"__metadata__": metadata}, b""
    for name, (kind, shape, values) in tensors.items():
        part = struct.pack(f"<{len(values)}{forms[kind]}", *values)
        header[name] = {"dtype": kind, "shape": shape, "data_offsets": [len(data), len(data) + len(part)]}
        data += part
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    return struct.pack("<Q", len(text)) + text + data


def write(path, content):
    path = CORPUS / path
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())


def main():
    for architecture in ("llama", "qwen2", "qwen3", "gemma3"):
        extra = {"gemma3.attention.sliding_window": 16, "gemma3.attention.sliding_window_pattern": 6}
        write(f"gguf/{architecture}.gguf", model(architecture, extra if architecture == "gemma3" else None))
    write("gguf/q8.gguf", model("llama", kind=Q8_0))
    write("gguf/values.gguf", gguf({
        "general.architecture": "llama", "general.alignment": 32, "a.bool": True, "a.int": -5, "a.float": 0.5,
        "a.strings": ["one", "", "zwölf"], "a.ints": [1, -2, 3], "a.floats": [0.0, -1.5], "a.bools": [True, False],
    }, [("a", (32, 2), Q4_0), ("b", (3, 4, 2), F16)], version=2))
    for name, pre in {"smollm": "smollm", "llama-bpe": "llama-bpe", "qwen2": "qwen2"}.items():
        write(f"tokenizer/{name}.gguf", byte_level(pre, TEMPLATES["turns"]))
    write("tokenizer/pieces.gguf", sentence_piece(TEMPLATES["first-system"]))
    for name, text in TEMPLATES.items():
        write(f"template/{name}.jinja", text)
    write("directions/control-vector.gguf", gguf({
        "general.architecture": "controlvector", "controlvector.model_hint": "llama", "controlvector.layer_count": 3,
    }, [(f"direction.{layer}", (8,), F32) for layer in (1, 2)]))
    about = {"architecture": "llama", "model_sha256": None, "methods": {"humour": "statements"}}
    write("directions/own.safetensors", safetensors({
        "humour": ("F32", [2, 4], [0.5, -0.5, 1.0, 2.0, 0.25, 1.5, -1.0, 0.0]),
        "humour.layers": ("U32", [2], [3, 4]),
        "humour.neutral": ("F32", [2, 3], [9.0, 0.5, 1.0, 8.0, 0.0, 2.0]),
    }, {"traitscope": json.dumps(about)}))
    write("directions/persona.safetensors", safetensors({"humour": ("F32", [3, 4], [float(i) for i in range(12)])}, {}))


if __name__ == "__main__":
    main()
