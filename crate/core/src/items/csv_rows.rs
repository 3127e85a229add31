//! Rows of files with one line a record: the first line names the fields.

use serde_json::{Map, Value};

use super::fields::Row;
use crate::error::{Error, Result};

/// The rows of a CSV text; fields are separated by commas, semicolons or tabs, whichever the first line has most of. Names of
/// fields are taken in lower case; empty fields are none.
///
/// # Errors
/// [`Error::ItemsInvalid`] with the line for a record of more or fewer fields than the first line, and what [`names`] gives.
pub(super) fn rows(text: &str) -> Result<Vec<Row>> {
    let names = names(text)?;
    let mut rows = Vec::new();
    for record in reader(text).records() {
        let record = record.map_err(|e| bad(&e))?;
        let fields = names
            .iter()
            .zip(record.iter())
            .filter(|(_, text)| !text.trim().is_empty());
        let fields: Map<String, Value> = fields.map(|(name, text)| (name.clone(), text.into())).collect();
        if !fields.is_empty() {
            rows.push(Row::new(rows.len() + 1, Value::Object(fields))?);
        }
    }
    Ok(rows)
}

/// The names of the fields, from the first line.
///
/// # Errors
/// [`Error::ItemsInvalid`] for a first line with fewer than two names, or with the same name twice.
pub(super) fn names(text: &str) -> Result<Vec<String>> {
    let mut reader = reader(text);
    let header = reader.headers().map_err(|e| bad(&e))?;
    let names: Vec<String> = header.iter().map(|name| name.trim().to_lowercase()).collect();
    if names.len() < 2 {
        return Err(Error::ItemsInvalid(
            "it is neither JSON nor CSV: its first line names no fields, separated by commas, semicolons or tabs".into(),
        ));
    }
    let twice = |(i, name): (usize, &String)| !name.is_empty() && names[..i].contains(name);
    match names.iter().enumerate().find(|(i, name)| twice((*i, name))) {
        Some((_, name)) => Err(Error::ItemsInvalid(format!(
            "its first line names {name:?} twice"
        ))),
        None => Ok(names),
    }
}

fn reader(text: &str) -> csv::Reader<&[u8]> {
    let first = text
        .lines()
        .find(|line| !line.trim().is_empty())
        .unwrap_or_default();
    let count = |delimiter: u8| first.bytes().filter(|byte| *byte == delimiter).count();
    let mut delimiter = b',';
    for other in [b';', b'\t'] {
        if count(other) > count(delimiter) {
            delimiter = other;
        }
    }
    csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .from_reader(text.as_bytes())
}

fn bad(error: &csv::Error) -> Error {
    match error.kind() {
        csv::ErrorKind::UnequalLengths {
            pos,
            expected_len,
            len,
        } => Error::ItemsInvalid(format!(
            "line {}: it has {len} fields where the first line names {expected_len}",
            pos.as_ref().map_or(0, csv::Position::line)
        )),
        _ => Error::ItemsInvalid(format!("it is no CSV: {error}")),
    }
}
