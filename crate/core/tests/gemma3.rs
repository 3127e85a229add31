//! Gemma 3 270M against transformers (`tests/reference/gemma3`).

#![allow(clippy::unwrap_used, reason = "a test fails where it meets an error")]

mod common;

use common::{block_on, computes, gemma_path};
use serde::Deserialize;
use traitscope::gguf::{FileSource, Gguf};
use traitscope::host::Quiet;
use traitscope::model::{LoadOptions, Model, Read, load, top};
use traitscope::prompt::TokenBatch;
use traitscope::text::{Rendered, Tokenizer};

#[derive(Deserialize)]
struct Golden {
    prompts: Vec<Prompt>,
    texts: Vec<Text>,
}

#[derive(Deserialize)]
struct Prompt {
    text: String,
    ids: Vec<u32>,
    /// The largest logits.
    top: Vec<(u32, f32)>,
    log_sum_exp: f64,
    /// Of the last token's stream after the embedding and after each block but the last.
    norms: Vec<f64>,
}

#[derive(Deserialize)]
struct Text {
    text: String,
    ids: Vec<u32>,
}

fn golden() -> Golden {
    serde_json::from_slice(include_bytes!("../../../tests/reference/gemma3/gemma3.json")).unwrap()
}

fn file() -> FileSource {
    FileSource::open(gemma_path()).unwrap()
}

#[test]
fn logits_are_those_of_transformers() {
    let source = file();
    let gguf = Gguf::read(&source).unwrap();
    for compute in computes() {
        let mut model = block_on(load(&source, &gguf, &compute, LoadOptions::default(), &Quiet)).unwrap();
        check_memory(&mut model, &gguf);
        check_logits(&mut model);
    }
}

/// What a GPU has set aside after a prompt longer than the window, of whose tokens every sixteenth was judged.
fn check_memory(model: &mut Model, gguf: &Gguf) {
    let golden = golden();
    let ids = &golden.prompts[3].ids;
    let next = ids.iter().skip(1).enumerate().step_by(16);
    let read = Read {
        targets: next.map(|(row, id)| (row, *id)).collect(),
        ..Read::default()
    };
    let output = block_on(model.forward(&TokenBatch::sequence(ids, 0), &read)).unwrap();
    assert_eq!(output.log_probs.len(), (ids.len() - 1).div_ceil(16));
    if let Some(usage) = model.compute.device.memory_pool_usage() {
        println!("{usage:?}");
        let file: u64 = gguf.tensors.iter().map(|tensor| tensor.bytes).sum();
        assert!(usage.bytes_reserved < file * 13 / 10, "{usage:?}");
    }
}

fn check_logits(model: &mut Model) {
    for prompt in golden().prompts {
        let last = prompt.ids.len() - 1;
        let read = Read {
            logits: vec![last],
            targets: prompt.top.iter().map(|(id, _)| (last, *id)).collect(),
            hidden: true,
        };
        let output = block_on(model.forward(&TokenBatch::sequence(&prompt.ids, 0), &read)).unwrap();
        let width = model.config.width;
        for (stream, norm) in output.hidden.iter().zip(&prompt.norms) {
            let row = &stream[last * width..];
            let found = row.iter().map(|v| f64::from(*v).powi(2)).sum::<f64>().sqrt();
            assert!((found - norm).abs() < 1e-4 * norm, "{found} for {norm}");
        }
        let (found, log_sum_exp) = top(&output.logits[0], prompt.top.len());
        assert!((log_sum_exp - prompt.log_sum_exp).abs() < 1e-3, "{log_sum_exp}");
        for (i, (id, logit)) in prompt.top.iter().enumerate() {
            let own = output.logits[0][*id as usize];
            // Those that rounding could put in another order may be.
            for (found, what) in [(own, "token"), (found[i].1, "place")] {
                let error = (found - logit).abs();
                assert!(error < 1e-3, "{:?}, {what} {i}: {found} for {logit}", prompt.text);
            }
            let error = f64::from(output.log_probs[i]) - (f64::from(*logit) - prompt.log_sum_exp);
            assert!(error.abs() < 1e-3, "{:?}, token {i}: {error}", prompt.text);
        }
    }
}

#[test]
fn ids_are_those_of_transformers() {
    let gguf = Gguf::read(&file()).unwrap();
    let tokenizer = Tokenizer::from_gguf(&gguf.metadata).unwrap();
    let golden = golden();
    for prompt in golden.prompts {
        let ids = tokenizer.encode_rendered(&Rendered::raw(prompt.text)).unwrap();
        assert_eq!(ids, prompt.ids);
    }
    for text in golden.texts {
        let shown: String = text.text.chars().take(80).collect();
        assert_eq!(tokenizer.encode(&text.text).unwrap(), text.ids, "{shown:?}");
    }
}
