//! One number for each item of a test, for measures over many tests.

use super::letter_report;
use super::likert::{self, Rating};
use super::table::Table;
use super::types::{Observation, Readout};
use crate::error::Result;

/// The value of an item or a statement that was asked completely.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ValueOfItem<'a> {
    /// Whether it is a statement of an inventory.
    pub statement: bool,
    /// Trait or domain.
    pub scale: &'a str,
    /// Its identifier.
    pub item: &'a str,
    /// How the answer was read.
    pub readout: Readout,
    /// Items: the expected value of the letters (0 to 100), or d of the continuation (nats per token, which unlike its share does
    /// not flatten out). Statements: mean points, reversed ones turned round.
    pub value: f64,
}

/// The values of a test, in the order of read-outs, scales and items' names; and whether letters are locked, which then have none.
///
/// A value is the mean over all rows of the item as written, whatever their templates and orders: where both orders were asked it
/// is the balanced figure of the score, and where a setting is of one order, that of this order.
///
/// # Errors
/// Those of [`Observation::check`] and [`Rating::check`], and for a row that stands twice.
pub fn item_values<'a>(
    observations: &'a [Observation],
    ratings: &'a [Rating],
) -> Result<(Vec<ValueOfItem<'a>>, bool)> {
    let table = Table::new(observations)?;
    let of_items = letter_report::of_table(&table)?.is_some_and(|report| report.locked);
    let statements = likert::rows_of_items(ratings)?;
    let of_statements = likert::letters_locked(ratings)?;
    let mut values = Vec::new();
    for readout in [Readout::Letters, Readout::Continuation] {
        let letters = readout == Readout::Letters;
        for scale in table.traits.iter().filter(|_| !(letters && of_items)) {
            for (item, rows) in table.items(Some(scale)) {
                let own: Vec<f64> = match readout {
                    Readout::Letters => rows.letters[0]
                        .values()
                        .flat_map(|orders| orders.values())
                        .map(|row| 100.0 * row.p_high)
                        .collect(),
                    Readout::Continuation => rows.continuation[0].iter().map(|row| row.d).collect(),
                };
                values.extend(mean(&own).map(|value| ValueOfItem {
                    statement: false,
                    scale,
                    item,
                    readout,
                    value,
                }));
            }
        }
        if letters && of_statements {
            continue;
        }
        for (item, rows) in &statements {
            let of_readout: Vec<&&Rating> = rows.iter().filter(|row| row.readout == readout).collect();
            let own: Vec<f64> = of_readout.iter().map(|row| row.keyed_value()).collect();
            values.extend(
                of_readout
                    .first()
                    .zip(mean(&own))
                    .map(|(row, value)| ValueOfItem {
                        statement: true,
                        scale: &row.domain,
                        item,
                        readout,
                        value,
                    }),
            );
        }
    }
    Ok((values, of_items || of_statements))
}

fn mean(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::items::{Keyed, LikertItem};
    use crate::measure::types::Asked;
    use crate::measure::{Layout, letters_observation, summarise};

    fn letters(item: &str, layout: Layout, p: [f64; 4]) -> Observation {
        let asked = Asked {
            item,
            trait_name: "Openness",
            paraphrased: false,
        };
        letters_observation(asked, "T1", layout, p.map(f64::ln)).unwrap()
    }

    #[test]
    fn with_both_orders_the_value_is_that_of_the_score() {
        let rows = [
            letters("a", Layout::FORWARD, [0.24, 0.12, 0.16, 0.08]),
            letters("a", Layout::REVERSED, [0.30, 0.10, 0.05, 0.05]),
        ];
        let (values, locked) = item_values(&rows, &[]).unwrap();
        let score = &summarise(&rows, &[], 1).unwrap().scores[0];
        assert_eq!((values.len(), locked), (1, false));
        assert!((values[0].value - score.expected).abs() < 1e-9);
        let (single, _) = item_values(&rows[..1], &[]).unwrap();
        assert!((single[0].value - 100.0 * rows[0].p_high).abs() < 1e-9);
    }

    #[test]
    fn reversed_statements_are_turned_round_and_locked_letters_have_no_value() {
        let item = |id: &str, keyed| LikertItem {
            id: id.into(),
            text: String::new(),
            domain: "Extraversion".into(),
            facet: None,
            keyed,
        };
        let labels = [0.6f64, 0.2, 0.1].map(f64::ln);
        let one =
            |id: &str, keyed| Rating::of_letters(&item(id, keyed), "T1", Layout::REVERSED, &labels).unwrap();
        let rows = [one("a", Keyed::Plus), one("b", Keyed::Minus)];
        let (values, _) = item_values(&[], &rows).unwrap();
        let found: Vec<f64> = values.iter().map(|value| value.value).collect();
        // (.6 + .4 + .3) / .9 points, and 4 less that.
        assert!((found[0] - 1.3 / 0.9).abs() < 1e-9 && (found[0] + found[1] - 4.0).abs() < 1e-9);
        let many: Vec<Rating> = (0..9).map(|i| one(&i.to_string(), Keyed::Plus)).collect();
        let (values, locked) = item_values(&[], &many).unwrap();
        assert!(values.is_empty() && locked);
    }
}
