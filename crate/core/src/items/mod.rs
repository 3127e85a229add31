//! Test items: what is put to the model, and the readers of item files.
//!
//! Reading order: [`item`](Item) (an item and a bank of them), `reader` (item files in JSON, JSON lines and CSV), [`likert`]
//! (statements on a scale), [`instrument`](Instrument) (a file of either kind), [`gate`](GateSet) (factual questions that
//! show whether a read-out works at all), `fields` (checked fields of a row), `csv_rows` and
//! `parquet_rows` (rows of other files). The project's own bank and gate are part of the program: [`bundled_bank`], [`bundled_gate`].

mod csv_rows;
mod fields;
mod gate;
mod instrument;
mod item;
pub mod likert;
mod parquet_rows;
mod reader;
#[cfg(test)]
mod reader_tests;

pub use gate::{GateItem, GateSet};
pub use instrument::Instrument;
pub use item::{Item, ItemBank};
pub use likert::{Keyed, LikertInventory, LikertItem, Norm};
pub use reader::MAX_FILE_BYTES;

use crate::error::Result;

/// The project's own item bank.
///
/// # Errors
/// [`crate::error::Error::ItemsInvalid`] if the bundled file is at fault, which a test rules out.
pub fn bundled_bank() -> Result<ItemBank> {
    ItemBank::from_json(include_bytes!("../../../../items/bank.json"), "bank.json")
}

/// The project's own factual questions.
///
/// # Errors
/// [`crate::error::Error::ItemsInvalid`] if the bundled file is at fault, which a test rules out.
pub fn bundled_gate() -> Result<GateSet> {
    GateSet::from_json(include_bytes!("../../../../items/gate.json"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bundled_bank_has_eight_traits_of_25_items_with_settings_and_paraphrases() {
        let bank = bundled_bank().unwrap();
        let traits = bank.traits();
        assert_eq!(traits.len(), 8);
        for name in traits {
            let own = bank.items.iter().filter(|item| item.trait_name == name);
            assert_eq!(own.count(), 25, "{name}");
        }
        let complete = |item: &Item| item.text(true).is_some() && item.setting.is_some();
        assert!(bank.items.iter().all(complete));
        assert!(
            ![&bank.name, &bank.version, &bank.licence]
                .iter()
                .any(|s| s.is_empty())
        );
    }

    #[test]
    fn the_bundled_gate_has_24_questions_with_answers_everywhere() {
        let gate = bundled_gate().unwrap();
        assert_eq!(gate.items.len(), 24);
        for place in 0..4 {
            assert!(gate.items.iter().any(|item| item.answer == place));
        }
    }
}
