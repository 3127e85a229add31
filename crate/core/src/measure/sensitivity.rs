//! How often the choice between high and low changes when only the form of the question does.
//!
//! Source: TRAIT, arXiv 2406.14703, its reliability measures.

use serde::{Deserialize, Serialize};

use super::letters::pair_layouts;
use super::table::{ItemRows, Table};
use super::types::{Readout, count};
use crate::error::Result;

/// What was changed in the question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "lowercase")]
pub enum SensitivityKind {
    /// The template around the item.
    Template,
    /// The order of the options: each order against its mirror image.
    Order,
    /// The words of situation and query.
    Paraphrase,
}

/// How often a change of form changes the choice.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Sensitivity {
    /// How the answers were read.
    pub readout: Readout,
    /// What was changed.
    pub kind: SensitivityKind,
    /// Number of comparisons: items (template; paraphrase of continuations), items times templates, or these times pairs of
    /// orders.
    pub compared: u32,
    /// How many of them change between high and low.
    pub changed: u32,
    /// `changed / compared`, 0 to 1.
    pub share: f64,
}

/// Every kind that the rows of a run can tell of.
pub(super) fn of_table(table: &Table<'_>) -> Result<Vec<Sensitivity>> {
    let mut kinds = [
        (Readout::Letters, SensitivityKind::Template, Vec::new()),
        (Readout::Letters, SensitivityKind::Order, Vec::new()),
        (Readout::Letters, SensitivityKind::Paraphrase, Vec::new()),
        (Readout::Continuation, SensitivityKind::Paraphrase, Vec::new()),
    ];
    for (_, rows) in table.items(None) {
        let [template, order, paraphrase, continuation] = &mut kinds;
        let plain = choices(rows, false)?;
        if let [(_, first), others @ ..] = plain.as_slice()
            && !others.is_empty()
        {
            template.2.push(others.iter().any(|(_, choice)| choice != first));
        }
        order.2.extend(
            rows.pairs(false)
                .flat_map(|(_, pairs)| pairs)
                .map(|[one, other]| one.win != other.win),
        );
        for (name, choice) in choices(rows, true)? {
            if let Some((_, as_written)) = plain.iter().find(|(other, _)| *other == name) {
                paraphrase.2.push(choice != *as_written);
            }
        }
        if let [Some(as_written), Some(paraphrased)] = rows.continuation {
            continuation.2.push(as_written.win != paraphrased.win);
        }
    }
    let told = kinds.into_iter().filter(|(_, _, changes)| !changes.is_empty());
    Ok(told
        .map(|(readout, kind, changes)| {
            let changed = changes.iter().filter(|changed| **changed).count();
            let share = changed as f64 / changes.len() as f64;
            Sensitivity {
                readout,
                kind,
                compared: count(changes.len()),
                changed: count(changed),
                share,
            }
        })
        .collect())
}

/// Template and whether the item's choice under it, over its orders, is high.
fn choices<'a>(rows: &ItemRows<'a>, paraphrased: bool) -> Result<Vec<(&'a str, bool)>> {
    rows.pairs(paraphrased)
        .map(|(name, pairs)| Ok((name, pair_layouts(&pairs)?.chose_high)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::Layout;
    use crate::measure::types::{Asked, Observation};
    use crate::measure::{OptionReading, continuation_observation, letters_observation};

    /// An item in one of its two wordings.
    fn asked(item: &str, paraphrased: bool) -> Asked<'_> {
        Asked {
            item,
            trait_name: "Openness",
            paraphrased,
        }
    }

    fn letters(asked: Asked<'_>, template: &str, forward: [f64; 4], reversed: [f64; 4]) -> [Observation; 2] {
        [(Layout::FORWARD, forward), (Layout::REVERSED, reversed)]
            .map(|(layout, p)| letters_observation(asked, template, layout, p.map(f64::ln)).unwrap())
    }

    fn continuation(asked: Asked<'_>, sums: [f64; 4]) -> Observation {
        let tokens = [10, 10, 7, 12];
        let readings = [0, 1, 2, 3].map(|i| OptionReading {
            logprob: sums[i],
            tokens: tokens[i],
            neutral_logprob: None,
        });
        continuation_observation(asked, readings).unwrap()
    }

    /// Worked example 9 of docs/protocol.md.
    #[test]
    fn worked_example_of_paraphrases() {
        let high = [0.4, 0.1, 0.2, 0.1];
        let turned = [0.1, 0.4, 0.1, 0.2];
        let (written, paraphrase) = (false, true);
        let mut rows = Vec::new();
        let example_2 = ([0.24, 0.12, 0.16, 0.08], [0.30, 0.10, 0.05, 0.05]);
        rows.extend(letters(asked("e1", written), "T1", example_2.0, example_2.1));
        let other_words = ([0.20, 0.10, 0.10, 0.10], [0.12, 0.12, 0.08, 0.08]);
        rows.extend(letters(
            asked("e1", paraphrase),
            "T1",
            other_words.0,
            other_words.1,
        ));
        rows.extend(letters(asked("e1", written), "T2", high, turned));
        rows.extend(letters(asked("e1", paraphrase), "T2", high, turned));
        rows.extend(letters(asked("e1", written), "T3", high, turned));
        let [forward, _] = letters(asked("e1", paraphrase), "T3", turned, high);
        rows.push(forward); // low, and stopped here
        rows.extend(letters(asked("e2", written), "T1", high, turned));
        let second = ([0.2, 0.1, 0.4, 0.1], [0.1, 0.2, 0.1, 0.4]);
        rows.extend(letters(asked("e2", paraphrase), "T1", second.0, second.1));
        rows.extend(letters(asked("e3", written), "T1", turned, high));

        let example_3 = [-20.0, -22.0, -21.0, -30.0];
        rows.push(continuation(asked("e1", written), example_3));
        rows.push(continuation(
            asked("e1", paraphrase),
            [-26.0, -22.0, -21.0, -30.0],
        ));
        rows.push(continuation(asked("e2", written), example_3));
        rows.push(continuation(
            asked("e2", paraphrase),
            [-27.0, -26.0, -21.0, -30.0],
        ));
        rows.push(continuation(asked("e3", written), [-40.0, -40.0, -7.0, -12.0]));

        let told = of_table(&Table::new(&rows).unwrap()).unwrap();
        let paraphrases: Vec<_> = told
            .iter()
            .filter(|s| s.kind == SensitivityKind::Paraphrase)
            .map(|s| (s.readout, s.compared, s.changed))
            .collect();
        assert_eq!(
            paraphrases,
            [(Readout::Letters, 3, 1), (Readout::Continuation, 2, 1)]
        );
        assert!((told[2].share - 1.0 / 3.0).abs() < 1e-12 && told[3].share == 0.5);
        // Paraphrases are nobody's second template, and no order of their own.
        assert_eq!(
            (told[0].kind, told[0].compared, told[0].changed),
            (SensitivityKind::Template, 1, 1)
        );
        assert_eq!(
            (told[1].kind, told[1].compared, told[1].changed),
            (SensitivityKind::Order, 5, 1)
        );
    }
}
