//! The decoder on a tiny random model (`tests/reference/tiny`), on the CPU and on the GPU.

#![allow(clippy::unwrap_used, reason = "a test fails where it meets an error")]

mod common;

use common::steer::edit;
use common::tiny::{TINY, engine, model, patched};
use common::{all_kernels, block_on};
use serde::Deserialize;
use std::rc::Rc;
use std::slice::from_ref;
use traitscope::Error;
use traitscope::cost::operation_cost;
use traitscope::device::{Compute, DeviceChoice, DeviceKind};
use traitscope::engine::{Engine, OpenOptions};
use traitscope::gguf::{Gguf, MemorySource};
use traitscope::host::Quiet;
use traitscope::model::{Edit, Hooks, LoadOptions, Model, Read};
use traitscope::ops::{Activations, launches};
use traitscope::prompt::{PromptTree, TokenBatch};
use traitscope::selftest::{self, Golden, Method};

#[derive(Deserialize)]
struct Reference {
    sequences: Vec<Sequence>,
}

#[derive(Deserialize)]
struct Sequence {
    tokens: Vec<u32>,
    logits: Vec<f32>,
    norms: Vec<f64>,
}

#[test]
fn both_devices_give_the_reference_in_every_block_format() {
    let reference: Reference =
        serde_json::from_slice(include_bytes!("../../../tests/reference/tiny/golden.json")).unwrap();
    for compute in all_kernels() {
        let mut model = model(TINY, &compute, LoadOptions::default()).unwrap();
        for sequence in &reference.sequences {
            let last = sequence.tokens.len() - 1;
            let read = Read {
                logits: vec![last],
                hidden: true,
                ..Read::default()
            };
            let output = block_on(model.forward(&TokenBatch::sequence(&sequence.tokens, 0), &read)).unwrap();
            for (found, expected) in output.logits[0].iter().zip(&sequence.logits) {
                assert!(
                    (found - expected).abs() < 1e-3,
                    "{:?}: {found} for {expected}",
                    compute.adapter()
                );
            }
            let width = model.config.width;
            for (stream, norm) in output.hidden.iter().zip(&sequence.norms) {
                let found = stream[last * width..]
                    .iter()
                    .map(|v| f64::from(*v).powi(2))
                    .sum::<f64>()
                    .sqrt();
                assert!((found - norm).abs() < 1e-3 * norm, "{found} for {norm}");
            }
        }
    }
}

#[test]
fn a_shared_prefix_equals_no_sharing_and_parts_equal_the_whole() {
    let paths: [&[u32]; 4] = [
        &[1, 9, 30, 31, 32],
        &[1, 9, 30, 40],
        &[1, 9, 50, 51],
        &[70, 71, 72, 73, 74, 75],
    ];
    for compute in all_kernels() {
        let mut whole = model(TINY, &compute, LoadOptions::default()).unwrap();
        let mut parts = model(
            TINY,
            &compute,
            LoadOptions {
                chunk_tokens: 3,
                ..LoadOptions::default()
            },
        )
        .unwrap();
        let mut tree = PromptTree::new();
        let nodes: Vec<_> = paths.iter().map(|path| tree.insert(path)).collect();
        let batch = tree.batch();
        let ids = [3, 60, 99, 200];
        let mut read = Read::default();
        for nodes in &nodes {
            let row = batch.row_of_node[nodes[nodes.len() - 1]];
            read.targets.extend(ids.map(|id| (row, id)));
        }
        let together = block_on(whole.forward(&batch, &read)).unwrap().log_probs;
        let in_parts = block_on(parts.forward(&batch, &read)).unwrap().log_probs;
        for (i, path) in paths.iter().enumerate() {
            let read = Read {
                targets: ids.map(|id| (path.len() - 1, id)).to_vec(),
                ..Read::default()
            };
            let alone = block_on(whole.forward(&TokenBatch::sequence(path, 0), &read))
                .unwrap()
                .log_probs;
            for (j, expected) in alone.iter().enumerate() {
                for found in [together[i * 4 + j], in_parts[i * 4 + j]] {
                    assert!(
                        (found - expected).abs() < 1e-4,
                        "{:?}: {found} for {expected}",
                        compute.adapter()
                    );
                }
            }
        }
    }
}

#[test]
fn what_the_cache_kept_of_the_last_tree_equals_computing_it_again() {
    let tree = |paths: [&[u32]; 2]| {
        let mut tree = PromptTree::new();
        let last = paths.map(|path| tree.insert(path).pop().unwrap());
        (tree, last)
    };
    let first = tree([&[1, 9, 30, 31, 32], &[1, 9, 30, 40, 77]]);
    let second = tree([&[1, 9, 30, 50], &[1, 9, 30, 51, 52]]);
    for compute in all_kernels() {
        let mut model = model(TINY, &compute, LoadOptions::default()).unwrap();
        let run = |model: &mut Model, (tree, last): &(PromptTree, [usize; 2]), kept: usize| {
            let batch = tree.batch_after(kept);
            let targets = last.iter().flat_map(|node| {
                let row = batch.row_of_node[*node];
                [3, 60, 200].map(|id| (row, id))
            });
            let read = Read {
                targets: targets.collect(),
                ..Read::default()
            };
            block_on(model.forward(&batch, &read)).unwrap().log_probs
        };
        let expected = run(&mut model, &second, 0);
        run(&mut model, &first, 0);
        assert_eq!(model.kept(&[1, 9, 30, 50]), 3);
        let found = run(&mut model, &second, 3);
        assert_eq!(model.kept(&[1, 9, 30, 50]), 3);
        for (found, expected) in found.iter().zip(&expected) {
            assert!((found - expected).abs() < 1e-4, "{found} for {expected}");
        }
    }
}

#[test]
fn nothing_is_kept_that_would_be_computed_otherwise() {
    let stem = [1, 9, 30];
    let mut tree = PromptTree::new();
    tree.insert(&[1, 9, 30, 31]);
    tree.insert(&[1, 9, 30, 40]);
    let batch = tree.batch();
    let mut model = model(TINY, &Compute::cpu(), LoadOptions::default()).unwrap();
    let plain = Hooks::default();
    let edited = Hooks {
        interventions: vec![edit(model.config.width, 1, 1, Edit::Add(1.0))],
        ..Hooks::default()
    };
    let forward = |model: &mut Model, batch: &TokenBatch, conditions: &[Hooks]| {
        block_on(model.forward_each(batch, &Read::default(), conditions)).map(|_| ())
    };
    assert_eq!(model.kept(&stem), 0);
    forward(&mut model, &batch, &[edited.clone(), plain.clone()]).unwrap();
    assert_eq!(
        (model.kept(&stem), model.kept(&[1, 8]), model.kept(&[])),
        (3, 1, 0)
    );
    forward(&mut model, &batch, &[plain.clone(), edited]).unwrap();
    assert_eq!(model.kept(&stem), 0);
    forward(&mut model, &batch, from_ref(&plain)).unwrap();
    forward(&mut model, &TokenBatch::sequence(&[7], 0), from_ref(&plain)).unwrap();
    assert_eq!(model.kept(&stem), 0);
    forward(&mut model, &batch, &[plain]).unwrap();
    model.compute.activations = Activations::Int8;
    assert_eq!(model.kept(&stem), 0);
}

#[test]
fn models_that_do_not_fit_are_refused_before_they_are_loaded() {
    let code = |bytes: &[u8], compute: &Compute| match model(bytes, compute, LoadOptions::default()) {
        Ok(_) => "loaded",
        Err(error) => error.code(),
    };
    let cpu = Compute::cpu();
    assert_eq!(
        code(&patched("blk.1.ffn_down.weight", "blk.1.ffn_dawn.weight"), &cpu),
        "model.tensor"
    );
    assert_eq!(
        code(&patched("output_norm.weight", "output_nerm.weight"), &cpu),
        "model.tensor"
    );
    assert_eq!(code(&patched("llama", "lhama"), &cpu), "model.unsupported");
    let mut small = Compute::cpu();
    small.max_binding = Some(1000);
    assert_eq!(code(TINY, &small), "device.memory");
    let open = |bytes: Vec<u8>| match block_on(Engine::open(
        Rc::new(MemorySource(bytes)),
        OpenOptions::default(),
        &Quiet,
    )) {
        Ok(_) => "loaded",
        Err(error) => error.code(),
    };
    assert_eq!(open(patched("smollm", "smallm")), "model.unsupported");
    assert_eq!(open(TINY[..TINY.len() - 100].to_vec()), "gguf.truncated");
}

#[test]
fn the_self_test_passes_right_devices_and_replaces_wrong_ones() {
    let mut cpu = engine(DeviceChoice::Cpu, None);
    let result = block_on(selftest::run(&mut cpu, &Quiet)).unwrap();
    assert!(result.passed && result.method == Method::Repeat);

    let mut gpu = engine(DeviceChoice::Gpu, None);
    let result = block_on(selftest::run(&mut gpu, &Quiet)).unwrap();
    assert!(
        result.passed && result.method == Method::CpuTwin && !result.fell_back,
        "{result:?}"
    );
    // The kernels for one token alone are tested with those for a prompt.
    let before = launches();
    block_on(selftest::run(&mut gpu, &Quiet)).unwrap();
    let tested = launches() - before;
    for (tokens, past) in [(vec![1; 24], 0), (vec![1], 24)] {
        let read = Read {
            targets: vec![(tokens.len() - 1, 5)],
            ..Read::default()
        };
        block_on(gpu.model.forward(&TokenBatch::sequence(&tokens, past), &read)).unwrap();
    }
    assert_eq!(launches() - before, 2 * tested);

    // A GPU whose numbers are wrong: the weights on it are not those of the file.
    let mut bytes = TINY.to_vec();
    let gguf = Gguf::read(&MemorySource(TINY)).unwrap();
    let norm = gguf.tensor("output_norm.weight").unwrap();
    for value in bytes[norm.offset as usize..(norm.offset + norm.bytes) as usize].chunks_exact_mut(8) {
        value[..4].copy_from_slice(&3.0f32.to_le_bytes());
    }
    gpu.model = model(&bytes, &gpu.model.compute.clone(), LoadOptions::default()).unwrap();
    let result = block_on(selftest::run(&mut gpu, &Quiet)).unwrap();
    assert!(
        !result.passed && result.fell_back && result.max_error > 0.1,
        "{result:?}"
    );
    let device = gpu.info().device;
    assert_eq!(device.kind, DeviceKind::Cpu);
    assert_eq!(device.notice.unwrap().code, "device.selftest");

    // Known answers that even the CPU misses mean that no number of this device can be trusted.
    let golden = Golden {
        tokens: vec![1, 2, 3],
        log_probs: vec![(5, -1.0), (6, -9.0)],
    };
    let mut wrong = engine(DeviceChoice::Cpu, Some(golden));
    let error: Error = block_on(selftest::run(&mut wrong, &Quiet)).unwrap_err();
    assert_eq!(error.code(), "device.selftest");
}

#[test]
fn the_cost_of_a_token_is_that_of_queueing_its_forward() {
    for compute in all_kernels() {
        let mut model = model(TINY, &compute, LoadOptions::default()).unwrap();
        let read = Read {
            logits: vec![0],
            ..Read::default()
        };
        let before = launches();
        block_on(model.forward(&TokenBatch::sequence(&[0], 0), &read)).unwrap();
        let forward = launches() - before;
        let clock = std::cell::Cell::new(0.0);
        let cost = block_on(operation_cost(&mut model, 4, || {
            clock.set(clock.get() + 8.0);
            clock.get()
        }));
        // A clock that goes on by 8 each time it is read.
        let cost = cost.unwrap();
        assert_eq!((cost.encode, cost.whole, cost.token), (2.0, 4.0, 8.0));
        assert_eq!(launches() - before, 10 * forward);
        // What the cache holds now is of no prompt.
        assert_eq!(model.kept(&[0]), 0);
    }
}
