//! The continuation read-out: the log-probabilities of the four options' own words to one row.

use super::logprob::{argmax, checked, high_minus_low, softmax};
use super::types::{Asked, KEYS, Observation, OptionScore, Readout};
use crate::error::{Error, Result};

/// What the model says of one option's words.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OptionReading {
    /// Sum of the natural log-probabilities of the option's tokens after the situation.
    pub logprob: f64,
    /// Number of those tokens, at least 1.
    pub tokens: u32,
    /// The same sum after the neutral prompt.
    pub neutral_logprob: Option<f64>,
}

/// One row of the continuation read-out, from the four options in the order of [`KEYS`].
///
/// # Errors
/// [`Error::DeviceSelfTest`] for a log-probability that no model can give, [`Error::RequestInvalid`] for an
/// option without tokens or a neutral prompt asked for some options only.
pub fn continuation_observation(asked: Asked<'_>, readings: [OptionReading; 4]) -> Result<Observation> {
    let mut sums = [0.0; 4];
    let mut lengths = [0.0; 4];
    let mut gains = [0.0; 4];
    let neutral = readings[0].neutral_logprob.is_some();
    for (i, (key, reading)) in KEYS.iter().zip(readings).enumerate() {
        let name = || format!("option {key} of item {:?} ({})", asked.item, asked.trait_name);
        if reading.tokens == 0 {
            return Err(Error::RequestInvalid(format!("{} has no tokens", name())));
        }
        if reading.neutral_logprob.is_some() != neutral {
            return Err(Error::RequestInvalid(format!(
                "{} must have a neutral log-probability where the others have one, and none where they have none",
                name()
            )));
        }
        sums[i] = checked(reading.logprob, &name)?;
        lengths[i] = f64::from(reading.tokens);
        if let Some(value) = reading.neutral_logprob {
            gains[i] = sums[i] - checked(value, &|| format!("{} after the neutral prompt", name()))?;
        }
    }
    let per_token = |x: [f64; 4]| {
        [
            x[0] / lengths[0],
            x[1] / lengths[1],
            x[2] / lengths[2],
            x[3] / lengths[3],
        ]
    };
    let p_high = |x: [f64; 4]| {
        let p = softmax(x);
        (p[0] + p[1]).min(1.0)
    };
    let means = per_token(sums);
    Ok(Observation {
        item: asked.item.into(),
        trait_name: asked.trait_name.into(),
        readout: Readout::Continuation,
        template: None,
        layout: None,
        options: KEYS
            .iter()
            .zip(readings)
            .zip(sums)
            .map(|((key, reading), logprob)| OptionScore {
                key: (*key).into(),
                logprob,
                tokens: reading.tokens,
                neutral_logprob: reading.neutral_logprob,
            })
            .collect(),
        option_mass: None,
        p_high: p_high(sums),
        d: high_minus_low(means),
        refused: false,
        win: Some(argmax(means) < 2),
        p_high_gain: neutral.then(|| p_high(gains)),
        d_gain: neutral.then(|| high_minus_low(per_token(gains))),
        paraphrased: asked.paraphrased,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const ASKED: Asked<'_> = Asked {
        item: "agr-1",
        trait_name: "Agreeableness",
        paraphrased: false,
    };

    fn readings(neutral: bool) -> [OptionReading; 4] {
        [
            (-20.0, 10, -24.0),
            (-22.0, 10, -23.0),
            (-21.0, 7, -23.0),
            (-30.0, 12, -33.0),
        ]
        .map(|(logprob, tokens, base)| OptionReading {
            logprob,
            tokens,
            neutral_logprob: neutral.then_some(base),
        })
    }

    /// Worked example 3 of docs/protocol.md.
    #[test]
    fn worked_example() {
        let o = continuation_observation(ASKED, readings(true)).unwrap();
        assert!((o.p_high - 0.755_248_7).abs() < 1e-6, "{}", o.p_high);
        assert!((o.d - 0.65).abs() < 1e-12);
        assert_eq!((o.win, o.refused, o.option_mass), (Some(true), false, None));
        assert!(
            (o.p_high_gain.unwrap() - 0.675_972_9).abs() < 1e-6,
            "{:?}",
            o.p_high_gain
        );
        assert!((o.d_gain.unwrap() - (-0.017_857_142_857)).abs() < 1e-9);
        o.check().unwrap();
    }

    #[test]
    fn without_a_neutral_prompt_there_is_no_gain() {
        let o = continuation_observation(ASKED, readings(false)).unwrap();
        assert_eq!((o.p_high_gain, o.d_gain), (None, None));
    }

    #[test]
    fn the_best_option_per_token_wins_even_against_the_best_sum() {
        let mut r = readings(false);
        r[3] = OptionReading {
            logprob: -60.0,
            tokens: 60,
            neutral_logprob: None,
        };
        let o = continuation_observation(ASKED, r).unwrap();
        assert_eq!(o.win, Some(false));
        assert!(o.p_high > 0.7);
    }

    #[test]
    fn long_options_do_not_underflow() {
        let o = continuation_observation(
            ASKED,
            readings(false).map(|r| OptionReading {
                logprob: r.logprob - 5000.0,
                ..r
            }),
        )
        .unwrap();
        assert!((o.p_high - 0.755_248_7).abs() < 1e-6);
    }

    #[test]
    fn impossible_readings_are_refused() {
        let mut r = readings(true);
        r[2].logprob = f64::NEG_INFINITY;
        assert_eq!(
            continuation_observation(ASKED, r).unwrap_err().code(),
            "device.selftest"
        );
        let mut r = readings(true);
        r[1].neutral_logprob = Some(f64::NAN);
        let error = continuation_observation(ASKED, r).unwrap_err().to_string();
        assert!(
            error.contains("option high2") && error.contains("neutral"),
            "{error}"
        );
        let mut r = readings(true);
        r[3].neutral_logprob = None;
        assert_eq!(
            continuation_observation(ASKED, r).unwrap_err().code(),
            "request.invalid"
        );
        let mut r = readings(true);
        r[0].tokens = 0;
        assert_eq!(
            continuation_observation(ASKED, r).unwrap_err().code(),
            "request.invalid"
        );
    }
}
