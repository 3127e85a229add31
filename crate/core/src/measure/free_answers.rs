//! Answers that the model wrote itself: how often they name no option, and on which side the others are.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::bootstrap::{Estimate, mean_intervals};
use super::layout::Layout;
use super::normal::wilson;
use super::types::{KEYS, count};
use super::variation::{Retest, retest};
use crate::error::{Error, Result};

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct FreeAnswer {
    /// Identifier of the item, unique within its trait.
    pub item: String,
    /// Name of the trait.
    #[serde(rename = "trait")]
    pub trait_name: String,
    /// Name of the template.
    pub template: String,
    /// Order of the options.
    pub layout: Layout,
    /// Which of the answers to the question, from 0.
    pub sample: u32,
    /// What was written.
    pub text: String,
    /// The option that it names, one of [`KEYS`]; none for a refusal.
    pub choice: Option<String>,
}

/// A share with its interval (Wilson's).
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Share {
    /// Out of so many.
    pub of: u32,
    /// How many.
    pub count: u32,
    /// `count / of`, 0 to 1.
    pub share: f64,
    /// Lower end of the 95% interval.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// The written answers about one trait.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct FreeScore {
    /// Name of the trait.
    #[serde(rename = "trait")]
    pub trait_name: String,
    /// Items with an answer that names an option.
    pub items: u32,
    /// 0 to 100: mean over these items of `100 high / (high + low)`; none without one.
    pub score: Option<Estimate>,
    /// Answers that name no option.
    pub refused: Share,
}

/// What written answers come to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct FreeSummary {
    /// The traits in the order of their first answer.
    pub scores: Vec<FreeScore>,
    /// Of all answers, those that name no option.
    pub refused: Share,
    /// The first answers to the questions against the second ones, item by item (share of high); none where there are no second ones.
    pub retest: Option<Retest>,
}

/// Sums up answers, in whatever order.
///
/// # Errors
/// [`Error::RequestInvalid`] for an answer that stands twice, or names an option that there is not.
pub fn summarise_free(answers: &[FreeAnswer], seed: u64) -> Result<FreeSummary> {
    let mut seen = std::collections::HashSet::new();
    let mut traits: Vec<&str> = Vec::new();
    for answer in answers {
        let FreeAnswer {
            item,
            trait_name,
            template,
            layout,
            sample,
            ..
        } = answer;
        let known = answer
            .choice
            .as_deref()
            .is_none_or(|choice| KEYS.contains(&choice));
        if !known || !seen.insert((trait_name, item, template, layout, sample)) {
            return Err(Error::RequestInvalid(format!(
                "the free answer to item {item:?} ({trait_name}) stands twice, or names no option that there is"
            )));
        }
        if !traits.contains(&trait_name.as_str()) {
            traits.push(trait_name);
        }
    }
    let mut scores = Vec::new();
    for trait_name in traits {
        let own: Vec<&FreeAnswer> = answers
            .iter()
            .filter(|answer| answer.trait_name == trait_name)
            .collect();
        let shares: Vec<[f64; 1]> = high_shares(&own)
            .into_values()
            .map(|share| [100.0 * share])
            .collect();
        let score = if shares.is_empty() {
            None
        } else {
            Some(mean_intervals(&shares, seed)?[0])
        };
        scores.push(FreeScore {
            trait_name: trait_name.into(),
            items: count(shares.len()),
            score,
            refused: refused(&own),
        });
    }
    let round = |sample: u32| {
        let own: Vec<&FreeAnswer> = answers.iter().filter(|answer| answer.sample == sample).collect();
        high_shares(&own)
    };
    let (first, second) = (round(0), round(1));
    let pairs = first
        .iter()
        .filter_map(|(item, share)| Some((*share, *second.get(item)?)));
    let (one, other): (Vec<f64>, Vec<f64>) = pairs.unzip();
    Ok(FreeSummary {
        scores,
        refused: refused(&answers.iter().collect::<Vec<_>>()),
        retest: retest(&one, &other),
    })
}

/// Of each item, by trait and name, the share of high options among its answers that name one.
fn high_shares<'a>(answers: &[&'a FreeAnswer]) -> BTreeMap<(&'a str, &'a str), f64> {
    let mut sides: BTreeMap<(&str, &str), (f64, f64)> = BTreeMap::new();
    for answer in answers {
        if let Some(choice) = &answer.choice {
            let (high, all) = sides.entry((&answer.trait_name, &answer.item)).or_default();
            *high += f64::from(u8::from(choice.starts_with("high")));
            *all += 1.0;
        }
    }
    sides
        .into_iter()
        .map(|(item, (high, all))| (item, high / all))
        .collect()
}

fn refused(answers: &[&FreeAnswer]) -> Share {
    let refusals = answers.iter().filter(|answer| answer.choice.is_none()).count();
    let share = refusals as f64 / answers.len().max(1) as f64;
    let (low, high) = wilson(share, answers.len());
    Share {
        of: count(answers.len()),
        count: count(refusals),
        share,
        low,
        high,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(item: &str, layout: Layout, sample: u32, choice: Option<&str>) -> FreeAnswer {
        FreeAnswer {
            item: item.into(),
            trait_name: "Openness".into(),
            template: "T1".into(),
            layout,
            sample,
            text: String::new(),
            choice: choice.map(str::to_owned),
        }
    }

    /// Worked example 25 of docs/protocol.md.
    #[test]
    fn by_hand() {
        let (forward, reversed) = (Layout::FORWARD, Layout::REVERSED);
        let answers = [
            answer("a", forward, 0, Some("high1")),
            answer("a", reversed, 0, Some("low2")),
            answer("a", forward, 1, Some("high2")),
            answer("a", reversed, 1, Some("high1")),
            answer("b", forward, 0, Some("low1")),
            answer("b", reversed, 0, None),
            answer("b", forward, 1, None),
            answer("b", reversed, 1, Some("low1")),
            answer("c", forward, 0, None),
            answer("c", reversed, 0, None),
        ];
        let summary = summarise_free(&answers, 1).unwrap();
        let [score] = &summary.scores[..] else { panic!() };
        // Item a: three of four high; item b: none of two; item c has no answer.
        assert_eq!((score.items, score.score.unwrap().value), (2, 37.5));
        assert_eq!(
            (summary.refused.count, summary.refused.of, summary.refused.share),
            (4, 10, 0.4)
        );
        assert!(summary.refused.low > 0.16 && summary.refused.high < 0.69);
        let retest = summary.retest.unwrap();
        assert_eq!((retest.pairs, retest.apart, retest.same), (2, 0.25, 0.5));
        let mut turned = answers.to_vec();
        turned.reverse();
        let again = summarise_free(&turned, 1).unwrap();
        assert_eq!((again.scores, again.refused), (summary.scores, summary.refused));
    }

    #[test]
    fn one_who_refuses_everything_has_no_score() {
        let summary = summarise_free(&[answer("a", Layout::FORWARD, 0, None)], 1).unwrap();
        assert_eq!(
            (
                summary.scores[0].score,
                summary.scores[0].refused.share,
                summary.retest
            ),
            (None, 1.0, None)
        );
        let none = summarise_free(&[], 1).unwrap();
        assert_eq!((none.scores.len(), none.refused.of), (0, 0));
    }

    #[test]
    fn answers_that_cannot_be_are_refused() {
        let one = answer("a", Layout::FORWARD, 0, Some("high1"));
        let twice = summarise_free(&[one.clone(), one], 1).unwrap_err();
        let unknown = summarise_free(&[answer("a", Layout::FORWARD, 0, Some("high3"))], 1).unwrap_err();
        assert_eq!(
            (twice.code(), unknown.code()),
            ("request.invalid", "request.invalid")
        );
    }
}
