//! Rows of a parquet file, the form in which TRAIT is published. In a browser the page reads such files.

use super::fields::Row;
use crate::error::{Error, Result};

/// What a parquet file begins with.
const MAGIC: &[u8] = b"PAR1";

/// Whether these are the bytes of a parquet file.
pub(super) fn is_parquet(bytes: &[u8]) -> bool {
    bytes.starts_with(MAGIC)
}

/// The rows of a parquet file; fields that are neither text nor a number are passed over.
///
/// # Errors
/// [`Error::ItemsInvalid`] for a file that is damaged, compressed in a way that is not known, or too large.
#[cfg(not(target_family = "wasm"))]
pub(super) fn rows(bytes: &[u8]) -> Result<Vec<Row>> {
    use super::reader::MAX_FILE_BYTES;
    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::Field;
    use serde_json::{Map, Value};

    let damaged = |what: &dyn core::fmt::Display| {
        Error::ItemsInvalid(format!("the parquet file cannot be read: {what}"))
    };
    if bytes.len() > MAX_FILE_BYTES {
        return Err(damaged(&format_args!("it has more than {MAX_FILE_BYTES} bytes")));
    }
    let owned = bytes::Bytes::copy_from_slice(bytes);
    let read = || -> Result<Vec<Row>> {
        let reader = SerializedFileReader::new(owned).map_err(|e| damaged(&e))?;
        let mut rows = Vec::new();
        // A few bytes can stand for a long text many times over.
        let mut left = 4 * MAX_FILE_BYTES;
        for row in reader.get_row_iter(None).map_err(|e| damaged(&e))? {
            let row = row.map_err(|e| damaged(&e))?;
            let mut fields = Map::new();
            for (name, field) in row.get_column_iter() {
                let value: Value = match field {
                    Field::Str(text) => text.as_str().into(),
                    Field::Int(number) => (*number).into(),
                    Field::Long(number) => (*number).into(),
                    _ => continue,
                };
                let size = name.len() + value.as_str().map_or(8, str::len);
                left = left
                    .checked_sub(size)
                    .ok_or_else(|| damaged(&"its texts are too long"))?;
                fields.insert(name.to_lowercase(), value);
            }
            rows.push(Row::new(rows.len() + 1, Value::Object(fields))?);
        }
        Ok(rows)
    };
    // The library does not promise to survive every damaged file.
    std::panic::catch_unwind(core::panic::AssertUnwindSafe(read))
        .unwrap_or_else(|_| Err(damaged(&"it is damaged")))
}

/// As on other targets, where no page reads the file first.
///
/// # Errors
/// [`Error::ItemsInvalid`] always.
#[cfg(target_family = "wasm")]
pub(super) fn rows(_: &[u8]) -> Result<Vec<Row>> {
    Err(Error::ItemsInvalid(
        "it is a parquet file; give its rows as JSON".into(),
    ))
}
