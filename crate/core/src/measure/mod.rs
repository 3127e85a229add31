//! What is measured: from log-probabilities to scores, with nothing of the model in it.
//!
//! Reading order: [`types`] (one row per read-out), [`letters`] and [`continuation`] (log-probabilities to
//! a row), [`score`] (rows to one figure a trait), [`bootstrap`] (intervals), [`letter_report`], [`gate`],
//! [`sensitivity`], [`rounding`] and [`coherence`] (may the figures be believed), [`difference`] (two conditions on the
//! same items), [`comparison`] (two whole tests), [`permutation`], [`rank`] and [`correlation`] (could it be chance), [`effect`] (many doses of many directions),
//! [`summary`] (all of a test at once). Every function is pure and deterministic: the same rows and the same
//! seed give the same figures, in whatever order the rows come.
//!
//! The formulae, their sources and a worked example of each stand in `docs/protocol.md`; the tests here
//! carry the same examples.

pub mod bootstrap;
pub mod coherence;
pub mod comparison;
pub mod continuation;
pub mod correlation;
pub mod difference;
pub mod effect;
mod f_distribution;
pub mod free_answers;
pub mod gate;
mod item_values;
pub mod layout;
pub mod letter_prior;
pub mod letter_report;
pub mod letters;
pub mod likert;
pub mod logprob;
mod matrix;
pub mod normal;
pub mod permutation;
pub mod rank;
pub mod readout_agreement;
pub mod reliability;
pub mod rounding;
pub mod score;
pub mod sensitivity;
pub mod summary;
mod table;
pub mod types;
pub mod validity;
pub mod variation;

#[cfg(test)]
mod golden;
#[cfg(test)]
mod golden_forms;
#[cfg(test)]
mod golden_rating_forms;
#[cfg(test)]
mod golden_reliability;

pub use bootstrap::{Estimate, RESAMPLES};
pub use coherence::{Coherence, JudgedText, repeated};
pub use comparison::{ComparedAnswers, Comparison, DomainComparison, TraitComparison, compare};
pub use continuation::{OptionReading, continuation_observation};
pub use difference::{PairedDifference, paired_difference};
pub use effect::{DoseCurve, DosePoint, DoseRows, Placement};
pub use free_answers::{FreeAnswer, FreeRating, FreeScore, FreeScores, FreeSummary, Share, summarise_free};
pub use gate::{
    GATE_CHANCE, GATE_LEAST, GATE_MARGIN, GateAnswer, GateResult, gate_continuation, gate_letters,
    gate_result, passing, rotation,
};
pub use item_values::{ValueOfItem, item_values};
pub use layout::Layout;
pub use letter_prior::{CorrectedScore, LetterPrior};
pub use letter_report::{LetterReport, letter_report};
pub use letters::letters_observation;
pub use permutation::sign_flip;
pub use rank::{benjamini_hochberg, holm, spearman};
pub use readout_agreement::ReadoutAgreement;
pub use reliability::{Reliability, reliability};
pub use rounding::{RoundingLoss, rounding_loss};
pub use score::{Missing, MissingReason, Score, TemplateScore};
pub use sensitivity::{Sensitivity, SensitivityKind};
pub use summary::{Summary, summarise};
pub use types::{Asked, KEYS, Observation, OptionScore, REFUSAL_MASS, Readout};
pub use validity::{Validity, validity};
pub use variation::{Components, LevelEffect, Retest, Spread};
