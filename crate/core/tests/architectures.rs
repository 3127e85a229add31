//! Each architecture's decoder on a tiny random model (`tests/reference/architectures`): against PyTorch, and against itself.

#![allow(clippy::unwrap_used, reason = "a test fails where it meets an error")]

mod common;

use common::steer::{edit, largest_difference};
use common::tiny::model;
use common::{all_kernels, block_on};
use serde::Deserialize;
use traitscope::model::{Edit, Hooks, LoadOptions, Model, Output, Read};
use traitscope::prompt::{PromptTree, TokenBatch};

#[derive(Deserialize)]
struct Reference {
    sequences: Vec<Sequence>,
}

#[derive(Deserialize)]
struct Sequence {
    tokens: Vec<u32>,
    logits: Vec<f32>,
    norms: Vec<f64>,
    next_log_probs: Vec<f32>,
}

/// Name, file and what PyTorch computed with it.
macro_rules! architectures {
    ($($name:literal),*) => {
        [$((
            $name,
            include_bytes!(concat!("../../../tests/reference/architectures/", $name, ".gguf")),
            include_bytes!(concat!("../../../tests/reference/architectures/", $name, ".json")),
        )),*]
    };
}

const ALL: [(&str, &[u8], &[u8]); 3] = architectures!["qwen2", "qwen3", "gemma3"];

/// Calls `check` with each architecture on each device, and a name for both.
fn each(options: LoadOptions, check: impl Fn(&str, &Reference, &mut Model)) {
    for (name, file, golden) in ALL {
        let reference: Reference = serde_json::from_slice(golden).unwrap();
        for compute in all_kernels() {
            let mut model = model(file, &compute, options).unwrap();
            assert_eq!(model.config.architecture.name, name);
            check(
                &format!("{name} on {:?}", compute.adapter()),
                &reference,
                &mut model,
            );
        }
    }
}

fn forward(model: &mut Model, batch: &TokenBatch, read: &Read) -> Output {
    block_on(model.forward(batch, read)).unwrap()
}

#[test]
fn both_devices_give_the_reference_of_each_architecture() {
    each(LoadOptions::default(), |what, reference, model| {
        for sequence in &reference.sequences {
            let last = sequence.tokens.len() - 1;
            let next = sequence.tokens.iter().skip(1);
            let read = Read {
                logits: vec![last],
                targets: next.enumerate().map(|(row, token)| (row, *token)).collect(),
                hidden: true,
            };
            let output = forward(model, &TokenBatch::sequence(&sequence.tokens, 0), &read);
            let error = largest_difference(&output.logits[0], &sequence.logits);
            assert!(error < 1e-3, "{what}: logits differ by {error}");
            let error = largest_difference(&output.log_probs, &sequence.next_log_probs);
            assert!(error < 1e-3, "{what}: log-probabilities differ by {error}");
            let width = model.config.width;
            for (stream, norm) in output.hidden.iter().zip(&sequence.norms) {
                let row = &stream[last * width..];
                let found = row.iter().map(|v| f64::from(*v).powi(2)).sum::<f64>().sqrt();
                assert!((found - norm).abs() < 1e-4 * norm, "{what}: {found} for {norm}");
            }
        }
    });
}

#[test]
fn a_token_at_a_time_gives_what_the_whole_gives() {
    each(LoadOptions::default(), |what, reference, model| {
        let tokens = &reference.sequences[2].tokens;
        let at = |row| Read {
            logits: vec![row],
            ..Read::default()
        };
        // The first five together, the others each after those in the cache.
        forward(model, &TokenBatch::sequence(&tokens[..5], 0), &Read::default());
        for (past, token) in tokens.iter().enumerate().skip(5) {
            let output = forward(model, &TokenBatch::sequence(&[*token], past), &at(0));
            if past + 1 == tokens.len() {
                let error = largest_difference(&output.logits[0], &reference.sequences[2].logits);
                assert!(error < 1e-3, "{what}: {error}");
            }
        }
    });
}

/// Log-probabilities of some tokens after each of the paths, computed as one tree.
fn as_tree(model: &mut Model, paths: &[&[u32]]) -> Vec<f32> {
    after_kept(model, paths, 0)
}

/// The same, but for the first tokens of all paths, which the cache has kept.
fn after_kept(model: &mut Model, paths: &[&[u32]], kept: usize) -> Vec<f32> {
    let mut tree = PromptTree::new();
    let ends: Vec<_> = paths
        .iter()
        .map(|path| tree.insert(path).pop().unwrap())
        .collect();
    let batch = tree.batch_after(kept);
    let read = Read {
        targets: ends
            .iter()
            .flat_map(|end| [3, 60, 200].map(|id| (batch.row_of_node[*end], id)))
            .collect(),
        ..Read::default()
    };
    forward(model, &batch, &read).log_probs
}

#[test]
fn prompts_together_give_what_each_gives_alone() {
    let parts = LoadOptions {
        chunk_tokens: 3,
        ..LoadOptions::default()
    };
    for options in [LoadOptions::default(), parts] {
        each(options, |what, reference, model| {
            let stem = &reference.sequences[2].tokens[..];
            let [a, b, c] = [
                [stem, &[5, 9, 9]].concat(),
                [stem, &[5, 7]].concat(),
                stem.repeat(2),
            ];
            // Two that share all but their ends, one that goes on where they part, and one of its own.
            let paths: [&[u32]; 4] = [&a, &b, &c, &stem[7..20]];
            let together = as_tree(model, &paths);
            let alone: Vec<f32> = paths.iter().flat_map(|path| as_tree(model, &[path])).collect();
            let error = largest_difference(&together, &alone);
            assert!(error < 1e-4, "{what}: {error}");
        });
    }
}

#[test]
fn what_the_cache_kept_gives_what_computing_it_again_gives() {
    each(LoadOptions::default(), |what, reference, model| {
        let stem = &reference.sequences[2].tokens[..];
        let [a, b, c, d] = [[5, 9], [5, 7], [9, 9], [2, 3]].map(|end| [stem, &end].concat());
        let expected = as_tree(model, &[&c, &d]);
        as_tree(model, &[&a, &b]);
        let kept = model.kept(&c);
        assert!(kept >= stem.len(), "{what}: {kept}");
        let found = after_kept(model, &[&c, &d], stem.len());
        let error = largest_difference(&found, &expected);
        assert!(error < 1e-4, "{what}: {error}");
    });
}

#[test]
fn a_dose_of_nothing_is_the_baseline_to_the_last_bit_and_others_move_it() {
    each(LoadOptions::default(), |what, reference, model| {
        let width = model.config.width;
        let doses = [None, Some(0.0), Some(2.0)];
        let conditions = doses.map(|dose| Hooks {
            interventions: dose
                .map(|dose| edit(width, 1, 3, Edit::Add(dose)))
                .into_iter()
                .collect(),
            ..Hooks::default()
        });
        let batch = TokenBatch::sequence(&reference.sequences[1].tokens, 0);
        let read = Read {
            logits: vec![4],
            ..Read::default()
        };
        let outputs = block_on(model.forward_each(&batch, &read, &conditions)).unwrap();
        assert_eq!(outputs[0].logits, outputs[1].logits, "{what}");
        let moved = largest_difference(&outputs[0].logits[0], &outputs[2].logits[0]);
        assert!(moved > 0.05, "{what}: {moved}");
    });
}
