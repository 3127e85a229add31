//! Two whole tests beside each other: what changed in every trait and domain that both have.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::bootstrap::{Estimate, mean_intervals};
use super::difference::{PairedDifference, paired, standardised};
use super::letter_report;
use super::likert::{Rating, keyed_values};
use super::permutation::sign_flip;
use super::rank::holm;
use super::table::Table;
use super::types::{Observation, Readout, count};
use crate::error::Result;

/// The rows of one test.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct ComparedAnswers {
    /// Of items.
    #[serde(default)]
    pub observations: Vec<Observation>,
    /// Of statements.
    #[serde(default)]
    pub ratings: Vec<Rating>,
}

/// What changed between two tests.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Comparison {
    /// The traits that both have an item of, in the order of the first test.
    pub traits: Vec<TraitComparison>,
    /// The domains and facets that both have a statement of, in the order of the first test.
    pub domains: Vec<DomainComparison>,
}

/// What changed in a trait.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct TraitComparison {
    /// The second test less the first, item by item.
    pub difference: PairedDifference,
    /// Its p-value, adjusted over all traits and domains of the read-out ([`holm`]).
    pub adjusted: f64,
}

/// What changed in a domain of an inventory, or in a facet of one, in points of its scale.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct DomainComparison {
    /// Name of the domain.
    pub domain: String,
    /// Name of the facet; none for the whole domain.
    pub facet: Option<String>,
    /// How the answers were read.
    pub readout: Readout,
    /// Number of statements that both tests have complete.
    pub items: u32,
    /// Statements that only one test has complete; they are left out.
    pub unpaired: u32,
    /// The second test less the first, in mean points, reversed statements turned round.
    pub points: Estimate,
    /// Statements that move against the mean difference.
    pub against: u32,
    /// Cohen's dz; none where the statements' differences do not differ.
    pub dz: Option<f64>,
    /// Two-sided p-value ([`sign_flip`]).
    pub p: f64,
    /// The same, adjusted over all traits and domains of the read-out, or over all its facets ([`holm`]).
    pub adjusted: f64,
}

/// Compares two tests, trait by trait and domain by domain. What they have no complete item in common of is left out, and so
/// are the letters of a test that answers one letter whatever is asked.
///
/// # Errors
/// Those of [`Observation::check`] and [`Rating::check`] for the rows; [`crate::Error::RequestInvalid`] for one that stands
/// twice.
pub fn compare(before: &ComparedAnswers, after: &ComparedAnswers, seed: u64) -> Result<Comparison> {
    let (mut traits, mut domains) = (Vec::new(), Vec::new());
    let (first, second) = (
        Table::new(&before.observations)?,
        Table::new(&after.observations)?,
    );
    for readout in [Readout::Letters, Readout::Continuation] {
        let locked = |table: &Table<'_>| -> Result<bool> {
            Ok(readout == Readout::Letters
                && letter_report::of_table(table)?.is_some_and(|report| report.locked))
        };
        let (from, to) = (traits.len(), domains.len());
        if !locked(&first)? && !locked(&second)? {
            for trait_name in &first.traits {
                let found = paired(&first, &second, trait_name, readout, seed)?;
                traits.extend(found.map(|difference| TraitComparison {
                    adjusted: difference.p,
                    difference,
                }));
            }
        }
        let (of_first, of_second) = (
            keyed_values(&before.ratings, readout)?,
            keyed_values(&after.ratings, readout)?,
        );
        for (scale, values) in &of_first {
            if let Some((_, others)) = of_second.iter().find(|(other, _)| other == scale) {
                domains.extend(compared(*scale, readout, values, others, seed)?);
            }
        }
        let of_traits = traits[from..].iter_mut().map(|row| &mut row.adjusted);
        // A facet is a part of a domain: the question whether anything moved is asked of the wholes, and of the parts by themselves.
        let (wholes, parts): (Vec<&mut DomainComparison>, Vec<&mut DomainComparison>) =
            domains[to..].iter_mut().partition(|row| row.facet.is_none());
        adjust(of_traits.chain(wholes.into_iter().map(|row| &mut row.adjusted)));
        adjust(parts.into_iter().map(|row| &mut row.adjusted));
    }
    Ok(Comparison { traits, domains })
}

/// Adjusts p-values as one family.
fn adjust<'a>(values: impl Iterator<Item = &'a mut f64>) {
    let mut all: Vec<&mut f64> = values.collect();
    let adjusted = holm(&all.iter().map(|p| **p).collect::<Vec<f64>>());
    for (place, value) in all.iter_mut().zip(adjusted) {
        **place = value;
    }
}

/// A domain or facet of two tests, from its statements' keyed points; none without a common statement.
fn compared(
    (domain, facet): (&str, Option<&str>),
    readout: Readout,
    before: &BTreeMap<&str, f64>,
    after: &BTreeMap<&str, f64>,
    seed: u64,
) -> Result<Option<DomainComparison>> {
    let changes: Vec<f64> = before
        .iter()
        .filter_map(|(item, value)| Some(after.get(item)? - value))
        .collect();
    if changes.is_empty() {
        return Ok(None);
    }
    let rows: Vec<[f64; 1]> = changes.iter().map(|change| [*change]).collect();
    let [points] = mean_intervals(&rows, seed)?;
    let p = sign_flip(&changes, seed);
    Ok(Some(DomainComparison {
        domain: domain.into(),
        facet: facet.map(str::to_owned),
        readout,
        items: count(changes.len()),
        unpaired: count(before.len() + after.len() - 2 * changes.len()),
        points,
        against: count(changes.iter().filter(|own| *own * points.value < 0.0).count()),
        dz: standardised(&changes),
        p,
        adjusted: p,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::items::Keyed;
    use crate::items::likert::LikertItem;
    use crate::measure::types::Asked;
    use crate::measure::{OptionReading, continuation_observation};

    /// A test of three traits' items and six statements, both pushed by `shift` with a little noise of its own per item.
    fn test(shift: f64) -> ComparedAnswers {
        let mut observations = Vec::new();
        for trait_name in ["Openness", "Extraversion"] {
            for i in 0..8 {
                let item = format!("{trait_name}-{i}");
                let asked = Asked {
                    item: &item,
                    trait_name,
                    paraphrased: false,
                };
                let own = if trait_name == "Openness" {
                    0.0
                } else {
                    shift * (1.0 + f64::from(i) / 10.0)
                };
                let reading = |high: bool| OptionReading {
                    logprob: -20.0 + if high { own } else { 0.0 },
                    tokens: 10,
                    neutral_logprob: None,
                };
                let readings = [reading(true), reading(true), reading(false), reading(false)];
                observations.push(continuation_observation(asked, readings).unwrap());
            }
        }
        let ratings = (0..6).map(|i| {
            let item = LikertItem {
                id: format!("s{i}"),
                text: String::new(),
                domain: "Extraversion".into(),
                facet: (i < 4).then(|| if i < 2 { "Warmth".into() } else { "Energy".into() }),
                keyed: if i % 2 == 0 { Keyed::Plus } else { Keyed::Minus },
            };
            let up = match i {
                // Energy stays where it is.
                2 | 3 => 0.0,
                _ if i % 2 == 0 => shift,
                _ => -shift,
            };
            let answers: Vec<(f64, u32, f64)> = (0..5)
                .map(|answer| (-10.0 + up * f64::from(answer) / 4.0, 3, -10.0))
                .collect();
            Rating::of_continuation(&item, &answers).unwrap()
        });
        ComparedAnswers {
            observations,
            ratings: ratings.collect(),
        }
    }

    #[test]
    fn what_was_changed_is_found_and_nothing_else() {
        let found = compare(&test(0.0), &test(2.0), 1).unwrap();
        let names: Vec<&str> = found
            .traits
            .iter()
            .map(|row| row.difference.trait_name.as_str())
            .collect();
        assert_eq!(names, ["Openness", "Extraversion"]);
        assert_eq!(
            (found.traits[0].difference.d.value, found.traits[0].adjusted),
            (0.0, 1.0)
        );
        // 2 nats and up to 1.7 times as much, on 10 tokens.
        assert!((found.traits[1].difference.d.value - 0.27).abs() < 1e-9);
        let [domain, warmth, energy] = &found.domains[..] else {
            panic!("{:?}", found.domains)
        };
        assert_eq!((domain.items, domain.unpaired, domain.against), (6, 0, 0));
        // Plus and minus statements move alike once these are turned round.
        assert_eq!(warmth.facet.as_deref(), Some("Warmth"));
        assert!(warmth.points.value > 0.5 && warmth.dz.is_none());
        assert_eq!((energy.points.value, energy.p, energy.adjusted), (0.0, 1.0, 1.0));
        assert!((domain.points.value - warmth.points.value * 2.0 / 3.0).abs() < 1e-9);
        // The facets are a family of their own, of two.
        assert!((warmth.adjusted - (2.0 * warmth.p).min(1.0)).abs() < 1e-12);
        // Three tests: the smallest value is taken three times, and no adjusted value is below its own.
        let smallest = found.traits[1].difference.p.min(domain.p);
        let least = found.traits[1].adjusted.min(domain.adjusted);
        assert!((least - 3.0 * smallest).abs() < 1e-12, "{found:?}");
    }

    #[test]
    fn turning_the_comparison_round_turns_the_differences_round() {
        let (a, b) = (test(0.5), test(1.5));
        let (there, back) = (compare(&a, &b, 1).unwrap(), compare(&b, &a, 1).unwrap());
        for (x, y) in there.traits.iter().zip(&back.traits) {
            assert!((x.difference.d.value + y.difference.d.value).abs() < 1e-12);
            assert_eq!(x.difference.p, y.difference.p);
        }
        assert!((there.domains[0].points.value + back.domains[0].points.value).abs() < 1e-12);
    }

    #[test]
    fn what_only_one_has_is_left_out() {
        let (mut a, mut b) = (test(0.0), test(1.0));
        a.observations.retain(|row| row.trait_name == "Openness");
        b.observations
            .retain(|row| row.trait_name == "Extraversion" || row.item.ends_with("-1"));
        b.ratings.clear();
        let found = compare(&a, &b, 1).unwrap();
        assert_eq!(found.traits.len(), 1);
        assert_eq!(
            (
                found.traits[0].difference.items,
                found.traits[0].difference.unpaired
            ),
            (1, 7)
        );
        assert_eq!(found.domains, []);
        b.observations.push(b.observations[0].clone());
        assert_eq!(compare(&a, &b, 1).unwrap_err().code(), "request.invalid");
    }
}
