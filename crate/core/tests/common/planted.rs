//! Respondents who are known, and how often an interval holds what was planted.

use traitscope::measure::{
    Asked, Layout, Observation, OptionReading, Summary, continuation_observation, letters_observation,
    summarise,
};

/// Tests of each planted respondent.
pub const TESTS: u64 = 1000;

/// An item of the planted trait.
pub fn asked(item: &str) -> Asked<'_> {
    Asked {
        item,
        trait_name: "Openness",
        paraphrased: false,
    }
}

/// Names of so many items.
pub fn names(items: usize) -> Vec<String> {
    (0..items).map(|i| format!("i{i:03}")).collect()
}

/// Four continuations of `tokens` tokens each with these means per token.
pub fn continuation(item: &str, means: [f64; 4], tokens: [u32; 4]) -> Observation {
    let reading = |i: usize| OptionReading {
        logprob: means[i] * f64::from(tokens[i]),
        tokens: tokens[i],
        neutral_logprob: None,
    };
    continuation_observation(asked(item), [0, 1, 2, 3].map(reading)).unwrap()
}

/// Both layouts of an item whose options weigh `options` for one who weighs the labels by `labels`, with `mass` on the four.
pub fn letters(item: &str, options: [f64; 4], labels: [f64; 4], mass: f64) -> [Observation; 2] {
    [Layout::FORWARD, Layout::REVERSED].map(|layout| {
        let order = layout.order();
        let weights = [0, 1, 2, 3].map(|label| options[order[label]] * labels[label]);
        let sum: f64 = weights.iter().sum();
        letters_observation(asked(item), "T1", layout, weights.map(|w| (mass * w / sum).ln())).unwrap()
    })
}

/// The figures of such a test.
pub fn summary(rows: &[Observation], seed: u64) -> Summary {
    summarise(rows, &[], seed).unwrap()
}

/// The share of tests whose interval holds the planted value must be 93 to 97%.
pub fn assert_covers(what: &str, held: usize) {
    let share = held as f64 / TESTS as f64;
    println!("{what}: {share:.3}");
    assert!(
        (0.93..=0.97).contains(&share),
        "{what}: the interval holds what was planted in {share:.3}"
    );
}

/// 1 where the interval holds the planted value.
pub fn holds(low: f64, planted: f64, high: f64) -> usize {
    usize::from(low <= planted && planted <= high)
}
