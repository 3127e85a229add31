//! What a direction does to the scores: dose curves, the effect of the widest pair of doses, and its place among directions
//! of chance.

use serde::{Deserialize, Serialize};

use super::bootstrap::Estimate;
use super::difference::{PairedDifference, paired_difference};
use super::letter_report;
use super::rank::{holm, spearman};
use super::score::trait_figures;
use super::summary::summarise;
use super::table::Table;
use super::types::{Observation, Readout};
use crate::error::Result;

/// The rows of a test under a dose of a direction.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct DoseRows {
    /// The dose, in units of the mean length of the stream; 0 is the unsteered model.
    pub dose: f32,
    /// The rows.
    pub observations: Vec<Observation>,
}

/// A trait's scores along the doses of a direction.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct DoseCurve {
    /// Name of the trait.
    #[serde(rename = "trait")]
    pub trait_name: String,
    /// How the answers were read.
    pub readout: Readout,
    /// One a dose with a score, smallest dose first.
    pub points: Vec<DosePoint>,
    /// Spearman's correlation of the doses with d.
    pub rho: Option<f64>,
}

/// A trait's scores at a dose.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct DosePoint {
    /// The dose.
    pub dose: f32,
    /// Items with all their answers.
    pub items: u32,
    /// Official score, 0 to 100.
    pub score: Estimate,
    /// Expected value, 0 to 100.
    pub expected: Estimate,
    /// Mean of d, in nats.
    pub d: Estimate,
    /// Against the unsteered model, where the dose is not 0 and that has a score.
    pub change: Option<PairedDifference>,
    /// The change's p-value after Holm's adjustment ([`adjust`]).
    pub p_adjusted: Option<f64>,
}

/// The place of an effect among those of directions of chance.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Placement {
    /// Percentage of the chance directions with a smaller effect, whatever its sign.
    pub percentile: f64,
    /// `(1 + as large or larger) / (1 + all)`: how often chance does as much, counting the direction itself.
    pub p: f64,
    /// Chance directions.
    pub directions: usize,
}

/// The scores of every trait and read-out along the doses. Among `doses` may be 0; changes are against it.
///
/// # Errors
/// Those of [`summarise`].
pub fn dose_curves(doses: &[DoseRows], seed: u64) -> Result<Vec<DoseCurve>> {
    let mut sorted: Vec<&DoseRows> = doses.iter().collect();
    sorted.sort_by(|a, b| a.dose.total_cmp(&b.dose));
    let unsteered = sorted.iter().find(|rows| rows.dose == 0.0).copied();
    let mut curves: Vec<DoseCurve> = Vec::new();
    for rows in &sorted {
        for score in summarise(&rows.observations, &[], seed)?.scores {
            let change = unsteered
                .filter(|unsteered| unsteered.dose != rows.dose)
                .and_then(|unsteered| {
                    let before = &unsteered.observations;
                    paired_difference(before, &rows.observations, &score.trait_name, score.readout, seed).ok()
                });
            let curve = match curves
                .iter_mut()
                .find(|curve| curve.trait_name == score.trait_name && curve.readout == score.readout)
            {
                Some(curve) => curve,
                None => {
                    curves.push(DoseCurve {
                        trait_name: score.trait_name.clone(),
                        readout: score.readout,
                        points: Vec::new(),
                        rho: None,
                    });
                    let last = curves.len() - 1;
                    &mut curves[last]
                }
            };
            let estimate = |value: f64, low: f64, high: f64| Estimate {
                value,
                low: Some(low),
                high: Some(high),
            };
            curve.points.push(DosePoint {
                dose: rows.dose,
                items: score.items,
                score: estimate(score.score, score.low, score.high),
                expected: estimate(score.expected, score.expected_low, score.expected_high),
                d: estimate(score.d, score.d_low, score.d_high),
                change,
                p_adjusted: None,
            });
        }
    }
    for curve in &mut curves {
        let doses: Vec<f64> = curve.points.iter().map(|point| f64::from(point.dose)).collect();
        let values: Vec<f64> = curve.points.iter().map(|point| point.d.value).collect();
        curve.rho = spearman(&doses, &values);
    }
    Ok(curves)
}

/// Adjusts the p-values of all changes on these curves together (Holm), the two read-outs each for itself.
pub fn adjust(curves: &mut [&mut DoseCurve]) {
    for readout in [Readout::Letters, Readout::Continuation] {
        let (mut family, mut p) = (Vec::new(), Vec::new());
        for curve in curves.iter_mut().filter(|curve| curve.readout == readout) {
            for point in &mut curve.points {
                if let Some(change) = &point.change {
                    p.push(change.p);
                    family.push(&mut point.p_adjusted);
                }
            }
        }
        for (own, adjusted) in family.into_iter().zip(holm(&p)) {
            *own = Some(adjusted);
        }
    }
}

/// The largest dose that was given in both directions, if any.
pub fn widest(doses: impl IntoIterator<Item = f32> + Clone) -> Option<f32> {
    let has = |dose: f32| doses.clone().into_iter().any(|other| other == dose);
    let both = doses.clone().into_iter().filter(|dose| *dose > 0.0 && has(-dose));
    both.max_by(f32::total_cmp)
}

/// The effect of a direction on every trait and read-out: the change from `-a` to `+a`, with `a` the largest dose that was
/// given in both directions. Traits without a score at one of them are left out.
///
/// # Errors
/// Those of [`Observation::check`].
pub fn effects(doses: &[DoseRows], seed: u64) -> Result<Vec<PairedDifference>> {
    let Some([minus, plus]) = pair(doses) else {
        return Ok(Vec::new());
    };
    let table = Table::new(plus)?;
    let mut found = Vec::new();
    for trait_name in &table.traits {
        for readout in [Readout::Letters, Readout::Continuation] {
            if asked(&table, trait_name, readout) {
                found.extend(paired_difference(minus, plus, trait_name, readout, seed));
            }
        }
    }
    Ok(found)
}

/// The rows at `-a` and `+a`.
fn pair(doses: &[DoseRows]) -> Option<[&[Observation]; 2]> {
    let widest = widest(doses.iter().map(|rows| rows.dose))?;
    let at = |dose: f32| doses.iter().find(|rows| rows.dose == dose);
    Some([&at(-widest)?.observations, &at(widest)?.observations])
}

fn asked(table: &Table<'_>, trait_name: &str, readout: Readout) -> bool {
    table.items(Some(trait_name)).any(|(_, rows)| rows.asked(readout))
}

/// The change of the mean d of one trait between two sets of rows, over the items that both have; nothing where there is
/// none, or where a condition's letters are locked.
///
/// # Errors
/// Those of [`Observation::check`].
pub fn mean_change(
    a: &[Observation],
    b: &[Observation],
    trait_name: &str,
    readout: Readout,
) -> Result<Option<f64>> {
    let (a, b) = (Table::new(a)?, Table::new(b)?);
    if readout == Readout::Letters {
        for table in [&a, &b] {
            if letter_report::of_table(table)?.is_some_and(|report| report.locked) {
                return Ok(None);
            }
        }
    }
    let (a, _) = trait_figures(&a, trait_name, readout)?;
    let (b, _) = trait_figures(&b, trait_name, readout)?;
    let changes: Vec<f64> = b
        .iter()
        .filter_map(|after| Some(after.d - a.iter().find(|before| before.item == after.item)?.d))
        .collect();
    Ok((!changes.is_empty()).then(|| changes.iter().sum::<f64>() / changes.len() as f64))
}

/// The effect of a direction of chance on one trait, as [`effects`] defines it.
///
/// # Errors
/// Those of [`Observation::check`].
pub fn chance_effect(doses: &[DoseRows], trait_name: &str, readout: Readout) -> Result<Option<f64>> {
    match pair(doses) {
        Some([minus, plus]) => mean_change(minus, plus, trait_name, readout),
        None => Ok(None),
    }
}

/// Where an effect stands among those of chance directions; nothing without any.
pub fn placement(effect: f64, chance: &[f64]) -> Option<Placement> {
    if chance.is_empty() {
        return None;
    }
    let smaller = chance.iter().filter(|other| other.abs() < effect.abs()).count();
    Some(Placement {
        percentile: 100.0 * smaller as f64 / chance.len() as f64,
        p: (1 + chance.len() - smaller) as f64 / (1 + chance.len()) as f64,
        directions: chance.len(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::types::Asked;
    use crate::measure::{OptionReading, continuation_observation};

    /// An item whose high answers are likelier than the low ones by `d` a token.
    fn row(trait_name: &str, item: &str, d: f64) -> Observation {
        let asked = Asked {
            item,
            trait_name,
            paraphrased: false,
        };
        let readings = [d - 3.0, d - 3.0, -3.0, -3.0].map(|per_token| OptionReading {
            logprob: 10.0 * per_token,
            tokens: 10,
            neutral_logprob: None,
        });
        continuation_observation(asked, readings).unwrap()
    }

    /// Four items of a trait that moves by `slope` a dose, and one item that moves the other way.
    fn at(dose: f32, slope: f64) -> DoseRows {
        let d = slope * f64::from(dose);
        let mut observations: Vec<_> = (0..4)
            .map(|i| row("Openness", &format!("o{i}"), d + 0.1 * f64::from(i)))
            .collect();
        observations.push(row("Openness", "o4", -d));
        observations.push(row("Narcissism", "n", 0.5));
        DoseRows { dose, observations }
    }

    #[test]
    fn a_curve_rises_and_its_effect_is_that_of_the_widest_pair() {
        let doses: Vec<_> = [0.2, -0.1, 0.0, 0.1, -0.2, 0.4].map(|dose| at(dose, 2.0)).into();
        let mut curves = dose_curves(&doses, 1).unwrap();
        assert!(curves[0].points[5].p_adjusted.is_none());
        adjust(&mut curves.iter_mut().collect::<Vec<_>>());
        let [openness, narcissism] = &curves[..] else {
            panic!("{curves:?}")
        };
        assert_eq!(openness.rho, Some(1.0));
        assert_eq!(narcissism.rho, None);
        let doses_of: Vec<_> = openness.points.iter().map(|point| point.dose).collect();
        assert_eq!(doses_of, [-0.2, -0.1, 0.0, 0.1, 0.2, 0.4]);
        assert!(openness.points[2].change.is_none() && openness.points[2].p_adjusted.is_none());
        let change = openness.points[5].change.as_ref().unwrap();
        assert!(
            (change.d.value - (4.0 * 0.8 - 0.8) / 5.0).abs() < 1e-6,
            "{change:?}"
        );
        assert_eq!((change.items, change.against), (5, 1));
        // Ten changes are adjusted together.
        assert!(openness.points[5].p_adjusted.unwrap() >= change.p);

        let effects = effects(&doses, 1).unwrap();
        assert!((effects[0].d.value - 3.0 * 0.8 / 5.0).abs() < 1e-6, "{effects:?}");
        assert_eq!(effects[1].d.value, 0.0);
        let chance = chance_effect(&doses, "Openness", Readout::Continuation).unwrap();
        assert!((chance.unwrap() - effects[0].d.value).abs() < 1e-12);
        assert_eq!(chance_effect(&doses, "Openness", Readout::Letters).unwrap(), None);
        assert_eq!(
            chance_effect(&doses[..1], "Openness", Readout::Continuation).unwrap(),
            None
        );
    }

    /// Worked example 13 of docs/protocol.md.
    #[test]
    fn an_effect_is_placed_by_its_size_among_those_of_chance() {
        let placed = placement(-0.5, &[0.1, -0.2, 0.6, 0.3]).unwrap();
        assert_eq!((placed.percentile, placed.p, placed.directions), (75.0, 0.4, 4));
        assert_eq!(placement(1.0, &[]), None);
        assert_eq!(placement(0.5, &[0.5]).unwrap().p, 1.0);
    }

    #[test]
    fn the_widest_pair_is_given_both_ways() {
        assert_eq!(widest([0.0, 0.1, -0.1, 0.4, -0.2, 0.2]), Some(0.2));
        assert_eq!(widest([0.0, 0.4]), None);
    }
}
