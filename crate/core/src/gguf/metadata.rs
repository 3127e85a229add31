//! The metadata of a GGUF file, by key and type.

use std::collections::BTreeMap;

use super::{
    cursor::Cursor,
    limits::{self, Shown},
    value::{Array, Value},
};
use crate::error::{Error, Result};

/// Keys and their values.
///
/// The getters come in pairs: `name(key)` needs the key, `opt_name(key)` gives `None` without it. Both give
/// [`Error::ModelUnsupported`], naming the key, where the value has another type. Integers are taken from
/// any width that holds them.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Metadata(BTreeMap<String, Value>);

impl Metadata {
    /// Number of keys.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are no keys.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All keys and values, sorted by key.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.0.iter().map(|(key, value)| (key.as_str(), value))
    }

    /// The value of a key, of whatever type.
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.0.get(key)
    }

    /// An integer from 0 to 2^32 - 1.
    pub fn u32(&self, key: &str) -> Result<u32> {
        required(key, self.opt_u32(key)?)
    }

    /// An integer from 0 to 2^32 - 1, where the key is there.
    pub fn opt_u32(&self, key: &str) -> Result<Option<u32>> {
        self.typed(key, "an unsigned 32-bit integer", |value| {
            value.as_integer()?.try_into().ok()
        })
    }

    /// A float; a float64 is rounded.
    pub fn f32(&self, key: &str) -> Result<f32> {
        required(key, self.opt_f32(key)?)
    }

    /// A float, where the key is there; a float64 is rounded.
    pub fn opt_f32(&self, key: &str) -> Result<Option<f32>> {
        self.typed(key, "a float", |value| match value {
            Value::F32(number) => Some(*number),
            Value::F64(number) => Some(*number as f32),
            _ => None,
        })
    }

    /// A string.
    pub fn str(&self, key: &str) -> Result<&str> {
        required(key, self.opt_str(key)?)
    }

    /// A string, where the key is there.
    pub fn opt_str(&self, key: &str) -> Result<Option<&str>> {
        self.typed(key, "a string", |value| match value {
            Value::Str(text) => Some(text.as_str()),
            _ => None,
        })
    }

    /// A bool.
    pub fn bool(&self, key: &str) -> Result<bool> {
        required(key, self.opt_bool(key)?)
    }

    /// A bool, where the key is there.
    pub fn opt_bool(&self, key: &str) -> Result<Option<bool>> {
        self.typed(key, "a bool", |value| match value {
            Value::Bool(flag) => Some(*flag),
            _ => None,
        })
    }

    /// An array of strings.
    pub fn str_array(&self, key: &str) -> Result<&[String]> {
        required(key, self.opt_str_array(key)?)
    }

    /// An array of strings, where the key is there.
    pub fn opt_str_array(&self, key: &str) -> Result<Option<&[String]>> {
        self.typed(key, "an array of strings", |value| match value {
            Value::Array(Array::Str(texts)) => Some(texts.as_slice()),
            _ => None,
        })
    }

    /// An array of float32.
    pub fn f32_array(&self, key: &str) -> Result<&[f32]> {
        required(key, self.opt_f32_array(key)?)
    }

    /// An array of float32, where the key is there.
    pub fn opt_f32_array(&self, key: &str) -> Result<Option<&[f32]>> {
        self.typed(key, "an array of floats", |value| match value {
            Value::Array(Array::F32(numbers)) => Some(numbers.as_slice()),
            _ => None,
        })
    }

    /// An array of integers from 0 to 2^32 - 1.
    pub fn u32_array(&self, key: &str) -> Result<Vec<u32>> {
        required(key, self.opt_u32_array(key)?)
    }

    /// An array of integers from 0 to 2^32 - 1, where the key is there.
    pub fn opt_u32_array(&self, key: &str) -> Result<Option<Vec<u32>>> {
        self.typed(key, "an array of unsigned 32-bit integers", integers)
    }

    /// An array of integers from -2^31 to 2^31 - 1.
    pub fn i32_array(&self, key: &str) -> Result<Vec<i32>> {
        required(key, self.opt_i32_array(key)?)
    }

    /// An array of integers from -2^31 to 2^31 - 1, where the key is there.
    pub fn opt_i32_array(&self, key: &str) -> Result<Option<Vec<i32>>> {
        self.typed(key, "an array of 32-bit integers", integers)
    }

    fn typed<'a, T>(
        &'a self,
        key: &str,
        wanted: &str,
        convert: impl FnOnce(&'a Value) -> Option<T>,
    ) -> Result<Option<T>> {
        let Some(value) = self.get(key) else {
            return Ok(None);
        };
        match convert(value) {
            Some(converted) => Ok(Some(converted)),
            None => {
                let found = match value.as_integer() {
                    Some(number) => format!("{} {number}", value.type_name()),
                    None => value.type_name().into(),
                };
                Err(Error::ModelUnsupported(format!(
                    "key {key} should be {wanted}, but is {found}"
                )))
            }
        }
    }

    /// Reads `count` keys and their values.
    pub(super) fn read(cursor: &mut Cursor<'_>, count: usize) -> Result<Self> {
        let mut entries = BTreeMap::new();
        for number in 1..=count {
            let key = cursor.string(limits::NAME, &format_args!("the name of key {number} of {count}"))?;
            let value = Value::read(cursor, &format_args!("key {}", Shown(&key)))?;
            if entries.contains_key(&key) {
                return Err(Error::GgufInvalid(format!("key {} occurs twice", Shown(&key))));
            }
            entries.insert(key, value);
        }
        Ok(Self(entries))
    }
}

fn required<T>(key: &str, value: Option<T>) -> Result<T> {
    value.ok_or_else(|| Error::ModelUnsupported(format!("missing key {key}")))
}

fn integers<T: TryFrom<i128>>(value: &Value) -> Option<Vec<T>> {
    match value {
        Value::Array(array) => array.to_integers(),
        _ => None,
    }
}

impl<K: Into<String>> FromIterator<(K, Value)> for Metadata {
    fn from_iter<I: IntoIterator<Item = (K, Value)>>(entries: I) -> Self {
        Self(
            entries
                .into_iter()
                .map(|(key, value)| (key.into(), value))
                .collect(),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Metadata {
        Metadata::from_iter([
            ("count", Value::U32(30)),
            ("wide", Value::U64(1 << 40)),
            ("negative", Value::I32(-1)),
            ("eps", Value::F32(1e-5)),
            ("eps64", Value::F64(0.5)),
            ("name", Value::Str("llama".into())),
            ("flag", Value::Bool(true)),
            ("tokens", Value::Array(Array::Str(vec!["a".into(), "b".into()]))),
            ("scores", Value::Array(Array::F32(vec![1.5]))),
            ("types", Value::Array(Array::I32(vec![1, -3]))),
            ("ids", Value::Array(Array::U8(vec![1, 255]))),
        ])
    }

    #[test]
    fn getters_give_what_is_there() {
        let metadata = sample();
        assert_eq!(metadata.u32("count"), Ok(30));
        assert_eq!(metadata.f32("eps"), Ok(1e-5));
        assert_eq!(metadata.f32("eps64"), Ok(0.5));
        assert_eq!(metadata.str("name"), Ok("llama"));
        assert_eq!(metadata.bool("flag"), Ok(true));
        assert_eq!(metadata.str_array("tokens").unwrap(), ["a", "b"]);
        assert_eq!(metadata.f32_array("scores").unwrap(), [1.5]);
        assert_eq!(metadata.i32_array("types").unwrap(), [1, -3]);
        assert_eq!(metadata.u32_array("ids").unwrap(), [1, 255]);
        assert_eq!((metadata.len(), metadata.iter().next().unwrap().0), (11, "count"));
    }

    #[test]
    fn a_missing_key_is_none_or_named() {
        let metadata = sample();
        assert_eq!(metadata.opt_u32("llama.block_count"), Ok(None));
        assert_eq!(
            metadata.u32("llama.block_count"),
            Err(Error::ModelUnsupported("missing key llama.block_count".into()))
        );
    }

    #[test]
    fn a_value_of_another_type_is_refused_even_where_the_key_is_optional() {
        let metadata = sample();
        let message = "key wide should be an unsigned 32-bit integer, but is uint64 1099511627776";
        assert_eq!(
            metadata.opt_u32("wide"),
            Err(Error::ModelUnsupported(message.into()))
        );
        assert!(metadata.u32("negative").is_err());
        assert!(metadata.u32("name").is_err());
        assert!(metadata.f32("count").is_err());
        assert!(metadata.str("count").is_err());
        assert!(metadata.bool("count").is_err());
        assert!(metadata.str_array("types").is_err());
        assert!(metadata.f32_array("types").is_err());
        assert!(metadata.u32_array("types").is_err());
        assert!(metadata.i32_array("tokens").is_err());
    }
}
