//! What forks and probes cost on the CPU with the real SmolLM2-135M-Instruct, against the goals of the project:
//! `cargo test --release --test costs -- --ignored --nocapture`, on a machine that does nothing else.

#![allow(clippy::unwrap_used, reason = "a test fails where it meets an error")]

mod common;

use common::steer::{direction, edit};
use common::{block_on, model_path};
use std::time::Instant;
use traitscope::device::Compute;
use traitscope::gguf::{FileSource, Gguf};
use traitscope::host::Quiet;
use traitscope::model::{Edit, Hooks, LoadOptions, Model, Probe, Read, Site, load};
use traitscope::prompt::TokenBatch;

const ROUNDS: usize = 9;

/// Median seconds of each, taken in turns.
fn medians<const N: usize>(mut works: [&mut dyn FnMut(); N]) -> [f64; N] {
    let mut times = [(); N].map(|()| Vec::with_capacity(ROUNDS));
    for _ in 0..ROUNDS {
        for (work, times) in works.iter_mut().zip(&mut times) {
            let start = Instant::now();
            work();
            times.push(start.elapsed().as_secs_f64());
        }
    }
    times.map(|mut times: Vec<f64>| {
        times.sort_by(f64::total_cmp);
        times[ROUNDS / 2]
    })
}

fn run(model: &mut Model, batch: &TokenBatch, conditions: &[Hooks]) {
    let rows = batch.tokens.len();
    let read = Read {
        targets: (rows.saturating_sub(8)..rows).map(|row| (row, 60)).collect(),
        ..Read::default()
    };
    block_on(model.forward_each(batch, &read, conditions)).unwrap();
}

#[test]
#[ignore = "a measurement"]
fn a_sweep_costs_less_than_its_doses_and_probes_next_to_nothing() {
    let source = FileSource::open(model_path()).unwrap();
    let gguf = Gguf::read(&source).unwrap();
    let model = block_on(load(
        &source,
        &gguf,
        &Compute::cpu(),
        LoadOptions::default(),
        &Quiet,
    ));
    let model = std::cell::RefCell::new(model.unwrap());
    let (width, layers) = {
        let config = &model.borrow().config;
        (config.width, config.layers)
    };
    let run = |batch: &TokenBatch, conditions: &[Hooks]| run(&mut model.borrow_mut(), batch, conditions);

    // The last is a token that is being written.
    for (rows, past) in [(256, 0), (32, 0), (1, 256)] {
        let tokens: Vec<u32> = (0..rows).map(|row| 300 + row * 7).collect();
        let batch = TokenBatch::sequence(&tokens, past);
        let doses: Vec<Hooks> = (-4..=4)
            .map(|dose| Hooks {
                interventions: vec![edit(width, layers / 2, 1, Edit::Add(8.0 * dose as f32))],
                probes: Vec::new(),
            })
            .collect();
        let [together, alone] = medians([&mut || run(&batch, &doses), &mut || {
            doses
                .iter()
                .for_each(|dose| run(&batch, std::slice::from_ref(dose)));
        }]);
        let sweep = together / alone;
        println!(
            "{rows} tokens, nine doses at layer {}: {together:.3} s of {alone:.3} s, {sweep:.3}",
            layers / 2
        );

        let plain = [Hooks::default()];
        let probes = [5, 12, 20, layers].into_iter().flat_map(|site| {
            (0..8).map(move |seed| Probe {
                site: Site(site),
                direction: direction(width, seed),
            })
        });
        let probed = [Hooks {
            interventions: Vec::new(),
            probes: probes.collect(),
        }];
        let [without, with] = medians([&mut || run(&batch, &plain), &mut || run(&batch, &probed)]);
        let probes = with / without - 1.0;
        println!(
            "{rows} tokens, 8 directions at 4 layers: {:.2} ms on {:.2} ms, {:.2}%",
            (with - without) * 1e3,
            without * 1e3,
            probes * 100.0
        );
        assert!(sweep <= 0.65 && probes <= 0.05);
    }
}
