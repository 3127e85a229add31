//! Do the two ways of reading say the same of the same items?

use serde::{Deserialize, Serialize};

use super::correlation::{Correlation, correlation};
use super::likert::{Rating, keyed_values};
use super::score::trait_figures;
use super::table::Table;
use super::types::{Readout, count};
use crate::error::Result;

/// Letters and continuation beside each other, over the items that both have complete.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct ReadoutAgreement {
    /// Name of the trait or domain; none for all together.
    #[serde(rename = "trait")]
    pub trait_name: Option<String>,
    /// Items or statements that both read-outs have.
    pub items: u32,
    /// Share of them whose value is on the same side in both, 0 to 1: of items the d, of 0; of statements the mean points, of the
    /// middle of the scale.
    pub same: f64,
    /// Correlation of these values; none where it is not defined.
    pub correlation: Option<Correlation>,
}

/// All items first, then each trait that both read-outs have an item of; nothing where they have none in common.
pub(super) fn of_table(table: &Table<'_>) -> Result<Vec<ReadoutAgreement>> {
    let (mut rows, mut all) = (Vec::new(), Vec::new());
    for trait_name in &table.traits {
        let (letters, _) = trait_figures(table, trait_name, Readout::Letters)?;
        let (continuation, _) = trait_figures(table, trait_name, Readout::Continuation)?;
        let both = letters.iter().filter_map(|one| {
            let other = continuation.iter().find(|other| other.item == one.item)?;
            Some((one.d, other.d))
        });
        let pairs: Vec<(f64, f64)> = both.collect();
        rows.extend(agreement(Some(trait_name), &pairs));
        all.extend(pairs);
    }
    Ok(agreement(None, &all).into_iter().chain(rows).collect())
}

/// The same of statements, from what each lies above or below the middle of the scale, reversed ones turned round.
///
/// # Errors
/// Those of [`Rating::check`] for the rows, and for one that stands twice.
pub(super) fn of_ratings(ratings: &[Rating]) -> Result<Vec<ReadoutAgreement>> {
    let Some(first) = ratings.first() else {
        return Ok(Vec::new());
    };
    let middle = (first.points() + 1) as f64 / 2.0;
    let (letters, continuation) = (
        keyed_values(ratings, Readout::Letters)?,
        keyed_values(ratings, Readout::Continuation)?,
    );
    let (mut rows, mut all) = (Vec::new(), Vec::new());
    for (scale, values) in letters.iter().filter(|((_, facet), _)| facet.is_none()) {
        let others = continuation.iter().find(|(other, _)| other == scale);
        let pairs: Vec<(f64, f64)> = values
            .iter()
            .filter_map(|(item, own)| Some((own - middle, others?.1.get(item)? - middle)))
            .collect();
        rows.extend(agreement(Some(scale.0), &pairs));
        all.extend(pairs);
    }
    Ok(agreement(None, &all).into_iter().chain(rows).collect())
}

fn agreement(trait_name: Option<&str>, pairs: &[(f64, f64)]) -> Option<ReadoutAgreement> {
    let (letters, continuation): (Vec<f64>, Vec<f64>) = pairs.iter().copied().unzip();
    // What lies on neither side is on the same as what does not either.
    let side = |x: f64| (x > 0.0, x < 0.0);
    let same = pairs.iter().filter(|(a, b)| side(*a) == side(*b)).count();
    (!pairs.is_empty()).then(|| ReadoutAgreement {
        trait_name: trait_name.map(str::to_owned),
        items: count(pairs.len()),
        same: same as f64 / pairs.len() as f64,
        correlation: correlation(&letters, &continuation),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::types::Asked;
    use crate::measure::{Layout, OptionReading, continuation_observation, letters_observation};

    /// Statements: one that agrees in both, one reversed that does so too, one on different sides, one that a read-out lacks.
    #[test]
    fn of_statements_by_hand() {
        use crate::items::likert::{Keyed, LikertItem};
        let mut rows = Vec::new();
        for (id, keyed, of_letters, of_words) in [
            ("a", Keyed::Plus, [0.1, 0.2, 0.7], Some([0.2, 0.2, 0.6])),
            ("b", Keyed::Minus, [0.7, 0.2, 0.1], Some([0.5, 0.2, 0.3])),
            ("c", Keyed::Plus, [0.6, 0.2, 0.2], Some([0.1, 0.3, 0.6])),
            ("d", Keyed::Plus, [0.6, 0.2, 0.2], None),
        ] {
            let item = LikertItem {
                id: id.into(),
                text: String::new(),
                domain: "Openness".into(),
                facet: None,
                keyed,
            };
            for layout in [Layout::FORWARD, Layout::REVERSED] {
                let mut labels: [f64; 3] = of_letters.map(f64::ln);
                if layout == Layout::FORWARD {
                    labels.reverse();
                }
                rows.push(Rating::of_letters(&item, "T1", layout, &labels).unwrap());
            }
            if let Some(shares) = of_words {
                let answers: Vec<(f64, u32, f64)> = shares.iter().map(|p: &f64| (p.ln(), 1, 0.0)).collect();
                rows.push(Rating::of_continuation(&item, &answers).unwrap());
            }
        }
        let found = of_ratings(&rows).unwrap();
        assert_eq!(found.len(), 2);
        for (row, name) in found.iter().zip([None, Some("Openness")]) {
            assert_eq!((row.trait_name.as_deref(), row.items), (name, 3));
            // Above the middle by .6, .6 and -.4 in letters, and by .4, .2 and .5 in words: deviations 1/3, 1/3, -2/3 and 1/30, -1/6, 2/15.
            assert!((row.same - 2.0 / 3.0).abs() < 1e-12);
            let r = row.correlation.unwrap().r.value;
            assert!((r + 0.755_928_946).abs() < 1e-8, "{r}");
        }
        assert_eq!(of_ratings(&[]).unwrap(), []);
    }

    /// Worked example 23 of docs/protocol.md.
    #[test]
    fn by_hand() {
        let mut rows = Vec::new();
        for (item, of_letters, of_words) in [
            ("a", 1.0, 0.2),
            ("b", -1.0, 0.1),
            ("c", 3.0, 0.4),
            ("d", 0.5, -0.1),
        ] {
            let asked = Asked {
                item,
                trait_name: "Openness",
                paraphrased: false,
            };
            let reading = |logprob: f64| OptionReading {
                logprob,
                tokens: 10,
                neutral_logprob: None,
            };
            let (high, low) = (reading(-20.0 + 10.0 * of_words), reading(-20.0));
            rows.push(continuation_observation(asked, [high, high, low, low]).unwrap());
            for layout in [Layout::FORWARD, Layout::REVERSED] {
                let labels = layout
                    .order()
                    .map(|key| if key < 2 { of_letters - 5.0 } else { -5.0 });
                rows.push(letters_observation(asked, "T1", layout, labels).unwrap());
            }
        }
        // One that a single read-out has does not count.
        let alone = Asked {
            item: "e",
            trait_name: "Openness",
            paraphrased: false,
        };
        let none = OptionReading {
            logprob: -1.0,
            tokens: 1,
            neutral_logprob: None,
        };
        rows.push(continuation_observation(alone, [none; 4]).unwrap());
        let found = of_table(&Table::new(&rows).unwrap()).unwrap();
        assert_eq!(found.len(), 2);
        assert_eq!(found[1].trait_name.as_deref(), Some("Openness"));
        for row in &found {
            assert_eq!((row.items, row.same), (4, 0.5));
            // Deviations .125 -1.875 2.125 -.375 and .05 -.05 .25 -.25: products .725, squares 8.1875 and .13.
            let r = row.correlation.unwrap().r.value;
            assert!((r - 0.725 / (8.1875f64 * 0.13).sqrt()).abs() < 1e-9, "{r}");
        }
    }
}
