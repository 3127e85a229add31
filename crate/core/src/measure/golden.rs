//! Held against an independent implementation in numpy and scipy (`tests/reference/measure/`).

use serde::Deserialize;

use super::bootstrap::mean_intervals;
use super::*;

const GOLDEN: &str = include_str!("../../../../tests/reference/measure/golden.json");

/// Largest difference allowed: both sides work in f64 and differ in the order of their sums only.
const TOLERANCE: f64 = 1e-9;

#[derive(Deserialize)]
struct Golden {
    letters: Vec<Letters>,
    continuation: Vec<Continuation>,
    official: Vec<Official>,
    wilson: Vec<Wilson>,
    bootstrap: Vec<Bootstrap>,
}

#[derive(Deserialize)]
struct Letters {
    layout: Layout,
    labels: [f64; 4],
    p_high: f64,
    mass: f64,
    d: f64,
    win: bool,
}

#[derive(Deserialize)]
struct Continuation {
    sums: [f64; 4],
    tokens: [u32; 4],
    neutral: [f64; 4],
    p_high: f64,
    d: f64,
    win: bool,
    p_high_gain: f64,
    d_gain: f64,
}

/// Log-probabilities of every item (forward, reversed) under one template, and what they come to.
#[derive(Deserialize)]
struct Official {
    items: Vec<[[f64; 4]; 2]>,
    score: f64,
    expected: f64,
    d: f64,
}

#[derive(Deserialize)]
struct Wilson {
    right: u32,
    of: usize,
    low: f64,
    high: f64,
}

#[derive(Deserialize)]
struct Bootstrap {
    seed: u64,
    rows: Vec<[f64; 3]>,
    low: [f64; 3],
    high: [f64; 3],
}

const ASKED: Asked<'_> = Asked {
    item: "x",
    trait_name: "Openness",
    paraphrased: false,
};

fn golden() -> Golden {
    serde_json::from_str(GOLDEN).unwrap()
}

fn close(got: f64, want: f64) {
    assert!(
        (got - want).abs() <= TOLERANCE * want.abs().max(1.0),
        "{got} instead of {want}"
    );
}

#[test]
fn letters() {
    for g in golden().letters {
        let o = letters_observation(ASKED, "T1", g.layout, g.labels).unwrap();
        close(o.p_high, g.p_high);
        close(o.option_mass.unwrap(), g.mass);
        close(o.d, g.d);
        assert_eq!(o.win, Some(g.win));
    }
}

#[test]
fn continuation() {
    for g in golden().continuation {
        let reading = |i: usize| OptionReading {
            logprob: g.sums[i],
            tokens: g.tokens[i],
            neutral_logprob: Some(g.neutral[i]),
        };
        let o = continuation_observation(ASKED, [0, 1, 2, 3].map(reading)).unwrap();
        close(o.p_high, g.p_high);
        close(o.d, g.d);
        close(o.p_high_gain.unwrap(), g.p_high_gain);
        close(o.d_gain.unwrap(), g.d_gain);
        assert_eq!(o.win, Some(g.win));
    }
}

#[test]
fn official_score() {
    for g in golden().official {
        let mut rows = Vec::new();
        for (i, pair) in g.items.iter().enumerate() {
            let item = format!("i{i:03}");
            for (layout, labels) in [Layout::FORWARD, Layout::REVERSED].into_iter().zip(pair) {
                rows.push(
                    letters_observation(Asked { item: &item, ..ASKED }, "T1", layout, *labels).unwrap(),
                );
            }
        }
        let score = &summarise(&rows, &[], 1).unwrap().scores[0];
        close(score.score, g.score);
        close(score.expected, g.expected);
        close(score.d, g.d);
    }
}

#[test]
fn wilson() {
    for g in golden().wilson {
        let (low, high) = normal::wilson(f64::from(g.right) / g.of as f64, g.of);
        close(low, g.low);
        close(high, g.high);
    }
}

#[test]
fn bootstrap() {
    for g in golden().bootstrap {
        let estimates = mean_intervals(&g.rows, g.seed).unwrap();
        for (k, e) in estimates.into_iter().enumerate() {
            close(e.low.unwrap(), g.low[k]);
            close(e.high.unwrap(), g.high[k]);
        }
    }
}
