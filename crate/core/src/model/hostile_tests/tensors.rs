//! Tensors that are missing, surplus, or not as the configuration says.

use super::{ModelFile, refused, refused_bytes};
use crate::quant::Format;

#[test]
fn every_tensor_is_there_in_its_shape() {
    for tensor in ModelFile::tiny().tensors {
        let name = tensor.name;
        refused("model.tensor", &format!("{name} is missing"), |file| {
            file.tensors.retain(|tensor| tensor.name != name);
        });
        // The embedding's rows are held against the tokenizer first; see below.
        if name != "token_embd.weight" {
            let mut shape = tensor.shape;
            shape[0] /= 2;
            let named = format!("{name} has shape {shape:?}, the configuration asks for");
            let format = if shape[0] == 128 {
                Format::F16
            } else {
                tensor.format
            };
            refused("model.tensor", &named, |file| file.zeros(&name, &shape, format));
        }
    }
    refused("model.tensor", "blk.2.attn_norm.weight is missing", |file| {
        file.size("block_count", 1024);
    });
    for (name, shape) in [("output.weight", &[256, 306][..]), ("rope_freqs.weight", &[64])] {
        let named = format!("{name} has shape {shape:?}, the configuration asks for");
        refused("model.tensor", &named, |file| {
            file.zeros(name, shape, Format::F32)
        });
    }
    for shape in [&[256 * 307][..], &[256, 307, 1], &[1, (1 << 22) + 1]] {
        let named = format!("token_embd.weight has shape {shape:?}, not a row for each");
        refused("model.tensor", &named, |file| {
            file.zeros("token_embd.weight", shape, Format::F16);
        });
    }
}

#[test]
fn tensors_without_a_place_are_refused() {
    for name in ["blk.2.attn_norm.weight", "blk.0.attn_q.bias", "x"] {
        refused("model.tensor", &format!("{name} has no place"), |file| {
            file.zeros(name, &[256], Format::F32);
        });
    }
}

#[test]
fn tensors_are_stored_as_the_kernels_take_them() {
    refused(
        "model.unsupported",
        "blk.0.ffn_down.weight has rows of 254 ",
        |file| {
            file.size("feed_forward_length", 254);
            file.tensor("blk.0.ffn_gate.weight").shape[1] = 254;
            file.tensor("blk.0.ffn_up.weight").shape[1] = 254;
            file.zeros("blk.0.ffn_down.weight", &[254, 256], Format::F32);
        },
    );
    refused(
        "model.tensor",
        "blk.1.ffn_norm.weight is stored as Q8_0",
        |file| {
            file.zeros("blk.1.ffn_norm.weight", &[256], Format::Q8_0);
        },
    );
    for (kind, label) in [(20, "IQ4_NL (number 20)"), (1000, "unknown (number 1000)")] {
        let mut writer = ModelFile::tiny().writer();
        let tensor = (writer.tensors.iter_mut())
            .find(|tensor| tensor.name == b"blk.1.ffn_up.weight")
            .unwrap();
        tensor.kind = kind;
        let named = format!("tensor \"blk.1.ffn_up.weight\" has the type {label}");
        refused_bytes(writer.write(), "model.unsupported", &named);
    }
}
