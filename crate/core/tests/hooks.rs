//! Edits and probes inside the forward of a tiny random model, on the CPU and on the GPU.

#![allow(clippy::unwrap_used, reason = "a test fails where it meets an error")]

mod common;

use common::steer::{direction, edit, largest_difference, projections};
use common::tiny::{TINY, model};
use common::{block_on, computes};
use traitscope::Result;
use traitscope::model::{Condition, Direction, Edit, Hooks, Intervention, LoadOptions, Model, Output};
use traitscope::model::{Probe, Read, Rows, Side, Site};
use traitscope::prompt::TokenBatch;

const TOKENS: [u32; 9] = [1, 9, 30, 31, 32, 77, 140, 2, 9];
const LAST: usize = TOKENS.len() - 1;

fn hooks(interventions: Vec<Intervention>) -> Hooks {
    Hooks {
        interventions,
        probes: Vec::new(),
    }
}

fn models() -> [Model; 2] {
    computes().map(|compute| model(TINY, &compute, LoadOptions::default()).unwrap())
}

fn run(model: &mut Model, hooks: &Hooks) -> Result<Output> {
    let read = Read {
        logits: vec![LAST],
        targets: vec![(3, 60), (LAST, 3), (LAST, 200)],
        hidden: true,
    };
    let batch = TokenBatch::sequence(&TOKENS, 0);
    block_on(model.forward_each(&batch, &read, std::slice::from_ref(hooks)))
        .map(|mut outputs| outputs.swap_remove(0))
}

fn assert_same_bits(a: &Output, b: &Output) {
    let bits = |output: &Output| -> Vec<u32> {
        let many = output.logits.iter().chain(&output.hidden).flatten();
        many.chain(&output.log_probs)
            .map(|value| value.to_bits())
            .collect()
    };
    assert_eq!(bits(a), bits(b));
}

#[test]
fn an_edit_by_nothing_is_the_baseline_and_an_edit_leaves_nothing_behind() {
    for mut model in models() {
        let width = model.config.width;
        let baseline = run(&mut model, &Hooks::default()).unwrap();
        for site in 0..=2 {
            let nothing = hooks(vec![edit(width, site, 1, Edit::Add(0.0))]);
            assert_same_bits(&run(&mut model, &nothing).unwrap(), &baseline);
            let much = hooks(vec![edit(width, site, 1, Edit::Add(20.0))]);
            let steered = run(&mut model, &much).unwrap();
            assert!(largest_difference(&steered.log_probs, &baseline.log_probs) > 0.1);
            // Below the edit the stream is the baseline's.
            assert_eq!(steered.hidden[..site], baseline.hidden[..site]);
            assert_same_bits(&run(&mut model, &Hooks::default()).unwrap(), &baseline);
        }
    }
}

#[test]
fn opposite_edits_cancel() {
    for mut model in models() {
        let width = model.config.width;
        let baseline = run(&mut model, &Hooks::default()).unwrap();
        let both = [7.0, -7.0].map(|alpha| edit(width, 1, 1, Edit::Add(alpha)));
        let output = run(&mut model, &hooks(both.to_vec())).unwrap();
        assert!(largest_difference(&output.log_probs, &baseline.log_probs) <= 1e-4);
        assert!(largest_difference(&output.logits[0], &baseline.logits[0]) <= 1e-4);
    }
}

#[test]
fn each_edit_gives_the_projection_it_is_asked_for() {
    for mut model in models() {
        let width = model.config.width;
        let along = direction(width, 1);
        let baseline = run(&mut model, &Hooks::default()).unwrap();
        for site in 0..=2 {
            let before = projections(&baseline.hidden[site], &along);
            let mut after = |what: Edit| {
                let edit = edit(width, site, 1, what);
                let output = run(&mut model, &hooks(vec![edit])).unwrap();
                projections(&output.hidden[site], &along)
            };
            let close = |found: &[f64], expected: &dyn Fn(f64) -> f64| {
                for (found, before) in found.iter().zip(&before) {
                    let expected = expected(*before);
                    assert!((found - expected).abs() < 1e-4, "{found} for {expected}");
                }
            };
            close(&after(Edit::Ablate), &|_| 0.0);
            close(&after(Edit::Induce(1.5)), &|_| 1.5);
            close(&after(Edit::Clamp { low: -0.1, high: 0.2 }), &|p| {
                p.clamp(-0.1, 0.2)
            });
            close(
                &after(Edit::Clamp {
                    low: f32::NEG_INFINITY,
                    high: 0.0,
                }),
                &|p| p.min(0.0),
            );
            for alpha in [-9.0, -0.5, 0.25, 3.0, 12.0] {
                close(&after(Edit::Add(alpha)), &|p| p + f64::from(alpha));
            }
        }
    }
}

#[test]
fn edits_of_a_site_act_in_their_order_and_before_its_probes() {
    for mut model in models() {
        let width = model.config.width;
        let orders = [
            ([Edit::Ablate, Edit::Add(2.0)], 2.0),
            ([Edit::Add(2.0), Edit::Ablate], 0.0),
        ];
        for (edits, expected) in orders {
            let hooks = Hooks {
                interventions: edits.map(|what| edit(width, 1, 1, what)).to_vec(),
                probes: vec![Probe {
                    site: Site(1),
                    direction: direction(width, 1),
                }],
            };
            let output = run(&mut model, &hooks).unwrap();
            for found in &output.probes[0].values {
                assert!((found - expected).abs() < 1e-4, "{found} for {expected}");
            }
        }
    }
}

fn length(row: &[f32]) -> f64 {
    row.iter().map(|v| f64::from(*v).powi(2)).sum::<f64>().sqrt()
}

/// The rows whose stream at `site` is not the baseline's.
fn edited(output: &Output, baseline: &Output, site: usize, width: usize) -> Vec<usize> {
    let rows = output.hidden[site]
        .chunks(width)
        .zip(baseline.hidden[site].chunks(width));
    rows.enumerate()
        .filter(|(_, (a, b))| a != b)
        .map(|(row, _)| row)
        .collect()
}

#[test]
fn only_the_rows_that_are_asked_for_are_edited() {
    for mut model in models() {
        let width = model.config.width;
        let baseline = run(&mut model, &Hooks::default()).unwrap();
        for rows in [vec![], vec![LAST], vec![5, 0, 5]] {
            let mut edit = edit(width, 1, 1, Edit::Add(3.0));
            edit.rows = Rows::Only(rows.clone());
            let output = run(&mut model, &hooks(vec![edit])).unwrap();
            let mut expected = rows;
            expected.sort_unstable();
            expected.dedup();
            assert_eq!(edited(&output, &baseline, 1, width), expected);
        }
    }
}

#[test]
fn a_condition_passes_exactly_the_rows_on_its_side() {
    for mut model in models() {
        let width = model.config.width;
        let baseline = run(&mut model, &Hooks::default()).unwrap();
        let along = direction(width, 2);
        let lengths = baseline.hidden[1].chunks(width).map(length);
        let cosines: Vec<f64> = (projections(&baseline.hidden[1], &along).into_iter().zip(lengths))
            .map(|(p, length)| p / length)
            .collect();
        let mut ordered = cosines.clone();
        ordered.sort_by(f64::total_cmp);
        // Between two rows, and where no row can pass and where all do.
        for threshold in [(ordered[3] + ordered[4]) / 2.0, -1.5, 1.5] {
            for side in [Side::Above, Side::Below] {
                let mut edit = edit(width, 1, 1, Edit::Add(3.0));
                edit.condition = Some(Condition {
                    direction: along.clone(),
                    threshold: threshold as f32,
                    side,
                });
                let output = run(&mut model, &hooks(vec![edit])).unwrap();
                let passes = |row: &usize| (cosines[*row] > threshold) == (side == Side::Above);
                let expected: Vec<usize> = (0..=LAST).filter(passes).collect();
                assert_eq!(edited(&output, &baseline, 1, width), expected);
            }
        }
    }
}

#[test]
fn probes_are_the_projections_of_the_stream_they_stand_at() {
    for mut model in models() {
        let width = model.config.width;
        // In no order, several at a site, one of them twice, below, at and above the edit.
        let places = [(2, 5), (0, 1), (1, 1), (2, 6), (0, 2), (2, 5), (1, 7)];
        let probes = places.map(|(site, seed)| Probe {
            site: Site(site),
            direction: direction(width, seed),
        });
        for interventions in [vec![], vec![edit(width, 1, 1, Edit::Add(4.0))]] {
            let hooks = Hooks {
                interventions,
                probes: probes.to_vec(),
            };
            let output = run(&mut model, &hooks).unwrap();
            assert_eq!(output.probes.len(), probes.len());
            for (found, probe) in output.probes.iter().zip(&probes) {
                let stream = &output.hidden[probe.site.0];
                let lengths = stream.chunks(width).map(length);
                let expected: Vec<_> = projections(stream, &probe.direction)
                    .into_iter()
                    .zip(lengths)
                    .collect();
                let cosines: Vec<f32> = found.cosines().collect();
                assert_eq!(cosines.len(), expected.len());
                for (row, (projection, length)) in expected.into_iter().enumerate() {
                    let pairs = [
                        (found.values[row], projection),
                        (found.lengths[row], length),
                        (cosines[row], projection / length),
                    ];
                    for (found, expected) in pairs {
                        let error = (f64::from(found) - expected).abs();
                        assert!(error < 1e-5, "{found} for {expected}");
                    }
                }
            }
        }
    }
}

#[test]
fn the_largest_edits_give_numbers_whatever_their_sum() {
    for mut model in models() {
        let width = model.config.width;
        let largest = edit(width, 1, 1, Edit::Add(1e12));
        let output = run(&mut model, &hooks(vec![largest; 40])).unwrap();
        for found in projections(&output.hidden[1], &direction(width, 1)) {
            assert!((found / 40e12 - 1.0).abs() < 1e-5, "{found}");
        }
        // Nothing is left of the stream, so all rows agree.
        let rows: Vec<&[f32]> = output.hidden[1].chunks(width).collect();
        assert!(rows.iter().all(|row| row == &rows[0]));
        assert!(output.log_probs.iter().all(|value| *value < 0.0));
    }
}

#[test]
fn hooks_that_do_not_suit_the_model_are_refused() {
    let [mut model, _] = models();
    let width = model.config.width;
    let good = edit(width, 1, 1, Edit::Add(1.0));
    let mut code = |change: &dyn Fn(&mut Intervention)| {
        let mut intervention = good.clone();
        change(&mut intervention);
        let result = run(&mut model, &hooks(vec![intervention]));
        result.map_or_else(|error| error.code(), |_| "accepted")
    };
    let narrow = || Direction::new(&[1.0, 2.0]).unwrap();
    let condition = |direction, threshold| {
        Some(Condition {
            direction,
            threshold,
            side: Side::Above,
        })
    };
    assert_eq!(code(&|_| ()), "accepted");
    assert_eq!(code(&|i| i.site = Site(3)), "direction.layer");
    assert_eq!(code(&|i| i.direction = narrow()), "direction.width");
    assert_eq!(
        code(&|i| i.condition = condition(narrow(), 0.0)),
        "direction.width"
    );
    let clamp = |low, high| Edit::Clamp { low, high };
    for edit in [clamp(f32::NEG_INFINITY, 1.0), clamp(-1e12, f32::INFINITY)] {
        assert_eq!(code(&|i| i.edit = edit), "accepted", "{edit:?}");
    }
    for edit in [
        Edit::Add(f32::NAN),
        Edit::Add(f32::INFINITY),
        Edit::Add(2e12),
        Edit::Induce(-2e12),
        Edit::Induce(f32::NAN),
        clamp(1.0, -1.0),
        clamp(f32::NAN, 1.0),
        clamp(f32::INFINITY, f32::INFINITY),
        clamp(2e12, f32::INFINITY),
    ] {
        assert_eq!(code(&|i| i.edit = edit), "direction.alpha", "{edit:?}");
    }
    let unclear = condition(direction(width, 2), f32::NAN);
    assert_eq!(code(&|i| i.condition = unclear.clone()), "direction.alpha");
    assert_eq!(code(&|i| i.rows = Rows::Only(vec![LAST + 1])), "prompt.invalid");

    let mut probed = |site, direction| {
        let hooks = Hooks {
            interventions: Vec::new(),
            probes: vec![Probe { site, direction }],
        };
        run(&mut model, &hooks).unwrap_err().code()
    };
    assert_eq!(probed(Site(3), direction(width, 1)), "direction.layer");
    assert_eq!(probed(Site(0), narrow()), "direction.width");
}
