//! Edits of the real SmolLM2-135M-Instruct against numbers from numpy in f64 (`tests/reference/steer`).

#![allow(clippy::unwrap_used, reason = "a test fails where it meets an error")]

mod common;

use common::reference::{floats, reference};
use common::{block_on, computes, model_path};
use safetensors::SafeTensors;
use serde::Deserialize;
use traitscope::gguf::{FileSource, Gguf};
use traitscope::host::Quiet;
use traitscope::model::{Condition, Direction, Edit, Hooks, Intervention, LoadOptions, Probe, load};
use traitscope::model::{Read, Rows, Side, Site};
use traitscope::prompt::TokenBatch;

/// Of a log-probability, and of a projection relative to the larger of 1 and itself. Rounding gives a thirtieth of it.
const TOLERANCE: f32 = 1e-3;

#[derive(Deserialize)]
struct Golden {
    tokens: Vec<u32>,
    /// Each target follows a row, the first of them this one.
    first_row: usize,
    targets: Vec<u32>,
    /// Layers whose projections are given, each on its own direction.
    layers: Vec<usize>,
    cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    name: String,
    edits: Vec<GoldenEdit>,
    log_probs: Vec<f32>,
    projections: Vec<Vec<f32>>,
}

#[derive(Deserialize)]
struct GoldenEdit {
    layer: usize,
    kind: String,
    values: Vec<f32>,
    first_row: Option<usize>,
    below: Option<f32>,
}

impl GoldenEdit {
    fn intervention(&self, direction: &Direction, rows: usize) -> Intervention {
        let edit = match (&self.kind[..], &self.values[..]) {
            ("add", [alpha]) => Edit::Add(*alpha),
            ("ablate", []) => Edit::Ablate,
            ("clamp", [low, high]) => Edit::Clamp {
                low: *low,
                high: *high,
            },
            ("induce", [target]) => Edit::Induce(*target),
            other => panic!("{other:?}"),
        };
        Intervention {
            rows: self
                .first_row
                .map_or(Rows::All, |first| Rows::Only((first..rows).collect())),
            condition: self.below.map(|threshold| Condition {
                direction: direction.clone(),
                threshold,
                side: Side::Below,
            }),
            ..Intervention::new(Site(self.layer), direction.clone(), edit)
        }
    }
}

#[test]
fn edited_forwards_are_those_of_the_reference() {
    let golden: Golden =
        serde_json::from_slice(include_bytes!("../../../tests/reference/steer/golden.json")).unwrap();
    let bytes = reference("smollm2.safetensors");
    let streams = SafeTensors::deserialize(&bytes).unwrap();
    let [end, start] = ["chat3", "chat0"].map(|name| floats(&streams, &format!("{name}.resid")));
    let source = FileSource::open(model_path()).unwrap();
    let gguf = Gguf::read(&source).unwrap();
    let rows = golden.tokens.len();
    let batch = TokenBatch::sequence(&golden.tokens, 0);
    let read = Read {
        targets: (golden.first_row..).zip(golden.targets.iter().copied()).collect(),
        ..Read::default()
    };
    for compute in computes() {
        let kind = compute.info.kind;
        let mut model = block_on(load(&source, &gguf, &compute, LoadOptions::default(), &Quiet)).unwrap();
        let width = model.config.width;
        let direction = |layer: usize| {
            let at = layer * width..(layer + 1) * width;
            let pairs = end[at.clone()].iter().zip(&start[at]);
            Direction::new(&pairs.map(|(a, b)| a - b).collect::<Vec<_>>()).unwrap()
        };
        let conditions: Vec<Hooks> = (golden.cases.iter())
            .map(|case| Hooks {
                interventions: (case.edits.iter())
                    .map(|edit| edit.intervention(&direction(edit.layer), rows))
                    .collect(),
                probes: (golden.layers.iter())
                    .map(|layer| Probe {
                        site: Site(*layer),
                        direction: direction(*layer),
                    })
                    .collect(),
            })
            .collect();
        let outputs = block_on(model.forward_each(&batch, &read, &conditions)).unwrap();
        for (case, output) in golden.cases.iter().zip(outputs) {
            let mut worst = [0.0f32; 2];
            for (found, expected) in output.log_probs.iter().zip(&case.log_probs) {
                worst[0] = worst[0].max((found - expected).abs());
            }
            let pairs = output.probes.iter().zip(&case.projections);
            for (found, expected) in pairs.flat_map(|(found, expected)| found.values.iter().zip(expected)) {
                worst[1] = worst[1].max((found - expected).abs() / expected.abs().max(1.0));
            }
            println!(
                "{kind:?} {}: log-probability {:.6}, projection {:.6}",
                case.name, worst[0], worst[1]
            );
            assert!(
                worst.iter().all(|worst| *worst < TOLERANCE),
                "{kind:?} {}: {worst:?}",
                case.name
            );
            for edit in case.edits.iter().filter(|edit| edit.kind == "ablate") {
                let probe = golden
                    .layers
                    .iter()
                    .position(|layer| *layer == edit.layer)
                    .unwrap();
                let left = output.probes[probe].values.iter();
                assert!(left.map(|left| left.abs()).fold(0.0, f32::max) < 1e-4);
            }
            assert_eq!(output.log_probs.len(), case.log_probs.len());
            assert_eq!(output.probes[0].values.len(), rows);
        }
    }
}
