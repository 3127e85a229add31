//! Files of directions, to be read by others and from others.
//!
//! - [`control_vector`]: GGUF, as llama.cpp and repeng write it: one trait.
//! - [`tensors`]: safetensors, the project's own form with any number of traits, and plain matrices of others.

pub mod control_vector;
pub mod tensors;
#[cfg(test)]
mod tests;

use super::TraitVectors;
use crate::{Error, Result};

/// Largest file that is read, in bytes: sixteen traits of a model with 80 layers of 8192 values fit.
pub const MAX_FILE_BYTES: usize = 64 * 1024 * 1024;

/// Reads the directions of a file; its first bytes tell the form.
///
/// `name` is that of the file, after which a trait is called where the file does not say.
///
/// # Errors
/// [`Error::DirectionFile`] says what is wrong, and [`Error::DirectionInvalid`] for a vector that points nowhere. Whether
/// they suit a model is not known here: [`TraitVectors::check`].
pub fn read(bytes: &[u8], name: &str) -> Result<Vec<TraitVectors>> {
    if bytes.len() > MAX_FILE_BYTES {
        return bad(format!(
            "it has {} bytes, and at most {MAX_FILE_BYTES} are read",
            bytes.len()
        ));
    }
    let base = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let stem = base.rsplit_once('.').map_or(base, |(stem, _)| stem);
    let read = if bytes.starts_with(b"GGUF") {
        vec![control_vector::read(bytes, stem)?]
    } else {
        tensors::read(bytes)?
    };
    for at in read.iter().flat_map(|vectors| &vectors.layers) {
        crate::model::Direction::new(&at.vector)?;
    }
    Ok(read)
}

fn bad<T>(what: impl Into<String>) -> Result<T> {
    Err(Error::DirectionFile(what.into()))
}

/// An error of a library, or of another reader, as one of this file.
fn foreign(error: impl std::fmt::Display) -> Error {
    Error::DirectionFile(error.to_string())
}
