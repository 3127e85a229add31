//! Text for the model that remembers which parts of it a person wrote.

use std::ops::Range;

use crate::error::{Error, Result};

/// A prompt as text. Control tokens are recognised only outside [`literal`](Self::literal).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rendered {
    /// The whole text.
    pub text: String,
    /// Byte ranges of `text` that came from a user, an item or an option; ascending and apart.
    pub literal: Vec<Range<usize>>,
    /// Whether a BOS token goes in front if the model asks for one. A chat template writes its own, so this is
    /// true for raw text only.
    pub raw: bool,
}

impl Rendered {
    /// Raw text for a base model: all of it literal, with the model's BOS token in front if it asks for one.
    pub fn raw(text: impl Into<String>) -> Self {
        let mut rendered = Self {
            raw: true,
            ..Self::default()
        };
        rendered.append_user_text(&text.into());
        rendered
    }

    /// Appends text that a person wrote, such as an answer option after the generation cue, so that the whole is
    /// tokenised together.
    pub fn append_user_text(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        let start = self.text.len();
        self.text.push_str(text);
        match self.literal.last_mut() {
            Some(last) if last.end == start => last.end = self.text.len(),
            _ => self.literal.push(start..self.text.len()),
        }
    }

    /// The stretches of text in order, each with whether a person wrote it; none is empty.
    ///
    /// # Errors
    /// [`Error::PromptInvalid`] if the literal ranges are not ascending, apart, inside the text and on character
    /// boundaries.
    pub(super) fn segments(&self) -> Result<Vec<(&str, bool)>> {
        let mut segments = Vec::with_capacity(2 * self.literal.len() + 1);
        let mut at = 0;
        for range in &self.literal {
            let (Some(own), Some(literal)) = (self.text.get(at..range.start), self.text.get(range.clone()))
            else {
                return Err(Error::PromptInvalid(format!(
                    "the literal range {range:?} does not fit the text"
                )));
            };
            segments.push((own, false));
            segments.push((literal, true));
            at = range.end;
        }
        segments.push((&self.text[at..], false));
        segments.retain(|(text, _)| !text.is_empty());
        Ok(segments)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn appended_text_is_literal_and_joins_what_it_touches() {
        let mut rendered = Rendered {
            text: "cue".into(),
            ..Rendered::default()
        };
        rendered.append_user_text("");
        rendered.append_user_text("one");
        rendered.append_user_text(" two");
        assert_eq!(rendered.text, "cueone two");
        assert_eq!(rendered.literal.first(), Some(&(3..10)));
        assert_eq!(rendered.literal.len(), 1);
        assert_eq!(rendered.segments().unwrap(), [("cue", false), ("one two", true)]);
        assert_eq!(Rendered::raw("all").segments().unwrap(), [("all", true)]);
        assert!(Rendered::raw("").segments().unwrap().is_empty());
    }

    #[test]
    fn ranges_that_do_not_fit_are_refused() {
        for borders in [&[(0, 9)][..], &[(2, 3), (0, 1)], &[(1, 2)], &[(3, 2)]] {
            let literal = borders.iter().map(|&(start, end)| Range { start, end }).collect();
            let rendered = Rendered {
                text: "é!x".into(),
                literal,
                raw: false,
            };
            assert_eq!(rendered.segments().unwrap_err().code(), "prompt.invalid");
        }
    }
}
