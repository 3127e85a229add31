//! The orders in which four options can be shown.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};

/// Short names of the options in the order of [`super::KEYS`].
const SHORT: [&str; 4] = ["H1", "H2", "L1", "L2"];

/// Which option stands behind which label.
///
/// Written as `forward`, `reversed`, or for the other 22 orders as the options from the first label to the last, such as
/// `H1H2L1L2`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, type = "string"))]
#[serde(try_from = "String", into = "String")]
pub struct Layout([u8; 4]);

impl Layout {
    /// A = high1, B = low1, C = high2, D = low2. Of a scale: the answer that agrees most comes first.
    pub const FORWARD: Self = Self([0, 2, 1, 3]);
    /// A = low1, B = high1, C = low2, D = high2. Of a scale: the answer that agrees least comes first.
    pub const REVERSED: Self = Self([2, 0, 3, 1]);

    /// All 24 orders, each beside its [`mirror`](Self::mirror); the two of TRAIT first.
    pub fn all() -> Vec<Self> {
        let mut all = vec![Self::FORWARD, Self::REVERSED];
        for place in 0..256u16 {
            let order = Self([0, 2, 4, 6].map(|shift| (place >> shift & 3) as u8));
            if order.is_order() && !all.contains(&order) {
                all.extend([order, order.mirror()]);
            }
        }
        all
    }

    /// For each label A to D the position in [`super::KEYS`] of the option shown there.
    pub fn order(self) -> [usize; 4] {
        self.0.map(usize::from)
    }

    /// The order with each high option in the place of the low one of the same number, and the other way round: over the two,
    /// no label has more high options than low ones.
    pub fn mirror(self) -> Self {
        Self(self.0.map(|key| (key + 2) % 4))
    }

    /// Whether it is one of the two orders that a scale can be shown in.
    pub fn is_of_scale(self) -> bool {
        self == Self::FORWARD || self == Self::REVERSED
    }

    fn is_order(self) -> bool {
        (0..4).all(|key| self.0.contains(&key))
    }
}

impl fmt::Display for Layout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::FORWARD => f.write_str("forward"),
            Self::REVERSED => f.write_str("reversed"),
            other => other.order().iter().try_for_each(|key| f.write_str(SHORT[*key])),
        }
    }
}

impl From<Layout> for String {
    fn from(layout: Layout) -> Self {
        layout.to_string()
    }
}

impl FromStr for Layout {
    type Err = Error;

    /// # Errors
    /// [`Error::RequestInvalid`] for what is no order of four options.
    fn from_str(name: &str) -> Result<Self> {
        Self::all()
            .into_iter()
            .find(|layout| layout.to_string() == name)
            .ok_or_else(|| {
                Error::RequestInvalid(format!(
                    "{name:?} is no order of the options; there are forward, reversed, and others such as H1H2L1L2"
                ))
            })
    }
}

impl TryFrom<String> for Layout {
    type Error = Error;

    fn try_from(name: String) -> Result<Self> {
        name.parse()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_24_orders_in_mirrored_pairs() {
        let all = Layout::all();
        let names: std::collections::BTreeSet<String> = all.iter().map(Layout::to_string).collect();
        assert_eq!((all.len(), names.len()), (24, 24));
        for pair in all.chunks(2) {
            assert_eq!(pair[0].mirror(), pair[1]);
            assert_eq!(pair[1].mirror(), pair[0]);
        }
        assert_eq!(&all[..2], [Layout::FORWARD, Layout::REVERSED]);
        // Every option stands behind every label equally often.
        for label in 0..4 {
            for key in 0..4 {
                let times = all.iter().filter(|layout| layout.order()[label] == key).count();
                assert_eq!(times, 6);
            }
        }
    }

    #[test]
    fn names_are_read_back() {
        for layout in Layout::all() {
            let json = serde_json::to_string(&layout).unwrap();
            assert_eq!(serde_json::from_str::<Layout>(&json).unwrap(), layout);
        }
        assert_eq!("H1H2L1L2".parse::<Layout>().unwrap().order(), [0, 1, 2, 3]);
        for name in ["H1H1L1L2", "H1L1H2L2", "Forward", "", "H1H2L1"] {
            assert_eq!(
                name.parse::<Layout>().unwrap_err().code(),
                "request.invalid",
                "{name}"
            );
        }
    }
}
