//! Ratings by hand, and models whose answers are known.

use super::super::layout::Layout;
use super::super::types::Readout;
use super::{Rating, summarise_ratings};
use crate::items::{Keyed, LikertItem, Norm};
use crate::random::SplitMix64;

fn item(id: &str, domain: &str, keyed: Keyed) -> LikertItem {
    LikertItem {
        id: id.into(),
        text: "I talk.".into(),
        domain: domain.into(),
        facet: None,
        keyed,
    }
}

fn letters(id: &str, keyed: Keyed, layout: Layout, shown: [f64; 5]) -> Rating {
    Rating::of_letters(
        &item(id, "Extraversion", keyed),
        "T1",
        layout,
        &shown.map(f64::ln),
    )
    .unwrap()
}

fn close(a: f64, b: f64) {
    assert!((a - b).abs() < 1e-9, "{a} instead of {b}");
}

/// Worked example 20 of docs/protocol.md.
#[test]
fn worked_example_of_letters() {
    // A is "very accurate" in the forward order, 5 points.
    let forward = letters("e1", Keyed::Plus, Layout::FORWARD, [0.3, 0.2, 0.05, 0.05, 0.2]);
    close(forward.option_mass.unwrap(), 0.8);
    close(
        forward.value,
        (5.0 * 0.3 + 4.0 * 0.2 + 3.0 * 0.05 + 2.0 * 0.05 + 0.2) / 0.8,
    );
    assert_eq!(forward.choice, 5);
    let reversed = letters("e1", Keyed::Plus, Layout::REVERSED, [0.4, 0.1, 0.1, 0.1, 0.1]);
    assert_eq!(reversed.choice, 1);
    close(reversed.value, 2.25);
    let rows = [
        forward,
        reversed,
        letters("e2", Keyed::Minus, Layout::FORWARD, [0.1, 0.1, 0.1, 0.1, 0.4]),
        letters("e2", Keyed::Minus, Layout::REVERSED, [0.4, 0.1, 0.1, 0.1, 0.1]),
        letters("e3", Keyed::Plus, Layout::FORWARD, [0.2; 5]),
    ];
    let norms = [Norm {
        domain: "Extraversion".into(),
        facet: None,
        mean: 3.41,
        sd: None,
        source: "x".into(),
    }];
    let summary = summarise_ratings(&rows, &[], 24, &norms, 1).unwrap().unwrap();
    let score = &summary.scores[0];
    assert_eq!((score.items, score.left_out, score.points), (2, 1, 5));
    // e1: shares, from the least, (.25 + .5)/2, (.0625 + .125)/2, ... : the first is largest, 1 point. e2 chooses 1 both times,
    // turned round 5.
    close(score.score, 3.0);
    close(score.sd.unwrap(), 8f64.sqrt());
    close(score.order_changes.unwrap(), 0.5);
    let (first, second) = (f64::midpoint(3.4375, 2.25), 6.0 - 2.25);
    close(score.expected.value, f64::midpoint(first, second));
    assert_eq!(score.norm.as_ref().unwrap().mean, 3.41);
    let agreement = &summary.agreement[0];
    assert_eq!((agreement.plus_items, agreement.minus_items), (1, 1));
    close(agreement.bias.unwrap(), f64::midpoint(first, 2.25) - 3.0);
    // A is most probable in three rows; of even labels the one that agrees least counts, which is E in the forward order.
    assert_eq!(summary.labels.as_deref(), Some(&[3, 0, 0, 0, 2][..]));
}

/// Worked example 21 of docs/protocol.md.
#[test]
fn worked_example_of_a_continuation() {
    let e1 = item("e1", "Extraversion", Keyed::Plus);
    let row = Rating::of_continuation(&e1, &[(-6.0, 3, -4.0), (-4.0, 2, -4.0), (-5.0, 3, -6.0)]).unwrap();
    // Gains -2, 0 and 1: weights of e to them.
    let e = 1f64.exp();
    let sum = 1.0 / (e * e) + 1.0 + e;
    close(row.value, (1.0 / (e * e) + 2.0 + 3.0 * e) / sum);
    assert_eq!(row.choice, 3);
    let plain = [-6f64, -4.0, -5.0].map(f64::exp);
    close(
        row.plain.unwrap(),
        (plain[0] + 2.0 * plain[1] + 3.0 * plain[2]) / plain.iter().sum::<f64>(),
    );
    row.check().unwrap();
}

#[test]
fn rows_that_contradict_themselves_or_each_other_are_refused() {
    let row = letters("e1", Keyed::Plus, Layout::FORWARD, [0.2, 0.1, 0.1, 0.1, 0.1]);
    let refused = |rows: &[Rating], what: &str| {
        let error = summarise_ratings(rows, &[], 0, &[], 1).unwrap_err();
        assert_eq!(error.code(), "request.invalid");
        assert!(error.to_string().contains(what), "{error}");
    };
    refused(&[row.clone(), row.clone()], "stands twice");
    refused(
        &[Rating {
            value: 4.9,
            ..row.clone()
        }],
        "has value",
    );
    refused(
        &[Rating {
            choice: 2,
            ..row.clone()
        }],
        "choice",
    );
    refused(
        &[Rating {
            layout: None,
            ..row.clone()
        }],
        "needs a template and a layout",
    );
    let other = letters("e1", Keyed::Minus, Layout::REVERSED, [0.2, 0.1, 0.1, 0.1, 0.1]);
    refused(&[row.clone(), other], "another domain, facet or key");
    let short = Rating::of_letters(
        &item("e2", "E", Keyed::Plus),
        "T1",
        Layout::FORWARD,
        &[-1.0, -2.0],
    )
    .unwrap();
    refused(&[row.clone(), short], "another number of answers");
    let error = Rating::of_letters(
        &item("e1", "E", Keyed::Plus),
        "T1",
        Layout::FORWARD,
        &[f64::NAN, -1.0],
    )
    .unwrap_err();
    assert_eq!(error.code(), "device.selftest");
    assert_eq!(summarise_ratings(&[], &[], 24, &[], 1).unwrap(), None);
    let again: Rating = serde_json::from_str(&serde_json::to_string(&row).unwrap()).unwrap();
    again.check().unwrap();
}

/// Someone who knows the facts passes the gate, someone who agrees with everything or always says the same does not.
#[test]
fn the_gate_tells_who_knows() {
    let mut rng = SplitMix64::new(4);
    let mut gate = |knows: bool| {
        let mut rows = Vec::new();
        for question in 0..24 {
            for (ending, keyed) in [("true", Keyed::Plus), ("false", Keyed::Minus)] {
                let fact = item(&format!("q{question}/{ending}"), "facts", keyed);
                let lean = if knows && keyed == Keyed::Plus { 3.0 } else { 0.0 };
                let answers = [0.0, 1.0, 2.0]
                    .map(|points| (lean * points - 9.0 - rng.below(100) as f64 / 100.0, 2, -6.0));
                rows.push(Rating::of_continuation(&fact, &answers).unwrap());
            }
        }
        summarise_ratings(&[], &rows, 24, &[], 1)
            .unwrap()
            .unwrap()
            .gate
            .remove(0)
    };
    let (knows, does_not) = (gate(true), gate(false));
    assert!(
        knows.passes && knows.right == 24 && knows.p_right > 0.8,
        "{knows:?}"
    );
    assert!(
        !does_not.passes && (0.35..0.65).contains(&does_not.p_right),
        "{does_not:?}"
    );
    assert_eq!((knows.readout, knows.chance), (Readout::Continuation, 0.5));
}

#[test]
fn one_label_whatever_is_asked_is_no_score() {
    let always_a = [0.5, 0.1, 0.1, 0.1, 0.1];
    let rows: Vec<Rating> = (0..8)
        .flat_map(|i| {
            [Layout::FORWARD, Layout::REVERSED]
                .map(|layout| letters(&format!("e{i}"), Keyed::Plus, layout, always_a))
        })
        .collect();
    let summary = summarise_ratings(&rows, &[], 24, &[], 1).unwrap().unwrap();
    assert!(summary.locked && summary.scores.is_empty() && summary.agreement.is_empty());
    assert_eq!(summary.labels.unwrap(), [16, 0, 0, 0, 0]);
}
