//! How large the counts and lengths of a header may be.

use std::fmt;

use crate::error::{Error, Result};

/// Bounds on one kind of count or length.
///
/// A claim that needs more bytes than remain has two explanations: the file was cut short, or the claim is
/// false. Up to `plausible`, which real models stay below, the first is reported; above it the second.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limit {
    /// The largest claim that is taken for true although the file ends before it is fulfilled.
    pub plausible: u64,
    /// The largest claim that is followed at all, so that a header cannot fill the memory of a page.
    pub most: u64,
}

/// Number of metadata keys: real models have fewer than a hundred.
pub(super) const KEYS: Limit = Limit {
    plausible: 512,
    most: 1 << 16,
};
/// Number of tensors: about ten a block, or a few thousand where every expert of a block has its own.
pub(super) const TENSORS: Limit = Limit {
    plausible: 1 << 12,
    most: 1 << 16,
};
/// Bytes of a key or a tensor name; the format's own maximum is 65535.
pub(super) const NAME: Limit = Limit {
    plausible: 1 << 10,
    most: 65_535,
};
/// Bytes of a string value: chat templates are the longest, but whole tokenizer files occur.
pub(super) const STRING: Limit = Limit {
    plausible: 1 << 16,
    most: 1 << 25,
};
/// Elements of an array: the largest are the merges of a vocabulary, about half a million.
pub(super) const ARRAY: Limit = Limit {
    plausible: 1 << 19,
    most: 1 << 22,
};
/// Bytes of the whole header, all strings and arrays together.
pub(super) const HEADER_BYTES: u64 = 1 << 27;
/// Dimensions of a tensor.
pub(super) const DIMENSIONS: u32 = 4;

impl Limit {
    /// Checks a claim of `count` units of at least `unit_bytes` each against the `remaining` bytes.
    ///
    /// # Errors
    /// [`Error::GgufLimit`] or [`Error::GgufTruncated`], naming `what`.
    pub fn check(self, count: u64, unit_bytes: u64, remaining: u64, what: &dyn fmt::Display) -> Result<()> {
        let fits = count
            .checked_mul(unit_bytes)
            .is_some_and(|bytes| bytes <= remaining);
        if count > self.most {
            Err(Error::GgufLimit(format!(
                "{what} is {count}, and no more than {} are read",
                self.most
            )))
        } else if fits {
            Ok(())
        } else if count > self.plausible {
            Err(Error::GgufLimit(format!(
                "{what} is {count}, but only {remaining} bytes remain"
            )))
        } else {
            Err(Error::GgufTruncated(format!(
                "{what} is {count}, but only {remaining} bytes remain"
            )))
        }
    }
}

/// A name out of a file as it may appear in a message: quoted, escaped, and short.
pub(super) struct Shown<'a>(pub &'a str);

impl fmt::Display for Shown<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        const MOST: usize = 64;
        match self.0.char_indices().nth(MOST) {
            Some((end, _)) => write!(out, "{:?}...", &self.0[..end]),
            None => write!(out, "{:?}", self.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_claim_is_followed_doubted_or_refused() {
        let limit = Limit {
            plausible: 10,
            most: 100,
        };
        let code = |count, remaining| {
            limit
                .check(count, 8, remaining, &"it")
                .map_err(|error| error.code())
        };
        assert_eq!(code(10, 80), Ok(()));
        assert_eq!(code(10, 79), Err("gguf.truncated"));
        assert_eq!(code(11, 79), Err("gguf.limit"));
        assert_eq!(code(100, 800), Ok(()));
        assert_eq!(code(101, u64::MAX), Err("gguf.limit"));
        assert_eq!(code(u64::MAX, u64::MAX), Err("gguf.limit"));
    }

    #[test]
    fn names_are_quoted_escaped_and_cut_between_characters() {
        assert_eq!(Shown("a\n<b>").to_string(), "\"a\\n<b>\"");
        assert_eq!(
            Shown(&"ä".repeat(65)).to_string(),
            format!("{:?}...", "ä".repeat(64))
        );
    }
}
