//! Item files: the project's own banks, TRAIT's JSON, JSON lines and CSV.
//!
//! Rows are checked as they are read, one after the other, so that a large file is never in memory as a tree.

use std::collections::HashMap;
use std::fmt;

use serde::de::{Deserialize, Deserializer, IgnoredAny, SeqAccess, Visitor};
use serde_json::Value;

use super::csv_rows;
use super::fields::{Row, unique};
use super::item::{Item, ItemBank};
use super::parquet_rows;
use crate::error::{Error, Result};

/// Largest item file that is read, in bytes; all of TRAIT has about 12 MB.
pub const MAX_FILE_BYTES: usize = 64 * 1024 * 1024;

/// The eight traits of TRAIT.
const TRAITS: [&str; 8] = [
    "Openness",
    "Conscientiousness",
    "Extraversion",
    "Agreeableness",
    "Neuroticism",
    "Machiavellianism",
    "Narcissism",
    "Psychopathy",
];

impl ItemBank {
    /// Reads an item file: JSON as [`ItemBank::from_json`], or CSV or parquet with columns named like the fields.
    ///
    /// The published forms of TRAIT differ: where `situation` and `query` are one field `question`, its last sentence is the query;
    /// where no field `personality` (or `trait`) says what an item is of, the name of the file does.
    ///
    /// # Errors
    /// [`Error::ItemsInvalid`] as [`ItemBank::from_json`].
    pub fn read(bytes: &[u8], file_name: &str) -> Result<Self> {
        let rows = if parquet_rows::is_parquet(bytes) {
            parquet_rows::rows(bytes)?
        } else {
            let text = text_of(bytes)?;
            if text.trim_start().starts_with(['[', '{']) {
                return Self::from_json(bytes, file_name);
            }
            csv_rows::rows(text)?
        };
        let mut collector = Collector::default();
        for row in rows {
            collector.add(Ok(row));
        }
        let file = BankFile {
            items: Some(collector.finish()),
            ..BankFile::default()
        };
        file.bank(file_name)
    }

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
        let file = match text.trim_start().as_bytes().first() {
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
        file.bank(file_name_hint)
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

impl BankFile {
    /// The bank; what the rows leave to the file is filled in.
    fn bank(self, file_name: &str) -> Result<ItemBank> {
        let mut items = self.items.map_or(Ok(Vec::new()), |rows| rows.0)?;
        if items.is_empty() {
            return Err(Error::ItemsInvalid("it has no items".into()));
        }
        let of_file = trait_of_file(file_name);
        for (row, item) in (1..).zip(&mut items) {
            if item.trait_name.is_empty() {
                item.trait_name = of_file.map(str::to_owned).ok_or_else(|| {
                    Error::ItemsInvalid(format!("row {row}, field personality: is missing, and the name of the file is that of no trait"))
                })?;
            }
            if item.id.is_empty() {
                item.id = format!("{}-{row}", item.trait_name);
            }
        }
        let named = self.name.filter(|name| !name.trim().is_empty());
        let bank = ItemBank {
            name: named.unwrap_or_else(|| stem(file_name).to_owned()),
            version: self.version.unwrap_or_default(),
            licence: self.licence.unwrap_or_default(),
            items,
        };
        bank.check()?;
        Ok(bank)
    }
}

/// The trait that a file is called after, as those of TRAIT's published form are.
fn trait_of_file(name: &str) -> Option<&'static str> {
    let name = stem(name).to_lowercase();
    TRAITS
        .into_iter()
        .find(|known| name.contains(&known.to_lowercase()))
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
            Ok(value) => collector.add_value(value),
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
pub(super) fn stem(name: &str) -> &str {
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
    fn add_value(&mut self, value: Value) {
        self.add(Row::new(self.items.len() + 1, value));
    }

    fn add(&mut self, row: Result<Row>) {
        match row.and_then(|row| item(row, &mut self.seen)) {
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

/// Makes an item of a row; its trait and its name may be left to the file.
fn item(mut row: Row, seen: &mut HashMap<String, usize>) -> Result<Item> {
    let trait_name = match row.has("personality") {
        true => row.text("personality")?,
        false => row.optional_text("trait")?.unwrap_or_default(),
    };
    let id = row
        .id()?
        .or_else(|| (!trait_name.is_empty()).then(|| format!("{trait_name}-{}", row.number)));
    let id = id.unwrap_or_default();
    if !id.is_empty() {
        unique(seen, &row, &id)?;
    }
    let (situation, query) = match row.optional_text("question")? {
        Some(question) if !row.has("situation") => last_sentence(&question).ok_or_else(|| {
            row.bad(
                "question",
                "is one sentence; a situation and a question about it are needed",
            )
        })?,
        _ => (row.text("situation")?, row.text("query")?),
    };
    let item = Item {
        id,
        trait_name,
        setting: row.optional_text("setting")?,
        situation,
        query,
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

/// A text without its last sentence, and that sentence; none for a single sentence.
fn last_sentence(text: &str) -> Option<(String, String)> {
    let text = text.trim();
    let mut ends = text.char_indices().filter(|(at, c)| {
        let after = text[at + c.len_utf8()..].chars().next();
        matches!(c, '.' | '!' | '?') && after.is_some_and(char::is_whitespace)
    });
    let (at, _) = ends.next_back()?;
    Some((text[..=at].into(), text[at + 1..].trim().into()))
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
                        Some(value) => collector.add_value(value),
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
