//! The good files that cases are made from.

use std::io;
use std::path::{Path, PathBuf};

/// A file: the end of its name tells a reader of several forms which one it is.
#[derive(Debug, Clone, Default)]
pub struct Seed {
    /// The name without its folder.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// Where the corpora lie in the checkout.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fuzz/corpus")
}

/// The files of a target, by name.
///
/// # Errors
/// Those of reading the folder; one without a file is an error too.
pub fn read(target: &str) -> io::Result<Vec<Seed>> {
    let folder = root().join(target);
    let mut seeds = Vec::new();
    for entry in std::fs::read_dir(&folder)? {
        let path = entry?.path();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
        seeds.push(Seed {
            name: name.unwrap_or_default(),
            bytes: std::fs::read(&path)?,
        });
    }
    if seeds.is_empty() {
        return Err(io::Error::other(format!("{} has no file", folder.display())));
    }
    seeds.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(seeds)
}
