//! A study as a file: what is asked, how it is read, and the settings under which it is asked again and again.
//!
//! Reading order: this file (the file), `settings` (combinations of levels, and which of them are asked), `request` (a
//! setting as a request), `answers` (what came of one setting), `summary` (what all of them come to), `ladder` (traits asked for in steps),
//! `result` (the file of answers). The form of the file is that of `docs/study.schema.json`.

mod answers;
mod comparison;
mod ladder;
mod request;
mod result;
mod settings;
mod summary;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, HashSet};

use serde::{Deserialize, Serialize};

use crate::items::MAX_FILE_BYTES;
use crate::measure::{Layout, Readout};
use crate::prompt::frame::{FRAME_LIMIT, Frame};
use crate::prompt::labels::LabelStyle;
use crate::prompt::templates::LetterTemplate;
use crate::study::request::twice;
use crate::{Error, Result};

pub use answers::{ItemValue, SettingAnswers};
pub use comparison::ScaleChange;
pub use ladder::{Ladder, LadderStep};
pub use result::StudyResult;
pub use settings::Setting;
pub use summary::{Apart, Plane, ScaleOverSettings, StudySummary, StudyValidity};

const FORMAT: &str = "traitscope-study";
const FORMAT_VERSION: u32 = 1;
const MOST_FACTORS: usize = 8;
const MOST_LEVELS: usize = 200;
const MOST_SETTINGS: usize = 10_000;
const LONGEST_NAME: usize = 80;

/// A study. The same study, model and device give the same figures.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(deny_unknown_fields)]
pub struct StudyFile {
    /// `traitscope-study`.
    pub format: String,
    /// Version of the format: 1.
    pub format_version: u32,
    /// What it is called.
    pub name: String,
    /// What it asks and what it can show.
    #[serde(default)]
    pub description: String,
    /// Where the method is from.
    #[serde(default)]
    pub source: Option<String>,
    /// Which items are asked; none without it.
    #[serde(default)]
    pub items: Option<ItemsChoice>,
    /// Which statements are rated; none without it.
    #[serde(default)]
    pub inventory: Option<InventoryChoice>,
    /// How answers are read.
    pub readouts: Vec<Readout>,
    /// Templates of the letter read-out.
    #[serde(default = "super::request::default_templates")]
    pub templates: Vec<LetterTemplate>,
    /// Orders of the options in the letter read-out.
    #[serde(default)]
    pub layouts: Layouts,
    /// Whether paraphrases are asked too.
    #[serde(default)]
    pub paraphrases: bool,
    /// Whether options are also scored after a neutral prompt (continuation).
    #[serde(default)]
    pub gain: bool,
    /// Factual questions asked first, 0 to 24.
    #[serde(default)]
    pub gate: usize,
    /// What is done with a read-out that they fail.
    #[serde(default)]
    pub failing: Failing,
    /// Seed of draws and intervals.
    #[serde(default)]
    #[cfg_attr(test, ts(type = "number"))]
    pub seed: u64,
    /// What is varied.
    #[serde(default)]
    pub factors: Vec<Factor>,
    /// How many of the combinations are asked, drawn by the seed; all without it.
    #[serde(default)]
    pub settings: Option<usize>,
}

/// Items of a bank.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(deny_unknown_fields)]
pub struct ItemsChoice {
    /// So many of each trait, from as many parts of life as there are; all without it.
    #[serde(default)]
    pub per_trait: Option<usize>,
    /// Of these traits; of all without it.
    #[serde(default)]
    pub traits: Option<Vec<String>>,
}

/// Statements of an inventory.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(deny_unknown_fields)]
pub struct InventoryChoice {
    /// Which inventory, such as `ipip-neo-120.en`.
    pub id: String,
    /// The first so many of each domain; all without it.
    #[serde(default)]
    pub per_domain: Option<usize>,
}

/// Orders of the options.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(untagged)]
pub enum Layouts {
    /// These.
    Some(Vec<Layout>),
    /// All 24.
    All(AllLayouts),
}

/// The word for all 24 orders.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "lowercase")]
pub enum AllLayouts {
    /// `all`.
    All,
}

impl Default for Layouts {
    fn default() -> Self {
        Self::Some(vec![Layout::FORWARD, Layout::REVERSED])
    }
}

impl Layouts {
    /// Each order.
    pub fn list(&self) -> Vec<Layout> {
        match self {
            Self::Some(layouts) => layouts.clone(),
            Self::All(_) => Layout::all(),
        }
    }
}

/// What is done with a read-out that fails the factual questions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "lowercase")]
pub enum Failing {
    /// It is left out.
    #[default]
    Skip,
    /// It is asked all the same.
    Ask,
}

/// Something that is varied.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(deny_unknown_fields)]
pub struct Factor {
    /// Such as "biography".
    pub name: String,
    /// What it can be.
    pub levels: Vec<FactorLevel>,
}

/// What takes the place of a level's wording where the statements are in another language.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(deny_unknown_fields)]
pub struct Translation {
    /// In the place of the level's instruction.
    #[serde(default)]
    pub instruction: Option<String>,
    /// In the place of the level's frame.
    #[serde(default)]
    pub frame: Option<Frame>,
}

/// One of the things that a factor can be. What it does not say stays as the study has it.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(deny_unknown_fields)]
pub struct FactorLevel {
    /// Unique in its factor.
    pub name: String,
    /// Of the system prompt; the texts of several factors are joined by a space.
    #[serde(default)]
    pub system: Option<String>,
    /// What stands for `{instruction}` in the frame.
    #[serde(default)]
    pub instruction: Option<String>,
    /// The wording of the questions.
    #[serde(default)]
    pub frame: Option<Frame>,
    /// The same for inventories in other languages, by the language that the inventory names.
    #[serde(default)]
    pub translations: BTreeMap<String, Translation>,
    /// The template of the letter read-out.
    #[serde(default)]
    pub template: Option<LetterTemplate>,
    /// What the answers are labelled with.
    #[serde(default)]
    pub labels: Option<LabelStyle>,
    /// Orders of the options.
    #[serde(default)]
    pub layouts: Option<Vec<Layout>>,
    /// Another inventory, such as the same in another language.
    #[serde(default)]
    pub inventory: Option<String>,
    /// The trait that a step of a ladder aims at.
    #[serde(default, rename = "trait")]
    pub trait_name: Option<String>,
    /// The place of the step, from the lowest.
    #[serde(default)]
    pub rank: Option<u32>,
}

impl StudyFile {
    /// Reads a study.
    ///
    /// # Errors
    /// [`Error::StudyInvalid`] that says what is wrong.
    pub fn from_json(bytes: &[u8]) -> Result<Self> {
        if bytes.len() > MAX_FILE_BYTES {
            return Err(Error::StudyInvalid("it is larger than any study".into()));
        }
        let study: Self =
            serde_json::from_slice(bytes).map_err(|error| Error::StudyInvalid(error.to_string()))?;
        study.check()?;
        Ok(study)
    }

    /// Refuses a study that cannot be carried out.
    ///
    /// # Errors
    /// [`Error::StudyInvalid`] that says what is wrong.
    pub fn check(&self) -> Result<()> {
        let invalid = |why: String| Err(Error::StudyInvalid(why));
        if self.format != FORMAT {
            return invalid(format!("its format is {:?}, not {FORMAT:?}", self.format));
        }
        if self.format_version != FORMAT_VERSION {
            let version = self.format_version;
            return invalid(format!(
                "its format has version {version}, and this program reads version {FORMAT_VERSION}"
            ));
        }
        if self.items.is_none() && self.inventory.is_none() {
            return invalid("it asks nothing: \"items\" or \"inventory\" has to be there".into());
        }
        if self.readouts.is_empty() || twice(&self.readouts) {
            return invalid("\"readouts\" must name one or two different ones".into());
        }
        let layouts = self.layouts.list();
        if self.templates.is_empty() || twice(&self.templates) || layouts.is_empty() || twice(&layouts) {
            return invalid("\"templates\" and \"layouts\" must name each thing once".into());
        }
        if self.gate > 24 {
            return invalid("\"gate\" is at most 24".into());
        }
        let none = Some(0);
        let items = self.items.as_ref().is_some_and(|items| items.per_trait == none);
        if items || self.inventory.as_ref().is_some_and(|own| own.per_domain == none) {
            return invalid("\"per_trait\" and \"per_domain\" are at least 1".into());
        }
        if self.factors.len() > MOST_FACTORS {
            return invalid(format!("it has more than {MOST_FACTORS} factors"));
        }
        if !distinct(self.factors.iter().map(|factor| factor.name.as_str())) {
            return invalid("every factor needs a name of its own".into());
        }
        for factor in &self.factors {
            self.check_factor(factor)
                .or_else(|error| invalid(format!("factor {:?}: {}", factor.name, reason(error))))?;
        }
        let all = self.combinations();
        if let Some(settings) = self.settings
            && (settings == 0 || settings > all)
        {
            return invalid(format!("it asks {settings} of {all} settings"));
        }
        if self.settings.unwrap_or(all) > MOST_SETTINGS {
            return invalid(format!(
                "it has {all} settings, and at most {MOST_SETTINGS} can be asked; say how many in \"settings\""
            ));
        }
        Ok(())
    }

    fn check_factor(&self, factor: &Factor) -> Result<()> {
        let invalid = |why: &str| Err(Error::StudyInvalid(why.into()));
        if factor.levels.is_empty() || factor.levels.len() > MOST_LEVELS {
            return invalid("it needs 1 to 200 levels");
        }
        if !distinct(factor.levels.iter().map(|level| level.name.as_str())) {
            return invalid("every level needs a name of its own, of at most 80 characters");
        }
        for level in &factor.levels {
            let own = FactorLevel {
                name: level.name.clone(),
                ..FactorLevel::default()
            };
            if *level == own {
                return invalid("a level changes nothing");
            }
            let translations = || level.translations.values();
            let instructions = translations().filter_map(|own| own.instruction.as_ref());
            let texts = [&level.system, &level.instruction].into_iter().flatten();
            for text in texts.chain(instructions) {
                if text.trim().is_empty() || text.chars().count() > FRAME_LIMIT {
                    return invalid("a text is empty or too long");
                }
            }
            let frames = translations().filter_map(|own| own.frame.as_ref());
            for frame in level.frame.iter().chain(frames) {
                frame.check()?;
                if self.readouts.contains(&Readout::Continuation) && frame.open.is_none() {
                    return invalid("the continuation read-out needs a frame's \"open\" question");
                }
            }
            let translates = |own: &Translation| {
                let (instruction, frame) = (own.instruction.is_some(), own.frame.is_some());
                (instruction, frame) == (level.instruction.is_some(), level.frame.is_some())
            };
            if !translations().all(translates) {
                return invalid(
                    "a translation has to have what the level has of \"instruction\" and \"frame\", and no more",
                );
            }
            let framed = |factor: &Factor| factor.levels.iter().all(|level| level.frame.is_some());
            if level.instruction.is_some() && level.frame.is_none() && !self.factors.iter().any(framed) {
                return invalid("an instruction needs a frame to stand in");
            }
            if level
                .layouts
                .as_ref()
                .is_some_and(|own| own.is_empty() || twice(own))
            {
                return invalid("\"layouts\" must name each order once");
            }
            if level.inventory.is_some() && self.inventory.is_none() {
                return invalid("a level names an inventory, and the study has none");
            }
            if level.rank.is_some() != level.trait_name.is_some() {
                return invalid("\"trait\" and \"rank\" go together");
            }
        }
        Ok(())
    }

    /// Whether the other is the same study. What was drawn may differ, since answers go by their place among all combinations.
    pub(super) fn is_of(&self, other: &Self) -> bool {
        let whole = |study: &Self| Self {
            settings: None,
            ..study.clone()
        };
        whole(self) == whole(other)
    }

    /// Number of combinations of levels; 1 without factors.
    pub fn combinations(&self) -> usize {
        let counts = self.factors.iter().map(|factor| factor.levels.len());
        counts.fold(1, |all: usize, own| all.saturating_mul(own))
    }

    /// The inventories that its settings name.
    pub fn inventories(&self) -> Vec<&str> {
        let own = self.inventory.iter().map(|inventory| inventory.id.as_str());
        let levels = self.factors.iter().flat_map(|factor| &factor.levels);
        let mut all: Vec<&str> = own
            .chain(levels.filter_map(|level| level.inventory.as_deref()))
            .collect();
        let mut seen = HashSet::new();
        all.retain(|id| seen.insert(*id));
        all
    }
}

/// The words of an error of a part.
fn reason(error: Error) -> String {
    match error {
        Error::StudyInvalid(why) | Error::RequestInvalid(why) => why,
        other => other.to_string(),
    }
}

/// Whether these are names, each of which stands once.
fn distinct<'a>(names: impl Iterator<Item = &'a str>) -> bool {
    let mut seen = HashSet::new();
    let mut fine =
        |name: &'a str| !name.trim().is_empty() && name.chars().count() <= LONGEST_NAME && seen.insert(name);
    names.into_iter().all(&mut fine)
}
