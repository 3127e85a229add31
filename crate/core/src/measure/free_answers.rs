//! Answers that the model wrote itself: how often they name no option, and on which side the others are.

use std::collections::{BTreeMap, HashSet};

use serde::{Deserialize, Serialize};

use super::bootstrap::{Estimate, mean_intervals};
use super::layout::Layout;
use super::likert::{turned, within_keys};
use super::normal::wilson;
use super::types::{KEYS, count};
use super::variation::{Retest, retest};
use crate::error::{Error, Result};
use crate::items::Keyed;
use crate::items::likert::POINTS;

/// An answer to an item.
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

/// A written rating of a statement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct FreeRating {
    /// Identifier of the statement.
    pub item: String,
    /// Its domain.
    pub domain: String,
    /// Its direction.
    pub keyed: Keyed,
    /// Name of the template.
    pub template: String,
    /// Order of the answers.
    pub layout: Layout,
    /// Which of the answers to the question, from 0.
    pub sample: u32,
    /// What was written.
    pub text: String,
    /// Number of answers of the scale.
    pub of: u32,
    /// Points of the answer that it names, 1 to `of`, as given and not turned round; none for a refusal.
    pub points: Option<u32>,
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

/// The written answers about one trait or one domain.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct FreeScore {
    /// Name of the trait or domain.
    pub scale: String,
    /// Items with an answer that names an option.
    pub items: u32,
    /// Mean over these items; none without one. Of a trait 0 to 100, `100 high / (high + low)`; of a domain in points of the
    /// scale, reversed statements turned round.
    pub score: Option<Estimate>,
    /// Answers that name no option.
    pub refused: Share,
}

/// What the written answers to items, or those to statements, come to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct FreeScores {
    /// The traits or domains in the order of their first answer.
    pub scores: Vec<FreeScore>,
    /// Of all answers, those that name no option.
    pub refused: Share,
    /// The first answers to the questions against the second ones, item by item (share of high, or points); none where there are
    /// no second ones.
    pub retest: Option<Retest>,
}

/// What written answers come to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct FreeSummary {
    /// Of the items; none where none was asked.
    pub items: Option<FreeScores>,
    /// Of the statements; none where none was asked.
    pub statements: Option<FreeScores>,
}

/// An answer to either.
struct Answered<'a> {
    scale: &'a str,
    item: &'a str,
    keyed: Keyed,
    sample: u32,
    /// 1 for a high option and 0 for a low one, or points, turned round where the statement is; none for a refusal.
    value: Option<f64>,
}

/// Sums up answers, in whatever order.
///
/// # Errors
/// [`Error::RequestInvalid`] for an answer that stands twice, or names an option that there is not.
pub fn summarise_free(answers: &[FreeAnswer], ratings: &[FreeRating], seed: u64) -> Result<FreeSummary> {
    let mut seen = HashSet::new();
    let mut items = Vec::with_capacity(answers.len());
    for answer in answers {
        let choice = answer.choice.as_deref();
        let question = (&answer.trait_name, &answer.item, &answer.template);
        if !choice.is_none_or(|choice| KEYS.contains(&choice))
            || !seen.insert((question, answer.layout, answer.sample))
        {
            return Err(impossible(&answer.item, &answer.trait_name));
        }
        items.push(Answered {
            scale: &answer.trait_name,
            item: &answer.item,
            keyed: Keyed::Plus,
            sample: answer.sample,
            value: choice.map(|choice| f64::from(u8::from(choice.starts_with("high")))),
        });
    }
    seen.clear();
    let mut statements = Vec::with_capacity(ratings.len());
    for rating in ratings {
        let of = rating.of as usize;
        let possible = POINTS.contains(&of) && rating.points.is_none_or(|own| (1..=rating.of).contains(&own));
        let question = (&rating.domain, &rating.item, &rating.template);
        if !possible || !seen.insert((question, rating.layout, rating.sample)) {
            return Err(impossible(&rating.item, &rating.domain));
        }
        statements.push(Answered {
            scale: &rating.domain,
            item: &rating.item,
            keyed: rating.keyed,
            sample: rating.sample,
            value: rating.points.map(|own| turned(f64::from(own), rating.keyed, of)),
        });
    }
    Ok(FreeSummary {
        items: scores(
            &items,
            |values, _| values.iter().map(|share| [100.0 * share]).collect(),
            seed,
        )?,
        statements: scores(&statements, within_keys, seed)?,
    })
}

fn impossible(item: &str, scale: &str) -> Error {
    Error::RequestInvalid(format!(
        "the free answer to item {item:?} ({scale}) stands twice, or names no option that there is"
    ))
}

/// The scores of all scales; none without an answer. `rows` makes what is drawn from of the items' values and keys.
fn scores(
    answers: &[Answered<'_>],
    rows: fn(&[f64], &[Keyed]) -> Vec<[f64; 1]>,
    seed: u64,
) -> Result<Option<FreeScores>> {
    if answers.is_empty() {
        return Ok(None);
    }
    let mut names: Vec<&str> = Vec::new();
    for answer in answers {
        if !names.contains(&answer.scale) {
            names.push(answer.scale);
        }
    }
    let mut scores = Vec::new();
    for name in names {
        let own = || answers.iter().filter(|answer| answer.scale == name);
        let (values, keys): (Vec<f64>, Vec<Keyed>) = by_item(own()).into_values().unzip();
        scores.push(FreeScore {
            scale: name.into(),
            items: count(values.len()),
            score: match values.is_empty() {
                true => None,
                false => Some(mean_intervals(&rows(&values, &keys), seed)?[0]),
            },
            refused: refused(own()),
        });
    }
    let round = |sample: u32| by_item(answers.iter().filter(|answer| answer.sample == sample));
    let (first, second) = (round(0), round(1));
    let pairs = first
        .iter()
        .filter_map(|(item, (value, _))| Some((*value, second.get(item)?.0)));
    let (one, other): (Vec<f64>, Vec<f64>) = pairs.unzip();
    Ok(Some(FreeScores {
        scores,
        refused: refused(answers.iter()),
        retest: retest(&one, &other),
    }))
}

/// Of each item, by scale and name, the mean of its answers that name an option, and its key.
fn by_item<'a>(
    answers: impl Iterator<Item = &'a Answered<'a>>,
) -> BTreeMap<(&'a str, &'a str), (f64, Keyed)> {
    let mut sums: BTreeMap<(&str, &str), (f64, f64, Keyed)> = BTreeMap::new();
    for answer in answers {
        if let Some(value) = answer.value {
            let (sum, all, _) = sums
                .entry((answer.scale, answer.item))
                .or_insert((0.0, 0.0, answer.keyed));
            *sum += value;
            *all += 1.0;
        }
    }
    sums.into_iter()
        .map(|(item, (sum, all, keyed))| (item, (sum / all, keyed)))
        .collect()
}

fn refused<'a>(answers: impl Iterator<Item = &'a Answered<'a>>) -> Share {
    let values: Vec<Option<f64>> = answers.map(|answer| answer.value).collect();
    let refusals = values.iter().filter(|value| value.is_none()).count();
    let share = refusals as f64 / values.len().max(1) as f64;
    let (low, high) = wilson(share, values.len());
    Share {
        of: count(values.len()),
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
        let summary = summarise_free(&answers, &[], 1).unwrap();
        let items = summary.items.unwrap();
        let [score] = &items.scores[..] else { panic!() };
        // Item a: three of four high; item b: none of two; item c has no answer.
        assert_eq!((score.items, score.score.unwrap().value), (2, 37.5));
        assert_eq!(
            (items.refused.count, items.refused.of, items.refused.share),
            (4, 10, 0.4)
        );
        assert!(items.refused.low > 0.16 && items.refused.high < 0.69);
        let retest = items.retest.unwrap();
        assert_eq!((retest.pairs, retest.apart, retest.same), (2, 0.25, 0.5));
        assert_eq!(summary.statements, None);
        let mut turned = answers.to_vec();
        turned.reverse();
        let again = summarise_free(&turned, &[], 1).unwrap().items.unwrap();
        assert_eq!((again.scores, again.refused), (items.scores, items.refused));
    }

    fn rating(item: &str, keyed: Keyed, layout: Layout, sample: u32, points: Option<u32>) -> FreeRating {
        FreeRating {
            item: item.into(),
            domain: "Extraversion".into(),
            keyed,
            template: "T1".into(),
            layout,
            sample,
            text: String::new(),
            of: 5,
            points,
        }
    }

    /// The statements of worked example 25.
    #[test]
    fn statements_by_hand() {
        let (forward, reversed) = (Layout::FORWARD, Layout::REVERSED);
        let ratings = [
            rating("p", Keyed::Plus, forward, 0, Some(4)),
            rating("p", Keyed::Plus, reversed, 0, None),
            rating("p", Keyed::Plus, forward, 1, Some(5)),
            rating("p", Keyed::Plus, reversed, 1, Some(3)),
            rating("m", Keyed::Minus, forward, 0, Some(2)),
            rating("m", Keyed::Minus, forward, 1, Some(1)),
        ];
        let summary = summarise_free(&[], &ratings, 1).unwrap();
        assert_eq!(summary.items, None);
        let found = summary.statements.unwrap();
        let [score] = &found.scores[..] else { panic!() };
        // The plus statement (4 + 5 + 3) / 3; the minus one turned round (4 + 5) / 2.
        assert_eq!((score.items, score.score.unwrap().value), (2, 4.25));
        assert_eq!((score.refused.count, score.refused.of), (1, 6));
        // First answers 4 and 4, second ones 4 and 5.
        let retest = found.retest.unwrap();
        assert_eq!((retest.pairs, retest.apart, retest.same), (2, 0.5, 0.5));
    }

    #[test]
    fn one_who_refuses_everything_has_no_score() {
        let summary = summarise_free(&[answer("a", Layout::FORWARD, 0, None)], &[], 1).unwrap();
        let items = summary.items.unwrap();
        assert_eq!(
            (items.scores[0].score, items.scores[0].refused.share, items.retest),
            (None, 1.0, None)
        );
        let none = summarise_free(&[], &[], 1).unwrap();
        assert_eq!((none.items, none.statements), (None, None));
    }

    #[test]
    fn answers_that_cannot_be_are_refused() {
        let code = |answers: &[FreeAnswer], ratings: &[FreeRating]| {
            summarise_free(answers, ratings, 1).unwrap_err().code()
        };
        let one = answer("a", Layout::FORWARD, 0, Some("high1"));
        assert_eq!(code(&[one.clone(), one], &[]), "request.invalid");
        let unknown = answer("a", Layout::FORWARD, 0, Some("high3"));
        assert_eq!(code(&[unknown], &[]), "request.invalid");
        let stated = rating("p", Keyed::Plus, Layout::FORWARD, 0, Some(5));
        assert_eq!(code(&[], &[stated.clone(), stated.clone()]), "request.invalid");
        for points in [0, 6] {
            let points = Some(points);
            assert_eq!(
                code(
                    &[],
                    &[FreeRating {
                        points,
                        ..stated.clone()
                    }]
                ),
                "request.invalid"
            );
        }
        assert_eq!(
            code(
                &[],
                &[FreeRating {
                    of: 1,
                    points: None,
                    ..stated
                }]
            ),
            "request.invalid"
        );
    }
}
