//! What a forward gives of some rows of its batch, and what it computes for them, on a tiny random model
//! (`tests/reference/tiny`), on the CPU and on the GPU.

#![allow(clippy::unwrap_used, reason = "a test fails where it meets an error")]

mod common;

use common::steer::largest_difference;
use common::tiny::{TINY, model};
use common::{all_kernels, block_on};
use traitscope::model::{LoadOptions, Read, top};
use traitscope::ops::multiplications;
use traitscope::prompt::TokenBatch;

/// The last block leaves out rows that nothing is read from. Which rows those are changes nothing in what is read of others, or
/// in what later tokens see.
#[test]
fn rows_that_are_not_read_change_nothing_in_those_that_are() {
    let tokens: Vec<u32> = (0..11).map(|i| 7 * i + 1).collect();
    let batch = TokenBatch::sequence(&tokens, 0);
    let next = TokenBatch::sequence(&[60], 11);
    let every = Read {
        logits: (0..11).collect(),
        ..Read::default()
    };
    let one = Read {
        logits: vec![0],
        ..Read::default()
    };
    for compute in all_kernels() {
        for chunk_tokens in [256, 3] {
            let options = LoadOptions {
                chunk_tokens,
                ..LoadOptions::default()
            };
            let mut model = model(TINY, &compute, options).unwrap();
            let whole = block_on(model.forward(&batch, &every)).unwrap().logits;
            let after = block_on(model.forward(&next, &one)).unwrap().logits;
            for rows in [vec![], vec![10], vec![0], vec![9, 2, 2], vec![3, 4, 5, 6, 7, 8]] {
                let targets = rows.iter().map(|row| (*row, 60)).collect();
                let read = Read {
                    logits: rows.clone(),
                    targets,
                    hidden: false,
                };
                let found = block_on(model.forward(&batch, &read)).unwrap();
                assert_eq!(
                    (found.logits.len(), found.log_probs.len()),
                    (rows.len(), rows.len())
                );
                for ((row, logits), log_prob) in rows.iter().zip(&found.logits).zip(&found.log_probs) {
                    let what = format!("{:?}, row {row} of {rows:?}", compute.adapter());
                    let difference = largest_difference(logits, &whole[*row]);
                    assert!(difference < 1e-4, "{what}: {difference}");
                    let (_, logsumexp) = top(&whole[*row], 1);
                    let expected = (f64::from(whole[*row][60]) - logsumexp) as f32;
                    assert!(
                        (log_prob - expected).abs() < 1e-4,
                        "{what}: {log_prob} for {expected}"
                    );
                }
                let then = block_on(model.forward(&next, &one)).unwrap().logits;
                let difference = largest_difference(&then[0], &after[0]);
                assert!(difference < 1e-4, "after {rows:?}: {difference}");
            }
        }
    }
}

#[test]
fn any_rows_in_any_order_give_what_each_gives_alone() {
    let tokens = [1, 9, 30, 31, 32];
    for compute in all_kernels() {
        let mut model = model(TINY, &compute, LoadOptions::default()).unwrap();
        let mut logits = |rows: &[usize]| {
            let read = Read {
                logits: rows.to_vec(),
                ..Read::default()
            };
            block_on(model.forward(&TokenBatch::sequence(&tokens, 0), &read)).map(|output| output.logits)
        };
        // As many rows as tokens, but not in their order.
        let rows = [4, 0, 0, 3, 1];
        let together = logits(&rows).unwrap();
        for (row, found) in rows.into_iter().zip(together) {
            let alone = logits(&[row]).unwrap().swap_remove(0);
            for (found, expected) in found.iter().zip(&alone) {
                assert!(
                    (found - expected).abs() < 1e-4,
                    "row {row}: {found} for {expected}"
                );
            }
        }
        assert_eq!(logits(&[5]).unwrap_err().code(), "prompt.invalid");
    }
}

#[test]
fn the_head_and_most_of_the_last_block_run_only_for_the_positions_asked_for() {
    let tokens = [1, 9, 30, 31, 32];
    for compute in all_kernels() {
        let mut model = model(TINY, &compute, LoadOptions::default()).unwrap();
        let config = &model.config;
        let head = (config.vocabulary * config.width) as u64;
        // What comes after attention: its output, and gate, up and down.
        let after = ((config.heads.q_width() + 3 * config.hidden) * config.width) as u64;
        let mut work = |logits: &[usize], targets: &[(usize, u32)]| {
            let before = multiplications();
            let read = Read {
                logits: logits.to_vec(),
                targets: targets.to_vec(),
                hidden: false,
            };
            block_on(model.forward(&TokenBatch::sequence(&tokens, 0), &read)).unwrap();
            multiplications() - before
        };
        // One position goes through the last block even where none is asked for.
        let blocks = work(&[], &[]);
        assert!(blocks > 0);
        for (logits, targets, rows) in [
            (&[4][..], &[][..], 1),
            (&[0, 3], &[], 2),
            (&[], &[(4, 60)], 1),
            // Tokens after the same position need its logits once.
            (&[], &[(4, 60), (2, 7), (4, 3)], 2),
            (&[1], &[(4, 60)], 2),
        ] {
            assert_eq!(
                work(logits, targets),
                blocks + rows * head + (rows - 1) * after,
                "{logits:?} {targets:?}"
            );
        }
    }
}
