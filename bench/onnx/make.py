"""Makes the ONNX models that transformers.js runs in the bench: python make.py MODEL.gguf FOLDER

FOLDER/cpu and FOLDER/webgpu, both from the GGUF's weights in 4-bit blocks of 32. The blocks of Q4_1 start at any
value. ONNX Runtime's product for the CPU takes that as it is (a zero point that is no whole number), so those weights
are exactly the GGUF's. Its WebGPU product knows whole zero points only; for it the weights are rounded once more.
Operators and inputs are those of published int4 models for the browser, so that transformers.js finds what it
expects. The graph is written here and not exported, because an exporter would bring gigabytes of packages.
"""

import json
import sys
from pathlib import Path

import numpy as np
import onnx
from gguf import GGMLQuantizationType, GGUFReader
from onnx import TensorProto, helper, numpy_helper

BLOCK = 32
MICROSOFT = "com.microsoft"
# 4: activations are rounded to 8 bits where the runtime has a kernel for it, as in published models.
ACCURACY_LEVEL = 4


class Weights:
    """The tensors and the few numbers of a Llama model in a GGUF file."""

    def __init__(self, path):
        reader = GGUFReader(path)
        self.tensors = {tensor.name: tensor for tensor in reader.tensors}
        self.fields = reader.fields

    def number(self, name):
        return self.fields[f"llama.{name}"].contents()

    def raw(self, name, kind):
        tensor = self.tensors[name]
        if tensor.tensor_type != kind:
            raise SystemExit(f"{name} is {tensor.tensor_type.name}, not {kind.name}")
        return tensor.data

    def f32(self, name):
        return np.array(self.raw(name, GGMLQuantizationType.F32), np.float32)

    def q8_0(self, name):
        """Whole numbers around 128, [rows, columns], and scales, [rows, blocks]."""
        blocks = self.raw(name, GGMLQuantizationType.Q8_0)
        blocks = blocks.reshape(blocks.shape[0], -1, 2 + BLOCK)
        scales = blocks[:, :, :2].copy().view(np.float16)[:, :, 0].astype(np.float32)
        whole = (blocks[:, :, 2:].view(np.int8).astype(np.int16) + 128).astype(np.uint8)
        return whole.reshape(whole.shape[0], -1), scales

    def q4_1(self, name):
        """The values, [rows, blocks, BLOCK]."""
        blocks = self.raw(name, GGMLQuantizationType.Q4_1)
        blocks = blocks.reshape(blocks.shape[0], -1, 4 + BLOCK // 2)
        scale, least = np.moveaxis(blocks[:, :, :4].copy().view(np.float16).astype(np.float32), 2, 0)
        packed = blocks[:, :, 4:]
        whole = np.concatenate([packed & 15, packed >> 4], axis=2)
        return whole * scale[:, :, None] + least[:, :, None]


def halves(values, heads):
    """Rows of GGUF's rotary order, adjacent pairs, in ONNX's: first halves, then second halves."""
    rows = values.shape[0]
    return values.reshape(heads, rows // heads // 2, 2, -1).swapaxes(1, 2).reshape(values.shape)


def packed(whole):
    """Two 4-bit numbers a byte along the last axis, the first one low."""
    if whole.shape[-1] % 2:
        whole = np.pad(whole, [(0, 0)] * (whole.ndim - 1) + [(0, 1)])
    return whole[..., 0::2] | whole[..., 1::2] << 4


def int4(values, exact):
    """Packed numbers, scales and zero points of MatMulNBits: the blocks' own, or rounded to whole zero points."""
    least, most = values.min(axis=2), values.max(axis=2)
    if not exact:
        least, most = np.minimum(least, 0), np.maximum(most, 0)
    scales = (most - least) / 15
    scales[scales == 0] = 1
    zero = -least / scales
    if not exact:
        zero = np.rint(zero)
    whole = np.rint(values / scales[:, :, None] + zero[:, :, None])
    whole = np.clip(whole, 0, 15).astype(np.uint8)
    zero = zero.astype(np.float32) if exact else packed(zero.astype(np.uint8))
    return packed(whole), scales.astype(np.float32), zero


class Graph:
    def __init__(self, exact):
        self.exact = exact
        self.nodes = []
        self.initializers = []

    def constant(self, name, array):
        self.initializers.append(numpy_helper.from_array(np.ascontiguousarray(array), name))
        return name

    def add(self, kind, inputs, output, domain="", **attributes):
        outputs = [output] if isinstance(output, str) else output
        self.nodes.append(
            helper.make_node(kind, inputs, outputs, name=outputs[0], domain=domain, **attributes)
        )
        return outputs[0]

    def linear4(self, x, name, values):
        whole, scales, zero = int4(values, self.exact)
        inputs = [
            x,
            self.constant(f"{name}.q", whole),
            self.constant(f"{name}.scales", scales.ravel()),
            self.constant(f"{name}.zero", zero.ravel()),
        ]
        return self.add(
            "MatMulNBits", inputs, name, MICROSOFT,
            N=values.shape[0], K=values.shape[1] * BLOCK, bits=4, block_size=BLOCK, accuracy_level=ACCURACY_LEVEL,
        )  # fmt: skip

    def whole(self, name, values):
        return self.constant(name, np.array(values, np.int64))


def mask(graph):
    """What is added to the scores: [batch, 1, queries of one key head, keys]."""
    graph.whole("axis.1", [1])
    graph.add("Shape", ["input_ids"], "new", start=1, end=2)
    graph.add("Shape", ["attention_mask"], "all", start=1, end=2)
    graph.add("Sub", ["all", "new"], "past")
    for name in ("past", "all"):
        graph.add("Squeeze", [name], f"{name}.scalar")
    graph.whole("zero", 0)
    graph.whole("one", 1)
    graph.add("Range", ["past.scalar", "all.scalar", "one"], "rows")
    graph.add("Range", ["zero", "all.scalar", "one"], "columns")
    graph.add("Unsqueeze", ["rows", "axis.1"], "rows.column")
    graph.add("LessOrEqual", ["columns", "rows.column"], "causal")
    graph.add("Cast", ["attention_mask"], "present", to=TensorProto.BOOL)
    graph.add("Unsqueeze", ["present", "axis.1"], "present.row")
    graph.add("And", ["causal", "present.row"], "visible")
    graph.constant("nothing", np.float32(0))
    graph.constant("hidden", np.float32(-1e9))
    graph.add("Where", ["visible", "nothing", "hidden"], "mask.one")
    graph.add("Unsqueeze", ["mask.one", "axis.1"], "mask.head")


def attention(graph, weights, layer, x, heads, keys, width):
    source, name = f"blk.{layer}", f"layer.{layer}"
    # The scores' scale, a power of two for every Llama head, goes into the query's weights.
    query = halves(weights.q4_1(f"{source}.attn_q.weight"), heads) * np.float32(width**-0.5)
    key = halves(weights.q4_1(f"{source}.attn_k.weight"), keys)
    value = weights.q4_1(f"{source}.attn_v.weight")
    for part, matrix, count in (("q", query, heads), ("k", key, keys), ("v", value, keys)):
        y = graph.linear4(x, f"{name}.{part}", matrix)
        y = graph.add("Reshape", [y, f"shape.{count}"], f"{name}.{part}.heads")
        y = graph.add("Transpose", [y], f"{name}.{part}.rows", perm=[0, 2, 1, 3])
        if part != "v":
            inputs = [y, "position_ids", "cos", "sin"]
            graph.add("RotaryEmbedding", inputs, f"{name}.{part}.turned", MICROSOFT)
    kept = [f"present.{layer}.key", f"present.{layer}.value"]
    graph.add("Concat", [f"past_key_values.{layer}.key", f"{name}.k.turned"], kept[0], axis=2)
    graph.add("Concat", [f"past_key_values.{layer}.value", f"{name}.v.rows"], kept[1], axis=2)
    # The queries that share a key head stand below each other, so that keys and values are not repeated.
    graph.add("Reshape", [f"{name}.q.turned", "shape.group"], f"{name}.q.group")
    graph.add("Transpose", [kept[0]], f"{name}.k.columns", perm=[0, 1, 3, 2])
    graph.add("MatMul", [f"{name}.q.group", f"{name}.k.columns"], f"{name}.scores")
    graph.add("Add", [f"{name}.scores", "mask"], f"{name}.masked")
    graph.add("Softmax", [f"{name}.masked"], f"{name}.shares", axis=-1)
    graph.add("MatMul", [f"{name}.shares", kept[1]], f"{name}.mixed")
    graph.add("Reshape", [f"{name}.mixed", "shape.apart"], f"{name}.apart")
    graph.add("Transpose", [f"{name}.apart"], f"{name}.tokens", perm=[0, 2, 1, 3])
    y = graph.add("Reshape", [f"{name}.tokens", "shape.joined"], f"{name}.joined")
    return graph.linear4(y, f"{name}.o", weights.q4_1(f"{source}.attn_output.weight"))


def feed_forward(graph, weights, layer, x):
    source, name = f"blk.{layer}", f"layer.{layer}"
    gate = graph.linear4(x, f"{name}.gate", weights.q4_1(f"{source}.ffn_gate.weight"))
    up = graph.linear4(x, f"{name}.up", weights.q4_1(f"{source}.ffn_up.weight"))
    graph.add("Sigmoid", [gate], f"{name}.sigmoid")
    graph.add("Mul", [gate, f"{name}.sigmoid"], f"{name}.silu")
    graph.add("Mul", [f"{name}.silu", up], f"{name}.product")
    return graph.linear4(f"{name}.product", f"{name}.down", weights.q4_1(f"{source}.ffn_down.weight"))


def build(weights, exact):
    layers = weights.number("block_count")
    size = weights.number("embedding_length")
    heads = weights.number("attention.head_count")
    keys = weights.number("attention.head_count_kv")
    context = weights.number("context_length")
    epsilon = weights.number("attention.layer_norm_rms_epsilon")
    width = size // heads
    graph = Graph(exact)
    for name, shape in {
        f"shape.{heads}": [0, 0, heads, width],
        f"shape.{keys}": [0, 0, keys, width],
        "shape.group": [0, keys, -1, width],
        "shape.apart": [0, heads, -1, width],
        "shape.joined": [0, 0, size],
        "shape.embedded": [0, 0, size],
    }.items():
        graph.whole(name, shape)
    mask(graph)
    graph.add("Concat", ["mask.head"] * (heads // keys), "mask", axis=2)
    base = weights.number("rope.freq_base")
    angles = np.outer(np.arange(context), base ** (-np.arange(0, width, 2) / width))
    graph.constant("cos", np.cos(angles).astype(np.float32))
    graph.constant("sin", np.sin(angles).astype(np.float32))

    table, scales = weights.q8_0("token_embd.weight")
    vocabulary = table.shape[0]
    # Operator by operator: the browser's runtime has no kernel for a quantised Gather on the CPU.
    graph.constant("table", table.reshape(vocabulary, -1, BLOCK))
    graph.constant("table.scales", scales[:, :, None])
    graph.constant("table.zero", np.float32(128))
    graph.add("Gather", ["table", "input_ids"], "embedded.whole", axis=0)
    graph.add("Gather", ["table.scales", "input_ids"], "embedded.scales", axis=0)
    graph.add("Cast", ["embedded.whole"], "embedded.float", to=TensorProto.FLOAT)
    graph.add("Sub", ["embedded.float", "table.zero"], "embedded.centred")
    graph.add("Mul", ["embedded.centred", "embedded.scales"], "embedded.blocks")
    x = graph.add("Reshape", ["embedded.blocks", "shape.embedded"], "embedded")
    delta = None
    norms = [f"blk.{i}.{part}_norm" for i in range(layers) for part in ("attn", "ffn")] + ["output_norm"]
    for place, norm in enumerate(norms):
        scale = graph.constant(norm, weights.f32(f"{norm}.weight"))
        if delta is None:
            y = graph.add("SimplifiedLayerNormalization", [x, scale], f"{norm}.out", axis=-1, epsilon=epsilon)
        else:
            y, total = f"{norm}.out", f"{norm}.sum"
            graph.add("SkipSimplifiedLayerNormalization", [x, delta, scale], [y, "", "", total], MICROSOFT, epsilon=epsilon)
            x = total
        layer, part = divmod(place, 2)
        if norm == "output_norm":
            break
        delta = attention(graph, weights, layer, y, heads, keys, width) if part == 0 else feed_forward(graph, weights, layer, y)

    graph.add("Neg", ["num_logits_to_keep"], "keep.negative")
    graph.add("Unsqueeze", ["keep.negative", graph.whole("axis.0", [0])], "keep.start")
    graph.add("Slice", [y, "keep.start", graph.whole("end", [2**31 - 1]), "axis.1"], "last")
    inputs = ["last", "table", graph.constant("head.scales", scales.ravel())]
    graph.add(
        "MatMulNBits", inputs, "logits", MICROSOFT,
        N=vocabulary, K=size, bits=8, block_size=BLOCK, accuracy_level=ACCURACY_LEVEL,
    )  # fmt: skip
    config = {
        "architectures": ["LlamaForCausalLM"], "model_type": "llama", "vocab_size": vocabulary,
        "hidden_size": size, "num_hidden_layers": layers, "num_attention_heads": heads,
        "num_key_value_heads": keys, "head_dim": width, "max_position_embeddings": context,
        "bos_token_id": 1, "eos_token_id": 2, "transformers.js_config": {"dtype": "q4"},
    }  # fmt: skip
    return graph, config


def model(graph, config):
    def info(name, kind, shape):
        return helper.make_tensor_value_info(name, kind, shape)

    def cache(prefix, length):
        shape = ["batch", config["num_key_value_heads"], length, config["head_dim"]]
        names = [f"{prefix}.{i}.{part}" for i in range(config["num_hidden_layers"]) for part in ("key", "value")]
        return [info(name, TensorProto.FLOAT, shape) for name in names]

    inputs = [
        info("input_ids", TensorProto.INT64, ["batch", "new"]),
        info("attention_mask", TensorProto.INT64, ["batch", "all"]),
        info("position_ids", TensorProto.INT64, ["batch", "new"]),
        info("num_logits_to_keep", TensorProto.INT64, []),
        *cache("past_key_values", "past"),
    ]
    outputs = [info("logits", TensorProto.FLOAT, ["batch", "kept", config["vocab_size"]]), *cache("present", "all")]
    body = helper.make_graph(graph.nodes, "model", inputs, outputs, graph.initializers)
    opsets = [helper.make_opsetid("", 17), helper.make_opsetid(MICROSOFT, 1)]
    return helper.make_model(body, opset_imports=opsets, ir_version=9, producer_name="traitscope bench")


def main():
    weights = Weights(sys.argv[1])
    for name in ("cpu", "webgpu"):
        folder = Path(sys.argv[2]) / name
        graph, config = build(weights, exact=name == "cpu")
        (folder / "onnx").mkdir(parents=True, exist_ok=True)
        onnx.save(model(graph, config), folder / "onnx" / "model_q4.onnx")
        (folder / "config.json").write_text(json.dumps(config, indent=2) + "\n")
        (folder / "generation_config.json").write_text(json.dumps({"bos_token_id": 1, "eos_token_id": 2}) + "\n")


main()
