//! Where the bytes of a model come from: anything that can be read by ranges.

#[cfg(not(target_family = "wasm"))]
use std::{
    fs::File,
    io::{Read, Seek, SeekFrom},
    path::Path,
    sync::{Mutex, PoisonError},
};

use crate::error::{Error, Result};

/// Bytes of known length that can be read from any place, synchronously.
pub trait ReadAt {
    /// Length in bytes.
    fn len(&self) -> u64;

    /// Fills the whole of `buf` with the bytes that start at `offset`.
    ///
    /// # Errors
    /// [`Error::Io`] where the source fails or ends before `buf` is full.
    fn read_at(&self, offset: u64, buf: &mut [u8]) -> Result<()>;

    /// Whether there are no bytes at all.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// Bytes that are in memory already.
#[derive(Debug, Clone)]
pub struct MemorySource<T: AsRef<[u8]>>(pub T);

impl<T: AsRef<[u8]>> ReadAt for MemorySource<T> {
    fn len(&self) -> u64 {
        self.0.as_ref().len() as u64
    }

    fn read_at(&self, offset: u64, buf: &mut [u8]) -> Result<()> {
        let bytes = usize::try_from(offset)
            .ok()
            .and_then(|start| self.0.as_ref().get(start..)?.get(..buf.len()))
            .ok_or_else(|| Error::Io(format!("{} bytes at {offset} lie beyond the end", buf.len())))?;
        buf.copy_from_slice(bytes);
        Ok(())
    }
}

/// A file on disk.
#[cfg(not(target_family = "wasm"))]
#[derive(Debug)]
pub struct FileSource {
    // Seeking and reading are two calls, so readers on several threads take turns.
    file: Mutex<File>,
    len: u64,
}

#[cfg(not(target_family = "wasm"))]
impl FileSource {
    /// Opens the file at `path` for reading.
    ///
    /// # Errors
    /// [`Error::Io`] with the path and the system's reason.
    pub fn open(path: impl AsRef<Path>) -> Result<Self> {
        let path = path.as_ref();
        let failed = |reason| Error::Io(format!("{}: {reason}", path.display()));
        let file = File::open(path).map_err(failed)?;
        let len = file.metadata().map_err(failed)?.len();
        Ok(Self {
            file: Mutex::new(file),
            len,
        })
    }
}

#[cfg(not(target_family = "wasm"))]
impl ReadAt for FileSource {
    fn len(&self) -> u64 {
        self.len
    }

    fn read_at(&self, offset: u64, buf: &mut [u8]) -> Result<()> {
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(offset))
            .and_then(|_| file.read_exact(buf))
            .map_err(|reason| Error::Io(format!("{} bytes at {offset}: {reason}", buf.len())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_gives_ranges_and_refuses_what_lies_beyond() {
        let source = MemorySource(vec![1u8, 2, 3, 4]);
        let mut buf = [0; 2];
        source.read_at(2, &mut buf).unwrap();
        assert_eq!(buf, [3, 4]);
        for offset in [3, 4, 5, u64::MAX] {
            assert_eq!(source.read_at(offset, &mut buf).unwrap_err().code(), "io.read");
        }
        source.read_at(4, &mut []).unwrap();
        assert!(!source.is_empty() && MemorySource([]).is_empty());
    }

    #[test]
    fn a_file_gives_ranges_and_refuses_what_lies_beyond() {
        let path = std::env::temp_dir().join(format!("traitscope-source-{}", std::process::id()));
        std::fs::write(&path, b"abcdef").unwrap();
        let source = FileSource::open(&path).unwrap();
        let mut buf = [0; 3];
        source.read_at(3, &mut buf).unwrap();
        assert_eq!((&buf, source.len()), (b"def", 6));
        assert_eq!(source.read_at(4, &mut buf).unwrap_err().code(), "io.read");
        std::fs::remove_file(&path).unwrap();
        assert_eq!(FileSource::open(&path).unwrap_err().code(), "io.read");
    }
}
