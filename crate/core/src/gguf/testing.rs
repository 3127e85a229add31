//! Writes GGUF files for tests: valid ones, and ones that break a chosen rule.

use super::{Array, ReadAt, Value};
use crate::error::Result;
use crate::quant::Format;

/// An entry of the tensor table, written as it is.
#[derive(Clone)]
pub(crate) struct RawTensor {
    pub name: Vec<u8>,
    pub shape: Vec<u64>,
    pub kind: u32,
    pub offset: u64,
}

/// A file to be written. The public fields are what a test changes to break a rule.
#[derive(Clone)]
pub(crate) struct GgufWriter {
    pub version: u32,
    /// Written instead of the true number of keys.
    pub key_count: Option<u64>,
    /// Written instead of the true number of tensors.
    pub tensor_count: Option<u64>,
    pub tensors: Vec<RawTensor>,
    /// Where tensors are placed; the key `general.alignment` is the test's business.
    pub alignment: u64,
    keys: Vec<Vec<u8>>,
    data: Vec<u8>,
}

impl GgufWriter {
    pub fn new() -> Self {
        Self {
            version: 3,
            key_count: None,
            tensor_count: None,
            tensors: Vec::new(),
            alignment: 32,
            keys: Vec::new(),
            data: Vec::new(),
        }
    }

    /// Adds a key.
    pub fn key(self, name: &str, value: &Value) -> Self {
        let (kind, payload) = encode(value);
        self.raw_key(name.as_bytes(), kind, &payload)
    }

    /// Adds a key whose name, type number and payload are written as they are.
    pub fn raw_key(mut self, name: &[u8], kind: u32, payload: &[u8]) -> Self {
        self.keys
            .push([&string(name), &kind.to_le_bytes()[..], payload].concat());
        self
    }

    /// Adds a tensor and its data at the next aligned place.
    pub fn tensor(mut self, name: &str, shape: &[u64], format: Format, data: &[u8]) -> Self {
        self.data
            .resize(self.data.len().next_multiple_of(self.alignment as usize), 0);
        let (name, shape, offset) = (name.into(), shape.to_vec(), self.data.len() as u64);
        self.tensors.push(RawTensor {
            name,
            shape,
            kind: format.ggml_type(),
            offset,
        });
        self.data.extend_from_slice(data);
        self
    }

    /// The bytes of the file, which end with the last tensor's data.
    pub fn write(&self) -> Vec<u8> {
        let mut bytes = b"GGUF".to_vec();
        bytes.extend(self.version.to_le_bytes());
        bytes.extend(
            self.tensor_count
                .unwrap_or(self.tensors.len() as u64)
                .to_le_bytes(),
        );
        bytes.extend(self.key_count.unwrap_or(self.keys.len() as u64).to_le_bytes());
        bytes.extend(self.keys.concat());
        for tensor in &self.tensors {
            bytes.extend(string(&tensor.name));
            bytes.extend((tensor.shape.len() as u32).to_le_bytes());
            tensor
                .shape
                .iter()
                .for_each(|dimension| bytes.extend(dimension.to_le_bytes()));
            bytes.extend(tensor.kind.to_le_bytes());
            bytes.extend(tensor.offset.to_le_bytes());
        }
        if !self.data.is_empty() {
            bytes.resize(bytes.len().next_multiple_of(self.alignment as usize), 0);
            bytes.extend(&self.data);
        }
        bytes
    }
}

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

/// Length and bytes of a string.
fn string(bytes: &[u8]) -> Vec<u8> {
    [&(bytes.len() as u64).to_le_bytes(), bytes].concat()
}

/// Type number and payload of a value.
fn encode(value: &Value) -> (u32, Vec<u8>) {
    match value {
        Value::U8(value) => (0, value.to_le_bytes().into()),
        Value::I8(value) => (1, value.to_le_bytes().into()),
        Value::U16(value) => (2, value.to_le_bytes().into()),
        Value::I16(value) => (3, value.to_le_bytes().into()),
        Value::U32(value) => (4, value.to_le_bytes().into()),
        Value::I32(value) => (5, value.to_le_bytes().into()),
        Value::F32(value) => (6, value.to_le_bytes().into()),
        Value::Bool(value) => (7, vec![u8::from(*value)]),
        Value::Str(value) => (8, string(value.as_bytes())),
        Value::Array(array) => (9, encode_array(array)),
        Value::U64(value) => (10, value.to_le_bytes().into()),
        Value::I64(value) => (11, value.to_le_bytes().into()),
        Value::F64(value) => (12, value.to_le_bytes().into()),
    }
}

fn encode_array(array: &Array) -> Vec<u8> {
    let (kind, elements): (u32, Vec<u8>) = match array {
        Array::U8(values) => (0, values.clone()),
        Array::I8(values) => (1, values.iter().flat_map(|value| value.to_le_bytes()).collect()),
        Array::U16(values) => (2, values.iter().flat_map(|value| value.to_le_bytes()).collect()),
        Array::I16(values) => (3, values.iter().flat_map(|value| value.to_le_bytes()).collect()),
        Array::U32(values) => (4, values.iter().flat_map(|value| value.to_le_bytes()).collect()),
        Array::I32(values) => (5, values.iter().flat_map(|value| value.to_le_bytes()).collect()),
        Array::F32(values) => (6, values.iter().flat_map(|value| value.to_le_bytes()).collect()),
        Array::Bool(values) => (7, values.iter().map(|&value| u8::from(value)).collect()),
        Array::Str(values) => (
            8,
            values.iter().flat_map(|value| string(value.as_bytes())).collect(),
        ),
        Array::U64(values) => (10, values.iter().flat_map(|value| value.to_le_bytes()).collect()),
        Array::I64(values) => (11, values.iter().flat_map(|value| value.to_le_bytes()).collect()),
        Array::F64(values) => (12, values.iter().flat_map(|value| value.to_le_bytes()).collect()),
    };
    [
        &kind.to_le_bytes(),
        &(array.len() as u64).to_le_bytes()[..],
        &elements,
    ]
    .concat()
}
