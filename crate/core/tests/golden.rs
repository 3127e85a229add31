//! The real SmolLM2-135M-Instruct against numbers from PyTorch in f32 (`tests/reference/smollm2`).

#![allow(clippy::unwrap_used, reason = "a test fails where it meets an error")]

mod common;

use common::reference::{floats, reference};
use common::{all_kernels, block_on, computes, model_path};
use safetensors::SafeTensors;
use serde::Deserialize;
use std::collections::BTreeMap;
use traitscope::gguf::{FileSource, Gguf};
use traitscope::host::Quiet;
use traitscope::model::{GenerateRequest, Hooks, LoadOptions, Model, Read, load, top};
use traitscope::ops::{Adapter, launches};
use traitscope::prompt::TokenBatch;

/// Where the reference's own two largest logits are no further apart, rounding may choose the other token.
const CLOSE_CALL: f32 = 0.05;

#[derive(Deserialize)]
struct Reference {
    items: BTreeMap<String, Prompt>,
}

#[derive(Deserialize)]
struct Prompt {
    ids: Vec<u32>,
    greedy_ids: Vec<u32>,
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
    let margins: BTreeMap<String, Vec<f32>> = serde_json::from_slice(&reference("margins.json")).unwrap();
    let source = FileSource::open(model_path()).unwrap();
    let gguf = Gguf::read(&source).unwrap();
    for compute in all_kernels() {
        let mut model = block_on(load(&source, &gguf, &compute, LoadOptions::default(), &Quiet)).unwrap();
        // The kernels for GPUs in hardware are slow where they are computed in software: one prompt.
        let most = match compute.adapter() {
            Adapter::Hardware => 1,
            _ => prompts.items.len(),
        };
        for (name, prompt) in prompts.items.iter().take(most) {
            let logits = floats(&golden, &format!("{name}.logits"));
            check_forward(
                &mut model,
                prompt,
                &logits,
                &floats(&golden, &format!("{name}.resid")),
                name,
            );
            check_greedy(&mut model, prompt, &margins[name], name);
        }
    }
}

/// Where a buffer holds no more than the logits, the embedding lies in many.
#[test]
fn an_embedding_in_parts_gives_the_reference() {
    let prompts: Reference = serde_json::from_slice(&reference("smollm2.json")).unwrap();
    let bytes = reference("smollm2.safetensors");
    let golden = SafeTensors::deserialize(&bytes).unwrap();
    let source = FileSource::open(model_path()).unwrap();
    let gguf = Gguf::read(&source).unwrap();
    let limit = 16 * 49_152 * 4;
    assert!(gguf.tensor("token_embd.weight").unwrap().bytes > 9 * limit);
    for mut compute in computes() {
        compute.max_binding = Some(limit);
        let mut model = block_on(load(&source, &gguf, &compute, LoadOptions::default(), &Quiet)).unwrap();
        for (name, prompt) in prompts.items.iter().take(2) {
            let logits = floats(&golden, &format!("{name}.logits"));
            let resid = floats(&golden, &format!("{name}.resid"));
            check_forward(&mut model, prompt, &logits, &resid, name);
            let last = prompt.ids.len() - 1;
            let ids: [usize; 4] = [0, 5_000, 25_000, 49_151];
            let read = Read {
                targets: ids.iter().map(|id| (last, *id as u32)).collect(),
                ..Read::default()
            };
            let output = block_on(model.forward(&TokenBatch::sequence(&prompt.ids, 0), &read)).unwrap();
            let (_, total) = top(&logits, 0);
            for (found, id) in output.log_probs.iter().zip(ids) {
                let expected = f64::from(logits[id]) - total;
                let error = (f64::from(*found) - expected).abs();
                assert!(error < 0.01, "{name}, token {id}: {found} for {expected}");
            }
        }
    }
}

fn check_forward(model: &mut Model, prompt: &Prompt, expected: &[f32], resid: &[f32], name: &str) {
    let kind = model.compute.adapter();
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
fn check_greedy(model: &mut Model, prompt: &Prompt, margins: &[f32], name: &str) {
    let started = std::time::Instant::now();
    let kind = model.compute.adapter();
    let mut batch = TokenBatch::sequence(&prompt.ids, 0);
    assert_eq!((prompt.greedy_ids.len(), margins.len()), (32, 32));
    for ((past, expected), margin) in (prompt.ids.len()..).zip(&prompt.greedy_ids).zip(margins) {
        let read = Read {
            logits: vec![batch.tokens.len() - 1],
            ..Read::default()
        };
        let before = launches();
        let output = block_on(model.forward(&batch, &read)).unwrap();
        let kernels = launches() - before;
        let most = match (kind, batch.tokens.len()) {
            (Adapter::Cpu(_), _) => 0,
            (_, 1) => 5 * model.config.layers as u64 + 2,
            _ => u64::MAX,
        };
        assert!(kernels <= most, "{kernels} kernels for a token");
        let (best, _) = top(&output.logits[0], 1);
        if *margin > CLOSE_CALL {
            assert_eq!(best[0].0, *expected, "{kind:?} {name}: greedy token after {past}");
        }
        batch = TokenBatch::sequence(&[*expected], past);
    }
    println!("{kind:?} {name}: 32 greedy tokens in {:.1?}", started.elapsed());
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
        let result = block_on(model.generate(
            prompt,
            request,
            |_| false,
            &Quiet,
            &|_| Hooks::default(),
            |step| heard.extend(step.next),
        ))
        .unwrap();
        assert_eq!(heard, result.tokens);
        texts.push(result.tokens);
    }
    assert_eq!(texts[0], prompts.items["plain0"].greedy_ids);
    assert_eq!(texts[0], texts[2]);
}
