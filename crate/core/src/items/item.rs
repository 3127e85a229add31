//! An item of four responses, and a bank of them.

use serde::{Deserialize, Serialize};

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

    /// The four responses in the order of the option keys: high1, high2, low1, low2.
    pub fn options(&self) -> [&str; 4] {
        [
            &self.response_high1,
            &self.response_high2,
            &self.response_low1,
            &self.response_low2,
        ]
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
}
