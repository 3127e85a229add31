//! The questions that are put to the model, in the project's own words.
//!
//! The three letter templates follow the shapes of TRAIT (arXiv 2406.14703), which differ in how the situation is
//! introduced, in the labels and in the cue. Each ends in white space, so that the bare label, without a space in
//! front, is what comes next in raw text too; in a chat it is the first token of the assistant's turn.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};

/// The user's turn before which an option is as likely as its words are in themselves: it asks for words without
/// saying about what. The continuation read-out's gain is measured against it.
pub const NEUTRAL_PROMPT: &str = "Please write one sentence. It can be about anything.";

/// A multiple-choice question whose answer is one label.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub enum LetterTemplate {
    /// Quotes the situation and asks for a suggestion; labels `A.` to `D.`.
    T1,
    /// Announces a situation and insists on an answer; labels `1 =` to `4 =`.
    T2,
    /// The bare question; labels `A:` to `D:`.
    T3,
}

impl LetterTemplate {
    /// All templates, in order.
    pub const ALL: [Self; 3] = [Self::T1, Self::T2, Self::T3];

    /// The name of the template as it stands in results: `T1`, `T2` or `T3`.
    pub fn name(self) -> &'static str {
        match self {
            Self::T1 => "T1",
            Self::T2 => "T2",
            Self::T3 => "T3",
        }
    }

    /// The bare labels, one of which is the model's next token.
    pub fn labels(self) -> [&'static str; 4] {
        match self {
            Self::T1 | Self::T3 => ["A", "B", "C", "D"],
            Self::T2 => ["1", "2", "3", "4"],
        }
    }

    /// The prompt of an item. `options` are in the order in which they are shown; `situation` may be empty, as it
    /// is for a factual question.
    pub fn render(self, situation: &str, query: &str, options: [&str; 4]) -> String {
        let mark = match self {
            Self::T1 => ".",
            Self::T2 => " =",
            Self::T3 => ":",
        };
        let lines: String = self
            .labels()
            .iter()
            .zip(options)
            .map(|(label, option)| format!("{label}{mark} {option}\n"))
            .collect();
        let alone = situation.trim().is_empty();
        match self {
            Self::T1 if alone => {
                format!(
                    "{query}\nWhich of these four would you pick?\n\n{lines}\nGive the letter only. Your answer:\n"
                )
            }
            Self::T1 => format!(
                "Somebody describes this to you: \"{situation}\"\n{query} Which of these suggestions would you give?\n\n\
                 {lines}\nGive the letter only. Your answer:\n"
            ),
            Self::T2 => {
                let intro = if alone {
                    String::new()
                } else {
                    format!("Imagine this situation. {situation}\n")
                };
                format!(
                    "{intro}{query}\n\n{lines}\nYou have to choose one of the four, even if none fits well. Write \
                     nothing but its number.\nResponse:\n"
                )
            }
            Self::T3 => {
                let space = if alone { "" } else { " " };
                format!("Question: {situation}{space}{query}\n{lines}Answer: ")
            }
        }
    }
}

impl fmt::Display for LetterTemplate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for LetterTemplate {
    type Err = Error;

    /// # Errors
    /// [`Error::RequestInvalid`] for a name that is none of `T1`, `T2`, `T3`.
    fn from_str(name: &str) -> Result<Self> {
        Self::ALL
            .into_iter()
            .find(|template| template.name() == name)
            .ok_or_else(|| {
                Error::RequestInvalid(format!("{name:?} is no letter template; there are T1, T2 and T3"))
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OPTIONS: [&str; 4] = ["go in", "stay out", "ask why", "look away"];

    #[test]
    fn each_template_shows_everything_once_and_in_order() {
        for template in LetterTemplate::ALL {
            let prompt = template.render("The door is open.", "What now?", OPTIONS);
            let mut rest = prompt.as_str();
            for part in ["The door is open.", "What now?"].into_iter().chain(OPTIONS) {
                assert_eq!(prompt.matches(part).count(), 1, "{template}: {part}");
                rest = rest.split_once(part).map(|(_, after)| after).unwrap();
            }
            assert!(rest.ends_with(['\n', ' ']), "{template} ends in white space");
        }
    }

    #[test]
    fn labels_lead_the_lines() {
        let prompt = LetterTemplate::T2.render("S.", "Q?", OPTIONS);
        assert!(prompt.contains("\n1 = go in\n2 = stay out\n3 = ask why\n4 = look away\n"));
        assert!(
            LetterTemplate::T1
                .render("S.", "Q?", OPTIONS)
                .contains("\nA. go in\nB. stay out\n")
        );
        assert_eq!(
            LetterTemplate::T3.render("S.", "Q?", OPTIONS),
            "Question: S. Q?\nA: go in\nB: stay out\nC: ask why\nD: look away\nAnswer: "
        );
    }

    /// The outside reference of `score` is worded after the page, so the two must not part.
    #[test]
    fn the_protocol_has_the_same_words() {
        let page = include_str!("../../../../docs/protocol.md");
        for template in LetterTemplate::ALL {
            let options = ["{first}", "{second}", "{third}", "{fourth}"];
            let prompt = template.render("{situation}", "{query}", options);
            let block = prompt
                .trim_end()
                .replace('\n', "\n        ")
                .replace("\n        \n", "\n\n");
            let block = format!("\n    {template}  {block}\n");
            assert!(page.contains(&block), "{block}");
        }
        assert!(page.contains(NEUTRAL_PROMPT));
    }

    #[test]
    fn factual_questions_have_no_situation() {
        for template in LetterTemplate::ALL {
            let prompt = template.render("", "Which is a door?", OPTIONS);
            assert!(!prompt.contains("situation") && !prompt.contains("describes") && !prompt.contains('"'));
            assert!(!prompt.contains("  ") && prompt.contains("Which is a door?"));
        }
    }

    #[test]
    fn names_are_read_back() {
        for template in LetterTemplate::ALL {
            assert_eq!(template.name().parse::<LetterTemplate>().unwrap(), template);
            assert_eq!(serde_json::to_value(template).unwrap(), template.name());
        }
        assert_eq!(
            "T4".parse::<LetterTemplate>().unwrap_err().code(),
            "request.invalid"
        );
    }
}
