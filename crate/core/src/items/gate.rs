//! Factual questions with one right answer: can this model be asked in this way at all?

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::fields::{Row, unique};
use super::reader::{parse, text_of};
use crate::error::{Error, Result};

/// A factual question with four options.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GateItem {
    /// Unique in its set.
    pub id: String,
    /// The question.
    pub question: String,
    /// The options in the order of the file.
    pub options: [String; 4],
    /// Which option is right, from 0 to 3.
    pub answer: usize,
}

/// Factual questions from one file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GateSet {
    /// What the set calls itself.
    pub name: String,
    /// Version of the set.
    pub version: String,
    /// Licence of the set.
    pub licence: String,
    /// The questions in the order of the file; at least one.
    pub items: Vec<GateItem>,
}

impl GateSet {
    /// Reads a set `{"name", "version", "licence", "items": [{"id", "question", "options": [4], "answer": 0..3}]}`.
    ///
    /// # Errors
    /// [`Error::ItemsInvalid`] with row (from 1) and field, as for [`super::ItemBank::from_json`].
    pub fn from_json(bytes: &[u8]) -> Result<Self> {
        #[derive(Deserialize)]
        struct File {
            name: String,
            version: String,
            licence: String,
            items: Vec<Value>,
        }
        let file: File = parse(text_of(bytes)?)?;
        if file.items.is_empty() {
            return Err(Error::ItemsInvalid("it has no items".into()));
        }
        let mut seen = HashMap::new();
        let rows = file.items.into_iter().zip(1..);
        let items = rows
            .map(|(value, n)| item(Row::new(n, value)?, &mut seen))
            .collect::<Result<_>>()?;
        Ok(Self {
            name: file.name,
            version: file.version,
            licence: file.licence,
            items,
        })
    }
}

/// Makes a question of a row.
fn item(mut row: Row, seen: &mut HashMap<String, usize>) -> Result<GateItem> {
    let id = row.id()?.ok_or_else(|| row.bad("id", "is missing"))?;
    unique(seen, &row, &id)?;
    let question = row.text("question")?;
    let Value::Array(list) = row.take("options")? else {
        return Err(row.bad("options", "is not a list"));
    };
    let count = list.len();
    let texts = list
        .into_iter()
        .map(|value| row.as_text("options", value))
        .collect::<Result<Vec<_>>>()?;
    let options: [String; 4] = texts
        .try_into()
        .map_err(|_| row.bad("options", format_args!("has {count} entries, not 4")))?;
    let named: [(&str, &str); 4] = std::array::from_fn(|i| ("options", options[i].as_str()));
    row.distinct(named)?;
    let answer = row.take("answer")?;
    let answer = (answer
        .as_u64()
        .and_then(|n| usize::try_from(n).ok())
        .filter(|n| *n < 4))
    .ok_or_else(|| {
        row.bad(
            "answer",
            format_args!("is {answer}, not a whole number from 0 to 3"),
        )
    })?;
    Ok(GateItem {
        id,
        question,
        options,
        answer,
    })
}
