//! The real SmolLM2-135M-Instruct against numbers from PyTorch in f32 (`tests/reference/smollm2`).

#![allow(clippy::unwrap_used, reason = "a test fails where it meets an error")]

mod common;

use common::{block_on, computes, model_path};
use safetensors::SafeTensors;
use serde::Deserialize;
use std::collections::BTreeMap;
use traitscope::device::DeviceKind;
use traitscope::gguf::{FileSource, Gguf};
use traitscope::host::Quiet;
use traitscope::model::{GenerateRequest, LoadOptions, Model, Read, load, top};
use traitscope::ops::launches;
use traitscope::prompt::TokenBatch;

#[derive(Deserialize)]
struct Reference {
    items: BTreeMap<String, Prompt>,
}

#[derive(Deserialize)]
struct Prompt {
    ids: Vec<u32>,
    greedy_ids: Vec<u32>,
}

fn reference(name: &str) -> Vec<u8> {
    let path = format!(
        "{}/../../tests/reference/smollm2/{name}",
        env!("CARGO_MANIFEST_DIR")
    );
    std::fs::read(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn floats(tensors: &SafeTensors<'_>, name: &str) -> Vec<f32> {
    let bytes = tensors.tensor(name).unwrap().data();
    bytes
        .chunks_exact(4)
        .map(|b| f32::from_le_bytes(b.try_into().unwrap()))
        .collect()
}

fn cosine(a: &[f32], b: &[f32]) -> f64 {
    let dot = |a: &[f32], b: &[f32]| {
        a.iter()
            .zip(b)
            .map(|(a, b)| f64::from(*a) * f64::from(*b))
            .sum::<f64>()
    };
    dot(a, b) / (dot(a, a) * dot(b, b)).sqrt()
}

#[test]
fn logits_residual_streams_and_greedy_text_are_those_of_the_reference() {
    let prompts: Reference = serde_json::from_slice(&reference("smollm2.json")).unwrap();
    let bytes = reference("smollm2.safetensors");
    let golden = SafeTensors::deserialize(&bytes).unwrap();
    let source = FileSource::open(model_path()).unwrap();
    let gguf = Gguf::read(&source).unwrap();
    for compute in computes() {
        let mut model = block_on(load(&source, &gguf, &compute, LoadOptions::default(), &Quiet)).unwrap();
        for (name, prompt) in &prompts.items {
            let logits = floats(&golden, &format!("{name}.logits"));
            check_forward(
                &mut model,
                prompt,
                &logits,
                &floats(&golden, &format!("{name}.resid")),
                name,
            );
            // A software GPU takes long for each decoded token; one prompt stands for all there.
            if compute.info.kind == DeviceKind::Cpu || name == "plain0" {
                check_greedy(&mut model, prompt, name);
            }
        }
    }
}

fn check_forward(model: &mut Model, prompt: &Prompt, expected: &[f32], resid: &[f32], name: &str) {
    let kind = model.compute.info.kind;
    let last = prompt.ids.len() - 1;
    let read = Read {
        logits: vec![last],
        hidden: true,
        ..Read::default()
    };
    let output = block_on(model.forward(&TokenBatch::sequence(&prompt.ids, 0), &read)).unwrap();
    let worst = output.logits[0]
        .iter()
        .zip(expected)
        .map(|(a, b)| (a - b).abs())
        .fold(0.0, f32::max);
    println!("{kind:?} {name}: largest difference of a logit {worst:.6}");
    assert!(worst < 0.01, "{kind:?} {name}: a logit differs by {worst}");
    let width = model.config.width;
    assert_eq!(output.hidden.len() * width, resid.len());
    for (layer, (found, expected)) in output.hidden.iter().zip(resid.chunks(width)).enumerate() {
        let cosine = cosine(&found[last * width..], expected);
        assert!(
            cosine > 0.99999,
            "{kind:?} {name}: the stream after layer {layer} has cosine {cosine}"
        );
    }
}

/// Follows the reference's own tokens, so that one close call does not end the comparison.
fn check_greedy(model: &mut Model, prompt: &Prompt, name: &str) {
    let mut batch = TokenBatch::sequence(&prompt.ids, 0);
    for (past, expected) in (prompt.ids.len()..).zip(&prompt.greedy_ids) {
        let read = Read {
            logits: vec![batch.tokens.len() - 1],
            ..Read::default()
        };
        let before = launches();
        let logits = block_on(model.forward(&batch, &read))
            .unwrap()
            .logits
            .swap_remove(0);
        let kernels = launches() - before;
        let most = match (model.compute.info.kind, batch.tokens.len()) {
            (DeviceKind::Cpu, _) => 0,
            (DeviceKind::Gpu, 1) => 8 * model.config.layers as u64 + 3,
            (DeviceKind::Gpu, _) => u64::MAX,
        };
        assert!(kernels <= most, "{kernels} kernels for a token");
        let (best, _) = top(&logits, 2);
        // The reference's own margin is within 0.02 of this one.
        if best[0].1 - best[1].1 > 0.07 {
            assert_eq!(
                best[0].0, *expected,
                "{:?} {name}: greedy token after {past}",
                model.compute.info.kind
            );
        }
        batch = TokenBatch::sequence(&[*expected], past);
    }
}

/// Generation is the same loop with the model's own choices, and one generation does not touch the next.
#[test]
fn generation_follows_the_reference_whatever_ran_before() {
    let prompts: Reference = serde_json::from_slice(&reference("smollm2.json")).unwrap();
    let source = FileSource::open(model_path()).unwrap();
    let gguf = Gguf::read(&source).unwrap();
    let [cpu, _] = computes();
    let mut model = block_on(load(&source, &gguf, &cpu, LoadOptions::default(), &Quiet)).unwrap();
    let request = GenerateRequest {
        max_tokens: 32,
        temperature: 0.0,
        seed: 0,
    };
    let mut texts = Vec::new();
    for name in ["plain0", "long", "plain0"] {
        let mut heard = Vec::new();
        let prompt = &prompts.items[name].ids;
        let result =
            block_on(model.generate(prompt, request, |_| false, &Quiet, |id| heard.push(id))).unwrap();
        assert_eq!(heard, result.tokens);
        texts.push(result.tokens);
    }
    assert_eq!(texts[0], prompts.items["plain0"].greedy_ids);
    assert_eq!(texts[0], texts[2]);
}
