//! The questions that are put to the model, in the project's own words.
//!
//! The three letter templates follow the shapes of TRAIT (arXiv 2406.14703), which differ in how the situation is
//! introduced, in the labels and in the cue. Each ends in white space, so that the bare label, without a space in
//! front, is what comes next in raw text too; in a chat it is the first token of the assistant's turn.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::labels::LabelStyle;
use crate::error::{Error, Result};

/// The user's turn before which an option is as likely as its words are in themselves: it asks for words without
/// saying about what. The continuation read-out's gain is measured against it.
pub const NEUTRAL_PROMPT: &str = "Please write one sentence. It can be about anything.";

/// A multiple-choice question whose answer is one label: a wording, and what its answers are labelled with.
///
/// Written as the wording alone where the labels are its own, and else with their style, such as `T1-roman`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(
    test,
    derive(ts_rs::TS),
    ts(
        export,
        type = "`T${1 | 2 | 3}${\"\" | `-${\"upper\" | \"lower\" | \"digits\" | \"roman\" | \"lower-roman\"}`}`"
    )
)]
#[serde(try_from = "String", into = "String")]
pub struct LetterTemplate {
    wording: Wording,
    labels: LabelStyle,
}

/// The words around an item and its answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Wording {
    /// Quotes the situation and asks for a suggestion; `A.` to `D.`.
    T1,
    /// Announces a situation and insists on an answer; `1 =` to `4 =`.
    T2,
    /// The bare question; `A:` to `D:`.
    T3,
}

impl Wording {
    const ALL: [(Self, &'static str, LabelStyle); 3] = [
        (Self::T1, "T1", LabelStyle::Upper),
        (Self::T2, "T2", LabelStyle::Digits),
        (Self::T3, "T3", LabelStyle::Upper),
    ];
}

impl LetterTemplate {
    /// Quotes the situation and asks for a suggestion; labels `A.` to `D.`.
    pub const T1: Self = Self {
        wording: Wording::T1,
        labels: LabelStyle::Upper,
    };
    /// Announces a situation and insists on an answer; labels `1 =` to `4 =`.
    pub const T2: Self = Self {
        wording: Wording::T2,
        labels: LabelStyle::Digits,
    };
    /// The bare question; labels `A:` to `D:`.
    pub const T3: Self = Self {
        wording: Wording::T3,
        labels: LabelStyle::Upper,
    };
    /// The three wordings with their own labels, in order.
    pub const ALL: [Self; 3] = [Self::T1, Self::T2, Self::T3];

    /// The same wording with other labels.
    pub fn with_labels(self, labels: LabelStyle) -> Self {
        Self { labels, ..self }
    }

    pub(super) fn wording(self) -> Wording {
        self.wording
    }

    /// What its labels are.
    pub fn style(self) -> LabelStyle {
        self.labels
    }

    /// The bare labels of so many answers, one of which is the model's next token.
    pub fn labels(self, answers: usize) -> Vec<String> {
        (0..answers).map(|place| self.labels.label(place)).collect()
    }

    /// The labelled answers, a line each.
    pub fn lines(self, answers: &[&str]) -> String {
        let mark = match self.wording {
            Wording::T1 => ".",
            Wording::T2 => " =",
            Wording::T3 => ":",
        };
        self.labels(answers.len())
            .iter()
            .zip(answers)
            .map(|(label, answer)| format!("{label}{mark} {answer}\n"))
            .collect()
    }

    /// The prompt of an item. `options` are in the order in which they are shown; `situation` may be empty, as it
    /// is for a factual question.
    pub fn render(self, situation: &str, query: &str, options: [&str; 4]) -> String {
        let lines = self.lines(&options);
        let label = self.labels.noun();
        let alone = situation.trim().is_empty();
        match self.wording {
            Wording::T1 if alone => {
                format!(
                    "{query}\nWhich of these four would you pick?\n\n{lines}\nGive the {label} only. Your answer:\n"
                )
            }
            Wording::T1 => format!(
                "Somebody describes this to you: \"{situation}\"\n{query} Which of these suggestions would you give?\n\n\
                 {lines}\nGive the {label} only. Your answer:\n"
            ),
            Wording::T2 => {
                let intro = if alone {
                    String::new()
                } else {
                    format!("Imagine this situation. {situation}\n")
                };
                format!(
                    "{intro}{query}\n\n{lines}\nYou have to choose one of the four, even if none fits well. Write \
                     nothing but its {label}.\nResponse:\n"
                )
            }
            Wording::T3 => {
                let space = if alone { "" } else { " " };
                format!("Question: {situation}{space}{query}\n{lines}Answer: ")
            }
        }
    }
}

impl fmt::Display for LetterTemplate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let own = Wording::ALL.iter().find(|(wording, ..)| *wording == self.wording);
        let (name, style) = own.map_or(("", self.labels), |(_, name, style)| (name, *style));
        f.write_str(name)?;
        if style == self.labels {
            return Ok(());
        }
        write!(f, "-{}", self.labels.name())
    }
}

impl From<LetterTemplate> for String {
    fn from(template: LetterTemplate) -> Self {
        template.to_string()
    }
}

impl FromStr for LetterTemplate {
    type Err = Error;

    /// # Errors
    /// [`Error::RequestInvalid`] for a name that is none of `T1`, `T2`, `T3`, alone or with a style of labels.
    fn from_str(name: &str) -> Result<Self> {
        let (wording, style) = name
            .split_once('-')
            .map_or((name, None), |(w, style)| (w, Some(style)));
        let wording = Wording::ALL.iter().find(|(_, known, _)| *known == wording);
        let labels = |own: LabelStyle| match style {
            None => Some(own),
            // The wording's own labels have no name of their own: one template has one name.
            Some(style) => (LabelStyle::ALL.iter())
                .find(|(known, name)| *name == style && *known != own)
                .map(|(known, _)| *known),
        };
        wording
            .and_then(|(wording, _, own)| {
                Some(Self {
                    wording: *wording,
                    labels: labels(*own)?,
                })
            })
            .ok_or_else(|| {
                Error::RequestInvalid(format!(
                    "{name:?} is no letter template; there are T1, T2 and T3, and each with other labels, such as T1-roman"
                ))
            })
    }
}

impl TryFrom<String> for LetterTemplate {
    type Error = Error;

    fn try_from(name: String) -> Result<Self> {
        name.parse()
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
            for (style, _) in LabelStyle::ALL {
                let template = template.with_labels(style);
                assert_eq!(template.to_string().parse::<LetterTemplate>().unwrap(), template);
                assert_eq!(serde_json::to_value(template).unwrap(), template.to_string());
            }
        }
        assert_eq!(
            LetterTemplate::T2.with_labels(LabelStyle::Upper).to_string(),
            "T2-upper"
        );
        for name in ["T4", "T1-upper", "T2-digits", "T1-", "T1-greek", "t1", ""] {
            let error = name.parse::<LetterTemplate>().unwrap_err();
            assert_eq!(error.code(), "request.invalid", "{name}");
        }
    }

    #[test]
    fn other_labels_are_called_what_they_are() {
        let roman = LetterTemplate::T1.with_labels(LabelStyle::Roman);
        let prompt = roman.render("S.", "Q?", OPTIONS);
        assert!(prompt.contains("\nI. go in\nII. stay out\nIII. ask why\nIV. look away\n"));
        assert!(prompt.ends_with("Give the numeral only. Your answer:\n"));
        let letters = LetterTemplate::T2
            .with_labels(LabelStyle::Lower)
            .render("S.", "Q?", OPTIONS);
        assert!(letters.contains("\na = go in\n") && letters.contains("nothing but its letter."));
    }
}
