//! The tensors that a model must have, held against those of its file before any weight is read.

use super::config::Config;
use crate::gguf::Gguf;
use crate::quant::Format;
use crate::{Error, Result};
use std::collections::HashSet;

/// Every tensor the architecture has, in its shape, and no other.
pub(super) fn check(gguf: &Gguf, config: &Config) -> Result<()> {
    let expected = expected(gguf, config);
    for (name, shape) in &expected {
        let info = gguf
            .tensor(name)
            .ok_or_else(|| Error::ModelTensor(format!("{name} is missing")))?;
        if !info.shape.iter().copied().eq(shape.iter().map(|&n| n as u64)) {
            return Err(Error::ModelTensor(format!(
                "{name} has shape {:?}, the configuration asks for {shape:?}",
                info.shape
            )));
        }
        if shape.len() == 1 && !matches!(info.format, Format::F32 | Format::F16 | Format::BF16) {
            return Err(Error::ModelTensor(format!(
                "{name} is stored as {}, and a vector is floats",
                info.format
            )));
        }
        if !info.shape[0].is_multiple_of(4) {
            return Err(Error::ModelUnsupported(format!(
                "{name} has rows of {} weights, not a multiple of 4",
                info.shape[0]
            )));
        }
    }
    let known: HashSet<&str> = expected.iter().map(|(name, _)| name.as_str()).collect();
    match gguf
        .tensors
        .iter()
        .find(|tensor| !known.contains(tensor.name.as_str()))
    {
        Some(surplus) => Err(Error::ModelTensor(format!(
            "{} has no place in this architecture",
            surplus.name
        ))),
        None => Ok(()),
    }
}

/// Name and shape of each, rows of a matrix last.
fn expected(gguf: &Gguf, config: &Config) -> Vec<(String, Vec<usize>)> {
    let &Config {
        architecture,
        width,
        hidden,
        vocabulary,
        heads,
        ..
    } = config;
    let mut expected: Vec<(String, Vec<usize>)> = vec![
        ("token_embd.weight".into(), vec![width, vocabulary]),
        ("output_norm.weight".into(), vec![width]),
    ];
    let mut optional = |name: &str, shape| {
        if gguf.tensor(name).is_some() {
            expected.push((name.into(), shape));
        }
    };
    optional("output.weight", vec![width, vocabulary]);
    if architecture.rope_factors {
        optional("rope_freqs.weight", vec![heads.dim / 2]);
    }
    let (q_width, kv_width) = (heads.q_width(), heads.kv_width());
    let mut parts = vec![
        ("attn_norm.weight", vec![width]),
        ("attn_q.weight", vec![width, q_width]),
        ("attn_k.weight", vec![width, kv_width]),
        ("attn_v.weight", vec![width, kv_width]),
        ("attn_output.weight", vec![q_width, width]),
        ("ffn_norm.weight", vec![width]),
        ("ffn_gate.weight", vec![width, hidden]),
        ("ffn_up.weight", vec![width, hidden]),
        ("ffn_down.weight", vec![hidden, width]),
    ];
    if architecture.qkv_bias {
        parts.extend([
            ("attn_q.bias", vec![q_width]),
            ("attn_k.bias", vec![kv_width]),
            ("attn_v.bias", vec![kv_width]),
        ]);
    }
    if architecture.head_norm {
        parts.extend([
            ("attn_q_norm.weight", vec![heads.dim]),
            ("attn_k_norm.weight", vec![heads.dim]),
        ]);
    }
    if architecture.post_norms {
        parts.extend([
            ("post_attention_norm.weight", vec![width]),
            ("post_ffw_norm.weight", vec![width]),
        ]);
    }
    for layer in 0..config.layers {
        let of_block = parts.iter();
        expected.extend(of_block.map(|(part, shape)| (format!("blk.{layer}.{part}"), shape.clone())));
    }
    expected
}
