//! A study's answers as a file: kept as it goes, gone on with, put together from parts.

use serde::{Deserialize, Serialize};

use super::{SettingAnswers, StudyFile, StudySummary};
use crate::device::DeviceInfo;
use crate::items::{MAX_FILE_BYTES, Norm};
use crate::measure::{GateResult, Readout};
use crate::ops::Activations;
use crate::{Error, Result};

const FORMAT: &str = "traitscope-study-result";
const FORMAT_VERSION: u32 = 1;

/// The answers to a study, as far as they are there.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct StudyResult {
    /// `traitscope-study-result`.
    pub format: String,
    /// Version of the format: 1.
    pub format_version: u32,
    /// Version of this program.
    pub program: String,
    /// When it was carried out, or the first part of it, where that is known (ISO 8601).
    #[serde(default)]
    pub date: Option<String>,
    /// The study.
    pub study: StudyFile,
    /// Name of the model.
    pub model: String,
    /// Hash of its file, if known.
    pub model_sha256: Option<String>,
    /// What it ran on.
    pub device: DeviceInfo,
    /// What the CPU multiplied with.
    pub activations: Activations,
    /// Name and version of the items.
    pub items: String,
    /// What people score on the statements' domains, where it is known.
    pub norms: Vec<Norm>,
    /// The factual questions, as questions.
    pub gate: Vec<GateResult>,
    /// The same as statements.
    pub statement_gate: Vec<GateResult>,
    /// The read-outs that were asked.
    pub readouts: Vec<Readout>,
    /// One for each setting that was asked completely.
    pub answers: Vec<SettingAnswers>,
    /// What they come to.
    pub summary: StudySummary,
}

impl StudyResult {
    /// The name of the format, for whoever makes one.
    pub fn format() -> (String, u32) {
        (FORMAT.into(), FORMAT_VERSION)
    }

    /// Reads a result; its figures are made again from its answers.
    ///
    /// # Errors
    /// [`Error::StudyInvalid`] that says what is wrong.
    pub fn from_json(bytes: &[u8]) -> Result<Self> {
        if bytes.len() > MAX_FILE_BYTES {
            return Err(Error::StudyInvalid("it is larger than any result".into()));
        }
        let mut result: Self =
            serde_json::from_slice(bytes).map_err(|error| Error::StudyInvalid(error.to_string()))?;
        if (result.format.as_str(), result.format_version) != (FORMAT, FORMAT_VERSION) {
            return Err(Error::StudyInvalid(format!(
                "it is no result of a study in a format that this program reads ({FORMAT} {FORMAT_VERSION})"
            )));
        }
        result.study.check()?;
        result.summary = result.study.summarise(&result.answers, &result.norms)?;
        Ok(result)
    }

    /// Why the answers of the other may not stand beside this one's; none where they may.
    fn differs(&self, other: &Self) -> Option<&'static str> {
        [
            (!self.study.is_of(&other.study), "another study"),
            (
                self.model_sha256 != other.model_sha256 || self.model_sha256.is_none(),
                "another model file",
            ),
            (self.items != other.items, "other items"),
            (self.activations != other.activations, "other arithmetic"),
            (self.readouts != other.readouts, "other read-outs"),
        ]
        .into_iter()
        .find_map(|(differs, what)| differs.then_some(what))
    }

    /// This result with the settings of another that it does not have itself.
    ///
    /// # Errors
    /// [`Error::StudyInvalid`] for a result of another study, model, items, arithmetic or read-outs.
    pub fn join(mut self, other: Self) -> Result<Self> {
        if let Some(what) = self.differs(&other) {
            return Err(Error::StudyInvalid(format!(
                "the two results are of {what}, and cannot be put together"
            )));
        }
        let own: std::collections::HashSet<usize> = self.answers.iter().map(|own| own.setting).collect();
        self.answers.extend(
            other
                .answers
                .into_iter()
                .filter(|answers| !own.contains(&answers.setting)),
        );
        self.answers.sort_by_key(|answers| answers.setting);
        self.summary = self.study.summarise(&self.answers, &self.norms)?;
        Ok(self)
    }
}
