//! The letter read-out: four label log-probabilities to one row, and TRAIT's choice from a pair of rows.
//!
//! Source: Lee et al., "Do LLMs have distinct and consistent personality? TRAIT", arXiv 2406.14703, and its
//! public repository.

use super::layout::Layout;
use super::logprob::{argmax, checked, high_minus_low, log_sum_exp, softmax};
use super::types::{Asked, KEYS, Observation, OptionScore, REFUSAL_MASS, Readout};
use crate::error::Result;

/// One row of the letter read-out.
///
/// `labels` are the natural log-probabilities of the bare tokens A, B, C, D over the whole vocabulary at
/// the last position of the prompt.
///
/// # Errors
/// [`crate::error::Error::DeviceSelfTest`] for a log-probability that no model can give.
pub fn letters_observation(
    asked: Asked<'_>,
    template: &str,
    layout: Layout,
    labels: [f64; 4],
) -> Result<Observation> {
    let mut logprobs = [0.0; 4];
    for ((label, key), value) in ["A", "B", "C", "D"].into_iter().zip(layout.order()).zip(labels) {
        let name = || {
            format!(
                "label {label} of item {:?} ({}, {template})",
                asked.item, asked.trait_name
            )
        };
        logprobs[key] = checked(value, &name)?;
    }
    let total = log_sum_exp(&logprobs);
    // Four different tokens cannot hold more than the whole probability, beyond rounding.
    let mass = checked(total, &|| {
        format!("the sum of the labels of item {:?} ({template})", asked.item)
    })?
    .exp();
    let p = softmax(logprobs);
    Ok(Observation {
        item: asked.item.into(),
        trait_name: asked.trait_name.into(),
        readout: Readout::Letters,
        template: Some(template.into()),
        layout: Some(layout),
        options: KEYS
            .iter()
            .zip(logprobs)
            .map(|(key, logprob)| OptionScore {
                key: (*key).into(),
                logprob,
                tokens: 1,
                neutral_logprob: None,
            })
            .collect(),
        option_mass: Some(mass),
        p_high: (p[0] + p[1]).min(1.0),
        d: high_minus_low(logprobs),
        refused: mass < REFUSAL_MASS,
        win: Some(argmax(p) < 2),
        p_high_gain: None,
        d_gain: None,
        paraphrased: asked.paraphrased,
    })
}

/// What one item says under one template, from orders of its options that mirror each other.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PairedLayouts {
    /// Probability of each option, renormalised over the four and averaged over the rows, in the order of [`KEYS`].
    pub options: [f64; 4],
    /// Whether the most probable option is a high one; ties in the order of [`KEYS`], as in the official code.
    pub chose_high: bool,
    /// Official `H1 + H2`, 0 to 1.
    pub expected: f64,
    /// Mean of the rows' `d`, in nats.
    pub d: f64,
}

/// TRAIT's pairing of the forward and the reversed row of one item and template; with more pairs, the mean over all.
///
/// # Errors
/// [`crate::error::Error::RequestInvalid`] for a row without its four options.
pub fn pair_layouts(pairs: &[[&Observation; 2]]) -> Result<PairedLayouts> {
    let (mut options, mut d) = ([0.0; 4], 0.0);
    for [one, other] in pairs {
        let (p, q) = (softmax(one.logprobs()?), softmax(other.logprobs()?));
        for (sum, (p, q)) in options.iter_mut().zip(p.into_iter().zip(q)) {
            *sum += (p + q) / 2.0;
        }
        d += (one.d + other.d) / 2.0;
    }
    let n = pairs.len() as f64;
    let options = options.map(|sum| sum / n);
    Ok(PairedLayouts {
        options,
        chose_high: argmax(options) < 2,
        expected: (options[0] + options[1]).min(1.0),
        d: d / n,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const ASKED: Asked<'_> = Asked {
        item: "ext-1",
        trait_name: "Extraversion",
        paraphrased: false,
    };

    fn row(layout: Layout, labels: [f64; 4]) -> Observation {
        letters_observation(ASKED, "T1", layout, labels.map(f64::ln)).unwrap()
    }

    /// Worked example 1 of docs/protocol.md.
    #[test]
    fn worked_example_of_one_row() {
        let o = row(Layout::FORWARD, [0.24, 0.12, 0.16, 0.08]);
        assert!((o.option_mass.unwrap() - 0.60).abs() < 1e-12);
        assert!((o.p_high - 2.0 / 3.0).abs() < 1e-12);
        assert!((o.d - std::f64::consts::LN_2).abs() < 1e-9);
        assert_eq!((o.refused, o.win), (false, Some(true)));
        let keys: Vec<_> = o
            .options
            .iter()
            .map(|o| (o.key.as_str(), (o.logprob.exp() * 100.0).round()))
            .collect();
        assert_eq!(
            keys,
            [("high1", 24.0), ("high2", 16.0), ("low1", 12.0), ("low2", 8.0)]
        );
        o.check().unwrap();
    }

    /// Worked example 2 of docs/protocol.md.
    #[test]
    fn worked_example_of_a_pair() {
        let pair = pair_layouts(&[[
            &row(Layout::FORWARD, [0.24, 0.12, 0.16, 0.08]),
            &row(Layout::REVERSED, [0.30, 0.10, 0.05, 0.05]),
        ]])
        .unwrap();
        for (got, want) in pair
            .options
            .into_iter()
            .zip([0.30, 0.183_333_333, 0.40, 0.116_666_667])
        {
            assert!((got - want).abs() < 1e-8, "{got} {want}");
        }
        assert!(!pair.chose_high);
        assert!((pair.expected - 0.483_333_333).abs() < 1e-8);
        assert!((pair.d - 0.071_920_518).abs() < 1e-8);
    }

    #[test]
    fn a_tie_falls_to_the_first_high_option() {
        let o = row(Layout::REVERSED, [0.2, 0.2, 0.2, 0.2]);
        assert_eq!(o.win, Some(true));
        assert!(
            pair_layouts(&[[&row(Layout::FORWARD, [0.2; 4]), &o]])
                .unwrap()
                .chose_high
        );
    }

    #[test]
    fn little_mass_is_a_refusal() {
        assert!(row(Layout::FORWARD, [0.1, 0.05, 0.05, 0.04]).refused);
        assert!(!row(Layout::FORWARD, [0.1, 0.06, 0.05, 0.05]).refused);
    }

    #[test]
    fn more_than_the_whole_probability_is_refused() {
        let error = letters_observation(ASKED, "T1", Layout::FORWARD, [0.5f64.ln(); 4]).unwrap_err();
        assert_eq!(error.code(), "device.selftest");
        let error =
            letters_observation(ASKED, "T1", Layout::FORWARD, [f64::NAN, -1.0, -2.0, -3.0]).unwrap_err();
        assert!(error.to_string().contains("label A of item \"ext-1\""));
    }

    #[test]
    fn a_row_that_contradicts_itself_is_refused() {
        let mut o = row(Layout::FORWARD, [0.24, 0.12, 0.16, 0.08]);
        o.p_high = 0.9;
        assert_eq!(o.check().unwrap_err().code(), "request.invalid");
        let mut o = row(Layout::FORWARD, [0.24, 0.12, 0.16, 0.08]);
        o.options.swap(0, 1);
        assert_eq!(o.check().unwrap_err().code(), "request.invalid");
        let mut o = row(Layout::FORWARD, [0.24, 0.12, 0.16, 0.08]);
        o.layout = None;
        assert_eq!(o.check().unwrap_err().code(), "request.invalid");
    }
}
