//! Held against numpy, scipy and scikit-learn (`tests/reference/measure/make_reliability.py`).

use serde::Deserialize;

use super::f_distribution::{f_cumulative, t_two_sided};
use super::reliability::reliability;
use super::validity::validity;
use super::variation::{Point, clusters, components, level_effects, spread};

const GOLDEN: &str = include_str!("../../../../tests/reference/measure/reliability.json");

#[derive(Deserialize)]
struct Golden {
    reliability: Vec<Coefficients>,
    validity: Vec<TwoInstruments>,
    components: Plane,
    levels: Levels,
    spread: Vec<Spreads>,
    f: Vec<[f64; 4]>,
    t: Vec<[f64; 3]>,
}

#[derive(Deserialize)]
struct Coefficients {
    rows: Vec<Vec<f64>>,
    alpha: f64,
    low: f64,
    high: f64,
    lambda6: f64,
    omega: f64,
    split_half: f64,
}

#[derive(Deserialize)]
struct TwoInstruments {
    first: Vec<Vec<f64>>,
    second: Vec<Vec<f64>>,
    correlations: Vec<Vec<f64>>,
    convergent: f64,
    discriminant: f64,
}

#[derive(Deserialize)]
struct Plane {
    rows: Vec<Vec<f64>>,
    explained: [f64; 2],
    weights: [Vec<f64>; 2],
    points: Vec<Point>,
    clusters: Vec<Option<usize>>,
}

#[derive(Deserialize)]
struct Levels {
    scores: Vec<f64>,
    names: Vec<String>,
    effects: Vec<(String, f64, f64)>,
    adjusted: Vec<f64>,
}

#[derive(Deserialize)]
struct Spreads {
    scores: Vec<f64>,
    sd: f64,
    people: u32,
    f: f64,
    p: f64,
}

fn golden() -> Golden {
    serde_json::from_str(GOLDEN).unwrap()
}

fn close(got: f64, want: f64, tolerance: f64) {
    assert!(
        (got - want).abs() <= tolerance * want.abs().max(1.0),
        "{got} instead of {want}"
    );
}

#[test]
fn coefficients_of_reliability() {
    for g in golden().reliability {
        let found = reliability(&g.rows);
        close(found.alpha.unwrap(), g.alpha, 1e-10);
        close(found.alpha_low.unwrap(), g.low, 1e-9);
        close(found.alpha_high.unwrap(), g.high, 1e-9);
        close(found.lambda6.unwrap(), g.lambda6, 1e-9);
        close(found.split_half.unwrap(), g.split_half, 1e-10);
        // The optimiser of the reference stops some digits before the minimum.
        close(found.omega.unwrap(), g.omega, 1e-5);
    }
}

#[test]
fn two_instruments() {
    for g in golden().validity {
        let traits: Vec<String> = (0..g.correlations.len()).map(|i| format!("trait {i}")).collect();
        let found = validity(&traits, &g.first, &g.second).unwrap();
        for (row, want) in found.correlations.iter().zip(&g.correlations) {
            for (r, want) in row.iter().zip(want) {
                close(r.unwrap(), *want, 1e-10);
            }
        }
        close(found.convergent.unwrap(), g.convergent, 1e-10);
        close(found.discriminant.unwrap(), g.discriminant, 1e-10);
    }
}

#[test]
fn components_and_clusters() {
    let g = golden().components;
    let found = components(&g.rows).unwrap();
    for side in 0..2 {
        close(found.explained[side], g.explained[side], 1e-9);
        for (weight, want) in found.weights[side].iter().zip(&g.weights[side]) {
            close(*weight, *want, 1e-9);
        }
    }
    for (point, want) in found.points.iter().zip(&g.points) {
        close(point[0], want[0], 1e-9);
        close(point[1], want[1], 1e-9);
    }
    let of = clusters(&found.points, 0.3, 20);
    assert_eq!(of, g.clusters);
    assert!(
        of.contains(&Some(1)) && of.contains(&None),
        "the sample has two clusters and points apart"
    );
}

#[test]
fn levels_and_spreads() {
    let g = golden();
    let found = level_effects(&g.levels.scores, &[("template".into(), g.levels.names)]).unwrap();
    assert_eq!(found.len(), g.levels.effects.len());
    for ((effect, (level, difference, p)), adjusted) in
        found.iter().zip(&g.levels.effects).zip(&g.levels.adjusted)
    {
        assert_eq!(&effect.level, level);
        close(effect.difference, *difference, 1e-12);
        close(effect.p.unwrap(), *p, 1e-11);
        close(effect.adjusted.unwrap(), *adjusted, 1e-11);
    }
    for g in g.spread {
        let found = spread(&g.scores, g.sd, g.people).unwrap();
        close(found.f, g.f, 1e-12);
        close(found.p, g.p, 1e-11);
    }
}

#[test]
fn distributions() {
    let g = golden();
    for [x, a, b, want] in g.f {
        close(f_cumulative(x, a, b), want, 1e-12);
    }
    for [t, df, want] in g.t {
        close(t_two_sided(t, df), want, 1e-12);
    }
}
