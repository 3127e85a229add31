//! Files beside the model: those a command reads, and those it writes.

use std::fs::{File, OpenOptions};
use std::io::Read;
use std::path::{Path, PathBuf};
use traitscope::{Error, Result};

/// The bytes of a file, and one more than `most` of a larger one, so that whoever reads them sees that it is too large.
///
/// # Errors
/// [`Error::Io`] with the path and the system's reason.
pub fn read_at_most(path: &Path, most: usize) -> Result<Vec<u8>> {
    let failed = |error| Error::Io(format!("{}: {error}", path.display()));
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(failed)?;
    file.take(most as u64 + 1)
        .read_to_end(&mut bytes)
        .map_err(failed)?;
    Ok(bytes)
}

/// A file that a long computation will fill. It is opened before, so that one that cannot be written is found then; what
/// it holds stays until there is something in its place, and one that is not there does not come to be before that,
/// whatever ends the program.
pub struct Destination(PathBuf);

impl Destination {
    /// # Errors
    /// [`Error::Write`] with the path and the system's reason.
    pub fn new(path: &Path) -> Result<Self> {
        let new = !path.exists();
        OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(false)
            .open(path)
            .and_then(|_| if new { std::fs::remove_file(path) } else { Ok(()) })
            .map_err(|error| failed(path, &error))?;
        Ok(Self(path.into()))
    }

    /// # Errors
    /// [`Error::Write`] with the path and the system's reason.
    pub fn write(self, bytes: &[u8]) -> Result<()> {
        std::fs::write(&self.0, bytes).map_err(|error| failed(&self.0, &error))
    }
}

fn failed(path: &Path, error: &std::io::Error) -> Error {
    Error::Write(format!("{}: {error}", path.display()))
}
