//! Models that are larger than what there is to hold them.

use super::super::{LoadOptions, Read, load};
use super::{ModelFile, Weights, open, open_on, refused};
use crate::device::{Compute, DeviceChoice};
use crate::gguf::Gguf;
use crate::gguf::testing::Sparse;
use crate::gguf::writer::RawTensor;
use crate::host::{Quiet, block_on};
use crate::prompt::TokenBatch;
use crate::quant::Format;

#[test]
fn the_cache_holds_the_context_and_never_more_than_is_set_aside() {
    let with = |context| {
        let mut file = ModelFile::tiny();
        file.size("context_length", context);
        open(file.writer().write()).0.unwrap()
    };
    let endless = with(u32::MAX);
    assert_eq!(endless.info().context, u32::MAX as usize);
    assert_eq!(endless.model.slots(), LoadOptions::default().cache_slots);

    refused("model.tensor", "llama.context_length is 0,", |file| {
        file.size("context_length", 0);
    });
    refused("model.unsupported", "missing key llama.context_length", |file| {
        file.keys.remove("llama.context_length");
    });
    let mut short = with(3);
    assert_eq!(short.model.slots(), 3);
    let mut code = |tokens: &[u32]| {
        let batch = TokenBatch::sequence(tokens, 0);
        let output = block_on(short.model.forward(&batch, &Read::default()));
        output.map_err(|error| error.code()).map(|_| ())
    };
    assert_eq!(code(&[1, 9, 30]), Ok(()));
    assert_eq!(code(&[1, 9, 30, 31]), Err("prompt.length"));
}

/// The tiny model with matrices of 64 GiB, all of which the file has.
fn huge() -> Sparse {
    let (width, hidden) = (1 << 16, 1 << 18);
    let mut file = ModelFile::tiny();
    file.size("embedding_length", width as u32);
    file.size("feed_forward_length", hidden as u32);
    for key in [
        "attention.key_length",
        "attention.value_length",
        "rope.dimension_count",
    ] {
        file.size(key, 64);
    }
    let tensors = core::mem::take(&mut file.tensors);
    let mut writer = file.writer();
    let mut offset = 0;
    for Weights { name, shape, .. } in tensors {
        let shape = match (&name, &shape[..]) {
            (name, _) if name.contains("ffn_gate") || name.contains("ffn_up") => vec![width, hidden],
            (name, _) if name.contains("ffn_down") => vec![hidden, width],
            (name, [heads, _]) if name.contains("attn_output") => vec![*heads, width],
            (_, [_, rows]) => vec![width, *rows],
            _ => vec![width],
        };
        let bytes = 4 * shape.iter().product::<u64>();
        writer.tensors.push(RawTensor {
            name: name.into(),
            shape,
            kind: Format::F32.ggml_type(),
            offset,
        });
        offset += bytes;
    }
    let header = writer.write();
    let len = (header.len() as u64).next_multiple_of(writer.alignment) + offset;
    Sparse {
        written: vec![(0, header)],
        len,
    }
}

#[test]
fn a_model_larger_than_its_device_is_refused_before_any_of_it_is_read() {
    let (engine, read_weights) = open_on(DeviceChoice::Gpu, huge());
    let error = engine.err().unwrap();
    assert_eq!(error.code(), "device.memory", "{error}");
    let named = "takes 68719476736 bytes, and a buffer of this device may have at most";
    assert!(error.to_string().contains(named), "{error}");
    assert!(!read_weights);

    // As in WebAssembly, where memory ends at 4 GiB.
    let mut compute = Compute::cpu();
    compute.max_memory = Some(1 << 32);
    let (source, options) = (huge(), LoadOptions::default());
    let gguf = Gguf::read(&source).unwrap();
    let error = block_on(load(&source, &gguf, &compute, options, &Quiet))
        .err()
        .unwrap();
    assert_eq!(error.code(), "device.memory", "{error}");
    let named = "and there can be at most 4294967296";
    assert!(error.to_string().contains(named), "{error}");
}
