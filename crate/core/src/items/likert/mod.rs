//! Likert inventories: statements that a respondent says apply more or less.
//!
//! Reading order: this file (an item, an inventory), `reader` (files that hold one).

mod reader;
#[cfg(test)]
mod reader_tests;

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};

/// Fewest and most answers of a scale; the labels A to I are single tokens.
pub const POINTS: core::ops::RangeInclusive<usize> = 2..=9;

/// Whether agreeing with a statement speaks for the domain or against it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "lowercase")]
pub enum Keyed {
    /// Agreeing is more of it.
    Plus,
    /// Agreeing is less of it: the item is reversed.
    Minus,
}

/// A statement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct LikertItem {
    /// Unique in its inventory.
    pub id: String,
    /// The statement as it stands in the file.
    pub text: String,
    /// What it is an item of, such as "Extraversion".
    pub domain: String,
    /// The part of the domain, where the file names one.
    #[serde(default)]
    pub facet: Option<String>,
    /// Its direction.
    pub keyed: Keyed,
}

/// What people score on a domain or a facet.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Norm {
    /// Name of the domain.
    pub domain: String,
    /// Name of the facet; none for the whole domain.
    #[serde(default)]
    pub facet: Option<String>,
    /// Mean of people's mean answers, in points of the scale, reversed items turned round.
    pub mean: f64,
    /// Standard deviation between people, where it is known.
    #[serde(default)]
    pub sd: Option<f64>,
    /// Where the figures are from.
    pub source: String,
}

/// Statements from one file and the scale on which they are answered.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct LikertInventory {
    /// What the inventory calls itself, or the name of its file.
    pub name: String,
    /// Version of the inventory; empty where the file has none.
    pub version: String,
    /// Licence of the inventory; empty where the file has none.
    pub licence: String,
    /// Language of the statements (BCP 47); empty where the file has none.
    pub language: String,
    /// What makes a sentence of a statement, with `{}` in its place, such as "I {}": the statement then begins with a small letter.
    /// None where the statements are sentences.
    #[serde(default)]
    pub stem: Option<String>,
    /// The answers, from the one that agrees least (1 point) upwards.
    pub scale: Vec<String>,
    /// The statements in the order of the file; one at least in a file.
    pub items: Vec<LikertItem>,
    /// What people score, where it is known.
    #[serde(default)]
    pub norms: Vec<Norm>,
}

impl LikertInventory {
    /// The domains in the order in which the items first name them.
    pub fn domains(&self) -> Vec<&str> {
        let mut names: Vec<&str> = Vec::new();
        for item in &self.items {
            if !names.contains(&item.domain.as_str()) {
                names.push(&item.domain);
            }
        }
        names
    }

    /// The statement as a sentence, with a full stop.
    pub fn sentence(&self, item: &LikertItem) -> String {
        let text = item.text.trim();
        let whole = match &self.stem {
            None => text.to_owned(),
            Some(stem) => {
                let mut letters = text.chars();
                let first = letters.next().map(char::to_lowercase).into_iter().flatten();
                stem.replacen("{}", &first.chain(letters).collect::<String>(), 1)
            }
        };
        match whole.ends_with(['.', '!', '?', '…', '。', '！', '？', '۔', '।']) {
            true => whole,
            false => whole + ".",
        }
    }

    /// Refuses what no file can hold, for inventories that came another way.
    ///
    /// # Errors
    /// [`Error::ItemsInvalid`] with row (from 1) and field.
    pub fn check(&self) -> Result<()> {
        let bad = |what: String| Err(Error::ItemsInvalid(what));
        if !POINTS.contains(&self.scale.len()) {
            let (least, most) = (POINTS.start(), POINTS.end());
            return bad(format!(
                "the scale has {} answers, not {least} to {most}",
                self.scale.len()
            ));
        }
        let answers: HashSet<&str> = self.scale.iter().map(|answer| answer.trim()).collect();
        if answers.len() < self.scale.len() || answers.contains("") {
            return bad("two answers of the scale are the same, or one is empty".into());
        }
        if self
            .stem
            .as_ref()
            .is_some_and(|stem| stem.matches("{}").count() != 1)
        {
            return bad("the stem must have {} once, where the statement goes".into());
        }
        let mut seen = HashSet::new();
        for (row, item) in (1..).zip(&self.items) {
            let fields = [("id", &item.id), ("text", &item.text), ("domain", &item.domain)];
            if let Some((field, _)) = fields.iter().find(|(_, text)| text.trim().is_empty()) {
                return bad(format!("row {row}, field {field}: is empty"));
            }
            if !seen.insert(&item.id) {
                return bad(format!(
                    "row {row}, field id: another item is called {:?} too",
                    item.id
                ));
            }
        }
        let known =
            |norm: &Norm| norm.mean.is_finite() && norm.sd.is_none_or(|sd| sd.is_finite() && sd > 0.0);
        if !self.norms.iter().all(known) {
            return bad("a norm needs a mean, and a standard deviation above 0 where it has one".into());
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inventory() -> LikertInventory {
        let item = |id: &str, text: &str| LikertItem {
            id: id.into(),
            text: text.into(),
            domain: "E".into(),
            facet: None,
            keyed: Keyed::Plus,
        };
        LikertInventory {
            name: "test".into(),
            version: String::new(),
            licence: String::new(),
            language: "en".into(),
            stem: Some("I {}".into()),
            scale: vec!["No".into(), "Yes".into()],
            items: vec![item("1", "Make friends easily"), item("2", "Écris souvent.")],
            norms: Vec::new(),
        }
    }

    #[test]
    fn a_stem_makes_sentences() {
        let mut inventory = inventory();
        let sentences =
            |of: &LikertInventory| -> Vec<String> { of.items.iter().map(|i| of.sentence(i)).collect() };
        assert_eq!(
            sentences(&inventory),
            ["I make friends easily.", "I écris souvent."]
        );
        inventory.stem = None;
        assert_eq!(sentences(&inventory), ["Make friends easily.", "Écris souvent."]);
    }

    #[test]
    fn what_no_file_could_hold_is_refused() {
        inventory().check().unwrap();
        let refused = |spoil: &dyn Fn(&mut LikertInventory), what: &str| {
            let mut spoilt = inventory();
            spoil(&mut spoilt);
            let error = spoilt.check().unwrap_err();
            assert_eq!(error.code(), "items.invalid");
            assert!(error.to_string().contains(what), "{error}");
        };
        refused(&|i| i.scale.truncate(1), "the scale has 1 answers");
        refused(&|i| i.scale = vec!["x".into(); 10], "the scale has 10 answers");
        refused(&|i| i.scale[1] = "No ".into(), "the same");
        refused(&|i| i.scale[1] = " ".into(), "empty");
        refused(&|i| i.stem = Some("I".into()), "the stem");
        refused(&|i| i.items[1].id = "1".into(), "row 2, field id");
        refused(&|i| i.items[1].domain.clear(), "row 2, field domain");
        refused(
            &|i| {
                i.norms = vec![Norm {
                    domain: "E".into(),
                    facet: None,
                    mean: 3.0,
                    sd: Some(0.0),
                    source: "x".into(),
                }];
            },
            "a norm",
        );
    }
}
