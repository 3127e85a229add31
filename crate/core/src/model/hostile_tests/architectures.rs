//! What only some architectures have, wrong or missing.

use super::{ModelFile, open, refused_of};
use crate::gguf::Value;
use crate::quant::Format;

const QWEN2: &[u8] = include_bytes!("../../../../../tests/reference/architectures/qwen2.gguf");
const QWEN3: &[u8] = include_bytes!("../../../../../tests/reference/architectures/qwen3.gguf");
const ALL: [&[u8]; 2] = [QWEN2, QWEN3];

#[test]
fn each_opens_and_says_what_it_is() {
    for (bytes, name) in ALL.into_iter().zip(["qwen2", "qwen3"]) {
        let (engine, _) = open(ModelFile::of(bytes).writer().write());
        assert_eq!(engine.unwrap().info().architecture, name);
    }
}

#[test]
fn every_tensor_of_each_is_there_in_its_shape() {
    for bytes in ALL {
        for tensor in ModelFile::of(bytes).tensors {
            let name = tensor.name;
            // Without a head of its own a model uses its embedding; the embedding's rows are held against the tokenizer first.
            if !["output.weight", "token_embd.weight"].contains(&&name[..]) {
                refused_of(bytes, "model.tensor", &format!("{name} is missing"), |file| {
                    file.tensors.retain(|tensor| tensor.name != name);
                });
            }
            if name != "token_embd.weight" {
                let mut shape = tensor.shape;
                *shape.last_mut().unwrap() += 4;
                let named = format!("{name} has shape {shape:?}, the configuration asks for");
                refused_of(bytes, "model.tensor", &named, |file| {
                    file.zeros(&name, &shape, Format::F32);
                });
            }
        }
    }
}

#[test]
fn what_another_architecture_has_is_refused() {
    for (bytes, names) in [
        (
            QWEN2,
            &[
                "blk.0.attn_q_norm.weight",
                "blk.0.attn_output.bias",
                "rope_freqs.weight",
            ][..],
        ),
        (QWEN3, &["blk.1.attn_k.bias", "rope_freqs.weight"]),
    ] {
        for name in names {
            refused_of(bytes, "model.tensor", &format!("{name} has no place"), |file| {
                file.zeros(name, &[32], Format::F32);
            });
        }
    }
}

#[test]
fn heads_that_are_not_those_of_the_file_are_refused() {
    for bytes in ALL {
        let named = "4 query heads do not divide over 3 key heads";
        refused_of(bytes, "model.tensor", named, |file| {
            file.size("attention.head_count_kv", 3);
        });
        refused_of(bytes, "model.tensor", "blk.0.attn_k.weight has shape", |file| {
            file.size("attention.head_count_kv", 4);
        });
        refused_of(bytes, "model.tensor", "blk.0.attn_q.weight has shape", |file| {
            file.size("attention.head_count", 8);
            file.size("attention.key_length", 32);
            file.size("attention.value_length", 32);
        });
    }
    // Without its key a head is a share of the width, which those of Qwen3 are not.
    refused_of(QWEN3, "model.unsupported", "widths differ (16, 32, 16)", |file| {
        file.keys.remove("qwen3.attention.key_length");
    });
    refused_of(QWEN3, "model.tensor", "blk.0.attn_q.weight has shape", |file| {
        file.keys.remove("qwen3.attention.key_length");
        file.keys.remove("qwen3.attention.value_length");
    });
}

#[test]
fn settings_are_read_under_the_name_of_the_architecture() {
    for (bytes, name) in ALL.into_iter().zip(["qwen2", "qwen3"]) {
        refused_of(bytes, "model.unsupported", "rotary scaling \"yarn\"", |file| {
            file.set(&format!("{name}.rope.scaling.type"), Value::Str("yarn".into()));
        });
        let key = format!("{name}.block_count");
        refused_of(
            bytes,
            "model.unsupported",
            &format!("missing key {key}"),
            |file| {
                file.keys.remove(&key);
            },
        );
        refused_of(bytes, "model.unsupported", "a mixture of 8 experts", |file| {
            file.size("expert_count", 8);
        });
    }
}
