//! Files beside the model: those a command reads, and those it writes.

use std::fs::{File, OpenOptions};
use std::io::{Read, Write};
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
/// it holds stays until there is something in its place.
pub struct Destination {
    path: PathBuf,
    file: File,
    /// Whether there was no such file: then none is left behind if nothing is written.
    new: bool,
}

impl Destination {
    /// # Errors
    /// [`Error::Write`] with the path and the system's reason.
    pub fn new(path: &Path) -> Result<Self> {
        let new = !path.exists();
        let file = OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(false)
            .open(path);
        Ok(Self {
            file: file.map_err(|error| failed(path, &error))?,
            path: path.into(),
            new,
        })
    }

    /// # Errors
    /// [`Error::Write`] with the path and the system's reason.
    pub fn write(mut self, bytes: &[u8]) -> Result<()> {
        // A device such as /dev/null has no length to set.
        let regular = self.file.metadata().is_ok_and(|metadata| metadata.is_file());
        let emptied = if regular { self.file.set_len(0) } else { Ok(()) };
        emptied
            .and_then(|()| self.file.write_all(bytes))
            .map_err(|error| failed(&self.path, &error))?;
        self.new = false;
        Ok(())
    }
}

impl Drop for Destination {
    fn drop(&mut self) {
        if self.new {
            // Empty, and nobody's: that it stays would be a blemish and no loss.
            let _ = std::fs::remove_file(&self.path);
        }
    }
}

fn failed(path: &Path, error: &std::io::Error) -> Error {
    Error::Write(format!("{}: {error}", path.display()))
}
