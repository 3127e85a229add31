//! Reads a header front to back through ranged reads of bounded size.

use std::fmt::Display;

use super::{
    limits::{self, Limit},
    source::ReadAt,
};
use crate::error::{Error, Result};

/// Bytes asked of the source at a time.
const CHUNK: u64 = 256 * 1024;

/// A place in a source, with the chunk around it in memory.
pub(super) struct Cursor<'a> {
    source: &'a dyn ReadAt,
    len: u64,
    position: u64,
    chunk: Vec<u8>,
    chunk_start: u64,
}

impl<'a> Cursor<'a> {
    pub fn new(source: &'a dyn ReadAt) -> Self {
        Self {
            source,
            len: source.len(),
            position: 0,
            chunk: Vec::new(),
            chunk_start: 0,
        }
    }

    /// Bytes from the start of the source.
    pub fn position(&self) -> u64 {
        self.position
    }

    /// Bytes from here to the end of the source.
    pub fn remaining(&self) -> u64 {
        self.len - self.position
    }

    /// Fills `out`; `what` names it in errors.
    ///
    /// # Errors
    /// [`Error::GgufTruncated`] where fewer bytes remain, [`Error::GgufLimit`] past the longest header that
    /// is read, [`Error::Io`] where the source fails.
    pub fn fill(&mut self, mut out: &mut [u8], what: &dyn Display) -> Result<()> {
        let wanted = out.len() as u64;
        if wanted > self.remaining() {
            let (position, len) = (self.position, self.len);
            return Err(Error::GgufTruncated(format!(
                "{what} needs {wanted} bytes at {position}, and the file has {len}"
            )));
        }
        if self.position + wanted > limits::HEADER_BYTES {
            let most = limits::HEADER_BYTES;
            return Err(Error::GgufLimit(format!(
                "{what} lies beyond the first {most} bytes of the header"
            )));
        }
        while !out.is_empty() {
            let ready = self.ready()?;
            let count = ready.len().min(out.len());
            let (head, tail) = out.split_at_mut(count);
            head.copy_from_slice(&ready[..count]);
            out = tail;
            self.position += count as u64;
        }
        Ok(())
    }

    /// The bytes from here on that are in memory; reads the next chunk when there are none.
    fn ready(&mut self) -> Result<&[u8]> {
        let in_chunk = |start: u64, len: usize| (start..start + len as u64).contains(&self.position);
        if !in_chunk(self.chunk_start, self.chunk.len()) {
            self.chunk.resize(self.remaining().min(CHUNK) as usize, 0);
            // Should the read fail, what the buffer holds belongs to no place.
            let read = self.source.read_at(self.position, &mut self.chunk);
            if read.is_err() {
                self.chunk.clear();
            }
            read?;
            self.chunk_start = self.position;
        }
        Ok(&self.chunk[(self.position - self.chunk_start) as usize..])
    }

    /// The next `N` bytes.
    pub fn array<const N: usize>(&mut self, what: &dyn Display) -> Result<[u8; N]> {
        let mut bytes = [0; N];
        self.fill(&mut bytes, what)?;
        Ok(bytes)
    }

    /// The next little-endian u32.
    pub fn u32(&mut self, what: &dyn Display) -> Result<u32> {
        self.array(what).map(u32::from_le_bytes)
    }

    /// The next little-endian u64.
    pub fn u64(&mut self, what: &dyn Display) -> Result<u64> {
        self.array(what).map(u64::from_le_bytes)
    }

    /// A count of units of at least `unit_bytes` each, checked before anything is allocated for them.
    pub fn count(&mut self, limit: Limit, unit_bytes: u64, what: &dyn Display) -> Result<usize> {
        let count = self.u64(what)?;
        limit.check(count, unit_bytes, self.remaining(), what)?;
        usize::try_from(count).map_err(|_| Error::GgufLimit(format!("{what} is {count}")))
    }

    /// A string: its length in bytes, then UTF-8.
    pub fn string(&mut self, limit: Limit, what: &dyn Display) -> Result<String> {
        let len = self.u64(what)?;
        limit.check(len, 1, self.remaining(), &format_args!("the length of {what}"))?;
        let mut bytes = vec![0; len as usize];
        self.fill(&mut bytes, what)?;
        String::from_utf8(bytes).map_err(|error| {
            Error::GgufInvalid(format!(
                "{what} is not UTF-8 from its byte {} on",
                error.utf8_error().valid_up_to()
            ))
        })
    }
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use super::*;
    use crate::gguf::source::MemorySource;

    /// A source that notes the ranges it is asked for and fails in the given call.
    struct Noting {
        bytes: MemorySource<Vec<u8>>,
        calls: RefCell<Vec<(u64, usize)>>,
        fails: usize,
    }

    impl Noting {
        fn new(len: usize, fails: usize) -> Self {
            let bytes = (0..len).map(|i| (i / 1000) as u8).collect();
            Self {
                bytes: MemorySource(bytes),
                calls: RefCell::default(),
                fails,
            }
        }
    }

    impl ReadAt for Noting {
        fn len(&self) -> u64 {
            self.bytes.len()
        }

        fn read_at(&self, offset: u64, buf: &mut [u8]) -> Result<()> {
            self.calls.borrow_mut().push((offset, buf.len()));
            if self.calls.borrow().len() == self.fails {
                return Err(Error::Io("gone".into()));
            }
            self.bytes.read_at(offset, buf)
        }
    }

    #[test]
    fn reads_chunks_one_after_the_other_and_never_past_the_end() {
        let source = Noting::new(CHUNK as usize + 100, 0);
        let mut cursor = Cursor::new(&source);
        let mut bytes = vec![0; CHUNK as usize - 2];
        cursor.fill(&mut bytes, &"front").unwrap();
        assert_eq!(cursor.u32(&"across two chunks").unwrap(), 0x0606_0606);
        assert_eq!(cursor.remaining(), 98);
        cursor.fill(&mut [0; 98], &"rest").unwrap();
        assert_eq!(cursor.array::<1>(&"more").unwrap_err().code(), "gguf.truncated");
        assert_eq!(*source.calls.borrow(), [(0, CHUNK as usize), (CHUNK, 100)]);
    }

    #[test]
    fn a_failed_read_is_reported_and_leaves_no_stale_bytes() {
        let source = Noting::new(CHUNK as usize + 100, 2);
        let mut cursor = Cursor::new(&source);
        cursor.fill(&mut vec![0; CHUNK as usize], &"front").unwrap();
        assert_eq!(cursor.array::<1>(&"next").unwrap_err(), Error::Io("gone".into()));
        assert_eq!(cursor.array::<1>(&"next").unwrap(), [(CHUNK / 1000) as u8]);
    }
}
