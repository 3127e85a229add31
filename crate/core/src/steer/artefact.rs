//! Traits as texts, from which directions are made: the project's own, and those of a visitor.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use crate::{Error, Result};

/// Largest file of a trait that is read, in bytes.
const MAX_FILE_BYTES: usize = 4 * 1024 * 1024;

/// Fewest texts a side: with fewer, what is particular to one text is as large as what its side has in common.
pub const LEAST_TEXTS: usize = 3;

/// A trait with texts of people high and low in it, after the artefacts of persona vectors (arXiv 2507.21509, section 2.1),
/// with statements beside the instructions: small models hardly follow instructions.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, optional_fields))]
#[serde(default)]
pub struct TraitArtefact {
    /// Short name, such as "agreeableness".
    pub name: String,
    /// Name for people.
    pub label: String,
    /// Version of the texts; empty where there is none.
    pub version: String,
    /// Licence (SPDX); empty where there is none.
    pub licence: String,
    /// Language (BCP 47); empty where there is none.
    pub language: String,
    /// What the trait is.
    pub description: String,
    /// What an answer high in it is like, in a few words.
    pub high: String,
    /// What an answer low in it is like.
    pub low: String,
    /// What people high and low in it say of themselves.
    pub statements: Sides,
    /// System prompts that ask for the one or the other.
    pub instructions: Vec<Instructions>,
    /// What a user might ask, where the trait can show.
    pub questions: Questions,
    /// How a reader marks an answer from 0 to 100.
    pub rubric: String,
}

/// Texts of the two sides. Those at the same place are about the same matter where there are as many.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Sides {
    /// Of the high side.
    pub high: Vec<String>,
    /// Of the low side.
    pub low: Vec<String>,
}

/// A pair of system prompts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Instructions {
    /// Asks for the trait.
    pub high: String,
    /// Asks for its opposite.
    pub low: String,
}

/// Questions to make a direction with, and others to see what it does.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(default)]
pub struct Questions {
    /// For making a direction.
    pub extract: Vec<String>,
    /// For seeing what it does.
    pub evaluate: Vec<String>,
}

impl TraitArtefact {
    /// Reads a trait from JSON.
    ///
    /// # Errors
    /// [`Error::ContrastInvalid`] for a file that is too large or no JSON of this form, and what [`Self::check`] gives.
    pub fn from_json(bytes: &[u8]) -> Result<Self> {
        if bytes.len() > MAX_FILE_BYTES {
            return invalid(format!(
                "the file has {} bytes, and at most {MAX_FILE_BYTES} are read",
                bytes.len()
            ));
        }
        let read: Self = serde_json::from_slice(bytes).map_err(|error| {
            Error::ContrastInvalid(format!(
                "the file is no JSON of a trait: {error}. See items/README.md"
            ))
        })?;
        read.check()?;
        Ok(read)
    }

    /// A trait of nothing but statements.
    pub fn of_statements(name: &str, high: Vec<String>, low: Vec<String>) -> Self {
        Self {
            name: name.into(),
            label: name.into(),
            statements: Sides { high, low },
            ..Self::default()
        }
    }

    /// Refuses a trait without a name, with empty texts, or with statements that [`Sides::check`] refuses. Statements may
    /// be missing where there are instructions.
    ///
    /// # Errors
    /// [`Error::ContrastInvalid`].
    pub fn check(&self) -> Result<()> {
        if self.name.trim().is_empty() {
            return invalid("the trait has no name; give it one");
        }
        let no_statements = self.statements.high.is_empty() && self.statements.low.is_empty();
        if no_statements && self.instructions.is_empty() {
            return invalid(format!(
                "there is nothing to compare; give at least {LEAST_TEXTS} statements a side"
            ));
        }
        if !no_statements {
            self.statements.check()?;
        }
        let instructions = self.instructions.iter().flat_map(|pair| [&pair.high, &pair.low]);
        let questions = self.questions.extract.iter().chain(&self.questions.evaluate);
        if instructions.chain(questions).any(|text| text.trim().is_empty()) {
            return invalid("an instruction or a question is empty; fill it or leave it out");
        }
        if let Some(pair) = self.instructions.iter().find(|pair| same(&pair.high, &pair.low)) {
            return invalid(format!(
                "both instructions of a pair are {:?}; they must ask for different things",
                pair.high
            ));
        }
        Ok(())
    }
}

impl Sides {
    /// Refuses fewer than [`LEAST_TEXTS`] texts a side, empty ones, one that stands on both sides, and sides of one text
    /// again and again.
    ///
    /// # Errors
    /// [`Error::ContrastInvalid`].
    pub fn check(&self) -> Result<()> {
        for (name, side) in [("high", &self.high), ("low", &self.low)] {
            if side.len() < LEAST_TEXTS {
                return invalid(format!(
                    "the {name} side has {} texts; give at least {LEAST_TEXTS}",
                    side.len()
                ));
            }
            if let Some(at) = side.iter().position(|text| text.trim().is_empty()) {
                return invalid(format!(
                    "text {} of the {name} side is empty; fill it or leave it out",
                    at + 1
                ));
            }
            let different: HashSet<_> = side.iter().map(|text| text.trim()).collect();
            if different.len() < LEAST_TEXTS {
                return invalid(format!(
                    "the {name} side has only {} different texts; give at least {LEAST_TEXTS}",
                    different.len()
                ));
            }
        }
        let high: HashSet<_> = self.high.iter().map(|text| text.trim()).collect();
        if let Some(text) = self.low.iter().find(|text| high.contains(text.trim())) {
            return invalid(format!("{text:?} stands on both sides; leave it to one of them"));
        }
        Ok(())
    }
}

fn same(a: &str, b: &str) -> bool {
    a.trim() == b.trim()
}

fn invalid<T>(what: impl Into<String>) -> Result<T> {
    Err(Error::ContrastInvalid(what.into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(start: &str, count: usize) -> Vec<String> {
        (0..count).map(|i| format!("{start} {i}")).collect()
    }

    #[test]
    fn texts_that_cannot_be_compared_are_refused() {
        let refused = |artefact: &TraitArtefact, what: &str| {
            let error = artefact.check().unwrap_err();
            assert_eq!(error.code(), "contrast.invalid");
            assert!(error.to_string().contains(what), "{error}");
        };
        let fine = TraitArtefact::of_statements("calm", texts("a", 3), texts("b", 4));
        fine.check().unwrap();
        let of = |high, low| TraitArtefact::of_statements("calm", high, low);
        refused(&of(texts("a", 2), texts("b", 3)), "high side has 2");
        refused(&of(texts("a", 3), vec![]), "low side has 0");
        refused(&of(vec![], vec![]), "nothing to compare");
        refused(&of(texts("a", 3), texts("a", 3)), "both sides");
        refused(&of(vec!["a".into(); 5], texts("b", 3)), "only 1 different");
        refused(
            &of(texts("a", 3), vec!["b".into(), " ".into(), "c".into()]),
            "text 2 of the low side",
        );
        let mut nameless = fine.clone();
        nameless.name = " ".into();
        refused(&nameless, "no name");
        let mut instructed = TraitArtefact {
            name: "calm".into(),
            instructions: vec![Instructions {
                high: "Be calm.".into(),
                low: "Be loud.".into(),
            }],
            ..TraitArtefact::default()
        };
        instructed.check().unwrap();
        instructed.questions.extract.push(String::new());
        refused(&instructed, "empty");
        instructed.questions.extract.clear();
        instructed.instructions[0].low = "Be calm. ".into();
        refused(&instructed, "different things");
    }

    #[test]
    fn a_file_of_another_form_is_refused() {
        for bytes in [&b"{"[..], b"[]", b"{\"name\": 3}", b"{}", b"\xff\xfe"] {
            assert_eq!(
                TraitArtefact::from_json(bytes).unwrap_err().code(),
                "contrast.invalid"
            );
        }
        let huge = vec![b' '; MAX_FILE_BYTES + 1];
        assert!(
            TraitArtefact::from_json(&huge)
                .unwrap_err()
                .to_string()
                .contains("bytes")
        );
        let least = br#"{"name": "calm", "statements": {"high": ["a", "b", "c"], "low": ["d", "e", "f"]}}"#;
        assert_eq!(TraitArtefact::from_json(least).unwrap().statements.low[2], "f");
    }
}
