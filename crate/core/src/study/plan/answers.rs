//! What came of one setting: a value for each item, small enough to keep thousands of settings.

use serde::{Deserialize, Serialize};

use super::settings::Setting;
use crate::Result;
use crate::device::DeviceKind;
use crate::measure::Readout;
use crate::measure::likert::Rating;
use crate::measure::{Observation, item_values};

/// The value of an item or a statement.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct ItemValue {
    /// Whether it is a statement of an inventory.
    pub statement: bool,
    /// Trait or domain.
    pub scale: String,
    /// Its identifier.
    pub item: String,
    /// How the answer was read.
    pub readout: Readout,
    /// Items: the expected value of the letters (0 to 100), or d of the continuation (nats per token). Statements: mean points,
    /// reversed ones turned round.
    pub value: f64,
}

/// The answers under one setting.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct SettingAnswers {
    /// The setting's place among all combinations.
    pub setting: usize,
    /// Every item that was asked completely, in a fixed order.
    pub values: Vec<ItemValue>,
    /// Whether one label was answered whatever was asked: then there are no values of letters.
    pub locked: bool,
    /// Rows of letters with too little option mass.
    pub refusals: usize,
    /// Rows.
    pub rows: usize,
    /// What it was computed on, if known: a study whose GPU was lost goes on on the CPU.
    #[serde(default)]
    pub device: Option<DeviceKind>,
}

impl SettingAnswers {
    /// From the rows of a setting.
    ///
    /// # Errors
    /// [`crate::Error::RequestInvalid`] for rows that contradict themselves or stand twice.
    pub fn of(setting: &Setting, observations: &[Observation], ratings: &[Rating]) -> Result<Self> {
        let (values, locked) = item_values(observations, ratings)?;
        let refused = observations.iter().filter(|row| row.refused).count();
        Ok(Self {
            setting: setting.index,
            values: values
                .into_iter()
                .map(|found| ItemValue {
                    statement: found.statement,
                    scale: found.scale.into(),
                    item: found.item.into(),
                    readout: found.readout,
                    value: found.value,
                })
                .collect(),
            locked,
            refusals: refused + ratings.iter().filter(|row| row.refused).count(),
            rows: observations.len() + ratings.len(),
            device: None,
        })
    }
}
