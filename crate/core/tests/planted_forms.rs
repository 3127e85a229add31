//! The instrument test, continued: respondents who are known answer by letters in both orders, and in words of their own.

#![allow(clippy::unwrap_used, reason = "a test fails where it meets an error")]

mod common;

use common::planted::{TESTS, assert_covers, continuation, holds, letters, names, summary};
use traitscope::items::Keyed;
use traitscope::measure::correlation::correlation;
use traitscope::measure::{FreeAnswer, FreeRating, Layout, Observation, SensitivityKind, summarise_free};
use traitscope::random::SplitMix64;

/// What four options weigh for one who prefers them by chance alone.
fn by_chance(rng: &mut SplitMix64) -> [f64; 4] {
    [0; 4].map(|_| rng.normal().exp())
}

/// Reads the options and prefers them by chance: no side, and the same in both orders.
#[test]
fn one_without_a_side() {
    let items = names(100);
    let (mut score, mut expected, mut d) = (0, 0, 0);
    for test in 0..TESTS {
        let mut rng = SplitMix64::new(2_000 + test);
        let rows: Vec<Observation> = items
            .iter()
            .flat_map(|item| letters(item, by_chance(&mut rng), [0.25; 4], 0.9))
            .collect();
        let found = summary(&rows, test);
        let own = &found.scores[0];
        score += holds(own.low, 50.0, own.high);
        expected += holds(own.expected_low, 50.0, own.expected_high);
        d += holds(own.d_low, 0.0, own.d_high);
        let order = found
            .sensitivities
            .iter()
            .find(|own| own.kind == SensitivityKind::Order);
        assert_eq!(order.unwrap().changed, 0);
    }
    assert_covers("score by letters, no side", score);
    assert_covers("expected value by letters, no side", expected);
    assert_covers("d by letters, no side", d);
}

/// Answers by the key with probability .7 and likes A beside: both orders together are free of the liking, and so is what is corrected
/// for it.
#[test]
fn one_who_answers_by_the_key_and_likes_a() {
    let (items, labels) = (names(150), [0.4, 0.2, 0.2, 0.2]);
    let (mut score, mut d) = (0, 0);
    let (mut prior, mut corrected) = ([0.0; 4], 0.0);
    for test in 0..TESTS {
        let mut rng = SplitMix64::new(3_000 + test);
        let rows: Vec<Observation> = items
            .iter()
            .flat_map(|item| {
                // The options of its side weigh four times those of the other, which no liking here can turn.
                let options = match rng.uniform() < 0.7 {
                    true => [0.4, 0.4, 0.1, 0.1],
                    false => [0.1, 0.1, 0.4, 0.4],
                };
                letters(item, options, labels, 0.9)
            })
            .collect();
        let found = summary(&rows, test);
        let own = &found.scores[0];
        score += holds(own.low, 70.0, own.high);
        d += holds(own.d_low, 0.4 * 4f64.ln(), own.d_high);
        for (sum, own) in prior.iter_mut().zip(found.priors[0].prior) {
            *sum += own / TESTS as f64;
        }
        corrected += found.corrected[0].expected / TESTS as f64;
    }
    assert_covers("score by letters, by the key", score);
    assert_covers("d by letters, by the key", d);
    for (found, planted) in prior.iter().zip(labels) {
        assert!((found - planted).abs() < 0.005, "{prior:?}");
    }
    // Without the liking .8 of the weight is on its side: 80 on seven of ten items, 20 on the others.
    assert!((corrected - 62.0).abs() < 0.5, "{corrected}");
}

/// Says A whatever is asked, but for chance: there is never a score, and the order decides everything.
#[test]
fn one_who_says_a_but_for_chance() {
    for test in 0..TESTS / 10 {
        let mut rng = SplitMix64::new(4_000 + test);
        let rows: Vec<Observation> = names(40)
            .iter()
            .flat_map(|item| {
                letters(
                    item,
                    by_chance(&mut rng).map(|own| own.powf(0.1)),
                    [0.91, 0.03, 0.03, 0.03],
                    0.9,
                )
            })
            .collect();
        let found = summary(&rows, test);
        assert!(found.scores.is_empty() && found.letters.unwrap().locked);
        let order = found
            .sensitivities
            .iter()
            .find(|own| own.kind == SensitivityKind::Order);
        assert_eq!(order.unwrap().share, 1.0);
    }
}

/// Only likes short options, which are on no side: sums follow the length and leave the score where it is, means per token do not move.
#[test]
fn one_who_likes_what_is_short() {
    let (mut score, mut expected) = (0, 0);
    for test in 0..TESTS {
        let mut rng = SplitMix64::new(5_000 + test);
        let rows: Vec<Observation> = names(100)
            .iter()
            .map(|item| {
                let lengths = [0; 4].map(|_| 8 + (rng.uniform() * 12.0) as u32);
                // A token costs .3; the means differ by chance alone, or a tie would be decided by the order of the options.
                let means = [0; 4].map(|_| -0.3 + 1e-6 * rng.normal());
                continuation(item, means, lengths)
            })
            .collect();
        let own = &summary(&rows, test).scores[0];
        score += holds(own.low, 50.0, own.high);
        expected += holds(own.expected_low, 50.0, own.expected_high);
        assert!(own.d.abs() < 1e-6);
    }
    assert_covers("score of one who likes what is short", score);
    assert_covers("expected value of one who likes what is short", expected);
}

/// Answers in words: names no option three times of ten, and is on the high side with probability .6 where it does.
#[test]
fn one_who_refuses_some_questions() {
    let items = names(120);
    let (mut refused, mut score, mut points) = (0, 0, 0);
    for test in 0..TESTS {
        let mut rng = SplitMix64::new(6_000 + test);
        let answers: Vec<FreeAnswer> = items
            .iter()
            .map(|item| {
                let key = if rng.uniform() < 0.6 { "high1" } else { "low2" };
                FreeAnswer {
                    item: item.clone(),
                    trait_name: "Openness".into(),
                    template: "T1".into(),
                    layout: Layout::FORWARD,
                    sample: 0,
                    text: String::new(),
                    choice: (rng.uniform() >= 0.3).then(|| key.into()),
                }
            })
            .collect();
        // Statements for and against it, rated 4 and 2 in the mean.
        let ratings: Vec<FreeRating> = items
            .iter()
            .enumerate()
            .map(|(i, item)| {
                let keyed = if i % 2 == 0 { Keyed::Plus } else { Keyed::Minus };
                let own = 3 + (rng.uniform() * 3.0) as u32;
                FreeRating {
                    item: item.clone(),
                    domain: "Openness".into(),
                    keyed,
                    template: "T1".into(),
                    layout: Layout::FORWARD,
                    sample: 0,
                    text: String::new(),
                    of: 5,
                    points: Some(if keyed == Keyed::Plus { own } else { 6 - own }),
                }
            })
            .collect();
        let found = summarise_free(&answers, &ratings, test).unwrap();
        let (of_items, of_statements) = (found.items.unwrap(), found.statements.unwrap());
        refused += holds(of_items.refused.low, 0.3, of_items.refused.high);
        let own = of_items.scores[0].score.unwrap();
        score += holds(own.low.unwrap(), 60.0, own.high.unwrap());
        let own = of_statements.scores[0].score.unwrap();
        points += holds(own.low.unwrap(), 4.0, own.high.unwrap());
    }
    assert_covers("refusals in words", refused);
    assert_covers("score in words", score);
    assert_covers("points in words", points);
}

/// Two measures of one thing that correlate by .5.
#[test]
fn two_that_go_together() {
    let mut held = 0;
    for test in 0..TESTS {
        let mut rng = SplitMix64::new(7_000 + test);
        let (one, other): (Vec<f64>, Vec<f64>) = (0..60)
            .map(|_| {
                let common = rng.normal();
                (common, 0.5 * common + 0.75f64.sqrt() * rng.normal())
            })
            .unzip();
        let r = correlation(&one, &other).unwrap().r;
        held += holds(r.low.unwrap(), 0.5, r.high.unwrap());
    }
    assert_covers("correlation", held);
}
