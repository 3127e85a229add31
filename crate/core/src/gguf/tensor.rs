//! The tensor table: names, shapes, formats, and where the data lie.

use std::{collections::HashSet, fmt::Display, ops::Range};

use super::{
    cursor::Cursor,
    limits::{self, Shown},
    source::ReadAt,
};
use crate::{
    error::{Error, Result},
    quant::{Format, ggml_type_label},
};

/// One tensor of a file. The reader has checked that its bytes lie within the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TensorInfo {
    /// Name, such as `blk.0.attn_q.weight`.
    pub name: String,
    /// Elements along each dimension, the fastest first: `[K, N]` for N rows of K.
    pub shape: Vec<u64>,
    /// Format of the elements.
    pub format: Format,
    /// Place of the data in the file, in bytes from its start.
    pub offset: u64,
    /// Length of the data in bytes.
    pub bytes: u64,
}

impl TensorInfo {
    /// Elements of a row, which is the fastest dimension.
    pub fn cols(&self) -> u64 {
        self.shape.first().copied().unwrap_or(1)
    }

    /// Number of rows: the product of all dimensions but the fastest.
    pub fn rows(&self) -> u64 {
        self.shape.iter().skip(1).product()
    }

    /// Bytes of a row.
    pub fn row_bytes(&self) -> u64 {
        self.bytes / self.rows().max(1)
    }

    /// Fills `buf` with the bytes of the tensor from `start` on.
    ///
    /// # Errors
    /// [`Error::ModelTensor`] where the range leaves the tensor, [`Error::Io`] where the source fails.
    pub fn read_range(&self, source: &dyn ReadAt, start: u64, buf: &mut [u8]) -> Result<()> {
        let end = start.checked_add(buf.len() as u64);
        if end.is_none_or(|end| end > self.bytes) {
            let (name, len, bytes) = (Shown(&self.name), buf.len(), self.bytes);
            return Err(Error::ModelTensor(format!(
                "{name} has {bytes} bytes; asked for {len} at {start}"
            )));
        }
        source.read_at(self.offset + start, buf)
    }

    /// The bytes of the given rows.
    ///
    /// # Errors
    /// As [`TensorInfo::read_range`], and [`Error::DeviceMemory`] where there is no memory for them.
    pub fn read_rows(&self, source: &dyn ReadAt, rows: Range<u64>) -> Result<Vec<u8>> {
        let no_memory = |bytes| Error::DeviceMemory(format!("{} needs {bytes} bytes", Shown(&self.name)));
        if rows.start > rows.end || rows.end > self.rows() {
            let (name, count) = (Shown(&self.name), self.rows());
            return Err(Error::ModelTensor(format!(
                "{name} has {count} rows; asked for {rows:?}"
            )));
        }
        let bytes = (rows.end - rows.start) * self.row_bytes();
        let count = usize::try_from(bytes).map_err(|_| no_memory(bytes))?;
        let mut buf = Vec::new();
        buf.try_reserve_exact(count).map_err(|_| no_memory(bytes))?;
        buf.resize(count, 0);
        self.read_range(source, rows.start * self.row_bytes(), &mut buf)?;
        Ok(buf)
    }

    /// Reads one entry of the table; `offset` is still relative to the start of the data.
    fn read(cursor: &mut Cursor<'_>, place: &dyn Display) -> Result<Self> {
        let name = cursor.string(limits::NAME, &format_args!("the name of {place}"))?;
        let what = &format_args!("tensor {}", Shown(&name));
        let dimensions = cursor.u32(what)?;
        if dimensions > limits::DIMENSIONS {
            let most = limits::DIMENSIONS;
            return Err(Error::GgufLimit(format!(
                "{what} has {dimensions} dimensions, and at most {most} are read"
            )));
        }
        let shape = (0..dimensions)
            .map(|_| cursor.u64(what))
            .collect::<Result<Vec<_>>>()?;
        let kind = cursor.u32(what)?;
        let offset = cursor.u64(what)?;
        let format = Format::from_ggml_type(kind).ok_or_else(|| {
            Error::ModelUnsupported(format!("{what} has the type {}", ggml_type_label(kind)))
        })?;
        let bytes = data_bytes(&shape, format).map_err(|why| Error::GgufInvalid(format!("{what} {why}")))?;
        Ok(Self {
            name,
            shape,
            format,
            offset,
            bytes,
        })
    }
}

/// Bytes of a tensor's data, or why there is no such tensor.
fn data_bytes(shape: &[u64], format: Format) -> Result<u64, String> {
    if shape.is_empty() || shape.contains(&0) {
        return Err(format!("has the shape {shape:?} without elements"));
    }
    let (block_len, block_bytes) = (format.block_len() as u64, format.block_bytes() as u64);
    if !shape[0].is_multiple_of(block_len) {
        let (row, name) = (shape[0], format.name());
        return Err(format!(
            "has rows of {row} elements, which blocks of {block_len} ({name}) do not divide"
        ));
    }
    shape
        .iter()
        .try_fold(1u64, |product, &dimension| product.checked_mul(dimension))
        .and_then(|elements| (elements / block_len).checked_mul(block_bytes))
        .ok_or_else(|| format!("has the shape {shape:?}, whose size overflows"))
}

/// Reads the table of `count` tensors; their offsets stay relative until [`place`].
pub(super) fn read_table(cursor: &mut Cursor<'_>, count: usize) -> Result<Vec<TensorInfo>> {
    let tensors = (1..=count)
        .map(|number| TensorInfo::read(cursor, &format_args!("tensor {number} of {count}")))
        .collect::<Result<Vec<_>>>()?;
    let mut names = HashSet::new();
    match tensors.iter().find(|tensor| !names.insert(tensor.name.as_str())) {
        Some(twice) => Err(Error::GgufInvalid(format!(
            "tensor {} occurs twice",
            Shown(&twice.name)
        ))),
        None => Ok(tensors),
    }
}

/// Makes the offsets absolute, sorts the tensors by them, and checks that the data lie in the file one
/// after the other.
///
/// Data beyond the end of the file have two explanations. Where every tensor starts at the aligned end of
/// the one before, which is how files are written, the file was cut short; otherwise an offset is false.
pub(super) fn place(tensors: &mut [TensorInfo], data_start: u64, alignment: u64, len: u64) -> Result<()> {
    tensors.sort_by_key(|tensor| tensor.offset);
    let (mut end, mut packed, mut beyond) = (0, true, None);
    for tensor in tensors.iter_mut() {
        let (what, relative) = (format!("tensor {}", Shown(&tensor.name)), tensor.offset);
        if !relative.is_multiple_of(alignment) {
            return Err(Error::GgufInvalid(format!(
                "{what} has the offset {relative}, not a multiple of {alignment}"
            )));
        }
        if relative < end {
            return Err(Error::GgufInvalid(format!(
                "{what} at offset {relative} overlaps the tensor before it"
            )));
        }
        let absolute = relative.checked_add(data_start);
        let Some((start, after)) = absolute.and_then(|start| Some((start, start.checked_add(tensor.bytes)?)))
        else {
            return Err(Error::GgufInvalid(format!(
                "{what} has the offset {relative}, out of the file"
            )));
        };
        packed &= Some(relative) == u64::checked_next_multiple_of(end, alignment);
        if after > len && beyond.is_none() {
            beyond = Some(format!(
                "the data of {what} end at {after}, and the file has {len} bytes"
            ));
        }
        tensor.offset = start;
        end = after - data_start;
    }
    match beyond {
        None => Ok(()),
        Some(message) if packed => Err(Error::GgufTruncated(message)),
        Some(message) => Err(Error::GgufInvalid(format!(
            "{message}: an offset is out of the file"
        ))),
    }
}
