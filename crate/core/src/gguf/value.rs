//! The typed values of a GGUF header.

use std::fmt;

use super::{cursor::Cursor, limits};
use crate::error::{Error, Result};

/// A metadata value.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs, reason = "each variant is named after the type it holds")]
pub enum Value {
    U8(u8),
    I8(i8),
    U16(u16),
    I16(i16),
    U32(u32),
    I32(i32),
    F32(f32),
    Bool(bool),
    Str(String),
    Array(Array),
    U64(u64),
    I64(i64),
    F64(f64),
}

/// An array of values of one type; arrays of arrays are refused.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs, reason = "each variant is named after the type it holds")]
pub enum Array {
    U8(Vec<u8>),
    I8(Vec<i8>),
    U16(Vec<u16>),
    I16(Vec<i16>),
    U32(Vec<u32>),
    I32(Vec<i32>),
    F32(Vec<f32>),
    Bool(Vec<bool>),
    Str(Vec<String>),
    U64(Vec<u64>),
    I64(Vec<i64>),
    F64(Vec<f64>),
}

impl Value {
    /// The value as an integer, whatever the width it is stored in.
    pub fn as_integer(&self) -> Option<i128> {
        Some(match *self {
            Value::U8(value) => value.into(),
            Value::I8(value) => value.into(),
            Value::U16(value) => value.into(),
            Value::I16(value) => value.into(),
            Value::U32(value) => value.into(),
            Value::I32(value) => value.into(),
            Value::U64(value) => value.into(),
            Value::I64(value) => value.into(),
            _ => return None,
        })
    }

    /// The name of the type, in the words of the format: `uint32`, `string`, `array of string`.
    pub fn type_name(&self) -> &'static str {
        match self {
            Value::U8(_) => "uint8",
            Value::I8(_) => "int8",
            Value::U16(_) => "uint16",
            Value::I16(_) => "int16",
            Value::U32(_) => "uint32",
            Value::I32(_) => "int32",
            Value::F32(_) => "float32",
            Value::Bool(_) => "bool",
            Value::Str(_) => "string",
            Value::Array(array) => array.type_name(),
            Value::U64(_) => "uint64",
            Value::I64(_) => "int64",
            Value::F64(_) => "float64",
        }
    }

    /// Reads the type and then the value; `key` is how errors call it.
    pub(super) fn read(cursor: &mut Cursor<'_>, key: &dyn fmt::Display) -> Result<Self> {
        let kind = cursor.u32(key)?;
        Ok(match kind {
            0 => Value::U8(u8::from_le_bytes(cursor.array(key)?)),
            1 => Value::I8(i8::from_le_bytes(cursor.array(key)?)),
            2 => Value::U16(u16::from_le_bytes(cursor.array(key)?)),
            3 => Value::I16(i16::from_le_bytes(cursor.array(key)?)),
            4 => Value::U32(u32::from_le_bytes(cursor.array(key)?)),
            5 => Value::I32(i32::from_le_bytes(cursor.array(key)?)),
            6 => Value::F32(f32::from_le_bytes(cursor.array(key)?)),
            7 => Value::Bool(read_bool(cursor, key)?),
            8 => Value::Str(cursor.string(limits::STRING, key)?),
            9 => Value::Array(Array::read(cursor, key)?),
            10 => Value::U64(u64::from_le_bytes(cursor.array(key)?)),
            11 => Value::I64(i64::from_le_bytes(cursor.array(key)?)),
            12 => Value::F64(f64::from_le_bytes(cursor.array(key)?)),
            _ => {
                return Err(Error::GgufInvalid(format!(
                    "{key} has the unknown value type {kind}"
                )));
            }
        })
    }
}

impl Array {
    /// Number of elements.
    pub fn len(&self) -> usize {
        match self {
            Array::U8(values) => values.len(),
            Array::I8(values) => values.len(),
            Array::U16(values) => values.len(),
            Array::I16(values) => values.len(),
            Array::U32(values) => values.len(),
            Array::I32(values) => values.len(),
            Array::F32(values) => values.len(),
            Array::Bool(values) => values.len(),
            Array::Str(values) => values.len(),
            Array::U64(values) => values.len(),
            Array::I64(values) => values.len(),
            Array::F64(values) => values.len(),
        }
    }

    /// Whether there are no elements.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The elements as integers, where each is one that `T` can hold.
    pub fn to_integers<T: TryFrom<i128>>(&self) -> Option<Vec<T>> {
        fn convert<S: Copy + Into<i128>, T: TryFrom<i128>>(values: &[S]) -> Option<Vec<T>> {
            values
                .iter()
                .map(|&value| T::try_from(value.into()).ok())
                .collect()
        }
        match self {
            Array::U8(values) => convert(values),
            Array::I8(values) => convert(values),
            Array::U16(values) => convert(values),
            Array::I16(values) => convert(values),
            Array::U32(values) => convert(values),
            Array::I32(values) => convert(values),
            Array::U64(values) => convert(values),
            Array::I64(values) => convert(values),
            _ => None,
        }
    }

    fn type_name(&self) -> &'static str {
        match self {
            Array::U8(_) => "array of uint8",
            Array::I8(_) => "array of int8",
            Array::U16(_) => "array of uint16",
            Array::I16(_) => "array of int16",
            Array::U32(_) => "array of uint32",
            Array::I32(_) => "array of int32",
            Array::F32(_) => "array of float32",
            Array::Bool(_) => "array of bool",
            Array::Str(_) => "array of string",
            Array::U64(_) => "array of uint64",
            Array::I64(_) => "array of int64",
            Array::F64(_) => "array of float64",
        }
    }

    fn read(cursor: &mut Cursor<'_>, key: &dyn fmt::Display) -> Result<Self> {
        let kind = cursor.u32(key)?;
        Ok(match kind {
            0 => Array::U8(numbers(cursor, key, u8::from_le_bytes)?),
            1 => Array::I8(numbers(cursor, key, i8::from_le_bytes)?),
            2 => Array::U16(numbers(cursor, key, u16::from_le_bytes)?),
            3 => Array::I16(numbers(cursor, key, i16::from_le_bytes)?),
            4 => Array::U32(numbers(cursor, key, u32::from_le_bytes)?),
            5 => Array::I32(numbers(cursor, key, i32::from_le_bytes)?),
            6 => Array::F32(numbers(cursor, key, f32::from_le_bytes)?),
            7 => Array::Bool(elements(cursor, key, 1, read_bool)?),
            8 => Array::Str(elements(cursor, key, 8, |cursor, what| {
                cursor.string(limits::STRING, what)
            })?),
            9 => return Err(Error::GgufLimit(format!("{key} is an array of arrays"))),
            10 => Array::U64(numbers(cursor, key, u64::from_le_bytes)?),
            11 => Array::I64(numbers(cursor, key, i64::from_le_bytes)?),
            12 => Array::F64(numbers(cursor, key, f64::from_le_bytes)?),
            _ => {
                return Err(Error::GgufInvalid(format!(
                    "{key} is an array of the unknown value type {kind}"
                )));
            }
        })
    }
}

/// The count, then the elements of an array whose elements take at least `bytes` each.
fn elements<T>(
    cursor: &mut Cursor<'_>,
    key: &dyn fmt::Display,
    bytes: u64,
    mut element: impl FnMut(&mut Cursor<'_>, &dyn fmt::Display) -> Result<T>,
) -> Result<Vec<T>> {
    let count = cursor.count(
        limits::ARRAY,
        bytes,
        &format_args!("the number of elements of {key}"),
    )?;
    (0..count).map(|_| element(cursor, key)).collect()
}

/// An array of numbers of `N` bytes.
fn numbers<T, const N: usize>(
    cursor: &mut Cursor<'_>,
    key: &dyn fmt::Display,
    convert: fn([u8; N]) -> T,
) -> Result<Vec<T>> {
    elements(cursor, key, N as u64, |cursor, what| {
        cursor.array(what).map(convert)
    })
}

fn read_bool(cursor: &mut Cursor<'_>, key: &dyn fmt::Display) -> Result<bool> {
    match cursor.array(key)? {
        [0] => Ok(false),
        [1] => Ok(true),
        [other] => Err(Error::GgufInvalid(format!(
            "{key} is a bool with the value {other}, not 0 or 1"
        ))),
    }
}

/// Numbers and strings as they are, arrays as `array of string, 49152 elements`.
impl fmt::Display for Value {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::F32(value) => write!(out, "{value}"),
            Value::F64(value) => write!(out, "{value}"),
            Value::Bool(value) => write!(out, "{value}"),
            Value::Str(value) => write!(out, "{value}"),
            Value::Array(array) => write!(out, "{}, {} elements", array.type_name(), array.len()),
            integer => write!(out, "{}", integer.as_integer().unwrap_or_default()),
        }
    }
}
