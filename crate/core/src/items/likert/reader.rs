//! Files that hold a Likert inventory.

use std::collections::HashMap;

use serde::Deserialize;
use serde_json::Value;

use super::super::csv_rows;
use super::super::fields::{Row, unique};
use super::super::reader::{parse, stem, text_of};
use super::{Keyed, LikertInventory, LikertItem, Norm};
use crate::error::{Error, Result};

/// The answers where a file gives none, those of the MPI and of IPIP inventories.
const SCALE: [&str; 5] = [
    "Very inaccurate",
    "Moderately inaccurate",
    "Neither accurate nor inaccurate",
    "Moderately accurate",
    "Very accurate",
];

/// What the single letters of the five factors stand for.
const FACTORS: [(&str, &str); 5] = [
    ("O", "Openness"),
    ("C", "Conscientiousness"),
    ("E", "Extraversion"),
    ("A", "Agreeableness"),
    ("N", "Neuroticism"),
];

/// The project's own form.
#[derive(Default, Deserialize)]
struct File {
    name: Option<String>,
    version: Option<String>,
    licence: Option<String>,
    language: Option<String>,
    stem: Option<String>,
    scale: Option<Vec<String>>,
    items: Vec<Value>,
    #[serde(default)]
    norms: Vec<Norm>,
}

impl LikertInventory {
    /// Reads a file. Accepted are
    /// - the project's own form `{"name", "version", "licence", "language", "stem", "scale": [..], "items": [..], "norms":
    ///   [..]}`, of which only `items` must be there,
    /// - a list of items `{"text", "domain", "keyed"}`, with `id` and `facet` where there are any,
    /// - CSV with columns of these names, or of those of the MPI (`label_raw,text,label_ocean,key`); a column `scale` holds the answers from
    ///   the one that agrees least, separated by `|`, the same in every row that has it.
    ///
    /// `trait` may stand for `domain`, and `key` for `keyed`, which is `plus` or `minus`, or 1 or -1. The letters O, C, E, A and N
    /// become the names of the five factors. Without a scale it is the one of five points from "Very inaccurate" to "Very
    /// accurate".
    ///
    /// # Errors
    /// [`Error::ItemsInvalid`] with row (from 1) and field, and what [`LikertInventory::check`] gives.
    pub fn read(bytes: &[u8], file_name: &str) -> Result<Self> {
        let text = text_of(bytes)?;
        let (mut file, mut rows, mpi) = match text.trim_start().as_bytes().first() {
            Some(b'{') => {
                let mut file: File = parse(text)?;
                let values = core::mem::take(&mut file.items);
                (file, numbered(values)?, false)
            }
            Some(b'[') => (File::default(), numbered(parse(text)?)?, false),
            _ => {
                let rows = csv_rows::rows(text)?;
                let mpi = rows.first().is_some_and(|row| row.has("label_ocean"));
                (File::default(), rows, mpi)
            }
        };
        if rows.is_empty() {
            return Err(Error::ItemsInvalid("it has no items".into()));
        }
        if file.scale.is_none() {
            file.scale = scale(&mut rows)?;
        }
        let mut seen = HashMap::new();
        let items = rows
            .into_iter()
            .map(|row| item(row, &mut seen))
            .collect::<Result<_>>()?;
        let named = file.name.filter(|name| !name.trim().is_empty());
        let inventory = Self {
            name: named.unwrap_or_else(|| stem(file_name).to_owned()),
            version: file.version.unwrap_or_default(),
            licence: file.licence.unwrap_or_default(),
            language: file.language.unwrap_or_default(),
            // The MPI's statements are what comes after "I" or "You".
            stem: file.stem.or_else(|| mpi.then(|| "I {}".into())),
            scale: file.scale.unwrap_or_else(|| SCALE.map(String::from).to_vec()),
            items,
            norms: file.norms,
        };
        inventory.check()?;
        Ok(inventory)
    }
}

fn numbered(values: Vec<Value>) -> Result<Vec<Row>> {
    values
        .into_iter()
        .zip(1..)
        .map(|(value, n)| Row::new(n, value))
        .collect()
}

/// The answers that the rows name; none where no row does.
fn scale(rows: &mut [Row]) -> Result<Option<Vec<String>>> {
    let mut found: Option<String> = None;
    for row in rows {
        let Some(own) = row.optional_text_or_number("scale")? else {
            continue;
        };
        if found.as_ref().is_some_and(|other| *other != own) {
            return Err(row.bad("scale", "is not that of the rows before it"));
        }
        found = Some(own);
    }
    let answers = |text: String| text.split('|').map(|answer| answer.trim().to_owned()).collect();
    Ok(found.map(answers))
}

/// Makes an item of a row.
fn item(mut row: Row, seen: &mut HashMap<String, usize>) -> Result<LikertItem> {
    let domain = row.text_of_any(&["domain", "trait", "label_ocean"])?;
    let domain = FACTORS
        .iter()
        .find_map(|(letter, name)| (*letter == domain.trim()).then(|| (*name).to_owned()))
        .unwrap_or(domain);
    let id = row.id()?.unwrap_or_else(|| format!("{domain}-{}", row.number));
    unique(seen, &row, &id)?;
    let keyed = row.take_any(&["keyed", "key"])?;
    let keyed = match keyed.as_str().map(|text| text.trim().to_lowercase()) {
        Some(text) => sign(&text),
        None => keyed.as_i64().and_then(|number| sign(&number.to_string())),
    };
    Ok(LikertItem {
        keyed: keyed.ok_or_else(|| row.bad("keyed", "is neither plus nor minus, 1 nor -1"))?,
        text: row.text("text")?,
        facet: match row.optional_text_or_number("facet")? {
            None => row.optional_text_or_number("label_raw")?,
            facet => facet,
        },
        domain,
        id,
    })
}

fn sign(text: &str) -> Option<Keyed> {
    match text {
        "plus" | "+" | "1" | "+1" => Some(Keyed::Plus),
        "minus" | "-" | "-1" => Some(Keyed::Minus),
        _ => None,
    }
}
