//! Writes GGUF files: directions for others to read, and for tests also files that break a chosen rule.

use super::{Array, Value};
use crate::quant::Format;

/// An entry of the tensor table, written as it is.
#[derive(Clone)]
pub(crate) struct RawTensor {
    pub name: Vec<u8>,
    pub shape: Vec<u64>,
    pub kind: u32,
    pub offset: u64,
}

/// A file to be written. The public fields are what a test changes to break a rule; left alone, they break none.
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
