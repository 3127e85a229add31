//! Checked fields of one row of an item file.

use std::collections::HashMap;

use serde_json::{Map, Value};

use crate::error::{Error, Result};

/// One row, with its number for error messages (counted from 1).
pub(super) struct Row {
    pub(super) number: usize,
    fields: Map<String, Value>,
}

impl Row {
    /// Takes a JSON value for a row.
    pub(super) fn new(number: usize, value: Value) -> Result<Self> {
        match value {
            Value::Object(fields) => Ok(Self { number, fields }),
            other => Err(Error::ItemsInvalid(format!(
                "row {number} is {}, not an object with fields",
                kind(&other)
            ))),
        }
    }

    /// The error for a field of this row.
    pub(super) fn bad(&self, field: &str, what: impl std::fmt::Display) -> Error {
        Error::ItemsInvalid(format!("row {}, field {field}: {what}", self.number))
    }

    /// Takes a field out of the row as it is.
    pub(super) fn take(&mut self, field: &str) -> Result<Value> {
        self.fields
            .remove(field)
            .ok_or_else(|| self.bad(field, "is missing"))
    }

    /// Whether the row has this field.
    pub(super) fn has(&self, field: &str) -> bool {
        self.fields.contains_key(field)
    }

    /// The first of these fields that the row has; the first name is that of the error.
    pub(super) fn take_any(&mut self, fields: &[&str]) -> Result<Value> {
        let name = fields.iter().find(|field| self.has(field)).or(fields.first());
        self.take(name.copied().unwrap_or_default())
    }

    /// As [`Row::take_any`], a field with more than white space.
    pub(super) fn text_of_any(&mut self, fields: &[&str]) -> Result<String> {
        let value = self.take_any(fields)?;
        self.as_text(fields.first().copied().unwrap_or_default(), value)
    }

    /// A field that must be there and hold more than white space.
    pub(super) fn text(&mut self, field: &str) -> Result<String> {
        let value = self.take(field)?;
        self.as_text(field, value)
    }

    /// The text in a value of this row.
    pub(super) fn as_text(&self, field: &str, value: Value) -> Result<String> {
        match value {
            Value::String(text) if text.trim().is_empty() => Err(self.bad(field, "is empty")),
            Value::String(text) => Ok(text),
            other => Err(self.bad(field, format_args!("is {}, not a text", kind(&other)))),
        }
    }

    /// A field that may be absent, null or empty, all of which mean that there is none.
    pub(super) fn optional_text(&mut self, field: &str) -> Result<Option<String>> {
        match self.fields.remove(field) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) => Ok(Some(text).filter(|t| !t.trim().is_empty())),
            Some(other) => Err(self.bad(field, format_args!("is {}, not a text", kind(&other)))),
        }
    }

    /// As [`Row::optional_text`]; a whole number counts as its digits.
    pub(super) fn optional_text_or_number(&mut self, field: &str) -> Result<Option<String>> {
        if let Some(number) = self.fields.get(field).and_then(Value::as_i64) {
            self.fields.remove(field);
            return Ok(Some(number.to_string()));
        }
        self.optional_text(field)
    }

    /// The field `id`, a text or a whole number, if the row has one.
    pub(super) fn id(&mut self) -> Result<Option<String>> {
        match self.fields.remove("id") {
            None | Some(Value::Null) => Ok(None),
            Some(Value::Number(number)) if number.is_i64() || number.is_u64() => Ok(Some(number.to_string())),
            Some(value) => self.as_text("id", value).map(Some),
        }
    }

    /// Refuses two options that are the same but for white space at their ends.
    pub(super) fn distinct(&self, options: [(&str, &str); 4]) -> Result<()> {
        for (i, (field, text)) in options.iter().enumerate() {
            if let Some((same, _)) = options[..i].iter().find(|(_, other)| other.trim() == text.trim()) {
                return Err(self.bad(field, format_args!("is the same as {same}")));
            }
        }
        Ok(())
    }
}

/// Refuses an identifier that an earlier row has.
pub(super) fn unique(seen: &mut HashMap<String, usize>, row: &Row, id: &str) -> Result<()> {
    match seen.insert(id.to_owned(), row.number) {
        None => Ok(()),
        Some(before) => Err(row.bad("id", format_args!("{id:?} is also the id of row {before}"))),
    }
}

/// What a JSON value is, in words.
fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}
