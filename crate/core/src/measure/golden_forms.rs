//! Held against `tests/reference/measure/make_forms.py`, which works from `docs/protocol.md` alone: items in all forms of asking, and
//! measures of two lists. Then the worked examples of measures that have no file of their own.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::bootstrap::mean_intervals;
use super::correlation::correlation;
use super::difference::standardised;
use super::likert::{Rating, summarise_ratings, within_keys};
use super::variation::{Point, clusters, components, level_effects, retest};
use super::*;
use crate::items::{Keyed, LikertItem};

const GOLDEN: &str = include_str!("../../../../tests/reference/measure/forms.json");

/// Largest difference allowed, of figures above 1 as a part of them: both sides work in f64 and differ in the order of their
/// sums only.
const TOLERANCE: f64 = 1e-9;

/// A part of the file.
pub(super) fn golden<T: DeserializeOwned>(part: &str) -> T {
    let mut all: Value = serde_json::from_str(GOLDEN).unwrap();
    serde_json::from_value(all[part].take()).unwrap()
}

fn close(found: f64, wanted: f64, at: &str) {
    assert!(
        (found - wanted).abs() <= TOLERANCE * wanted.abs().max(1.0),
        "{at}: {found} instead of {wanted}"
    );
}

/// Holds figures against those of the file, by the names that they have in the program's own files.
pub(super) fn agree(found: &impl Serialize, wanted: &Value, at: &str) {
    same(&serde_json::to_value(found).unwrap(), wanted, at);
}

fn same(found: &Value, wanted: &Value, at: &str) {
    match (found, wanted) {
        (Value::Number(_), Value::Number(_)) => {
            close(found.as_f64().unwrap(), wanted.as_f64().unwrap(), at);
        }
        (Value::Array(own), Value::Array(others)) => {
            assert_eq!(own.len(), others.len(), "{at}");
            for (i, (one, other)) in own.iter().zip(others).enumerate() {
                same(one, other, &format!("{at}[{i}]"));
            }
        }
        (Value::Object(own), Value::Object(fields)) => {
            for (name, other) in fields {
                let at = format!("{at}.{name}");
                same(
                    own.get(name).unwrap_or_else(|| panic!("{at} is missing")),
                    other,
                    &at,
                );
            }
        }
        _ => assert_eq!(found, wanted, "{at}"),
    }
}

/// Trait, item, template, order of the options, whether paraphrased, log-probabilities of the labels.
#[derive(Deserialize)]
struct Labels(String, String, String, Layout, bool, [f64; 4]);

/// Trait, item, whether paraphrased, and of the four options the sums, the tokens and the sums after the neutral prompt.
#[derive(Deserialize)]
struct Words(String, String, bool, [f64; 4], [u32; 4], Option<[f64; 4]>);

/// The answers to items.
#[derive(Deserialize)]
pub(super) struct Answers {
    letters: Vec<Labels>,
    continuation: Vec<Words>,
}

impl Answers {
    pub(super) fn rows(&self) -> Vec<Observation> {
        let letters = self.letters.iter().map(
            |Labels(trait_name, item, template, layout, paraphrased, labels)| {
                let asked = Asked {
                    item,
                    trait_name,
                    paraphrased: *paraphrased,
                };
                letters_observation(asked, template, *layout, *labels).unwrap()
            },
        );
        let words =
            self.continuation
                .iter()
                .map(|Words(trait_name, item, paraphrased, sums, tokens, neutral)| {
                    let asked = Asked {
                        item,
                        trait_name,
                        paraphrased: *paraphrased,
                    };
                    let reading = |i: usize| OptionReading {
                        logprob: sums[i],
                        tokens: tokens[i],
                        neutral_logprob: neutral.map(|sums| sums[i]),
                    };
                    continuation_observation(asked, [0, 1, 2, 3].map(reading)).unwrap()
                });
        letters.chain(words).collect()
    }
}

#[derive(Deserialize)]
struct Items {
    seed: u64,
    answers: Answers,
    summary: Value,
}

/// Refusals, scores of two and of 24 orders, the liking for labels, sensitivities, and whether the two read-outs agree.
#[test]
fn items() {
    for (i, case) in golden::<Vec<Items>>("items").iter().enumerate() {
        let found = summarise(&case.answers.rows(), &[], case.seed).unwrap();
        agree(&found, &case.summary, &format!("items {i}"));
    }
}

#[derive(Deserialize)]
struct TwoLists {
    a: Vec<f64>,
    b: Vec<f64>,
    found: Value,
}

#[test]
fn correlations() {
    for case in golden::<Vec<TwoLists>>("correlations") {
        let found = correlation(&case.a, &case.b);
        agree(&found, &case.found, "correlation");
        assert_eq!(spearman(&case.a, &case.b), found.map(|both| both.rho));
    }
}

#[test]
fn retests() {
    for case in golden::<Vec<TwoLists>>("retests") {
        agree(&retest(&case.a, &case.b), &case.found, "retest");
    }
}

#[derive(Deserialize)]
struct Family {
    p: Vec<f64>,
    adjusted: Value,
}

#[test]
fn many_comparisons() {
    for case in golden::<Vec<Family>>("holm") {
        agree(&holm(&case.p), &case.adjusted, "holm");
    }
}

#[derive(Deserialize)]
struct Changes {
    seed: u64,
    differences: Vec<f64>,
    p: f64,
    dz: Value,
}

#[test]
fn sign_flips() {
    for case in golden::<Vec<Changes>>("sign_flips") {
        let n = case.differences.len();
        close(
            sign_flip(&case.differences, case.seed),
            case.p,
            &format!("p of {n}"),
        );
        agree(&standardised(&case.differences), &case.dz, &format!("dz of {n}"));
    }
}

#[derive(Deserialize)]
struct Statements {
    seed: u64,
    values: Vec<f64>,
    keys: Vec<Keyed>,
    estimate: Value,
}

#[test]
fn intervals_within_keys() {
    for case in golden::<Vec<Statements>>("within_keys") {
        let rows = within_keys(&case.values, &case.keys);
        let [found] = mean_intervals(&rows, case.seed).unwrap();
        agree(&found, &case.estimate, "within keys");
    }
}

/// The letter rows of one item, with these probabilities of the labels.
fn letters(rows: &[(&str, [f64; 4])]) -> Vec<Observation> {
    let asked = Asked {
        item: "e1",
        trait_name: "Openness",
        paraphrased: false,
    };
    let row = |(order, p): &(&str, [f64; 4])| {
        letters_observation(asked, "T1", order.parse().unwrap(), p.map(f64::ln)).unwrap()
    };
    rows.iter().map(row).collect()
}

/// Worked example 26 of docs/protocol.md.
#[test]
fn worked_example_of_more_orders() {
    let rows = letters(&[
        ("forward", [0.24, 0.12, 0.16, 0.08]),
        ("reversed", [0.30, 0.10, 0.05, 0.05]),
        ("H1H2L1L2", [0.4, 0.2, 0.1, 0.1]),
        ("L1L2H1H2", [0.1, 0.1, 0.3, 0.1]),
        ("H2L2H1L1", [0.1; 4]),
    ]);
    let summary = summarise(&rows, &[], 1).unwrap();
    let score = &summary.scores[0];
    assert_eq!((score.items, score.answers, score.score), (1, 4, 100.0));
    assert!((score.expected - 59.583_333).abs() < 1e-5 && (score.d - 0.433_217).abs() < 1e-5);
    let order = &summary.sensitivities[0];
    assert_eq!(
        (order.kind, order.compared, order.changed),
        (SensitivityKind::Order, 2, 1)
    );
}

/// Worked example 27 of docs/protocol.md.
#[test]
fn worked_example_of_a_refusal() {
    let rows = letters(&[
        ("forward", [0.05, 0.04, 0.08, 0.06]),
        ("reversed", [0.08, 0.06, 0.07, 0.06]),
    ]);
    assert_eq!((rows[0].refused, rows[1].refused), (true, false));
    let score = &summarise(&rows, &[], 1).unwrap().scores[0];
    assert_eq!((score.refusals, score.answers, score.score), (1, 2, 100.0));
    assert!((score.expected - 50.483_09).abs() < 1e-4 && (score.option_mass.unwrap() - 0.25).abs() < 1e-12);
}

/// Worked example 28 of docs/protocol.md.
#[test]
fn worked_example_of_the_gate_of_statements() {
    let gate = |questions: usize| {
        let mut rows = Vec::new();
        for question in 0..questions {
            let [yes, no] = if question % 4 == 0 {
                [[0.4, 0.4, 0.2], [0.2, 0.6, 0.2]]
            } else {
                [[0.1, 0.2, 0.7], [0.5, 0.3, 0.2]]
            };
            for (side, shares) in [("true", yes), ("false", no)] {
                let statement = LikertItem {
                    id: format!("q{question}/{side}"),
                    text: String::new(),
                    domain: "facts".into(),
                    facet: None,
                    keyed: Keyed::Plus,
                };
                let answers = shares.map(|share: f64| (share.ln() - 5.0, 2, -5.0));
                rows.push(Rating::of_continuation(&statement, &answers).unwrap());
            }
        }
        let summary = summarise_ratings(&[], &rows, questions, &[], 1).unwrap();
        summary.unwrap().gate.remove(0)
    };
    let few = gate(8);
    assert_eq!((few.right, few.rate, few.passes), (6, 0.75, false));
    assert!((few.low - 0.409_275).abs() < 1e-5 && (few.high - 0.928_521).abs() < 1e-5);
    assert!((few.p_right - 0.693_75).abs() < 1e-12, "{few:?}");
    let many = gate(24);
    assert_eq!((many.right, many.passes), (18, true));
    assert!((many.low - 0.551_006).abs() < 1e-5 && (many.high - 0.880_006).abs() < 1e-5);
}

/// Respondents and their items.
fn table<const N: usize>(rows: &[[f64; N]]) -> Vec<Vec<f64>> {
    rows.iter().map(|row| row.to_vec()).collect()
}

/// Worked example 29 of docs/protocol.md.
#[test]
fn worked_example_of_lambda_6() {
    let found = reliability(&table(&[[1.0, 2.0], [2.0, 1.0], [3.0, 4.0], [4.0, 3.0]]));
    close(found.lambda6.unwrap(), 0.6, "lambda-6");
    close(found.alpha.unwrap(), 0.75, "alpha");
}

/// Worked example 30 of docs/protocol.md.
#[test]
fn worked_example_of_omega() {
    let rows = [[5.0, 5.0, 5.0], [3.0, 3.0, 5.0], [3.0, 1.0, 1.0], [1.0, 3.0, 1.0]];
    let found = reliability(&table(&rows));
    close(found.omega.unwrap(), 8.0 / 9.0, "omega");
    close(found.alpha.unwrap(), 5.0 / 6.0, "alpha");
}

/// Worked example 31 of docs/protocol.md.
#[test]
fn worked_example_of_feldt() {
    let found = reliability(&table(&[[1.0, 1.0], [2.0, 3.0], [3.0, 2.0]]));
    close(found.alpha.unwrap(), 2.0 / 3.0, "alpha");
    close(found.alpha_low.unwrap(), -12.0, "lower end");
    close(found.alpha_high.unwrap(), 1.0 - 1.0 / 117.0, "upper end");
}

/// Worked example 32 of docs/protocol.md.
#[test]
fn worked_example_of_components() {
    let found = components(&table(&[[5.0, 4.0], [3.4, 5.2], [2.6, 0.8], [1.0, 2.0]])).unwrap();
    close(found.explained[0], 0.8, "first");
    close(found.explained[1], 0.2, "second");
    let weights = [[0.6, 0.8], [0.8, -0.6]];
    let places = [[2.0, 1.0], [2.0, -1.0], [-2.0, 1.0], [-2.0, -1.0]];
    for (own, wanted) in found.weights.iter().zip(weights) {
        close(own[0], wanted[0], "weight");
        close(own[1], wanted[1], "weight");
    }
    for (own, wanted) in found.points.iter().zip(places) {
        close(own[0], wanted[0], "place");
        close(own[1], wanted[1], "place");
    }
}

/// Worked example 33 of docs/protocol.md.
#[test]
fn worked_example_of_clusters() {
    let points: [Point; 5] = [0.0, 0.2, 0.4, 0.6, 2.0].map(|x| [x, 0.0]);
    let one = Some(0);
    assert_eq!(clusters(&points, 0.3, 3), [one, one, one, one, None]);
}

/// Worked example 34 of docs/protocol.md.
#[test]
fn worked_example_of_levels() {
    let levels = ["T1", "T1", "T2", "T2"].map(str::to_owned).to_vec();
    let found = level_effects(&[1.0, 3.0, 6.0, 8.0], &[("template".to_owned(), levels)]).unwrap();
    let p = 1.0 - 5.0 / 2f64.sqrt() / 14.5f64.sqrt();
    for (effect, difference) in found.iter().zip([-5.0, 5.0]) {
        close(effect.difference, difference, "difference");
        close(effect.p.unwrap(), p, "p");
        close(effect.adjusted.unwrap(), p, "adjusted");
    }
    assert!((p - 0.071_523).abs() < 1e-6);
}
