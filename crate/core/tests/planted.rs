//! An instrument test: respondents who are known answer, and the measures must give back what was planted.
//!
//! Where a measure has a 95% interval, the planted value must lie in it in 93 to 97 of 100 of a thousand tests.

#![allow(clippy::unwrap_used, reason = "a test fails where it meets an error")]

mod common;

use common::planted::{TESTS, assert_covers, continuation, holds, letters, names, summary};
use traitscope::items::{Keyed, LikertItem};
use traitscope::measure::likert::{Rating, summarise_ratings};
use traitscope::measure::{
    Layout, MissingReason, Observation, Readout, gate_continuation, gate_result, paired_difference,
    reliability,
};
use traitscope::random::SplitMix64;

/// Answers by the key with probability .7, and likes each option by a normal chance.
#[test]
fn one_who_answers_by_the_key_with_a_known_probability() {
    let items = names(200);
    let mut held = [0; 2];
    for test in 0..TESTS {
        let mut rng = SplitMix64::new(1000 + test);
        let rows: Vec<Observation> = items
            .iter()
            .map(|item| {
                let side = if rng.uniform() < 0.7 { 1.0 } else { -1.0 };
                // The winner's side leads by more than chance can turn; d is 1.2 on it and -1.2 off it.
                continuation(
                    item,
                    [
                        -2.0 + 0.6 * side,
                        -2.0 + 0.6 * side,
                        -2.0 - 0.6 * side,
                        -2.0 - 0.6 * side,
                    ],
                    [8; 4],
                )
            })
            .collect();
        let score = &summary(&rows, test).scores[0];
        held[0] += holds(score.low, 70.0, score.high);
        held[1] += holds(score.d_low, 1.2 * 0.4, score.d_high);
    }
    assert_covers("score", held[0]);
    assert_covers("d", held[1]);
}

#[test]
fn one_whose_preference_varies_normally_over_items() {
    let items = names(100);
    let (mut d, mut change) = (0, 0);
    for test in 0..TESTS {
        let mut rng = SplitMix64::new(9000 + test);
        let rows = |shift: f64, rng: &mut SplitMix64| -> Vec<Observation> {
            let row = |item: &String| {
                let lean = (0.3 + shift) / 2.0 + 0.25 * rng.normal();
                continuation(item, [lean - 4.0, lean - 4.0, -lean - 4.0, -lean - 4.0], [10; 4])
            };
            items.iter().map(row).collect()
        };
        let (before, after) = (rows(0.0, &mut rng), rows(0.2, &mut rng));
        let score = &summary(&before, test).scores[0];
        d += holds(score.d_low, 0.3, score.d_high);
        let found = paired_difference(&before, &after, "Openness", Readout::Continuation, test).unwrap();
        change += holds(found.d.low.unwrap(), 0.2, found.d.high.unwrap());
    }
    assert_covers("d of normal preferences", d);
    assert_covers("paired change of d", change);
}

#[test]
fn one_who_always_answers_a() {
    let rows: Vec<Observation> = names(40)
        .iter()
        .flat_map(|item| letters(item, [0.25; 4], [0.7, 0.1, 0.1, 0.1], 0.9))
        .collect();
    let found = summary(&rows, 1);
    assert!(found.scores.is_empty() && found.corrected.is_empty());
    assert_eq!(found.missing[0].reason, MissingReason::Locked);
    assert_eq!(found.letters.unwrap().histogram, [80, 0, 0, 0]);
    assert!((found.priors[0].prior[0] - 0.7).abs() < 1e-12);
}

#[test]
fn one_without_a_preference() {
    let rows: Vec<Observation> = names(40)
        .iter()
        .map(|item| continuation(item, [-3.0; 4], [9; 4]))
        .collect();
    let score = &summary(&rows, 1).scores[0];
    assert!(
        (score.expected - 50.0).abs() < 1e-9 && score.d.abs() < 1e-12,
        "{score:?}"
    );
    assert!(
        score.expected_low < 50.0 && score.expected_high > 50.0,
        "agreement of all items is no certainty"
    );
}

#[test]
fn one_who_refuses() {
    let rows: Vec<Observation> = names(40)
        .iter()
        .flat_map(|item| letters(item, [0.3, 0.3, 0.2, 0.2], [0.25; 4], 0.1))
        .collect();
    let score = &summary(&rows, 1).scores[0];
    assert_eq!((score.refusals, score.answers), (80, 80));
    assert!((score.option_mass.unwrap() - 0.1).abs() < 1e-9);
}

/// A liking for letters moves single rows far, and the score of both layouts and the corrected one not at all.
#[test]
fn one_who_likes_some_letters() {
    let labels = [0.5, 0.1, 0.3, 0.1];
    let items = names(80);
    let mut rng = SplitMix64::new(5);
    let mut rows = Vec::new();
    for item in &items {
        // What stands first among the high and among the low ones is a matter of chance.
        let mut options = [
            0.35 * (1.0 + rng.uniform()),
            0.35,
            0.15,
            0.15 * (1.0 + rng.uniform()),
        ];
        if rng.uniform() < 0.5 {
            options.swap(0, 1);
        }
        rows.extend(letters(item, options, labels, 0.8));
    }
    let found = summary(&rows, 1);
    for (prior, planted) in found.priors[0].prior.iter().zip(labels) {
        assert!((prior - planted).abs() < 0.06, "{:?}", found.priors);
    }
    let without: Vec<Observation> = rows
        .chunks(2)
        .zip(&items)
        .flat_map(|(pair, item)| {
            let logs = pair[0].logprobs().unwrap();
            let order = Layout::FORWARD.order();
            let mut options = [0.0; 4];
            for (label, key) in order.into_iter().enumerate() {
                options[key] = (logs[key]).exp() / labels[label];
            }
            letters(item, options, [0.25; 4], 0.8)
        })
        .collect();
    let wanted = &summary(&without, 1).scores[0];
    let (raw, corrected) = (&found.scores[0], &found.corrected[0]);
    assert!(
        (raw.d - wanted.d).abs() < 1e-9,
        "over both layouts the liking cancels out of d exactly"
    );
    assert!(
        (corrected.expected - wanted.expected).abs() < 2.0,
        "{corrected:?} {wanted:?}"
    );
    assert!((corrected.expected - wanted.expected).abs() < (raw.expected - wanted.expected).abs());
}

/// One who only likes short options: the sums follow the length, the means per token do not.
#[test]
fn one_who_only_likes_short_options() {
    let rows: Vec<Observation> = names(60)
        .iter()
        .map(|item| continuation(item, [-2.0; 4], [14, 14, 18, 18]))
        .collect();
    let score = &summary(&rows, 1).scores[0];
    assert!(
        score.expected > 99.0,
        "shorter options have the larger sums, which is why the bank keeps lengths alike"
    );
    assert!(score.d.abs() < 1e-12, "{score:?}");
}

#[test]
fn one_who_knows_some_of_the_facts() {
    let mut held = 0;
    for test in 0..TESTS {
        let mut rng = SplitMix64::new(70 + test);
        let answers: Vec<_> = (0..24)
            .map(|q| {
                let right = rng.uniform() < 0.75;
                let options = [0, 1, 2, 3].map(|i| {
                    (
                        if (i == 0) == right {
                            -3.0
                        } else {
                            -9.0 - f64::from(i)
                        },
                        3,
                    )
                });
                gate_continuation(&format!("q{q}"), 0, options).unwrap()
            })
            .collect();
        let found = gate_result(Readout::Continuation, &answers, 24).unwrap().unwrap();
        held += holds(found.low, 0.75, found.high);
    }
    assert_covers("gate", held);
}

/// Sixty settings of twelve items that share one factor.
#[test]
fn a_scale_of_known_reliability() {
    let (loading, own, items) = (0.6, 0.8, 12.0f64);
    // Of the population: k l^2 / (k l^2 + u^2), for equal loadings alpha and omega alike.
    let planted = items * loading * loading / (items * loading * loading + own * own);
    let (mut alpha, mut omega) = (0, 0.0);
    for test in 0..TESTS {
        let mut rng = SplitMix64::new(400 + test);
        let rows: Vec<Vec<f64>> = (0..60)
            .map(|_| {
                let common = rng.normal();
                (0..12).map(|_| loading * common + own * rng.normal()).collect()
            })
            .collect();
        let found = reliability(&rows);
        alpha += holds(found.alpha_low.unwrap(), planted, found.alpha_high.unwrap());
        omega += found.omega.unwrap() / TESTS as f64;
    }
    assert_covers("alpha", alpha);
    assert!((omega - planted).abs() < 0.01, "omega {omega} of {planted}");
}

/// One who agrees with everything, on top of an opinion: the bias is found, and the scores of balanced domains are free of it.
#[test]
fn one_who_likes_to_agree() {
    let mut held = 0;
    let mut biases = 0.0;
    for test in 0..TESTS {
        let mut rng = SplitMix64::new(31 + test);
        let rows: Vec<Rating> = (0..60)
            .map(|i| {
                let keyed = if i % 2 == 0 { Keyed::Plus } else { Keyed::Minus };
                let opinion = if keyed == Keyed::Plus { 0.5 } else { -0.5 };
                let item = LikertItem {
                    id: format!("s{i:02}"),
                    text: "I talk.".into(),
                    domain: "Extraversion".into(),
                    facet: None,
                    keyed,
                };
                // Two answers, of 1 and of 5 points, whose shares give a mean of 3 + .6 + opinion + chance.
                let mean = 3.6 + opinion + 0.4 * rng.normal();
                let high = ((mean - 1.0) / 4.0).clamp(0.02, 0.98);
                let tiny = 1e-9f64;
                let weights = [1.0 - high, tiny, tiny, tiny, high];
                Rating::of_continuation(&item, &weights.map(|w| (w.ln() - 1.0, 2, -1.0))).unwrap()
            })
            .collect();
        let found = summarise_ratings(&rows, &[], 0, &[], test).unwrap().unwrap();
        biases += found.agreement[0].bias.unwrap() / TESTS as f64;
        let score = &found.scores[0].expected;
        held += holds(score.low.unwrap(), 3.5, score.high.unwrap());
    }
    assert!((biases - 0.6).abs() < 0.01, "bias {biases}");
    assert_covers("expected value of a balanced domain", held);
}
