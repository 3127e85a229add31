//! Do the two ways of reading say the same of the same items?

use serde::{Deserialize, Serialize};

use super::correlation::{Correlation, correlation};
use super::score::trait_figures;
use super::table::Table;
use super::types::{Readout, count};
use crate::error::Result;

/// Letters and continuation beside each other, over the items that both have complete.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct ReadoutAgreement {
    /// Name of the trait; none for all items together.
    #[serde(rename = "trait")]
    pub trait_name: Option<String>,
    /// Items that both read-outs have.
    pub items: u32,
    /// Share of them whose d is on the same side of 0 in both, 0 to 1.
    pub same: f64,
    /// Correlation of their d; none where it is not defined.
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

fn agreement(trait_name: Option<&str>, pairs: &[(f64, f64)]) -> Option<ReadoutAgreement> {
    let (letters, continuation): (Vec<f64>, Vec<f64>) = pairs.iter().copied().unzip();
    let same = pairs.iter().filter(|(a, b)| (*a >= 0.0) == (*b >= 0.0)).count();
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
