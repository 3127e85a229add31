//! The competence gate: can this read-out find the right answer to plain factual questions?

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::letter_report::{LetterReport, of_labels};
use super::logprob::{argmax, checked, softmax};
use super::normal::wilson;
use super::types::{Readout, count};
use crate::error::{Error, Result};

/// Share of right answers that guessing gives with four options.
pub const GATE_CHANCE: f64 = 0.25;

/// How far above chance the share of right answers must lie.
pub const GATE_MARGIN: f64 = 0.25;

/// Fewer questions decide nothing: someone who guesses gets all of two right once in sixteen times.
pub const GATE_LEAST: usize = 8;

/// One answer to a factual question.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct GateAnswer {
    /// Identifier of the question.
    pub item: String,
    /// How the answer was read.
    pub readout: Readout,
    /// Which of the four [`rotation`]s was shown; none for continuation.
    pub rotation: Option<u8>,
    /// Position of the chosen option in the question's own order.
    pub chosen: u8,
    /// Whether it is the right one.
    pub right: bool,
    /// Probability of the right option among the four (continuation: from the sums), 0 to 1.
    pub p_right: f64,
    /// Natural-log probabilities of the labels A to D; none for continuation.
    pub labels: Option<[f64; 4]>,
}

/// How one read-out does on the gate.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct GateResult {
    /// How the answers were read.
    pub readout: Readout,
    /// Number of answers judged: four a question for letters, one for continuation.
    pub items: u32,
    /// Number of questions they belong to.
    pub questions: u32,
    /// Number of questions that were to be asked: more than `questions` where the run was stopped before the
    /// gate was finished.
    pub asked: u32,
    /// How many of `items` are right.
    pub right: u32,
    /// `right / items`, 0 to 1.
    pub rate: f64,
    /// Lower end of Wilson's 95% interval of `rate`, for as many trials as there are questions.
    pub low: f64,
    /// Upper end of that interval.
    pub high: f64,
    /// What guessing gives.
    pub chance: f64,
    /// Mean probability of the right option among the four, 0 to 1; where statements are rated, that the true one is rated above
    /// the false one, ties counting half.
    pub p_right: f64,
    /// Which letters were answered; none for continuation.
    pub letters: Option<LetterReport>,
    /// There are at least [`GATE_LEAST`] questions, each was answered, `rate` is at least chance + margin and `low` lies above chance.
    pub passes: bool,
}

/// Which option (position in the question's own order) stands behind each label A to D in rotation
/// `r` = 0 to 3: over the four rotations every option stands once behind every label.
pub fn rotation(r: u8) -> [usize; 4] {
    [0, 1, 2, 3].map(|label| (label + usize::from(r)) % 4)
}

/// One letter answer: `labels` are the log-probabilities of A to D, `answer` the position of the right option
/// in the question's own order.
///
/// # Errors
/// [`Error::RequestInvalid`] for an answer or a rotation above 3, [`Error::DeviceSelfTest`] for a
/// log-probability that no model can give.
pub fn gate_letters(item: &str, answer: usize, r: u8, labels: [f64; 4]) -> Result<GateAnswer> {
    if r > 3 {
        return Err(Error::RequestInvalid(format!(
            "question {item:?} has no rotation {r}, only 0 to 3"
        )));
    }
    let mut options = [0.0; 4];
    for (option, logprob) in rotation(r).into_iter().zip(labels) {
        options[option] = checked(logprob, &|| format!("option {} of question {item:?}", option + 1))?;
    }
    // Ties fall to the earlier label, as a reader of the prompt would meet them.
    let chosen = rotation(r)[argmax(labels)];
    let judged = judged(item, Readout::Letters, Some(r), answer, chosen, options)?;
    Ok(GateAnswer {
        labels: Some(labels),
        ..judged
    })
}

/// One continuation answer: `options` are the sums of token log-probabilities with their token counts, in the
/// question's own order. The best per token is chosen, as in the trait items.
///
/// # Errors
/// [`Error::RequestInvalid`] for an answer above 3 or an option without tokens, [`Error::DeviceSelfTest`] for
/// a log-probability that no model can give.
pub fn gate_continuation(item: &str, answer: usize, options: [(f64, u32); 4]) -> Result<GateAnswer> {
    let (mut sums, mut means) = ([0.0; 4], [0.0; 4]);
    for (i, (logprob, tokens)) in options.into_iter().enumerate() {
        if tokens == 0 {
            return Err(Error::RequestInvalid(format!(
                "option {} of question {item:?} has no tokens",
                i + 1
            )));
        }
        sums[i] = checked(logprob, &|| format!("option {} of question {item:?}", i + 1))?;
        means[i] = sums[i] / f64::from(tokens);
    }
    judged(item, Readout::Continuation, None, answer, argmax(means), sums)
}

fn judged(
    item: &str,
    readout: Readout,
    rotation: Option<u8>,
    answer: usize,
    chosen: usize,
    logprobs: [f64; 4],
) -> Result<GateAnswer> {
    let Some(p_right) = softmax(logprobs).get(answer).copied() else {
        return Err(Error::RequestInvalid(format!(
            "question {item:?} has no option {}",
            answer + 1
        )));
    };
    Ok(GateAnswer {
        item: item.into(),
        readout,
        rotation,
        chosen: chosen as u8,
        right: chosen == answer,
        p_right,
        labels: None,
    })
}

impl GateResult {
    /// Whether there are enough questions and each was answered. Otherwise a gate neither passes nor fails.
    pub fn decides(&self) -> bool {
        self.questions == self.asked && self.questions as usize >= GATE_LEAST
    }
}

/// The result of one read-out of which `asked` questions were to be asked; answers of the other are passed over, and
/// so are letter questions that were not asked in all four rotations. None if nothing is left.
///
/// # Errors
/// [`Error::RequestInvalid`] for an answer that stands twice, more questions than `asked`, or a probability outside
/// 0 to 1; [`Error::DeviceSelfTest`] for a label's log-probability that no model can give.
pub fn gate_result(readout: Readout, answers: &[GateAnswer], asked: usize) -> Result<Option<GateResult>> {
    let mut questions: BTreeMap<&str, BTreeMap<Option<u8>, &GateAnswer>> = BTreeMap::new();
    for a in answers.iter().filter(|a| a.readout == readout) {
        for logprob in a.labels.into_iter().flatten() {
            checked(logprob, &|| format!("a label of question {:?}", a.item))?;
        }
        if !(0.0..=1.0).contains(&a.p_right) {
            return Err(Error::RequestInvalid(format!(
                "question {:?} has the probability {}",
                a.item, a.p_right
            )));
        }
        if questions
            .entry(&a.item)
            .or_default()
            .insert(a.rotation, a)
            .is_some()
        {
            return Err(Error::RequestInvalid(format!(
                "question {:?} was answered twice",
                a.item
            )));
        }
    }
    let wanted = if readout == Readout::Letters { 4 } else { 1 };
    questions.retain(|_, rotations| rotations.len() == wanted);
    let judged: Vec<&GateAnswer> = questions
        .values()
        .flat_map(|rotations| rotations.values().copied())
        .collect();
    if judged.is_empty() {
        return Ok(None);
    }
    if questions.len() > asked {
        return Err(Error::RequestInvalid(format!(
            "{} questions are answered, and {asked} were to be asked",
            questions.len()
        )));
    }
    let labels: Vec<[f64; 4]> = judged.iter().filter_map(|answer| answer.labels).collect();
    let n = judged.len() as f64;
    let right = judged.iter().filter(|a| a.right).count();
    let rate = right as f64 / n;
    let (low, high) = wilson(rate, questions.len());
    let mut result = GateResult {
        readout,
        items: count(judged.len()),
        questions: count(questions.len()),
        asked: count(asked),
        right: count(right),
        rate,
        low,
        high,
        chance: GATE_CHANCE,
        letters: of_labels(&labels),
        p_right: judged.iter().map(|a| a.p_right).sum::<f64>() / n,
        passes: false,
    };
    result.passes = result.decides() && rate >= GATE_CHANCE + GATE_MARGIN && low > GATE_CHANCE;
    Ok(Some(result))
}

/// The read-out to use after the gate: letters if they pass, else continuation if that does, else none.
pub fn passing(gate: &[GateResult]) -> Option<Readout> {
    [Readout::Letters, Readout::Continuation]
        .into_iter()
        .find(|r| gate.iter().any(|g| g.readout == *r && g.passes))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn continuation(right: usize, of: usize) -> GateResult {
        let answers: Vec<_> = (0..of)
            .map(|i| {
                let best = if i < right { 2 } else { 1 };
                let mut options = [(-20.0, 5); 4];
                options[best].0 = -10.0;
                gate_continuation(&format!("q{i}"), 2, options).unwrap()
            })
            .collect();
        gate_result(Readout::Continuation, &answers, of).unwrap().unwrap()
    }

    fn locked_on(letter: usize, questions: usize) -> Vec<GateAnswer> {
        let mut labels = [-3.0; 4];
        labels[letter] = -0.5;
        let one = |q: usize| (0..4).map(move |r| gate_letters(&format!("q{q}"), q % 4, r, labels).unwrap());
        (0..questions).flat_map(one).collect()
    }

    /// Worked example 6 of docs/protocol.md.
    #[test]
    fn worked_example() {
        let good = continuation(21, 24);
        assert_eq!(
            (good.items, good.questions, good.right, good.rate),
            (24, 24, 21, 0.875)
        );
        assert!((good.low - 0.689_961).abs() < 1e-5 && (good.high - 0.956_557).abs() < 1e-5);
        assert!(good.passes);
        let poor = gate_result(Readout::Letters, &locked_on(0, 24), 24)
            .unwrap()
            .unwrap();
        assert_eq!(
            (poor.items, poor.questions, poor.right, poor.rate, poor.passes),
            (96, 24, 24, 0.25, false)
        );
        assert!(
            (poor.low - 0.119_993).abs() < 1e-5 && (poor.high - 0.448_995).abs() < 1e-5,
            "{poor:?}"
        );
        assert!((poor.p_right - 0.25).abs() < 1e-12);
        let letters = poor.letters.as_ref().unwrap();
        assert_eq!((letters.histogram, letters.locked), ([96, 0, 0, 0], true));
        // e^-0.5 + 3 e^-3
        assert!((letters.option_mass - 0.755_892).abs() < 1e-6, "{letters:?}");
        assert_eq!(good.letters, None);
        assert_eq!(
            passing(&[poor.clone(), good.clone()]),
            Some(Readout::Continuation)
        );
        assert_eq!(passing(&[poor]), None);
    }

    #[test]
    fn both_conditions_count() {
        assert!(continuation(12, 24).passes && !continuation(11, 24).passes);
        assert!(!continuation(3, 3).passes && !continuation(3, 3).decides());
        assert!(!continuation(7, 7).passes && continuation(8, 8).passes);
        assert!(continuation(5, 8).passes && !continuation(4, 8).passes);
        assert!(
            !continuation(80, 200).passes,
            "surely above chance and still mostly wrong"
        );
    }

    #[test]
    fn rotations_show_every_option_behind_every_label() {
        for label in 0..4 {
            let mut seen = [0, 1, 2, 3].map(|r| rotation(r)[label]);
            seen.sort_unstable();
            assert_eq!(seen, [0, 1, 2, 3]);
        }
        let a = gate_letters("q", 3, 1, [-2.0, -2.0, -0.7, -2.0]).unwrap();
        assert_eq!((a.chosen, a.right), (3, true));
    }

    #[test]
    fn continuation_chooses_per_token_and_reports_the_sum() {
        let a = gate_continuation("q", 1, [(-6.0, 1), (-8.0, 4), (-30.0, 5), (-30.0, 5)]).unwrap();
        assert!(a.right);
        assert!((a.p_right - 0.119_202_92).abs() < 1e-7);
    }

    #[test]
    fn an_unfinished_question_is_passed_over() {
        let mut answers = locked_on(1, 3);
        answers.pop();
        let result = gate_result(Readout::Letters, &answers, 3).unwrap().unwrap();
        assert_eq!((result.questions, result.items, result.asked), (2, 8, 3));
        assert_eq!(gate_result(Readout::Continuation, &answers, 3).unwrap(), None);
    }

    #[test]
    fn a_gate_passes_only_when_every_question_is_answered() {
        let answers: Vec<_> = (0..24)
            .map(|i| {
                let right = [(-1.0, 1), (-9.0, 1), (-9.0, 1), (-9.0, 1)];
                gate_continuation(&format!("q{i}"), 0, right).unwrap()
            })
            .collect();
        for (done, passes) in [(2, false), (23, false), (24, true)] {
            let result = gate_result(Readout::Continuation, &answers[..done], 24)
                .unwrap()
                .unwrap();
            assert_eq!((result.passes, result.decides()), (passes, passes), "{done}");
        }
        let more = gate_result(Readout::Continuation, &answers, 23).unwrap_err();
        assert_eq!(more.code(), "request.invalid");
    }

    #[test]
    fn bad_input_is_refused() {
        assert_eq!(
            gate_letters("q", 4, 0, [-1.0; 4]).unwrap_err().code(),
            "request.invalid"
        );
        assert_eq!(
            gate_letters("q", 0, 4, [-1.0; 4]).unwrap_err().code(),
            "request.invalid"
        );
        assert_eq!(
            gate_letters("q", 0, 0, [f64::NAN; 4]).unwrap_err().code(),
            "device.selftest"
        );
        assert_eq!(
            gate_continuation("q", 0, [(-1.0, 0); 4]).unwrap_err().code(),
            "request.invalid"
        );
        let twice = [locked_on(0, 1), locked_on(0, 1)].concat();
        assert_eq!(
            gate_result(Readout::Letters, &twice, 24).unwrap_err().code(),
            "request.invalid"
        );
    }
}
