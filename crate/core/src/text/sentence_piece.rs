//! SentencePiece's byte-pair encoding (arXiv 1808.06226, section 3.1): of all neighbours that together are a piece of the
//! vocabulary, those of the highest score are joined, the leftmost first, until none are left. A character that is no
//! piece becomes the pieces of its bytes.

use std::cmp::Ordering;
use std::collections::{BinaryHeap, HashMap};

use super::spec::{TokenType, TokenizerSpec};
use crate::error::{Error, Result};

/// What stands for a space in the vocabulary.
const SPACE: char = '\u{2581}';

/// Pieces with their scores.
pub(super) struct SentencePiece {
    /// Pieces that text can become.
    ids: HashMap<String, u32>,
    /// Of every token.
    scores: Vec<f32>,
    /// The piece of each byte.
    bytes: Vec<u32>,
    /// The same the other way round.
    byte_of: HashMap<u32, u8>,
    /// Whether a text begins as if a space stood before it.
    space_prefix: bool,
}

/// A stretch of text on its way to becoming a piece, in a list from which joined ones are taken out.
struct Symbol {
    start: usize,
    /// After its last byte; that of the start where it has been taken out.
    end: usize,
    before: Option<usize>,
    after: Option<usize>,
}

/// Two neighbours that together are a piece.
struct Pair {
    score: f32,
    left: usize,
    right: usize,
    /// Where it ends; says too whether its symbols are still those it was made of.
    end: usize,
}

impl SentencePiece {
    /// # Errors
    /// [`Error::ModelUnsupported`] for a setting that is not implemented, [`Error::GgufInvalid`] for a token without a score or
    /// a byte without a piece.
    pub(super) fn new(spec: &TokenizerSpec) -> Result<Self> {
        if spec.remove_extra_whitespaces == Some(true) {
            return Err(Error::ModelUnsupported(
                "its tokenizer joins runs of spaces (tokenizer.ggml.remove_extra_whitespaces), which is not \
                 implemented"
                    .into(),
            ));
        }
        if spec.scores.len() != spec.tokens.len() {
            return Err(Error::GgufInvalid(format!(
                "tokenizer.ggml.scores has {} entries for {} tokens",
                spec.scores.len(),
                spec.tokens.len()
            )));
        }
        if let Some(bad) = spec.scores.iter().position(|score| !score.is_finite()) {
            return Err(Error::GgufInvalid(format!(
                "tokenizer.ggml.scores[{bad}] is {}, which is no finite number",
                spec.scores[bad]
            )));
        }
        let mut of_byte: HashMap<&str, u32> = HashMap::new();
        let mut ids = HashMap::with_capacity(spec.tokens.len());
        for (text, id, kind) in spec.entries() {
            match kind {
                TokenType::Byte => drop(of_byte.insert(text, id)),
                TokenType::Normal => drop(ids.insert(text.to_owned(), id)),
                // These are found before anything is joined, or never.
                TokenType::Control | TokenType::UserDefined | TokenType::Unused => {}
            }
        }
        let byte = |byte: u8| {
            of_byte.get(&byte_piece(byte)[..]).copied().ok_or_else(|| {
                Error::GgufInvalid(format!(
                    "tokenizer.ggml.tokens has no piece {:?} for that byte, so that a text with it would lose it",
                    byte_piece(byte)
                ))
            })
        };
        let bytes = (0..=u8::MAX).map(byte).collect::<Result<Vec<u32>>>()?;
        Ok(Self {
            ids,
            scores: spec.scores.clone(),
            byte_of: bytes.iter().copied().zip(0..=u8::MAX).collect(),
            bytes,
            space_prefix: spec.add_space_prefix.unwrap_or(true),
        })
    }

    /// Whether a text begins as if a space stood before it.
    pub(super) fn space_prefix(&self) -> bool {
        self.space_prefix
    }

    /// Appends the ids of a stretch of text without control and user-defined tokens.
    pub(super) fn encode(&self, text: &str, ids: &mut Vec<u32>) {
        let text: String = text.chars().map(|c| if c == ' ' { SPACE } else { c }).collect();
        let mut symbols = Vec::with_capacity(text.len());
        for (i, (start, c)) in text.char_indices().enumerate() {
            symbols.push(Symbol {
                start,
                end: start + c.len_utf8(),
                before: i.checked_sub(1),
                after: Some(i + 1),
            });
        }
        if let Some(last) = symbols.last_mut() {
            last.after = None;
        }
        let mut pairs = BinaryHeap::new();
        for left in 0..symbols.len() {
            pairs.extend(self.pair(&text, &symbols, left));
        }
        while let Some(Pair { left, right, end, .. }) = pairs.pop() {
            if symbols[left].after != Some(right) || symbols[right].end != end || is_gone(&symbols[left]) {
                continue;
            }
            let after = symbols[right].after;
            symbols[left].end = end;
            symbols[left].after = after;
            symbols[right].end = symbols[right].start;
            if let Some(after) = after {
                symbols[after].before = Some(left);
            }
            pairs.extend(self.pair(&text, &symbols, left));
            if let Some(before) = symbols[left].before {
                pairs.extend(self.pair(&text, &symbols, before));
            }
        }
        for symbol in symbols.iter().filter(|symbol| !is_gone(symbol)) {
            let piece = &text[symbol.start..symbol.end];
            match self.ids.get(piece) {
                Some(id) => ids.push(*id),
                None => ids.extend(piece.bytes().map(|byte| self.bytes[usize::from(byte)])),
            }
        }
    }

    /// Appends the bytes that a piece stands for.
    pub(super) fn append_bytes(&self, id: u32, piece: &str, bytes: &mut Vec<u8>) {
        match self.byte_of.get(&id) {
            Some(byte) => bytes.push(*byte),
            None => bytes.extend(piece.replace(SPACE, " ").bytes()),
        }
    }

    /// The symbol and the one after it, if together they are a piece.
    fn pair(&self, text: &str, symbols: &[Symbol], left: usize) -> Option<Pair> {
        let right = symbols[left].after?;
        let end = symbols[right].end;
        let id = self.ids.get(&text[symbols[left].start..end])?;
        Some(Pair {
            score: self.scores[*id as usize],
            left,
            right,
            end,
        })
    }
}

/// How the piece of a byte is spelled.
fn byte_piece(byte: u8) -> String {
    format!("<0x{byte:02X}>")
}

fn is_gone(symbol: &Symbol) -> bool {
    symbol.start == symbol.end
}

impl Ord for Pair {
    fn cmp(&self, other: &Self) -> Ordering {
        let by_score = self.score.total_cmp(&other.score);
        by_score.then_with(|| other.left.cmp(&self.left))
    }
}

impl PartialOrd for Pair {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Pair {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Pair {}
