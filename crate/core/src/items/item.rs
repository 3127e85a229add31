//! An item of four responses, and a bank of them.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};

/// A situation with a question and four responses to it, two of which are typical of somebody high in the trait
/// and two of somebody low in it. The field names are those of TRAIT (arXiv 2406.14703).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Item {
    /// Unique in its bank.
    pub id: String,
    /// Name of the trait, such as "Openness".
    #[serde(rename = "personality")]
    pub trait_name: String,
    /// The part of life that the situation is from, such as "work"; none where the file does not say.
    #[serde(default)]
    pub setting: Option<String>,
    /// What the respondent is told.
    pub situation: String,
    /// What the respondent is asked about it.
    pub query: String,
    /// The situation in other words.
    #[serde(default)]
    pub paraphrased_situation: Option<String>,
    /// The question in other words.
    #[serde(default)]
    pub paraphrased_query: Option<String>,
    /// A response typical of a high level of the trait.
    pub response_high1: String,
    /// Another one.
    pub response_high2: String,
    /// A response typical of a low level of the trait.
    pub response_low1: String,
    /// Another one.
    pub response_low2: String,
}

impl Item {
    /// Situation and query, in the original wording or paraphrased; `None` where a paraphrase is missing.
    pub fn wording(&self, paraphrased: bool) -> Option<(&str, &str)> {
        if paraphrased {
            Some((
                self.paraphrased_situation.as_deref()?,
                self.paraphrased_query.as_deref()?,
            ))
        } else {
            Some((&self.situation, &self.query))
        }
    }

    /// The item's text: the situation, a space, the query.
    pub fn text(&self, paraphrased: bool) -> Option<String> {
        self.wording(paraphrased)
            .map(|(situation, query)| format!("{situation} {query}"))
    }

    /// The names of the fields with the responses, by option key.
    pub const OPTIONS: [&'static str; 4] = [
        "response_high1",
        "response_high2",
        "response_low1",
        "response_low2",
    ];

    /// The four responses in the order of the option keys: high1, high2, low1, low2.
    pub fn options(&self) -> [&str; 4] {
        [
            &self.response_high1,
            &self.response_high2,
            &self.response_low1,
            &self.response_low2,
        ]
    }

    /// All texts with the names of their fields; of the paraphrases only those that there are.
    fn texts(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let given = [
            ("id", self.id.as_str()),
            ("personality", &self.trait_name),
            ("situation", &self.situation),
            ("query", &self.query),
        ];
        let optional = [
            ("setting", &self.setting),
            ("paraphrased_situation", &self.paraphrased_situation),
            ("paraphrased_query", &self.paraphrased_query),
        ];
        let optional = optional
            .into_iter()
            .filter_map(|(field, text)| Some((field, text.as_deref()?)));
        let responses = Self::OPTIONS.into_iter().zip(self.options());
        given.into_iter().chain(responses).chain(optional)
    }
}

/// Items from one file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct ItemBank {
    /// What the bank calls itself, or the name of its file.
    pub name: String,
    /// Version of the bank; empty where the file has none.
    pub version: String,
    /// Licence of the bank; empty where the file has none.
    pub licence: String,
    /// The items in the order of the file; at least one.
    pub items: Vec<Item>,
}

impl ItemBank {
    /// The traits in the order in which the items first name them.
    pub fn traits(&self) -> Vec<&str> {
        let mut names: Vec<&str> = Vec::new();
        for item in &self.items {
            if !names.contains(&item.trait_name.as_str()) {
                names.push(&item.trait_name);
            }
        }
        names
    }

    /// The items of both, those of `other` behind. Names, versions and licences that differ are joined with " + ".
    ///
    /// # Errors
    /// As [`ItemBank::check`]: an item of one that stands in the other too.
    pub fn join(mut self, other: Self) -> Result<Self> {
        for (own, others) in [
            (&mut self.name, other.name),
            (&mut self.version, other.version),
            (&mut self.licence, other.licence),
        ] {
            if *own != others {
                *own = format!("{own} + {others}");
            }
        }
        self.items.extend(other.items);
        self.check()?;
        Ok(self)
    }

    /// Two banks of the same traits with every other item of each, so that what is chosen on the first can be reported on
    /// the second. A trait of one item is in the first alone.
    pub fn halves(&self) -> [Self; 2] {
        let mut seen: std::collections::HashMap<&str, usize> = std::collections::HashMap::new();
        let mut halves = [Vec::new(), Vec::new()];
        for item in &self.items {
            let before = seen.entry(&item.trait_name).or_default();
            halves[*before % 2].push(item.clone());
            *before += 1;
        }
        halves.map(|items| Self {
            items,
            ..self.clone()
        })
    }

    /// Refuses what no file can hold ([`ItemBank::from_json`]), for items that came another way: an item that another
    /// one of its trait is called like, of which one would be lost, empty texts, and responses that are the same.
    ///
    /// # Errors
    /// [`Error::ItemsInvalid`] with row (from 1) and field.
    pub fn check(&self) -> Result<()> {
        let mut seen = HashSet::new();
        for (row, item) in (1..).zip(&self.items) {
            let bad = |field: &str, what: &str| {
                Err(Error::ItemsInvalid(format!("row {row}, field {field}: {what}")))
            };
            if let Some((field, _)) = item.texts().find(|(_, text)| text.trim().is_empty()) {
                return bad(field, "is empty");
            }
            if !seen.insert((&item.trait_name, &item.id)) {
                return bad(
                    "id",
                    &format!("another item of {} is called {:?} too", item.trait_name, item.id),
                );
            }
            let options = item.options().map(str::trim);
            if (1..4).any(|i| options[..i].contains(&options[i])) {
                return bad("response_high1 to response_low2", "two of them are the same");
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::bundled_bank;

    #[test]
    fn halves_take_turns_within_each_trait_and_join_again() {
        let mut bank = bundled_bank().unwrap();
        bank.items.rotate_left(5);
        let [first, second] = bank.halves();
        assert_eq!((first.items.len(), second.items.len()), (104, 96));
        for trait_name in bank.traits() {
            let of = |bank: &super::ItemBank| -> Vec<String> {
                let own = bank.items.iter().filter(|item| item.trait_name == trait_name);
                own.map(|item| item.id.clone()).collect()
            };
            let (all, first, second) = (of(&bank), of(&first), of(&second));
            assert!((0..25).all(|i| all[i] == if i % 2 == 0 { &first } else { &second }[i / 2]));
        }
        assert_eq!(
            first.clone().join(first.clone()).unwrap_err().code(),
            "items.invalid"
        );
        let other = super::ItemBank {
            version: "9".into(),
            ..second
        };
        let joined = first.join(other).unwrap();
        assert_eq!((joined.items.len(), &joined.name), (200, &bank.name));
        assert_eq!(joined.version, format!("{} + 9", bank.version));
    }

    #[test]
    fn items_that_no_file_could_hold_are_refused() {
        let bank = bundled_bank().unwrap();
        bank.check().unwrap();
        let refused = |spoil: &dyn Fn(&mut super::ItemBank), field: &str| {
            let mut spoilt = bank.clone();
            spoil(&mut spoilt);
            let error = spoilt.check().unwrap_err();
            assert_eq!(error.code(), "items.invalid");
            assert!(
                error.to_string().contains(&format!("row 2, field {field}")),
                "{error}"
            );
        };
        refused(&|b| b.items[1].id = b.items[0].id.clone(), "id");
        refused(&|b| b.items[1].id.clear(), "id");
        refused(&|b| b.items[1].trait_name = " ".into(), "personality");
        refused(&|b| b.items[1].response_low2 = "\n".into(), "response_low2");
        refused(&|b| b.items[1].query.clear(), "query");
        refused(
            &|b| b.items[1].paraphrased_query = Some(String::new()),
            "paraphrased_query",
        );
        refused(
            &|b| b.items[1].response_low1 = format!("{} ", b.items[1].response_high1),
            "response_high1 to response_low2",
        );
        let mut other_trait = bank.clone();
        other_trait.items[1].id = other_trait.items[0].id.clone();
        other_trait.items[1].trait_name = "Another".into();
        other_trait.check().unwrap();
    }
}
