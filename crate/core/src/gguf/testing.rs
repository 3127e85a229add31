//! Files for tests.

use super::writer::GgufWriter;
use super::{Array, ReadAt, Value};
use crate::error::Result;
use crate::quant::Format;

/// A small valid file with a value of every type and tensors of three formats.
pub(crate) fn sample() -> GgufWriter {
    let text = |text: &str| Value::Str(text.into());
    let values = [
        ("u8", Value::U8(200)),
        ("i8", Value::I8(-100)),
        ("u16", Value::U16(60_000)),
        ("i16", Value::I16(-30_000)),
        ("u32", Value::U32(4_000_000_000)),
        ("i32", Value::I32(-2_000_000_000)),
        ("f32", Value::F32(1e-5)),
        ("bool", Value::Bool(true)),
        ("str", text("Grüße")),
        ("u64", Value::U64(u64::MAX)),
        ("i64", Value::I64(i64::MIN)),
        ("f64", Value::F64(0.1)),
        ("array.u8", Value::Array(Array::U8(vec![1, 2]))),
        ("array.i8", Value::Array(Array::I8(vec![-1]))),
        ("array.u16", Value::Array(Array::U16(vec![300]))),
        ("array.i16", Value::Array(Array::I16(vec![-300]))),
        ("array.u32", Value::Array(Array::U32(vec![70_000]))),
        ("array.i32", Value::Array(Array::I32(vec![-70_000, 1]))),
        ("array.f32", Value::Array(Array::F32(vec![0.5, -0.5]))),
        ("array.bool", Value::Array(Array::Bool(vec![true, false]))),
        (
            "array.str",
            Value::Array(Array::Str(vec!["Ġa".into(), String::new()])),
        ),
        ("array.u64", Value::Array(Array::U64(vec![1 << 40]))),
        ("array.i64", Value::Array(Array::I64(vec![-1 << 40]))),
        ("array.f64", Value::Array(Array::F64(vec![1e300]))),
        ("array.empty", Value::Array(Array::Str(Vec::new()))),
        ("general.architecture", text("llama")),
    ];
    let writer = values
        .iter()
        .fold(GgufWriter::new(), |writer, (key, value)| writer.key(key, value));
    writer
        .tensor("norm", &[3], Format::F32, &[1; 12])
        .tensor("weight", &[64, 3], Format::Q8_0, &(0..204).collect::<Vec<u8>>())
        .tensor("cube", &[2, 2, 2, 1], Format::F16, &[3; 16])
}

/// A file of so many bytes, of which these are written and all others are 0.
pub(crate) struct Sparse {
    pub written: Vec<(u64, Vec<u8>)>,
    pub len: u64,
}

impl ReadAt for Sparse {
    fn len(&self) -> u64 {
        self.len
    }

    fn read_at(&self, offset: u64, buf: &mut [u8]) -> Result<()> {
        buf.fill(0);
        for (start, bytes) in &self.written {
            for (at, byte) in (*start..).zip(bytes) {
                if let Some(place) = at.checked_sub(offset).and_then(|at| buf.get_mut(at as usize)) {
                    *place = *byte;
                }
            }
        }
        Ok(())
    }
}
