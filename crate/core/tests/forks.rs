//! Several conditions in one forward of a tiny random model, on the CPU and on the GPU.

#![allow(clippy::unwrap_used, reason = "a test fails where it meets an error")]

mod common;

use common::steer::{direction, edit, largest_difference};
use common::tiny::{TINY, model};
use common::{block_on, computes};
use traitscope::model::{Condition, Edit, Hooks, LoadOptions, Output, Probe, Read, Rows, Side, Site};
use traitscope::ops::launches;
use traitscope::prompt::{PromptTree, TokenBatch};

const WIDTH: usize = 256;

fn probe(site: usize, seed: u64) -> Probe {
    Probe {
        site: Site(site),
        direction: direction(WIDTH, seed),
    }
}

/// All kinds of edits at all sites, with probes that some of them share.
fn conditions(rows: usize) -> Vec<Hooks> {
    let hooks = |interventions, probes| Hooks {
        interventions,
        probes,
    };
    let mut chosen = edit(WIDTH, 1, 2, Edit::Induce(4.0));
    chosen.rows = Rows::Only((0..rows).step_by(3).collect());
    let mut conditional = edit(WIDTH, 2, 2, Edit::Ablate);
    conditional.condition = Some(Condition {
        direction: direction(WIDTH, 3),
        threshold: 0.01,
        side: Side::Below,
    });
    vec![
        hooks(vec![], vec![probe(0, 1), probe(1, 1)]),
        hooks(
            vec![edit(WIDTH, 1, 1, Edit::Add(6.0))],
            vec![probe(1, 1), probe(0, 4), probe(0, 1)],
        ),
        hooks(
            vec![edit(WIDTH, 1, 1, Edit::Add(-6.0)), conditional],
            vec![probe(2, 1)],
        ),
        Hooks::default(),
        hooks(
            vec![edit(WIDTH, 2, 1, Edit::Clamp { low: -0.5, high: 0.5 })],
            vec![],
        ),
        hooks(vec![chosen], vec![probe(2, 2), probe(2, 1), probe(2, 2)]),
    ]
}

fn assert_same(a: &Output, b: &Output) {
    assert_eq!(a.logits, b.logits);
    assert_eq!(a.hidden, b.hidden);
    assert_eq!(a.probes, b.probes);
    assert_eq!(a.log_probs, b.log_probs);
}

#[test]
fn conditions_together_are_what_each_is_alone() {
    let paths: [&[u32]; 4] = [
        &[1, 9, 30, 31, 32],
        &[1, 9, 30, 40],
        &[1, 9, 50, 51],
        &[70, 71, 72, 73, 74, 75],
    ];
    let mut tree = PromptTree::new();
    let nodes: Vec<_> = paths.iter().map(|path| tree.insert(path)).collect();
    let batch = tree.batch();
    let mut read = Read {
        logits: vec![0, 7, 3],
        hidden: true,
        ..Read::default()
    };
    for nodes in &nodes {
        let row = batch.row_of_node[nodes[nodes.len() - 1]];
        read.targets.extend([3, 60, 200].map(|id| (row, id)));
    }
    let conditions = conditions(batch.tokens.len());
    for compute in computes() {
        for chunk_tokens in [256, 3] {
            let options = LoadOptions {
                chunk_tokens,
                ..LoadOptions::default()
            };
            let mut model = model(TINY, &compute, options).unwrap();
            let together = block_on(model.forward_each(&batch, &read, &conditions)).unwrap();
            assert_eq!(together.len(), conditions.len());
            for (hooks, together) in conditions.iter().zip(&together) {
                let alone = block_on(model.forward_each(&batch, &read, std::slice::from_ref(hooks)));
                assert_same(together, &alone.unwrap()[0]);
            }
            // Where neither the stream nor a probe or an edit after the last block is asked for, that block leaves rows out.
            let lean = Read {
                hidden: false,
                ..read.clone()
            };
            for (hooks, whole) in conditions.iter().zip(&together) {
                let lean = block_on(model.forward_each(&batch, &lean, std::slice::from_ref(hooks)));
                let lean = &lean.unwrap()[0];
                assert!(largest_difference(&lean.log_probs, &whole.log_probs) < 1e-4);
                for (lean, whole) in lean.logits.iter().zip(&whole.logits) {
                    assert!(largest_difference(lean, whole) < 1e-4);
                }
                assert_eq!(lean.probes, whole.probes);
            }
            let plain = block_on(model.forward(&batch, &read)).unwrap();
            assert_same(&together[3], &plain);
            // They differ from each other, or the comparison would say nothing.
            for (i, other) in together.iter().enumerate() {
                let moved = largest_difference(&other.log_probs, &plain.log_probs);
                assert_eq!(moved > 0.01, ![0, 3].contains(&i), "{i}: {moved}");
            }
        }
    }
}

#[test]
fn paths_under_an_edit_are_what_each_is_in_a_forward_of_its_own() {
    let paths: [&[u32]; 3] = [&[1, 9, 30, 31, 32], &[1, 9, 30, 40], &[70, 71]];
    let mut tree = PromptTree::new();
    let nodes: Vec<_> = paths.iter().map(|path| tree.insert(path)).collect();
    let batch = tree.batch();
    let rows = nodes
        .iter()
        .map(|nodes| batch.row_of_node[nodes[nodes.len() - 1]]);
    let read = Read {
        targets: rows.map(|row| (row, 60)).collect(),
        ..Read::default()
    };
    let hooks = [6.0, -6.0].map(|alpha| Hooks {
        interventions: vec![edit(WIDTH, 1, 1, Edit::Add(alpha))],
        probes: Vec::new(),
    });
    for compute in computes() {
        let mut model = model(TINY, &compute, LoadOptions::default()).unwrap();
        let together = block_on(model.forward_each(&batch, &read, &hooks)).unwrap();
        for (hooks, together) in hooks.iter().zip(together) {
            for (path, found) in paths.iter().zip(together.log_probs) {
                let read = Read {
                    targets: vec![(path.len() - 1, 60)],
                    ..Read::default()
                };
                let path = TokenBatch::sequence(path, 0);
                let alone = block_on(model.forward_each(&path, &read, std::slice::from_ref(hooks)));
                let expected = alone.unwrap()[0].log_probs[0];
                assert!((found - expected).abs() < 1e-4, "{found} for {expected}");
            }
        }
    }
}

#[test]
fn what_is_below_the_lowest_edit_runs_once() {
    let [_, gpu] = computes();
    let mut model = model(TINY, &gpu, LoadOptions::default()).unwrap();
    let batch = TokenBatch::sequence(&[1, 9, 30, 31], 0);
    let read = Read {
        targets: vec![(3, 60)],
        ..Read::default()
    };
    let mut kernels = |conditions: &[Hooks]| {
        let before = launches();
        block_on(model.forward_each(&batch, &read, conditions)).unwrap();
        launches() - before
    };
    let dose = |site| Hooks {
        interventions: vec![edit(WIDTH, site, 1, Edit::Add(1.0))],
        probes: vec![probe(0, 1), probe(2, 1), probe(2, 2)],
    };
    let plain = kernels(&[Hooks::default()]);
    // The norm and the product of the head, its two read-outs; before the blocks the embedding.
    let head = 4;
    let blocks = plain - 1 - head;
    let each = [0, 1, 2].map(|site| {
        let one = kernels(&[dose(site)]);
        // Both probes of the last site are one kernel.
        assert_eq!(one, plain + 3);
        let further = kernels(&vec![dose(site); 9]) - one;
        assert_eq!(further % 8, 0);
        further / 8
    });
    // Of the probes, that at the embedding is measured once where the edit is above it.
    assert_eq!(each[0], blocks + 1 + 2 + head);
    assert!(each[1] > 1 + 1 + head && each[1] < blocks + 1 + 1 + head);
    assert_eq!(each[2], 1 + 1 + head);
}

#[test]
fn the_cache_is_that_of_the_last_condition() {
    let first = TokenBatch::sequence(&[1, 9, 30, 31], 0);
    let next = TokenBatch::sequence(&[60], 4);
    let read = Read {
        targets: vec![(0, 60)],
        ..Read::default()
    };
    let [one, other] = [60.0, -60.0].map(|alpha| Hooks {
        interventions: vec![edit(WIDTH, 1, 1, Edit::Add(alpha))],
        probes: Vec::new(),
    });
    for compute in computes() {
        let mut model = model(TINY, &compute, LoadOptions::default()).unwrap();
        let mut after = |conditions: &[Hooks]| {
            block_on(model.forward_each(&first, &Read::default(), conditions)).unwrap();
            block_on(model.forward(&next, &read)).unwrap().log_probs[0]
        };
        let [alone, plain] = [after(std::slice::from_ref(&other)), after(&[Hooks::default()])];
        assert_eq!(after(&[one.clone(), other.clone()]), alone);
        assert_eq!(after(&[other.clone(), Hooks::default()]), plain);
        assert!((alone - plain).abs() > 1e-3, "{alone} and {plain}");
    }
}
