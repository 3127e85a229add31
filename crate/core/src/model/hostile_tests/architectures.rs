//! What only some architectures have, wrong or missing.

use super::{ModelFile, open, refused_of};
use crate::gguf::{Array, Gguf, MemorySource, Value};
use crate::model::Config;
use crate::quant::Format;

const QWEN2: &[u8] = include_bytes!("../../../../../tests/reference/architectures/qwen2.gguf");
const QWEN3: &[u8] = include_bytes!("../../../../../tests/reference/architectures/qwen3.gguf");
const GEMMA3: &[u8] = include_bytes!("../../../../../tests/reference/architectures/gemma3.gguf");
const ALL: [(&str, &[u8]); 3] = [("qwen2", QWEN2), ("qwen3", QWEN3), ("gemma3", GEMMA3)];

#[test]
fn each_opens_and_says_what_it_is() {
    for (name, bytes) in ALL {
        let (engine, _) = open(ModelFile::of(bytes).writer().write());
        assert_eq!(engine.unwrap().info().architecture, name);
    }
}

#[test]
fn every_tensor_of_each_is_there_in_its_shape() {
    for (_, bytes) in ALL {
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
        (QWEN3, &["blk.1.attn_k.bias", "blk.0.post_ffw_norm.weight"]),
        (GEMMA3, &["blk.1.attn_k.bias", "rope_freqs.weight"]),
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
    for (name, bytes) in ALL {
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
        refused_of(bytes, "model.unsupported", "its scores have a cap", |file| {
            file.set(&format!("{name}.attn_logit_softcapping"), Value::F32(50.0));
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
    for (name, bytes) in ALL {
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

#[test]
fn scales_and_caps_are_sensible_numbers() {
    for value in [-1.0, f32::NAN, f32::INFINITY] {
        for key in ["attention.scale", "final_logit_softcapping"] {
            let key = format!("gemma3.{key}");
            refused_of(GEMMA3, "model.tensor", &format!("{key} is {value}"), |file| {
                file.set(&key, Value::F32(value));
            });
        }
    }
    // Where no norm has weights that could take it, another scale than the usual one is not implemented.
    refused_of(QWEN2, "model.unsupported", "scores are scaled by 0.5", |file| {
        file.set("qwen2.attention.scale", Value::F32(0.5));
    });
    let mut usual = ModelFile::of(QWEN2);
    usual.set("qwen2.attention.scale", Value::F32(0.25));
    assert!(open(usual.writer().write()).0.is_ok());
}

#[test]
fn windows_are_there_and_say_which_blocks_they_are_of() {
    let size = "gemma3.attention.sliding_window";
    let pattern = "gemma3.attention.sliding_window_pattern";
    let refuse = |code: &str, named: &str, key: &str, value: Option<Value>| {
        refused_of(GEMMA3, code, named, |file| match value {
            Some(value) => file.set(key, value),
            None => drop(file.keys.remove(key)),
        });
    };
    refuse("model.unsupported", &format!("missing key {size}"), size, None);
    refuse("model.tensor", &format!("{size} is 0"), size, Some(Value::U32(0)));
    refuse(
        "model.tensor",
        &format!("{pattern} is 0"),
        pattern,
        Some(Value::U32(0)),
    );
    let blocks = |count| Some(Value::Array(Array::Bool(vec![true; count])));
    refuse(
        "model.tensor",
        "is about 6 blocks, and there are 7",
        pattern,
        blocks(6),
    );
    let named = format!("key {pattern} should be");
    refuse("model.unsupported", &named, pattern, Some(Value::Str("6".into())));
    for base in [1.0, f32::NAN, f32::INFINITY] {
        let key = "gemma3.rope.freq_base_swa";
        refuse(
            "model.tensor",
            &format!("{key} is {base}"),
            key,
            Some(Value::F32(base)),
        );
    }
}

#[test]
fn what_a_file_says_of_its_windows_comes_before_what_is_usual() {
    let window = |change: &dyn Fn(&mut ModelFile)| {
        let mut file = ModelFile::of(GEMMA3);
        change(&mut file);
        let gguf = Gguf::read(&MemorySource(file.writer().write())).unwrap();
        Config::from_gguf(&gguf).unwrap().window.unwrap()
    };
    let usual = window(&|_| ());
    assert_eq!((usual.tokens, usual.rope_theta), (6, 10_000.0));
    assert_eq!(usual.blocks, [true, true, true, true, true, false, true]);
    let own = window(&|file| {
        file.size("attention.sliding_window_pattern", 2);
        file.set("gemma3.rope.freq_base_swa", Value::F32(500.0));
    });
    assert_eq!(own.rope_theta, 500.0);
    assert_eq!(own.blocks, [true, false, true, false, true, false, true]);
    let listed = vec![false, true, true, false, false, true, true];
    let own = window(&|file| {
        let blocks = Value::Array(Array::Bool(listed.clone()));
        file.set("gemma3.attention.sliding_window_pattern", blocks);
    });
    assert_eq!(own.blocks, listed);
}

#[test]
fn queries_are_scaled_by_the_head_but_in_the_largest_model() {
    let factor = |layers: u32, scale: Option<f32>| {
        let mut file = ModelFile::of(GEMMA3);
        file.size("block_count", layers);
        match scale {
            Some(scale) => file.set("gemma3.attention.scale", Value::F32(scale)),
            None => drop(file.keys.remove("gemma3.attention.scale")),
        }
        let gguf = Gguf::read(&MemorySource(file.writer().write())).unwrap();
        Config::from_gguf(&gguf).unwrap().query_factor
    };
    assert_eq!(factor(7, None), 1.0);
    assert_eq!(factor(7, Some(0.0)), 1.0);
    // Heads of 32 columns, of which four share a width of 64.
    assert_eq!(factor(7, Some(0.25)), 0.25 * 32f32.sqrt());
    assert_eq!(factor(62, None), 2f32.sqrt());
}
