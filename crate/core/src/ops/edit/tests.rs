//! The edit against its formula in f64.

use super::*;
use crate::device::Compute;
use crate::ops::testing::{assert_close, devices, matrix, random, values, words};

const ADAPTERS: [Adapter; 2] = [Adapter::Hardware, Adapter::Software];

fn dot64(a: &[f32], b: &[f32]) -> f64 {
    a.iter().zip(b).map(|(a, b)| f64::from(*a) * f64::from(*b)).sum()
}

fn unit(width: usize, seed: u64) -> Vec<f32> {
    let vector = random(width, seed);
    let norm = dot64(&vector, &vector).sqrt();
    vector.iter().map(|v| (f64::from(*v) / norm) as f32).collect()
}

fn bits(values: &[f32]) -> Vec<u32> {
    values.iter().map(|v| v.to_bits()).collect()
}

fn clamp(low: f32, high: f32) -> Edit {
    Edit::Clamp { low, high }
}

struct Case {
    x: Vec<f32>,
    direction: Vec<f32>,
    condition: Option<(Vec<f32>, f32)>,
    rows: Vec<bool>,
    edit: Edit,
}

impl Case {
    fn new(x: &[f32], width: usize, seed: u64, edit: Edit) -> Self {
        Self {
            x: x.to_vec(),
            direction: unit(width, seed),
            condition: None,
            rows: vec![true; x.len() / width],
            edit,
        }
    }

    /// The formula as it stands in the text, in f64.
    fn expected(&self) -> Vec<f64> {
        let mut y = Vec::new();
        for (h, chosen) in self.x.chunks(self.direction.len()).zip(&self.rows) {
            let passes = (self.condition.iter())
                .all(|(c, threshold)| dot64(h, c) / dot64(h, h).sqrt() > f64::from(*threshold));
            let p = dot64(h, &self.direction);
            let wanted = match self.edit {
                Edit::Add(alpha) => p + f64::from(alpha),
                Edit::Ablate => 0.0,
                Edit::Clamp { low, high } => p.clamp(low.into(), high.into()),
                Edit::Induce(target) => target.into(),
            };
            let delta = if *chosen && passes { wanted - p } else { 0.0 };
            let row = h.iter().zip(&self.direction);
            y.extend(row.map(|(h, r)| f64::from(*h) + delta * f64::from(*r)));
        }
        y
    }

    fn found(&self, compute: &Compute, adapter: Adapter) -> Vec<f32> {
        let (condition, threshold) = self.condition.clone().unwrap_or_default();
        let vectors = [&self.direction[..], &condition].concat();
        let (width, device) = (self.direction.len(), &compute.device);
        let plan = words(&encode(self.edit, threshold, &self.rows), device);
        let vectors = matrix(&vectors, width, device);
        values(edit(&matrix(&self.x, width, device), &vectors, &plan, adapter))
    }
}

#[test]
fn both_devices_and_adapters_give_the_formula() {
    // One row; widths that neither vectors nor strides divide; the real model's.
    let shapes = [(1, 1), (1, 20), (3, 33), (5, 576), (67, 101), (2, 1030)];
    let edits = [
        Edit::Add(2.5),
        Edit::Add(-0.75),
        Edit::Ablate,
        Edit::Induce(3.0),
        clamp(-0.1, 0.2),
        clamp(f32::NEG_INFINITY, 0.1),
        clamp(0.1, f32::INFINITY),
    ];
    for compute in devices() {
        for (tokens, width) in shapes {
            let x: Vec<f32> = random(tokens * width, 3).iter().map(|v| v * 4.0).collect();
            for (seed, edit) in (10..).zip(edits) {
                let mut case = Case::new(&x, width, seed, edit);
                case.rows = (0..tokens).map(|row| row % 3 != 1).collect();
                for condition in [None, Some((unit(width, 40), 0.003))] {
                    case.condition = condition;
                    for adapter in ADAPTERS {
                        let what = format!("{tokens} x {width}, {edit:?}, {adapter:?}");
                        assert_close(&case.found(&compute, adapter), &case.expected(), 2e-6, &what);
                    }
                }
            }
        }
        compute.check().unwrap();
    }
}

#[test]
fn what_is_not_edited_keeps_its_bits() {
    let (tokens, width) = (5, 33);
    let mut x = random(tokens * width, 1);
    x[..4].copy_from_slice(&[-0.0, 0.0, 1e10, 1e-10]);
    // A row of zeros has no cosine.
    x[4 * width..].fill(-0.0);
    for compute in devices() {
        for adapter in ADAPTERS {
            for edit in [
                Edit::Add(0.0),
                clamp(-1e12, 1e12),
                clamp(f32::NEG_INFINITY, f32::INFINITY),
            ] {
                let found = Case::new(&x, width, 2, edit).found(&compute, adapter);
                assert_eq!(bits(&found), bits(&x), "{edit:?}");
            }
            let mut case = Case::new(&x, width, 2, Edit::Add(1.0));
            case.rows[1..].fill(false);
            let found = case.found(&compute, adapter);
            assert_ne!(bits(&found[..width]), bits(&x[..width]));
            assert_eq!(bits(&found[width..]), bits(&x[width..]));
            case.rows.fill(true);
            case.condition = Some((unit(width, 3), -1.5));
            let found = case.found(&compute, adapter);
            assert_ne!(bits(&found[width..2 * width]), bits(&x[width..2 * width]));
            assert_eq!(bits(&found[4 * width..]), bits(&x[4 * width..]));
        }
        compute.check().unwrap();
    }
}

#[test]
fn what_is_added_can_be_taken_away_and_what_is_ablated_is_gone() {
    let width = 576;
    // A component far above the others, as the streams of language models have.
    let mut x = random(2 * width, 5);
    x[7] = 3000.0;
    let expected: Vec<f64> = x.iter().map(|v| f64::from(*v)).collect();
    for compute in devices() {
        for adapter in ADAPTERS {
            let mut case = Case::new(&x, width, 6, Edit::Add(40.0));
            case.x = case.found(&compute, adapter);
            case.edit = Edit::Add(-40.0);
            // The largest rounding is that of a component of 3.5 with 1.7 added.
            assert_close(&case.found(&compute, adapter), &expected, 1e-6, "back");
            case.edit = Edit::Ablate;
            for row in case.found(&compute, adapter).chunks(width) {
                let left = dot64(row, &case.direction).abs();
                assert!(left < 1e-4, "{left} is left");
            }
        }
        compute.check().unwrap();
    }
}
