//! A setting as a request.

use super::settings::Setting;
use super::{FactorLevel, Failing, StudyFile};
use crate::engine::PromptMode;
use crate::items::{Item, ItemBank, LikertInventory};
use crate::measure::{GateResult, Layout, Readout};
use crate::ops::Activations;
use crate::study::ScoreRequest;
use crate::{Error, Result};

impl StudyFile {
    /// The items of a bank that it asks.
    ///
    /// # Errors
    /// [`Error::StudyInvalid`] for a trait that the bank has no item of.
    pub fn choose_items(&self, bank: &ItemBank) -> Result<ItemBank> {
        let mut items = bank.clone();
        let Some(choice) = &self.items else {
            items.items.clear();
            return Ok(items);
        };
        if let Some(traits) = &choice.traits {
            let known = bank.traits();
            if let Some(unknown) = traits.iter().find(|name| !known.contains(&name.as_str())) {
                return Err(Error::StudyInvalid(format!(
                    "the items know no trait {unknown:?}"
                )));
            }
        }
        let mut ranks = ranks(bank).into_iter();
        items.items.retain(|item| {
            let rank = ranks.next().unwrap_or(0);
            let wanted = choice
                .traits
                .as_ref()
                .is_none_or(|traits| traits.contains(&item.trait_name));
            wanted && choice.per_trait.is_none_or(|most| rank < most)
        });
        Ok(items)
    }

    /// The statements of an inventory that it asks.
    pub fn choose_statements(&self, inventory: &LikertInventory) -> LikertInventory {
        let most = self.inventory.as_ref().and_then(|choice| choice.per_domain);
        let mut chosen = inventory.clone();
        let mut counts = std::collections::HashMap::new();
        chosen.items.retain(|item| {
            let count = counts.entry(item.domain.clone()).or_insert(0);
            *count += 1;
            most.is_none_or(|most| *count <= most)
        });
        chosen
    }

    /// The inventory that a setting rates statements of; none where the study has none.
    pub fn inventory_of<'a>(&'a self, setting: &'a Setting) -> Option<&'a str> {
        let own = self
            .levels(setting)
            .filter_map(|level| level.inventory.as_deref())
            .last();
        own.or(self.inventory.as_ref().map(|inventory| inventory.id.as_str()))
    }

    /// What is asked under a setting, without factual questions: these are asked once, under none.
    ///
    /// `bank` and `inventory` are whole; [`StudyFile::inventory_of`] says which inventory it has to be.
    ///
    /// # Errors
    /// [`Error::StudyInvalid`] where the parts of the setting do not fit together.
    pub fn request(
        &self,
        setting: &Setting,
        bank: &ItemBank,
        inventory: Option<&LikertInventory>,
    ) -> Result<ScoreRequest> {
        let inventory = match (&self.inventory, inventory) {
            (Some(_), Some(inventory)) => Some(self.choose_statements(inventory)),
            (None, _) => None,
            (Some(choice), None) => {
                return Err(Error::StudyInvalid(format!(
                    "the inventory {:?} is not there",
                    choice.id
                )));
            }
        };
        let mut request = ScoreRequest {
            items: self.choose_items(bank)?,
            inventory,
            ..self.plain()
        };
        let mut system: Vec<&str> = Vec::new();
        let language = request
            .inventory
            .as_ref()
            .map_or(String::new(), |own| own.language.clone());
        for level in self.levels(setting) {
            system.extend(level.system.as_deref());
            let (instruction, frame) = match level.translations.get(&language) {
                Some(own) => (&own.instruction, &own.frame),
                None => (&level.instruction, &level.frame),
            };
            if instruction.is_some() {
                request.instruction.clone_from(instruction);
            }
            if frame.is_some() {
                request.frame.clone_from(frame);
            }
            if let Some(template) = level.template {
                request.templates = vec![template];
            }
            if let Some(layouts) = &level.layouts {
                request.layouts.clone_from(layouts);
            }
        }
        // The labels of one factor are those of the template of another, whichever comes first.
        for labels in self.levels(setting).filter_map(|level| level.labels) {
            for template in &mut request.templates {
                *template = template.with_labels(labels);
            }
        }
        request.system = (!system.is_empty()).then(|| system.join(" "));
        request
            .check()
            .map_err(|error| Error::StudyInvalid(super::reason(error)))?;
        Ok(request)
    }

    /// What all its requests have in common, with nothing to ask.
    fn plain(&self) -> ScoreRequest {
        ScoreRequest {
            items: ItemBank {
                name: String::new(),
                version: String::new(),
                licence: String::new(),
                items: Vec::new(),
            },
            inventory: None,
            readouts: self.readouts.clone(),
            templates: self.templates.clone(),
            layouts: self.layouts.list(),
            frame: None,
            instruction: None,
            system: None,
            prompt_mode: PromptMode::default(),
            gate_questions: 0,
            gate_range: None,
            gain: self.gain,
            paraphrases: self.paraphrases,
            activations: Activations::default(),
            steering: Vec::new(),
            seed: self.seed,
        }
    }

    /// What asks the factual questions, for the items and for the statements of `inventory`: under no setting, so that a persona
    /// is not held against a read-out. Empty where the study asks none.
    pub fn gate_requests(&self, inventory: Option<&LikertInventory>) -> Vec<ScoreRequest> {
        let base = ScoreRequest {
            layouts: vec![Layout::FORWARD, Layout::REVERSED],
            gate_questions: self.gate,
            ..self.plain()
        };
        let of_items = self.items.iter().map(|_| base.clone());
        let of_statements = self
            .inventory
            .iter()
            .zip(inventory)
            .map(|(_, inventory)| ScoreRequest {
                inventory: Some(LikertInventory {
                    items: Vec::new(),
                    ..inventory.clone()
                }),
                ..base.clone()
            });
        let asked = of_items.chain(of_statements);
        asked.filter(|_| self.gate > 0).collect()
    }

    /// The read-outs that are asked, after what the factual questions say: one that fails them as questions and as statements, as
    /// far as these were asked, is left out unless the study wants it all the same.
    pub fn readouts_to_ask(&self, gate: &[GateResult], statement_gate: &[GateResult]) -> Vec<Readout> {
        let asked = |readout: &Readout| {
            let mut of = gate
                .iter()
                .chain(statement_gate)
                .filter(|own| own.readout == *readout)
                .peekable();
            self.failing == Failing::Ask || of.peek().is_none() || of.any(|own| own.passes)
        };
        self.readouts.iter().copied().filter(asked).collect()
    }

    /// The level of each factor.
    pub(super) fn levels<'a>(&'a self, setting: &'a Setting) -> impl Iterator<Item = &'a FactorLevel> {
        let pairs = self.factors.iter().zip(&setting.levels);
        pairs.filter_map(|(factor, level)| factor.levels.get(*level))
    }
}

/// For each item its place in the order in which its trait's items are taken: one of each part of life before a second of any,
/// so that a few items are from as many parts of life. Every trait begins with another part. Items of a trait that do not all
/// say where they are from are taken in the bank's order.
fn ranks(bank: &ItemBank) -> Vec<usize> {
    let mut parts: Vec<&str> = Vec::new();
    for part in bank.items.iter().filter_map(|item| item.setting.as_deref()) {
        if !parts.contains(&part) {
            parts.push(part);
        }
    }
    let mut ranks = vec![0; bank.items.len()];
    for (turn, name) in bank.traits().into_iter().enumerate() {
        let own: Vec<(usize, &Item)> = (bank.items.iter().enumerate())
            .filter(|(_, item)| item.trait_name == name)
            .collect();
        let stratified = own.iter().all(|(_, item)| item.setting.is_some());
        let mut keyed: Vec<((usize, usize), usize)> = Vec::new();
        for (place, (at, item)) in own.iter().enumerate() {
            let key = if stratified {
                let before = own[..place]
                    .iter()
                    .filter(|(_, other)| other.setting == item.setting);
                let part = parts
                    .iter()
                    .position(|part| Some(*part) == item.setting.as_deref());
                let shifted = (part.unwrap_or(0) + parts.len() - turn % parts.len()) % parts.len();
                (before.count(), shifted)
            } else {
                (place, 0)
            };
            keyed.push((key, *at));
        }
        keyed.sort_by_key(|(key, _)| *key);
        for (rank, (_, at)) in keyed.into_iter().enumerate() {
            ranks[at] = rank;
        }
    }
    ranks
}
