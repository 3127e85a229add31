//! From the rows of a trait to its figures.

use serde::{Deserialize, Serialize};

use super::bootstrap::{Estimate, mean_intervals};
use super::letters::pair_layouts;
use super::normal::wilson;
use super::table::{ItemRows, Table};
use super::types::{Observation, Readout, count};
use crate::error::Result;

/// What the answers of a model come to on one trait, in one read-out.
///
/// Intervals are 95%, from a bootstrap over items; see [`Score::low`] for items that all agree.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Score {
    /// Name of the trait.
    #[serde(rename = "trait")]
    pub trait_name: String,
    /// How the answers were read.
    pub readout: Readout,
    /// Number of items in the figures.
    pub items: u32,
    /// Items asked but not in the figures, because no template has two orders that mirror each other (a run that was stopped).
    pub left_out: u32,
    /// Number of rows in the figures.
    pub answers: u32,
    /// 0 to 100. Letters: the official TRAIT score, averaged over templates. Continuation: share of items
    /// whose best option per token is a high one.
    pub score: f64,
    /// Lower end of the interval of `score`. Where all items agree a bootstrap would claim certainty;
    /// Wilson's interval for a share stands in its place, for `expected` too.
    pub low: f64,
    /// Upper end of the interval of `score`.
    pub high: f64,
    /// 0 to 100: mean of `p_high`; letters: official `H1 + H2`, averaged over templates.
    pub expected: f64,
    /// Lower end of the interval of `expected`.
    pub expected_low: f64,
    /// Upper end of the interval of `expected`.
    pub expected_high: f64,
    /// Mean of `d`, in nats (continuation: nats per token).
    pub d: f64,
    /// Lower end of the interval of `d`; equal to `d`, and no interval, where there is one item only.
    pub d_low: f64,
    /// Upper end of the interval of `d`; equal to `d`, and no interval, where there is one item only.
    pub d_high: f64,
    /// Continuation with neutral prompt, where every item has it: 100 times the mean of `p_high_gain`.
    pub expected_gain: Option<f64>,
    /// Continuation with neutral prompt, where every item has it: mean of `d_gain`, in nats per token.
    pub d_gain: Option<f64>,
    /// How many of `answers` are refusals. They stay in the figures, as in the official score.
    pub refusals: u32,
    /// Letters: mean option mass of `answers`.
    pub option_mass: Option<f64>,
}

/// Why a trait that was asked has no score.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "lowercase")]
pub enum MissingReason {
    /// The model answers the same letter nearly always, whatever is asked.
    Locked,
    /// No item was asked completely.
    Incomplete,
}

/// A trait that was asked and has no score.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Missing {
    /// Name of the trait.
    #[serde(rename = "trait")]
    pub trait_name: String,
    /// How the answers were read.
    pub readout: Readout,
    /// Number of items asked.
    pub items: u32,
    /// Why.
    pub reason: MissingReason,
}

/// The letter figures of one trait under one template, to show how far templates differ.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct TemplateScore {
    /// Name of the trait.
    #[serde(rename = "trait")]
    pub trait_name: String,
    /// Name of the template.
    pub template: String,
    /// Number of items with two orders that mirror each other under this template.
    pub items: u32,
    /// Official TRAIT score under this template, 0 to 100.
    pub score: f64,
    /// Official `H1 + H2` under this template, 0 to 100.
    pub expected: f64,
    /// Mean of `d`, in nats.
    pub d: f64,
}

/// The figures of one item, and the rows they come from.
#[derive(Debug, Clone)]
pub(super) struct ItemFigures<'a> {
    pub item: &'a str,
    pub score: f64,
    pub expected: f64,
    pub d: f64,
    pub rows: Vec<&'a Observation>,
}

impl ItemFigures<'_> {
    /// Score, expected and d: what the bootstrap draws together.
    pub fn row(&self) -> [f64; 3] {
        [self.score, self.expected, self.d]
    }
}

/// Figures of one item, or none if it was not asked completely.
fn item_figures<'a>(item: &'a str, rows: &ItemRows<'a>, readout: Readout) -> Result<Option<ItemFigures<'a>>> {
    let mut figures = ItemFigures {
        item,
        score: 0.0,
        expected: 0.0,
        d: 0.0,
        rows: Vec::new(),
    };
    match readout {
        Readout::Continuation => {
            let Some(o) = rows.continuation[0] else {
                return Ok(None);
            };
            figures.score = if o.win == Some(true) { 100.0 } else { 0.0 };
            figures.expected = 100.0 * o.p_high;
            figures.d = o.d;
            figures.rows.push(o);
        }
        Readout::Letters => {
            let mut templates = 0.0;
            for (_, pairs) in rows.pairs(false) {
                let pair = pair_layouts(&pairs)?;
                templates += 1.0;
                figures.score += if pair.chose_high { 100.0 } else { 0.0 };
                figures.expected += 100.0 * pair.expected;
                figures.d += pair.d;
                figures.rows.extend(pairs.into_iter().flatten());
            }
            if templates == 0.0 {
                return Ok(None);
            }
            figures.score /= templates;
            figures.expected /= templates;
            figures.d /= templates;
        }
    }
    Ok(Some(figures))
}

/// Figures of all complete items of a trait in the order of their names, and how many items were asked.
pub(super) fn trait_figures<'a>(
    table: &Table<'a>,
    trait_name: &str,
    readout: Readout,
) -> Result<(Vec<ItemFigures<'a>>, usize)> {
    let (mut figures, mut asked) = (Vec::new(), 0);
    for (item, rows) in table
        .items(Some(trait_name))
        .filter(|(_, rows)| rows.asked(readout))
    {
        asked += 1;
        figures.extend(item_figures(item, rows, readout)?);
    }
    Ok((figures, asked))
}

/// The score of a trait from its items.
///
/// # Errors
/// [`crate::error::Error::RequestInvalid`] for no items.
pub(super) fn trait_score(
    trait_name: &str,
    readout: Readout,
    figures: &[ItemFigures<'_>],
    asked: usize,
    seed: u64,
) -> Result<Score> {
    let values: Vec<[f64; 3]> = figures.iter().map(ItemFigures::row).collect();
    let [score, expected, d] = mean_intervals(&values, seed)?;
    let (low, high) = interval_of_share(score, figures.len());
    let (expected_low, expected_high) = interval_of_share(expected, figures.len());
    let rows: Vec<&Observation> = figures.iter().flat_map(|f| f.rows.iter().copied()).collect();
    Ok(Score {
        trait_name: trait_name.into(),
        readout,
        items: count(figures.len()),
        left_out: count(asked - figures.len()),
        answers: count(rows.len()),
        score: score.value,
        low,
        high,
        expected: expected.value,
        expected_low,
        expected_high,
        d: d.value,
        d_low: d.low.unwrap_or(d.value),
        d_high: d.high.unwrap_or(d.value),
        expected_gain: mean_of_all(&rows, |o| o.p_high_gain).map(|p| 100.0 * p),
        d_gain: mean_of_all(&rows, |o| o.d_gain),
        refusals: count(rows.iter().filter(|o| o.refused).count()),
        option_mass: mean_of_all(&rows, |o| o.option_mass),
    })
}

/// The letter figures of a trait, one row a template in the order of their names.
pub(super) fn template_scores(table: &Table<'_>, trait_name: &str) -> Result<Vec<TemplateScore>> {
    let mut sums: std::collections::BTreeMap<&str, (usize, [f64; 3])> = Default::default();
    for (_, rows) in table.items(Some(trait_name)) {
        for (template, pairs) in rows.pairs(false) {
            let pair = pair_layouts(&pairs)?;
            let (n, sum) = sums.entry(template).or_default();
            *n += 1;
            sum[0] += if pair.chose_high { 100.0 } else { 0.0 };
            sum[1] += 100.0 * pair.expected;
            sum[2] += pair.d;
        }
    }
    let row = |(template, (n, sum)): (&str, (usize, [f64; 3]))| TemplateScore {
        trait_name: trait_name.into(),
        template: template.into(),
        items: count(n),
        score: sum[0] / n as f64,
        expected: sum[1] / n as f64,
        d: sum[2] / n as f64,
    };
    Ok(sums.into_iter().map(row).collect())
}

/// Interval of a figure of 0 to 100; Wilson's where the items do not differ.
fn interval_of_share(estimate: Estimate, items: usize) -> (f64, f64) {
    match (estimate.low, estimate.high) {
        (Some(low), Some(high)) => (low, high),
        _ => {
            let (low, high) = wilson(estimate.value / 100.0, items);
            (100.0 * low, 100.0 * high)
        }
    }
}

/// Mean of a figure that every row has, none otherwise.
fn mean_of_all(rows: &[&Observation], figure: impl Fn(&Observation) -> Option<f64>) -> Option<f64> {
    let values: Option<Vec<f64>> = rows.iter().map(|o| figure(o)).collect();
    values
        .filter(|v| !v.is_empty())
        .map(|v| v.iter().sum::<f64>() / v.len() as f64)
}
