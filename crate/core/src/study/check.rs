//! What of a request can be held against the model before anything is computed.

use super::question::{Question, Subject, subjects};
use super::request::ScoreRequest;
use crate::Result;
use crate::engine::Engine;
use crate::items::{self, Item};

/// Items that are tried: making questions of all would take a second for each thousand.
const LONGEST: usize = 32;

/// Refuses a request that makes no sense or that the model cannot carry out.
///
/// Of the items those with the longest texts are made into questions. How many tokens a text has is only known then, so
/// that in a large bank a shorter one may still turn out too long when it is asked.
///
/// # Errors
/// [`crate::Error::RequestInvalid`], [`crate::Error::PromptLength`] with the item, and what the chat template gives.
pub fn check(engine: &Engine, request: &ScoreRequest) -> Result<()> {
    request.check()?;
    engine.is_chat(request.prompt_mode)?;
    let mut longest: Vec<&Item> = request.items.items.iter().collect();
    longest.sort_by_key(|item| core::cmp::Reverse(length(item)));
    longest.truncate(LONGEST);
    let gate = items::bundled_gate()?;
    for subject in subjects(request, &gate.items) {
        let tried = match subject {
            Subject::Item { item, .. } => longest.iter().any(|other| core::ptr::eq(*other, item)),
            Subject::Gate { .. } => false,
        };
        if tried {
            Question::new(engine, request, subject)?;
        }
    }
    Ok(())
}

/// Bytes of an item's longer wording and its options.
fn length(item: &Item) -> usize {
    let wordings = [false, true].into_iter().filter_map(|other| item.wording(other));
    let longer = wordings.map(|(situation, query)| situation.len() + query.len()).max();
    longer.unwrap_or(0) + item.options().iter().map(|option| option.len()).sum::<usize>()
}
