//! Whether texts have fallen apart: they repeat themselves, or the model itself finds them unlikely.

use std::collections::HashSet;
use std::hash::Hash;

use serde::{Deserialize, Serialize};

use super::bootstrap::{Estimate, mean_intervals};
use crate::error::{Error, Result};

/// Tokens of the runs that are counted for repetition.
pub const RUN: usize = 3;

/// A steered text is coherent while its mean log-probability under the unsteered model is at most so many nats a token
/// below that of unsteered texts.
pub const MOST_LOST: f64 = 1.0;

/// And while at most so much more of its runs are repeated.
pub const MOST_REPEATED: f64 = 0.2;

/// And while it can be packed at most so many times better.
pub const MOST_PACKED: f64 = 1.5;

/// Most work of the packer; the ratio of a text must not depend on its speed.
const PACKING: u8 = 9;

/// The share of runs of `n` tokens that stand in the text before; 0 for a text of fewer than `n`.
///
/// It is 1 less distinct-n, the share of different runs (Li et al., arXiv 1510.03055, section 4).
pub fn repeated<T: Hash + Eq>(tokens: &[T], n: usize) -> f64 {
    let runs = tokens.windows(n.max(1));
    let count = runs.len();
    if count == 0 {
        return 0.0;
    }
    let different: HashSet<_> = runs.collect();
    1.0 - different.len() as f64 / count as f64
}

/// Bytes of a text for each byte of the same text packed by DEFLATE (RFC 1951): plain English has about 1.5 to 3, more the
/// longer it is, and a text that repeats itself much more. 0 for no text.
pub fn packing_ratio(text: &str) -> f64 {
    if text.is_empty() {
        return 0.0;
    }
    let packed = miniz_oxide::deflate::compress_to_vec(text.as_bytes(), PACKING);
    text.len() as f64 / packed.len() as f64
}

/// A text that was written.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct JudgedText {
    /// What was asked.
    pub prompt: String,
    /// What was answered.
    pub text: String,
    /// Tokens of it.
    pub tokens: usize,
    /// Mean log-probability of a token under the unsteered model, in nats; none of an empty text.
    pub log_prob: Option<f64>,
    /// Share of its runs of three tokens that stand in it before.
    pub repeated: f64,
}

/// Texts under one dose.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Coherence {
    /// The dose.
    pub dose: f32,
    /// Mean over texts of the mean log-probability of a token under the unsteered model, in nats.
    pub log_prob: Estimate,
    /// Mean share of repeated runs.
    pub repeated: f64,
    /// Bytes of all texts for each byte of them packed together.
    pub packing: f64,
    /// Whether they hold together as well as unsteered texts, about ([`MOST_LOST`], [`MOST_REPEATED`], [`MOST_PACKED`]).
    pub coherent: bool,
}

/// Judges the texts of each dose against those of dose 0, and finds the largest doses, downwards and upwards, up to which all
/// are coherent. Smallest dose first.
///
/// # Errors
/// [`Error::RequestInvalid`] without texts at dose 0, or where a dose has only empty texts.
pub fn judge(doses: &[(f32, &[JudgedText])], seed: u64) -> Result<(Vec<Coherence>, [f32; 2])> {
    let mut found = doses
        .iter()
        .map(|(dose, texts)| of_dose(*dose, texts, seed))
        .collect::<Result<Vec<_>>>()?;
    found.sort_by(|a, b| a.dose.total_cmp(&b.dose));
    let Some(plain) = found.iter().find(|one| one.dose == 0.0).cloned() else {
        return Err(Error::RequestInvalid(
            "steered texts are held against unsteered ones, and there are none".into(),
        ));
    };
    for one in &mut found {
        one.coherent = one.log_prob.value >= plain.log_prob.value - MOST_LOST
            && one.repeated <= plain.repeated + MOST_REPEATED
            && one.packing <= plain.packing * MOST_PACKED;
    }
    let holding = |one: &&Coherence| one.coherent;
    let upwards = found.iter().filter(|one| one.dose >= 0.0).take_while(holding);
    let downwards = found
        .iter()
        .rev()
        .filter(|one| one.dose <= 0.0)
        .take_while(holding);
    let usable = [downwards.last(), upwards.last()].map(|one| one.map_or(0.0, |one| one.dose));
    Ok((found, usable))
}

fn of_dose(dose: f32, texts: &[JudgedText], seed: u64) -> Result<Coherence> {
    let log_probs: Vec<[f64; 1]> = texts.iter().filter_map(|text| Some([text.log_prob?])).collect();
    if log_probs.is_empty() {
        return Err(Error::RequestInvalid(format!(
            "at dose {dose} nothing was written that could be judged"
        )));
    }
    let [log_prob] = mean_intervals(&log_probs, seed)?;
    let joined: Vec<&str> = texts.iter().map(|text| &text.text[..]).collect();
    Ok(Coherence {
        dose,
        log_prob,
        repeated: texts.iter().map(|text| text.repeated).sum::<f64>() / texts.len() as f64,
        packing: packing_ratio(&joined.join("\n")),
        coherent: false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_that_stand_in_the_text_before_are_counted() {
        assert_eq!(repeated(&[1, 2, 3, 4], 2), 0.0);
        // ab bc ca ab bc: two of five.
        assert_eq!(repeated(b"abcabc", 2), 0.4);
        assert_eq!(repeated(&[7; 10], 3), 0.875);
        assert_eq!(repeated::<u32>(&[], 3), 0.0);
        assert_eq!(repeated(&[1, 1], 3), 0.0);
    }

    #[test]
    fn what_repeats_itself_packs_well() {
        let plain = "The bus was late, so we walked along the river and talked about the trip to the coast.";
        assert!(
            (0.9..2.0).contains(&packing_ratio(plain)),
            "{}",
            packing_ratio(plain)
        );
        assert!(packing_ratio(&"and then ".repeat(40)) > 10.0);
        assert_eq!(packing_ratio(""), 0.0);
    }

    fn text(log_prob: f64, repeated: f64, text: &str) -> JudgedText {
        JudgedText {
            prompt: "p".into(),
            text: text.into(),
            tokens: 4,
            log_prob: Some(log_prob),
            repeated,
        }
    }

    #[test]
    fn doses_are_usable_up_to_the_first_that_falls_apart() {
        let words = "the quick brown fox jumps over the lazy dog";
        let at = |log_prob, repeated| {
            vec![
                text(log_prob, repeated, words),
                text(log_prob - 0.2, repeated, words),
            ]
        };
        let (plain, fine, unlikely, looping) = (at(-2.0, 0.1), at(-2.9, 0.3), at(-3.1, 0.1), at(-1.0, 0.31));
        let doses = [
            (0.1, &fine[..]),
            (-0.1, &fine[..]),
            (0.0, &plain[..]),
            (0.2, &unlikely[..]),
            (0.3, &fine[..]),
            (-0.2, &fine[..]),
            (-0.3, &looping[..]),
        ];
        let (found, usable) = judge(&doses, 1).unwrap();
        let coherent: Vec<_> = found.iter().map(|one| (one.dose, one.coherent)).collect();
        assert_eq!(
            coherent,
            [
                (-0.3, false),
                (-0.2, true),
                (-0.1, true),
                (0.0, true),
                (0.1, true),
                (0.2, false),
                (0.3, true)
            ]
        );
        // 0.3 is coherent, but 0.2 before it is not.
        assert_eq!(usable, [-0.2, 0.1]);
        assert!((found[3].log_prob.value + 2.1).abs() < 1e-12);

        let packed = vec![text(-2.0, 0.1, &words.repeat(9))];
        let (found, usable) = judge(&[(0.0, &plain), (0.1, &packed)], 1).unwrap();
        assert!(!found[1].coherent && usable == [0.0, 0.0]);
        assert_eq!(judge(&[(0.1, &fine)], 1).unwrap_err().code(), "request.invalid");
        let mut empty = text(0.0, 0.0, "");
        empty.log_prob = None;
        assert_eq!(
            judge(&[(0.0, &plain), (0.1, &[empty])], 1).unwrap_err().code(),
            "request.invalid"
        );
    }
}
