//! Wordings of one's own around an item.

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};

/// Most characters of a wording.
pub const FRAME_LIMIT: usize = 4_000;

/// What stands for the text of the item.
const ITEM: &str = "{item}";
/// What stands for the lines of labelled answers, each of which ends its line.
const ANSWERS: &str = "{answers}";
/// What stands for the instruction.
const INSTRUCTION: &str = "{instruction}";

/// A wording in the place of the template's. Marks and labels of the answers stay those of the template.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(deny_unknown_fields)]
pub struct Frame {
    /// The question of the letter read-out: holds `{item}` and `{answers}` once each, `{instruction}` at most once, and ends
    /// in white space, so that the bare label comes next.
    pub choice: String,
    /// The question of the continuation read-out: holds `{item}` once, `{instruction}` at most once, and no `{answers}`.
    #[serde(default)]
    pub open: Option<String>,
}

impl Frame {
    /// Checks the places of both questions.
    ///
    /// # Errors
    /// [`Error::RequestInvalid`] that says what is wrong.
    pub fn check(&self) -> Result<()> {
        let invalid = |why: String| Err(Error::RequestInvalid(why));
        let open = self.open.iter().map(|text| ("open", text, 0));
        for (name, text, answers) in core::iter::once(("choice", &self.choice, 1)).chain(open) {
            for (place, least, most) in [(ITEM, 1, 1), (ANSWERS, answers, answers), (INSTRUCTION, 0, 1)] {
                let times = text.matches(place).count();
                if times < least || times > most {
                    return invalid(format!("the frame's {name:?} holds {place} {times} times"));
                }
            }
            if text.chars().count() > FRAME_LIMIT {
                return invalid(format!(
                    "the frame's {name:?} is longer than {FRAME_LIMIT} characters"
                ));
            }
        }
        if !self.choice.ends_with(char::is_whitespace) {
            return invalid("the frame's \"choice\" must end in a space or a new line".into());
        }
        Ok(())
    }

    /// The multiple-choice question; `answers` are the lines of answers.
    pub fn choice(&self, instruction: &str, item: &str, answers: &str) -> String {
        fill(
            &self.choice,
            [(INSTRUCTION, instruction), (ITEM, item), (ANSWERS, answers)],
        )
    }

    /// The open question; none without its wording.
    pub fn open(&self, instruction: &str, item: &str) -> Option<String> {
        let text = self.open.as_ref()?;
        Some(fill(
            text,
            [(INSTRUCTION, instruction), (ITEM, item), (ANSWERS, "")],
        ))
    }
}

/// `text` with each place filled. What fills a place is not looked through: an item that holds a place's name keeps it.
fn fill(text: &str, places: [(&str, &str); 3]) -> String {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((at, place, with)) = places
        .iter()
        .filter_map(|(place, with)| Some((rest.find(place)?, place, with)))
        .min()
    {
        filled.push_str(&rest[..at]);
        filled.push_str(with);
        rest = &rest[at + place.len()..];
    }
    filled.push_str(rest);
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(choice: &str, open: Option<&str>) -> Frame {
        Frame {
            choice: choice.into(),
            open: open.map(str::to_owned),
        }
    }

    #[test]
    fn places_are_filled_once_and_not_looked_through() {
        let own = frame(
            "{instruction} <{item}>\n{answers}=> ",
            Some("{item}? {instruction}"),
        );
        own.check().unwrap();
        assert_eq!(
            own.choice("Rate it.", "I {answers} talk.", "A. no\nB. yes\n"),
            "Rate it. <I {answers} talk.>\nA. no\nB. yes\n=> "
        );
        assert_eq!(own.open("Say so.", "{item}").unwrap(), "{item}? Say so.");
        assert_eq!(frame("{item}{answers} ", None).open("", ""), None);
    }

    #[test]
    fn what_cannot_be_asked_is_refused() {
        let long = format!("{{item}}{{answers}}{} ", "x".repeat(FRAME_LIMIT));
        for (choice, open) in [
            ("{item} ", None),
            ("{answers} ", None),
            ("{item}{item}{answers} ", None),
            ("{item}{answers}", None),
            ("{instruction}{instruction}{item}{answers} ", None),
            (long.as_str(), None),
            ("{item}{answers} ", Some("nothing")),
            ("{item}{answers} ", Some("{item}{answers}")),
        ] {
            let error = frame(choice, open).check().unwrap_err();
            assert_eq!(error.code(), "request.invalid", "{choice:.40} {open:?}");
        }
    }
}
