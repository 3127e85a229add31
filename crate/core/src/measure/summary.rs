//! All figures of a run at once: what the page and the terminal show.

use serde::{Deserialize, Serialize};

use super::bootstrap::RESAMPLES;
use super::gate::{GateResult, passing};
use super::letter_prior::{self, CorrectedScore, LetterPrior};
use super::letter_report::{self, LetterReport};
use super::likert::LikertSummary;
use super::readout_agreement::{self, ReadoutAgreement};
use super::score::{
    Missing, MissingReason, Score, TemplateScore, template_scores, trait_figures, trait_score,
};
use super::sensitivity::{self, Sensitivity};
use super::table::Table;
use super::types::{Observation, Readout, count};
use crate::error::Result;

/// The figures of a run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Summary {
    /// One score a read-out and trait: letters first, traits in the order of their first row.
    pub scores: Vec<Score>,
    /// Traits that were asked and have no score, with the reason.
    pub missing: Vec<Missing>,
    /// Letter figures under each template, unless the letters are locked.
    pub templates: Vec<TemplateScore>,
    /// Which letters were answered; none for a run without letters.
    pub letters: Option<LetterReport>,
    /// How far each label is liked as such, under each template; none for a run without letters.
    #[serde(default)]
    pub priors: Vec<LetterPrior>,
    /// Letter scores with that liking taken out; none where the letters are locked.
    #[serde(default)]
    pub corrected: Vec<CorrectedScore>,
    /// The gate's results as given.
    pub gate: Vec<GateResult>,
    /// The read-out whose scores may be shown as trait scores: it passes the gate and has scores; letters
    /// before continuation. None if there is none: then the run's figures mean little.
    pub offered: Option<Readout>,
    /// How often a change of form changes the choice.
    pub sensitivities: Vec<Sensitivity>,
    /// How far the two read-outs say the same: of all items, then of each trait; empty where one was asked or the letters are
    /// locked.
    #[serde(default)]
    pub agreement: Vec<ReadoutAgreement>,
    /// What ratings of statements come to; none for a run without them.
    #[serde(default)]
    pub likert: Option<LikertSummary>,
    /// Seed of the bootstrap.
    pub seed: u64,
    /// Number of bootstrap draws.
    pub resamples: u32,
}

/// Sums up a run, complete or stopped, whatever the order of its rows.
///
/// Every trait and read-out starts its draws anew from `seed`, so no figure depends on what else was asked.
///
/// # Errors
/// [`crate::error::Error::RequestInvalid`] for a row that contradicts itself or stands twice,
/// [`crate::error::Error::DeviceSelfTest`] for a number that no model can give.
pub fn summarise(observations: &[Observation], gate: &[GateResult], seed: u64) -> Result<Summary> {
    let table = Table::new(observations)?;
    let letters = letter_report::of_table(&table)?;
    let locked = letters.as_ref().is_some_and(|report| report.locked);
    let (mut scores, mut missing, mut templates) = (Vec::new(), Vec::new(), Vec::new());
    for readout in [Readout::Letters, Readout::Continuation] {
        for trait_name in &table.traits {
            let (figures, asked) = trait_figures(&table, trait_name, readout)?;
            let lock = locked && readout == Readout::Letters;
            if asked == 0 {
                continue;
            }
            if lock || figures.is_empty() {
                let reason = if lock {
                    MissingReason::Locked
                } else {
                    MissingReason::Incomplete
                };
                missing.push(Missing {
                    trait_name: (*trait_name).into(),
                    readout,
                    items: count(asked),
                    reason,
                });
            } else {
                scores.push(trait_score(trait_name, readout, &figures, asked, seed)?);
                if readout == Readout::Letters {
                    templates.extend(template_scores(&table, trait_name)?);
                }
            }
        }
    }
    let shown: Vec<GateResult> = gate
        .iter()
        .filter(|g| scores.iter().any(|s| s.readout == g.readout))
        .cloned()
        .collect();
    let (priors, corrected) = letter_prior::of_table(&table)?;
    Ok(Summary {
        priors,
        corrected: if locked { Vec::new() } else { corrected },
        offered: passing(&shown),
        scores,
        missing,
        templates,
        letters,
        gate: gate.to_vec(),
        sensitivities: sensitivity::of_table(&table)?,
        agreement: if locked {
            Vec::new()
        } else {
            readout_agreement::of_table(&table)?
        },
        likert: None,
        seed,
        resamples: count(RESAMPLES),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::Layout;
    use crate::measure::sensitivity::SensitivityKind;
    use crate::measure::types::Asked;
    use crate::measure::{
        GateAnswer, OptionReading, continuation_observation, gate_continuation, gate_letters, gate_result,
        letters_observation,
    };
    use crate::random::SplitMix64;

    fn letters(item: &str, trait_name: &str, template: &str, layout: Layout, p: [f64; 4]) -> Observation {
        letters_observation(
            Asked {
                item,
                trait_name,
                paraphrased: false,
            },
            template,
            layout,
            p.map(f64::ln),
        )
        .unwrap()
    }

    fn both(item: &str, template: &str, forward: [f64; 4], reversed: [f64; 4]) -> [Observation; 2] {
        [(Layout::FORWARD, forward), (Layout::REVERSED, reversed)]
            .map(|(layout, p)| letters(item, "Extraversion", template, layout, p))
    }

    /// A run with both read-outs, two traits, two templates and paraphrases, all drawn from a seed.
    fn run(items: usize) -> Vec<Observation> {
        let mut rng = SplitMix64::new(5);
        let mut p = || -0.5 - rng.below(1_000_000) as f64 / 250_000.0;
        let mut rows = Vec::new();
        for n in 0..2 * items {
            let (item, trait_name) = (format!("i{n}"), ["Openness", "Agreeableness"][n % 2]);
            for paraphrased in [false, true] {
                let asked = Asked {
                    item: &item,
                    trait_name,
                    paraphrased,
                };
                for template in ["T1", "T2"] {
                    for layout in [Layout::FORWARD, Layout::REVERSED] {
                        let labels = [p() - 1.0, p() - 1.0, p() - 1.0, p() - 1.0];
                        rows.push(letters_observation(asked, template, layout, labels).unwrap());
                    }
                }
                let reading = |logprob: f64| OptionReading {
                    logprob,
                    tokens: 3,
                    neutral_logprob: Some(logprob / 2.0),
                };
                rows.push(continuation_observation(asked, [p(), p(), p(), p()].map(reading)).unwrap());
            }
        }
        rows
    }

    fn gate(letters_right: bool) -> Vec<GateResult> {
        let mut answers: Vec<GateAnswer> = Vec::new();
        for q in 0..24 {
            let item = format!("q{q}");
            let mut options = [(-9.0, 3); 4];
            options[0].0 = -3.0;
            answers.push(gate_continuation(&item, 0, options).unwrap());
            for r in 0..4u8 {
                let mut labels = [-2.0; 4];
                labels[if letters_right {
                    (4 - usize::from(r)) % 4
                } else {
                    0
                }] = -1.0;
                answers.push(gate_letters(&item, 0, r, labels).unwrap());
            }
        }
        [Readout::Letters, Readout::Continuation]
            .map(|readout| gate_result(readout, &answers, 24).unwrap().unwrap())
            .to_vec()
    }

    #[test]
    fn order_of_rows_changes_nothing() {
        let rows = run(12);
        let want = summarise(&rows, &gate(true), 42).unwrap();
        assert_eq!(
            (want.scores.len(), want.templates.len(), want.sensitivities.len()),
            (4, 4, 4)
        );
        let mut rng = SplitMix64::new(9);
        for _ in 0..5 {
            let mut shuffled = rows.clone();
            // The first row stays, so that the order of the traits does.
            for i in (2..shuffled.len()).rev() {
                shuffled.swap(i, 1 + rng.below(i));
            }
            assert_eq!(summarise(&shuffled, &gate(true), 42).unwrap(), want);
        }
    }

    #[test]
    fn other_traits_and_read_outs_change_nothing() {
        let rows = run(12);
        let whole = summarise(&rows, &[], 42).unwrap();
        let only: Vec<_> = rows
            .into_iter()
            .filter(|o| o.trait_name == "Agreeableness" && o.readout == Readout::Continuation)
            .collect();
        let part = summarise(&only, &[], 42).unwrap();
        assert_eq!(part.scores[0], whole.scores[3]);
        assert_eq!((part.letters, part.offered), (None, None));
    }

    /// Worked example 4 of docs/protocol.md.
    #[test]
    fn worked_example_of_a_letter_score() {
        let high = [0.4, 0.1, 0.2, 0.1];
        let low = [0.1, 0.4, 0.1, 0.2];
        let mut rows = Vec::new();
        rows.extend(both("e1", "T1", high, low)); // high whatever the order
        rows.extend(both("e1", "T2", high, low));
        rows.extend(both("e2", "T1", high, low));
        rows.extend(both("e2", "T2", low, high)); // low under the second template
        rows.extend(both("e3", "T1", low, high));
        rows.extend(both("e3", "T2", low, high));
        rows.push(letters("e4", "Extraversion", "T1", Layout::FORWARD, high)); // stopped here
        let summary = summarise(&rows, &gate(false), 1).unwrap();
        let s = &summary.scores[0];
        assert_eq!((s.items, s.left_out, s.answers, s.refusals), (3, 1, 12, 0));
        assert!((s.score - 50.0).abs() < 1e-12 && (s.expected - 50.0).abs() < 1e-12 && s.d.abs() < 1e-12);
        assert!((s.option_mass.unwrap() - 0.8).abs() < 1e-12);
        let by_template: Vec<_> = summary
            .templates
            .iter()
            .map(|t| (t.template.as_str(), t.items, t.score.round()))
            .collect();
        assert_eq!(by_template, [("T1", 3, 67.0), ("T2", 3, 33.0)]);
        let kinds: Vec<_> = summary
            .sensitivities
            .iter()
            .map(|s| (s.kind, s.compared, s.changed))
            .collect();
        assert_eq!(
            kinds,
            [(SensitivityKind::Template, 3, 1), (SensitivityKind::Order, 6, 0)]
        );
        assert_eq!(
            summary.offered, None,
            "the letters fail the gate, the continuation was not asked"
        );
    }

    #[test]
    fn offered_follows_the_gate_and_what_was_asked() {
        let rows = run(4);
        assert_eq!(
            summarise(&rows, &gate(true), 1).unwrap().offered,
            Some(Readout::Letters)
        );
        assert_eq!(
            summarise(&rows, &gate(false), 1).unwrap().offered,
            Some(Readout::Continuation)
        );
        assert_eq!(summarise(&rows, &[], 1).unwrap().offered, None);
        let nothing = summarise(&[], &gate(true), 1).unwrap();
        assert_eq!(
            (nothing.scores.len(), nothing.offered, nothing.gate.len()),
            (0, None, 2)
        );
    }

    #[test]
    fn locked_letters_are_missing() {
        let a = [0.7, 0.1, 0.1, 0.05];
        let mut rows: Vec<_> = (0..6).flat_map(|i| both(&format!("e{i}"), "T1", a, a)).collect();
        let reading = OptionReading {
            logprob: -3.0,
            tokens: 3,
            neutral_logprob: None,
        };
        let asked = Asked {
            item: "e0",
            trait_name: "Extraversion",
            paraphrased: false,
        };
        rows.push(continuation_observation(asked, [reading; 4]).unwrap());
        let summary = summarise(&rows, &gate(true), 1).unwrap();
        assert!(summary.letters.unwrap().locked);
        assert_eq!(
            (summary.missing[0].items, summary.missing[0].reason),
            (6, MissingReason::Locked)
        );
        assert_eq!((summary.scores.len(), summary.templates.len()), (1, 0));
        assert_eq!(summary.offered, Some(Readout::Continuation));
    }

    #[test]
    fn refusals_are_counted_and_stay_in() {
        let little = [0.1, 0.02, 0.02, 0.02];
        let rows: Vec<_> = (0..3)
            .flat_map(|i| both(&format!("e{i}"), "T1", little, [0.1, 0.4, 0.1, 0.1]))
            .collect();
        let s = &summarise(&rows, &[], 1).unwrap().scores[0];
        assert_eq!((s.items, s.refusals, s.answers, s.score), (3, 3, 6, 100.0));
        // All three agree: Wilson's interval instead of false certainty.
        assert!((s.low - 43.85).abs() < 0.01 && s.high == 100.0, "{s:?}");
    }

    #[test]
    fn only_half_an_item_is_no_score() {
        let rows = [letters("e", "Extraversion", "T1", Layout::FORWARD, [0.2; 4])];
        let summary = summarise(&rows, &[], 1).unwrap();
        assert_eq!(
            (summary.scores.len(), summary.missing[0].reason),
            (0, MissingReason::Incomplete)
        );
    }

    #[test]
    fn a_row_twice_and_a_wrong_number_are_refused() {
        let row = letters("e", "Extraversion", "T1", Layout::FORWARD, [0.2; 4]);
        let error = summarise(&[row.clone(), row.clone()], &[], 1).unwrap_err();
        assert_eq!(error.code(), "request.invalid");
        let mut bad = row;
        bad.d = f64::NAN;
        assert_eq!(summarise(&[bad], &[], 1).unwrap_err().code(), "request.invalid");
    }

    #[test]
    fn rows_survive_json() {
        let rows = run(2);
        let again: Vec<Observation> = serde_json::from_str(&serde_json::to_string(&rows).unwrap()).unwrap();
        let (a, b) = (
            summarise(&again, &[], 3).unwrap(),
            summarise(&rows, &[], 3).unwrap(),
        );
        for (a, b) in a.scores.iter().zip(&b.scores) {
            assert_eq!(
                (&a.trait_name, a.score, a.answers),
                (&b.trait_name, b.score, b.answers)
            );
            assert!((a.expected - b.expected).abs() < 1e-9 && (a.d_low - b.d_low).abs() < 1e-9);
        }
        let row = serde_json::to_value(&rows[0]).unwrap();
        assert_eq!(
            (row["trait"].as_str(), row["readout"].as_str()),
            (Some("Openness"), Some("letters"))
        );
        assert_eq!(row["layout"], "forward");
    }
}
