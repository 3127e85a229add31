//! Item files: the project's own banks, TRAIT's JSON and JSON lines.
//!
//! Rows are checked as they are read, one after the other, so that a large file is never in memory as a tree.

use std::collections::HashMap;
use std::fmt;

use serde::de::{Deserialize, Deserializer, IgnoredAny, SeqAccess, Visitor};
use serde_json::Value;

use super::fields::{Row, unique};
use super::item::{Item, ItemBank};
use crate::error::{Error, Result};

/// Largest item file that is read, in bytes; all of TRAIT has about 12 MB.
pub const MAX_FILE_BYTES: usize = 64 * 1024 * 1024;

impl ItemBank {
    /// Reads an item file. Accepted are
    /// - the project's own form `{"name", "version", "licence", "items": [..]}`,
    /// - a list of items, as in TRAIT's repository; the bank is then called as the file, without its ending,
    /// - JSON lines, one item a line.
    ///
    /// An item without `id` is called `<trait>-<row>`. Paraphrases may be missing, null or empty.
    ///
    /// # Errors
    /// [`Error::ItemsInvalid`] with row (from 1) and field for a file that is no JSON or too large, has no items,
    /// or has an item with a missing or empty field, a field of another type, an `id` that another item has, or
    /// two identical responses.
    pub fn from_json(bytes: &[u8], file_name_hint: &str) -> Result<Self> {
        let text = text_of(bytes)?;
        let mut file = match text.trim_start().as_bytes().first() {
            Some(b'[') => BankFile {
                items: Some(parse(text)?),
                ..BankFile::default()
            },
            Some(b'{') => match parse::<BankFile>(text) {
                Ok(file) if file.items.is_some() => file,
                Err(error) if !looks_like_lines(text) => return Err(error),
                _ => BankFile {
                    items: Some(lines(text)),
                    ..BankFile::default()
                },
            },
            _ => {
                return Err(Error::ItemsInvalid(
                    "it is no JSON: neither a list nor an object".into(),
                ));
            }
        };
        let items = file.items.take().map_or(Ok(Vec::new()), |rows| rows.0)?;
        if items.is_empty() {
            return Err(Error::ItemsInvalid("it has no items".into()));
        }
        let named = file.name.filter(|name| !name.trim().is_empty());
        Ok(Self {
            name: named.unwrap_or_else(|| stem(file_name_hint).to_owned()),
            version: file.version.unwrap_or_default(),
            licence: file.licence.unwrap_or_default(),
            items,
        })
    }
}

/// The project's own form.
#[derive(Default, serde::Deserialize)]
struct BankFile {
    name: Option<String>,
    version: Option<String>,
    licence: Option<String>,
    items: Option<Rows>,
}

/// The text of an item file: size and UTF-8 checked, without byte order mark and the white space after the text. What stands
/// before it stays, so that errors name the file's own lines.
pub(super) fn text_of(bytes: &[u8]) -> Result<&str> {
    if bytes.len() > MAX_FILE_BYTES {
        return Err(Error::ItemsInvalid(format!(
            "it has {} bytes; at most {MAX_FILE_BYTES} are read",
            bytes.len()
        )));
    }
    let text = core::str::from_utf8(bytes)
        .map_err(|e| Error::ItemsInvalid(format!("it is no UTF-8 text from byte {} on", e.valid_up_to())))?;
    Ok(text.strip_prefix('\u{FEFF}').unwrap_or(text).trim_end())
}

/// Parses JSON; the error says line and column.
pub(super) fn parse<'t, T: Deserialize<'t>>(text: &'t str) -> Result<T> {
    serde_json::from_str(text)
        .map_err(|e| Error::ItemsInvalid(format!("it is no JSON of the right form: {e}")))
}

/// Whether there are several lines of which the first is JSON by itself.
fn looks_like_lines(text: &str) -> bool {
    text.trim_start()
        .split_once('\n')
        .is_some_and(|(line, _)| serde_json::from_str::<IgnoredAny>(line).is_ok())
}

/// Reads JSON lines; rows are counted by the lines that are not blank, and errors name the line too.
fn lines(text: &str) -> Rows {
    let mut collector = Collector::default();
    for (number, line) in text
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
    {
        match serde_json::from_str::<Value>(line) {
            Ok(value) => collector.add(value),
            Err(e) => collector.fail(Error::ItemsInvalid(format!(
                "line {} is no JSON: {e}",
                number + 1
            ))),
        }
        if let Some(Error::ItemsInvalid(what)) = &mut collector.error {
            if !what.starts_with("line ") {
                *what = format!("line {}, {what}", number + 1);
            }
            break;
        }
    }
    collector.finish()
}

/// A file's name without folder and ending.
fn stem(name: &str) -> &str {
    let base = name.rsplit(['/', '\\']).next().unwrap_or(name);
    match base.rsplit_once('.') {
        Some((stem, _)) if !stem.is_empty() => stem,
        _ => base,
    }
}

/// The items of a JSON list, or what is wrong with the first bad one.
struct Rows(Result<Vec<Item>>);

/// Checks rows one by one.
#[derive(Default)]
struct Collector {
    items: Vec<Item>,
    seen: HashMap<String, usize>,
    error: Option<Error>,
}

impl Collector {
    fn add(&mut self, value: Value) {
        let number = self.items.len() + 1;
        match Row::new(number, value).and_then(|row| item(row, &mut self.seen)) {
            Ok(item) => self.items.push(item),
            Err(error) => self.fail(error),
        }
    }

    fn fail(&mut self, error: Error) {
        self.error.get_or_insert(error);
    }

    fn finish(self) -> Rows {
        Rows(self.error.map_or(Ok(self.items), Err))
    }
}

/// Makes an item of a row.
fn item(mut row: Row, seen: &mut HashMap<String, usize>) -> Result<Item> {
    let trait_name = row.text("personality")?;
    let id = row
        .id()?
        .unwrap_or_else(|| format!("{trait_name}-{}", row.number));
    unique(seen, &row, &id)?;
    let item = Item {
        id,
        trait_name,
        situation: row.text("situation")?,
        query: row.text("query")?,
        paraphrased_situation: row.optional_text("paraphrased_situation")?,
        paraphrased_query: row.optional_text("paraphrased_query")?,
        response_high1: row.text("response_high1")?,
        response_high2: row.text("response_high2")?,
        response_low1: row.text("response_low1")?,
        response_low2: row.text("response_low2")?,
    };
    row.distinct([
        ("response_high1", &item.response_high1),
        ("response_high2", &item.response_high2),
        ("response_low1", &item.response_low1),
        ("response_low2", &item.response_low2),
    ])?;
    Ok(item)
}

impl<'de> Deserialize<'de> for Rows {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct List;
        impl<'de> Visitor<'de> for List {
            type Value = Rows;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list of items")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Rows, A::Error> {
                let mut collector = Collector::default();
                while collector.error.is_none() {
                    match list.next_element::<Value>()? {
                        Some(value) => collector.add(value),
                        None => return Ok(collector.finish()),
                    }
                }
                while list.next_element::<IgnoredAny>()?.is_some() {}
                Ok(collector.finish())
            }
        }
        deserializer.deserialize_seq(List)
    }
}
