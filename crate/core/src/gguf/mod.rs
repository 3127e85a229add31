//! GGUF model files: from bytes that nobody vouches for to checked metadata and a checked tensor table.
//!
//! The header is read through ranged reads, tensors are read one by one; the whole file is never in memory.
//! Everything the header claims is checked before it is believed: nothing is allocated for a count before it
//! has been held against the bytes that remain, and no arithmetic wraps. Specification:
//! <https://github.com/ggml-org/ggml/blob/master/docs/gguf.md>, versions 2 and 3, little-endian.

mod cursor;
#[cfg(test)]
mod hostile_tests;
mod limits;
mod metadata;
mod source;
mod tensor;
#[cfg(test)]
pub(crate) mod testing;
mod value;
pub(crate) mod writer;

use std::ops::Range;

use cursor::Cursor;
#[cfg(not(target_family = "wasm"))]
pub use source::FileSource;
pub use {
    metadata::Metadata,
    source::{MemorySource, ReadAt},
    tensor::TensorInfo,
    value::{Array, Value},
};

use crate::error::{Error, Result};

const MAGIC: [u8; 4] = *b"GGUF";
const ALIGNMENT_KEY: &str = "general.alignment";
const DEFAULT_ALIGNMENT: u64 = 32;

/// The header of a GGUF file: everything but the tensor data.
#[derive(Debug, Clone, PartialEq)]
pub struct Gguf {
    /// Format version, 2 or 3.
    pub version: u32,
    /// The metadata.
    pub metadata: Metadata,
    /// The tensors in the order of their data in the file.
    pub tensors: Vec<TensorInfo>,
    /// Every tensor starts at a multiple of this many bytes from the start of the data.
    pub alignment: u64,
}

impl Gguf {
    /// Reads and checks the header.
    ///
    /// # Errors
    /// [`Error::GgufMagic`], [`Error::GgufVersion`], [`Error::GgufTruncated`], [`Error::GgufLimit`] and
    /// [`Error::GgufInvalid`] say what breaks the format and where; [`Error::ModelUnsupported`] names a tensor
    /// type this program does not know; [`Error::Io`] is the source's.
    pub fn read(source: &dyn ReadAt) -> Result<Self> {
        /// Name length, value type and value of a key without a name and with a value of one byte.
        const LEAST_KEY_BYTES: u64 = 8 + 4 + 1;
        /// Name length, number of dimensions, type and offset of a nameless tensor.
        const LEAST_TENSOR_BYTES: u64 = 8 + 4 + 4 + 8;

        let cursor = &mut Cursor::new(source);
        let version = read_version(cursor)?;
        let tensor_count = cursor.count(limits::TENSORS, LEAST_TENSOR_BYTES, &"the number of tensors")?;
        let key_count = cursor.count(limits::KEYS, LEAST_KEY_BYTES, &"the number of keys")?;
        let metadata = Metadata::read(cursor, key_count)?;
        let alignment = alignment(&metadata)?;
        let mut tensors = tensor::read_table(cursor, tensor_count)?;
        // No overflow: the header is at most `limits::HEADER_BYTES` long, and the alignment a u32.
        let data_start = cursor.position().next_multiple_of(alignment);
        tensor::place(&mut tensors, data_start, alignment, source.len())?;
        Ok(Self {
            version,
            metadata,
            tensors,
            alignment,
        })
    }

    /// The tensor of that name.
    pub fn tensor(&self, name: &str) -> Option<&TensorInfo> {
        self.tensors.iter().find(|tensor| tensor.name == name)
    }

    /// All bytes of a tensor.
    ///
    /// # Errors
    /// As [`TensorInfo::read_rows`].
    pub fn read_tensor(&self, source: &dyn ReadAt, tensor: &TensorInfo) -> Result<Vec<u8>> {
        tensor.read_rows(source, 0..tensor.rows())
    }

    /// The bytes of some rows of a tensor, for tensors too large to hold twice.
    ///
    /// # Errors
    /// As [`TensorInfo::read_rows`].
    pub fn read_tensor_rows(
        &self,
        source: &dyn ReadAt,
        tensor: &TensorInfo,
        rows: Range<u64>,
    ) -> Result<Vec<u8>> {
        tensor.read_rows(source, rows)
    }
}

fn read_version(cursor: &mut Cursor<'_>) -> Result<u32> {
    // A file cut within the magic is told from another kind of file by the bytes that are there.
    let mut start = vec![0; cursor.remaining().min(MAGIC.len() as u64) as usize];
    cursor.fill(&mut start, &"the magic")?;
    if !MAGIC.starts_with(&start) {
        return Err(Error::GgufMagic(format!(
            "it starts with {}",
            start.escape_ascii()
        )));
    }
    if start.len() < MAGIC.len() {
        return Err(Error::GgufTruncated(format!(
            "the file has {} bytes",
            start.len()
        )));
    }
    match cursor.u32(&"the version")? {
        version @ 2..=3 => Ok(version),
        version if version != 0 && version & 0xffff == 0 => Err(Error::GgufMagic(format!(
            "it is a big-endian file (version {}); convert it to little-endian",
            version.swap_bytes()
        ))),
        version => Err(Error::GgufVersion(version)),
    }
}

fn alignment(metadata: &Metadata) -> Result<u64> {
    match metadata.get(ALIGNMENT_KEY) {
        None => Ok(DEFAULT_ALIGNMENT),
        Some(&Value::U32(alignment)) if alignment.is_power_of_two() => Ok(alignment.into()),
        Some(value) => {
            let found = format!("{} {value}", value.type_name());
            Err(Error::GgufInvalid(format!(
                "{ALIGNMENT_KEY} is {found}, not a power of two of type uint32"
            )))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{testing::sample, *};
    use crate::quant::Format;

    #[test]
    fn a_valid_file_is_read_as_written() {
        let source = MemorySource(sample().write());
        let gguf = Gguf::read(&source).unwrap();
        assert_eq!((gguf.version, gguf.alignment, gguf.metadata.len()), (3, 32, 26));
        assert_eq!(gguf.metadata.str("general.architecture"), Ok("llama"));
        for (key, shown) in [
            ("u8", "200"),
            ("i8", "-100"),
            ("u16", "60000"),
            ("i16", "-30000"),
            ("u32", "4000000000"),
            ("i32", "-2000000000"),
            ("f32", "0.00001"),
            ("bool", "true"),
            ("str", "Grüße"),
            ("u64", "18446744073709551615"),
            ("i64", "-9223372036854775808"),
            ("f64", "0.1"),
            ("array.str", "array of string, 2 elements"),
        ] {
            assert_eq!(gguf.metadata.get(key).unwrap().to_string(), shown, "{key}");
        }
        let array = |key| match gguf.metadata.get(key) {
            Some(Value::Array(array)) => array.clone(),
            other => panic!("{key} is {other:?}"),
        };
        assert_eq!(array("array.u8"), Array::U8(vec![1, 2]));
        assert_eq!(array("array.i8"), Array::I8(vec![-1]));
        assert_eq!(array("array.u16"), Array::U16(vec![300]));
        assert_eq!(array("array.i16"), Array::I16(vec![-300]));
        assert_eq!(array("array.u32"), Array::U32(vec![70_000]));
        assert_eq!(array("array.i32"), Array::I32(vec![-70_000, 1]));
        assert_eq!(array("array.f32"), Array::F32(vec![0.5, -0.5]));
        assert_eq!(array("array.bool"), Array::Bool(vec![true, false]));
        assert_eq!(array("array.str"), Array::Str(vec!["Ġa".into(), String::new()]));
        assert_eq!(array("array.u64"), Array::U64(vec![1 << 40]));
        assert_eq!(array("array.i64"), Array::I64(vec![-1 << 40]));
        assert_eq!(array("array.f64"), Array::F64(vec![1e300]));
        assert!(array("array.empty").is_empty());
    }

    #[test]
    fn tensors_are_found_and_read_whole_by_rows_and_by_ranges() {
        let source = MemorySource(sample().write());
        let gguf = Gguf::read(&source).unwrap();
        let names: Vec<_> = gguf.tensors.iter().map(|tensor| tensor.name.as_str()).collect();
        assert_eq!(names, ["norm", "weight", "cube"]);
        let weight = gguf.tensor("weight").unwrap();
        assert_eq!(
            (weight.format, weight.cols(), weight.rows()),
            (Format::Q8_0, 64, 3)
        );
        assert_eq!(
            (weight.offset % 32, weight.bytes, weight.row_bytes()),
            (0, 204, 68)
        );
        let data: Vec<u8> = (0..204).collect();
        assert_eq!(gguf.read_tensor(&source, weight).unwrap(), data);
        assert_eq!(gguf.read_tensor_rows(&source, weight, 1..3).unwrap(), data[68..]);
        assert!(gguf.read_tensor_rows(&source, weight, 2..2).unwrap().is_empty());
        let mut part = [0; 4];
        weight.read_range(&source, 200, &mut part).unwrap();
        assert_eq!(part, [200, 201, 202, 203]);
        assert_eq!(gguf.tensor("cube").unwrap().rows(), 4);
        assert!(gguf.tensor("absent").is_none());
    }

    #[test]
    fn ranges_that_leave_a_tensor_are_refused() {
        let source = MemorySource(sample().write());
        let gguf = Gguf::read(&source).unwrap();
        let weight = gguf.tensor("weight").unwrap();
        let reversed = Range { start: 2, end: 1 };
        for rows in [0..4, 3..5, reversed, 0..u64::MAX] {
            assert_eq!(
                gguf.read_tensor_rows(&source, weight, rows).unwrap_err().code(),
                "model.tensor"
            );
        }
        for start in [201, 204, u64::MAX] {
            assert_eq!(
                weight.read_range(&source, start, &mut [0; 4]).unwrap_err().code(),
                "model.tensor"
            );
        }
    }

    #[test]
    fn a_header_without_tensors_is_complete_at_its_last_byte() {
        let bytes = writer::GgufWriter::new().key("k", &Value::U8(7)).write();
        let gguf = Gguf::read(&MemorySource(bytes)).unwrap();
        assert_eq!((gguf.tensors.len(), gguf.metadata.u32("k")), (0, Ok(7)));
    }

    #[test]
    fn an_alignment_of_the_files_own_is_followed() {
        let mut writer = writer::GgufWriter::new().key(ALIGNMENT_KEY, &Value::U32(128));
        writer.alignment = 128;
        let writer = writer
            .tensor("a", &[1], Format::F32, &[1; 4])
            .tensor("b", &[1], Format::F32, &[2; 4]);
        let source = MemorySource(writer.write());
        let gguf = Gguf::read(&source).unwrap();
        assert_eq!(gguf.read_tensor(&source, &gguf.tensors[1]).unwrap(), [2; 4]);
        assert_eq!(gguf.tensors[1].offset % 128, 0);
    }
}
