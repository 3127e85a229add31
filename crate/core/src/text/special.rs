//! Tokens that are found in text as they are spelled, before any cutting or merging.

use std::collections::HashMap;

/// Longest spelling that is looked for, in bytes. It bounds the cost of a search in any text.
pub(super) const MAX_SPELLING: usize = 256;

/// A stretch of text, or a token found in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Piece<'t> {
    /// Text without any of the tokens.
    Text(&'t str),
    /// One of the tokens.
    Token(u32),
}

/// A set of tokens by spelling; finds the leftmost, and there the longest.
#[derive(Debug, Clone, Default)]
pub(super) struct Specials {
    ids: HashMap<String, u32>,
    /// For each first byte the lengths of the spellings that begin with it, longest first.
    lengths: HashMap<u8, Vec<usize>>,
}

impl Specials {
    /// The set of these tokens; empty spellings and those above [`MAX_SPELLING`] are left out.
    pub(super) fn new<'a>(tokens: impl Iterator<Item = (&'a str, u32)>) -> Self {
        let mut set = Self::default();
        for (text, id) in tokens {
            let Some(first) = text.bytes().next().filter(|_| text.len() <= MAX_SPELLING) else {
                continue;
            };
            let lengths = set.lengths.entry(first).or_default();
            if let Err(at) = lengths.binary_search_by(|n| text.len().cmp(n)) {
                lengths.insert(at, text.len());
            }
            set.ids.insert(text.to_owned(), id);
        }
        set
    }

    /// The longest token that `text` begins with, and its length in bytes.
    fn prefix(&self, text: &str) -> Option<(usize, u32)> {
        let lengths = self.lengths.get(text.as_bytes().first()?)?;
        lengths
            .iter()
            .find_map(|&n| Some((n, *self.ids.get(text.get(..n)?)?)))
    }

    /// The first of these tokens that is spelled out anywhere in `text`.
    pub(super) fn first_in<'t>(&self, text: &'t str) -> Option<&'t str> {
        text.char_indices()
            .find_map(|(i, _)| self.prefix(&text[i..]).map(|(n, _)| &text[i..i + n]))
    }

    /// Cuts `text` at every token of the set; gives no empty stretch of text.
    pub(super) fn split<'t>(&self, text: &'t str) -> Vec<Piece<'t>> {
        let mut pieces = Vec::new();
        let (mut start, mut at) = (0, 0);
        while let Some(c) = text[at..].chars().next() {
            let Some((n, id)) = self.prefix(&text[at..]) else {
                at += c.len_utf8();
                continue;
            };
            if start < at {
                pieces.push(Piece::Text(&text[start..at]));
            }
            pieces.push(Piece::Token(id));
            at += n;
            start = at;
        }
        if start < text.len() {
            pieces.push(Piece::Text(&text[start..]));
        }
        pieces
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leftmost_then_longest() {
        let set = Specials::new([("<a>", 1), ("<a><b>", 2), ("é!", 3), ("", 4)].into_iter());
        assert_eq!(
            set.split("x<a>y<a><b>é!é<a"),
            [
                Piece::Text("x"),
                Piece::Token(1),
                Piece::Text("y"),
                Piece::Token(2),
                Piece::Token(3),
                Piece::Text("é<a")
            ]
        );
        assert_eq!(set.first_in("né! <a>"), Some("é!"));
        assert_eq!(set.first_in("nothing"), None);
        assert!(set.split("").is_empty());
    }
}
