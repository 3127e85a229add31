//! A file of the user's own: which kind of instrument is in it?

use serde::de::{Deserialize, Deserializer, IgnoredAny, SeqAccess, Visitor};
use serde::{Deserialize as DeserializeOwn, Serialize};
use serde_json::{Map, Value};

use super::csv_rows;
use super::item::ItemBank;
use super::likert::LikertInventory;
use super::parquet_rows::is_parquet;
use super::reader::text_of;
use crate::error::Result;

/// What a file may hold.
#[derive(Debug, Clone, PartialEq, Serialize, DeserializeOwn)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Instrument {
    /// Items with four responses.
    Items {
        /// The items.
        bank: ItemBank,
    },
    /// Statements to be rated.
    Likert {
        /// The statements.
        inventory: LikertInventory,
    },
}

impl Instrument {
    /// Reads a file of either kind, told by the fields of its first item: [`ItemBank::read`], [`LikertInventory::read`].
    ///
    /// # Errors
    /// [`crate::Error::ItemsInvalid`] as these give it.
    pub fn read(bytes: &[u8], file_name: &str) -> Result<Self> {
        let first = match is_parquet(bytes) {
            true => Vec::new(),
            false => first_fields(text_of(bytes)?),
        };
        if first.iter().any(|name| name == "text") && !first.iter().any(|name| name.starts_with("response_"))
        {
            let inventory = LikertInventory::read(bytes, file_name)?;
            return Ok(Self::Likert { inventory });
        }
        let bank = ItemBank::read(bytes, file_name)?;
        Ok(Self::Items { bank })
    }
}

/// The names of the fields of a file's first item; none where the file cannot be read, which its reader will say better.
fn first_fields(text: &str) -> Vec<String> {
    let names = |first: Map<String, Value>| first.into_iter().map(|(name, _)| name).collect();
    match text.trim_start().as_bytes().first() {
        Some(b'[') => serde_json::from_str::<First>(text)
            .map(|first| names(first.0))
            .unwrap_or_default(),
        Some(b'{') => {
            #[derive(DeserializeOwn)]
            struct File {
                items: First,
            }
            let line = text.trim_start().lines().next().unwrap_or_default();
            match serde_json::from_str::<File>(text) {
                Ok(file) => names(file.items.0),
                Err(_) => serde_json::from_str(line).map(names).unwrap_or_default(),
            }
        }
        _ => csv_rows::names(text).unwrap_or_default(),
    }
}

/// The first object of a list; what follows is passed over.
struct First(Map<String, Value>);

impl<'de> Deserialize<'de> for First {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> core::result::Result<Self, D::Error> {
        struct List;
        impl<'de> Visitor<'de> for List {
            type Value = First;

            fn expecting(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.write_str("a list of items")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> core::result::Result<First, A::Error> {
                let first = list.next_element::<Map<String, Value>>()?;
                while list.next_element::<IgnoredAny>()?.is_some() {}
                Ok(First(first.unwrap_or_default()))
            }
        }
        deserializer.deserialize_seq(List)
    }
}
