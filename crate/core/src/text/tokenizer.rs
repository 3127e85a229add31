//! Text to token ids and back, whatever the kind of tokenizer.
//!
//! Control tokens are never left to what merges: text is cut at them here, so that what a person typed cannot
//! become one ([`Tokenizer::encode_rendered`]).

use std::collections::HashSet;
use std::fmt;

use super::byte_level::{self, ByteLevel};
use super::rendered::Rendered;
use super::sentence_piece::SentencePiece;
use super::spec::{Kind, TokenType, TokenizerSpec};
use super::special::{Piece, Specials};
use super::stream::DecodeStream;
use crate::error::{Error, Result};

/// Longest text that is tokenised at once, in bytes. The pattern engine keeps a state for each character of a run
/// of white space and stops without a word at a million; no context of a model that runs here is near this.
pub const MAX_TEXT_BYTES: usize = 900_000;

/// Spellings of control tokens after which a model has said what it wanted.
const END_SPELLINGS: [&str; 8] = [
    "<|im_end|>",
    "<|eot_id|>",
    "<|eom_id|>",
    "<|endoftext|>",
    "<|end_of_text|>",
    "<|end|>",
    "<end_of_turn>",
    "</s>",
];

/// Text to token ids and back.
pub struct Tokenizer {
    merger: Merger,
    tokens: Vec<String>,
    /// Control and user-defined tokens: their spelling is their text.
    verbatim: HashSet<u32>,
    user_defined: Specials,
    all_special: Specials,
    ends: HashSet<u32>,
    bos: Option<u32>,
    eos: Option<u32>,
    add_bos: bool,
}

/// What makes tokens of text between control and user-defined tokens.
enum Merger {
    ByteLevel(Box<ByteLevel>),
    SentencePiece(SentencePiece),
}

impl fmt::Debug for Tokenizer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tokenizer")
            .field("vocab_size", &self.tokens.len())
            .finish_non_exhaustive()
    }
}

impl Tokenizer {
    /// Builds the tokenizer.
    ///
    /// # Errors
    /// [`Error::ModelUnsupported`] for an unknown kind of tokenizer or pre-tokenizer, [`Error::GgufInvalid`] for
    /// metadata that contradicts itself: see [`TokenizerSpec`].
    pub fn new(spec: TokenizerSpec) -> Result<Self> {
        let kind = spec.check()?;
        let merger = match kind {
            Kind::ByteLevel(pre) => Merger::ByteLevel(Box::new(ByteLevel::new(&spec, pre)?)),
            Kind::SentencePiece => Merger::SentencePiece(SentencePiece::new(&spec)?),
        };
        let of_type = |wanted: TokenType| spec.entries().filter(move |(.., t)| *t == wanted);
        let ends = [spec.eos, spec.eot, spec.eom]
            .into_iter()
            .flatten()
            .chain(
                of_type(TokenType::Control)
                    .filter(|(t, ..)| END_SPELLINGS.contains(t))
                    .map(|(_, id, _)| id),
            )
            .collect();
        let special = || spec.entries().filter(|(.., t)| t.is_special());
        Ok(Self {
            merger,
            verbatim: special().map(|(_, id, _)| id).collect(),
            user_defined: Specials::new(of_type(TokenType::UserDefined).map(|(t, id, _)| (t, id))),
            all_special: Specials::new(special().map(|(t, id, _)| (t, id))),
            ends,
            bos: spec.bos,
            eos: spec.eos,
            add_bos: spec
                .add_bos
                .unwrap_or(kind.default_add_bos() && spec.bos.is_some()),
            tokens: spec.tokens,
        })
    }

    /// Token ids of plain text that stands within a longer one, so without BOS and without the space with which some
    /// tokenizers begin a text: control tokens spelled in it stay text.
    ///
    /// Control codes that a byte-level vocabulary lacks are left out, as llama.cpp does; every other byte has a token.
    ///
    /// # Errors
    /// [`Error::PromptLength`] for more than [`MAX_TEXT_BYTES`].
    pub fn encode(&self, text: &str) -> Result<Vec<u32>> {
        check_length(text)?;
        let mut ids = Vec::new();
        self.encode_plain(text, &mut ids)?;
        Ok(ids)
    }

    /// Token ids of text in which control tokens are control tokens, such as a template's own text.
    ///
    /// # Errors
    /// As [`Tokenizer::encode`].
    pub fn encode_chat(&self, text: &str) -> Result<Vec<u32>> {
        self.encode_rendered(&Rendered {
            text: text.to_owned(),
            ..Rendered::default()
        })
    }

    /// Token ids of a prompt: control tokens are recognised outside its literal ranges only, and everything between
    /// two of them is tokenised together, so that a text without control tokens gets the ids of the whole string.
    ///
    /// # Errors
    /// As [`Tokenizer::encode`]; [`Error::PromptInvalid`] if the literal ranges do not fit the text.
    pub fn encode_rendered(&self, rendered: &Rendered) -> Result<Vec<u32>> {
        check_length(&rendered.text)?;
        let mut ids = Vec::new();
        if rendered.raw && self.add_bos {
            ids.extend(self.bos);
        }
        let mut plain = match &self.merger {
            // As in SentencePiece and transformers at the beginning only; nothing is put before a control token.
            Merger::SentencePiece(pieces) if pieces.space_prefix() && self.begins_with_text(rendered)? => {
                " ".to_owned()
            }
            _ => String::new(),
        };
        for (segment, literal) in rendered.segments()? {
            if literal {
                plain.push_str(segment);
                continue;
            }
            for piece in self.all_special.split(segment) {
                match piece {
                    Piece::Text(text) => plain.push_str(text),
                    Piece::Token(id) => {
                        self.encode_plain(&plain, &mut ids)?;
                        plain.clear();
                        ids.push(id);
                    }
                }
            }
        }
        self.encode_plain(&plain, &mut ids)?;
        Ok(ids)
    }

    /// Whether the first thing in a prompt is text and no control token.
    fn begins_with_text(&self, rendered: &Rendered) -> Result<bool> {
        Ok(match rendered.segments()?.first() {
            None => false,
            Some((_, true)) => true,
            Some((segment, false)) => matches!(self.all_special.split(segment)[..], [Piece::Text(_), ..]),
        })
    }

    /// Appends the ids of text without control tokens.
    fn encode_plain(&self, text: &str, ids: &mut Vec<u32>) -> Result<()> {
        for piece in self.user_defined.split(text) {
            match (piece, &self.merger) {
                (Piece::Token(id), _) => ids.push(id),
                (Piece::Text(text), Merger::ByteLevel(words)) => words.encode(text, ids)?,
                (Piece::Text(text), Merger::SentencePiece(pieces)) => pieces.encode(text, ids),
            }
        }
        Ok(())
    }

    /// The text of these tokens. Control tokens come out as they are spelled; incomplete characters and ids outside
    /// the vocabulary as U+FFFD.
    pub fn decode(&self, ids: &[u32]) -> String {
        let mut bytes = Vec::new();
        for id in ids {
            self.append_bytes(*id, &mut bytes);
        }
        String::from_utf8_lossy(&bytes).into_owned()
    }

    /// Appends the bytes that a token stands for.
    pub(super) fn append_bytes(&self, id: u32, bytes: &mut Vec<u8>) {
        let Some(piece) = self.piece(id) else {
            bytes.extend("\u{FFFD}".bytes());
            return;
        };
        if self.verbatim.contains(&id) {
            bytes.extend(piece.bytes());
            return;
        }
        match &self.merger {
            Merger::ByteLevel(_) => byte_level::append_bytes(piece, bytes),
            Merger::SentencePiece(pieces) => pieces.append_bytes(id, piece, bytes),
        }
    }

    /// The token as it is spelled in the vocabulary, such as `ĠParis`.
    pub fn token(&self, id: u32) -> Option<String> {
        self.piece(id).map(str::to_owned)
    }

    fn piece(&self, id: u32) -> Option<&str> {
        self.tokens.get(usize::try_from(id).ok()?).map(String::as_str)
    }

    /// Decodes one token at a time.
    pub fn stream(&self) -> DecodeStream<'_> {
        DecodeStream::new(self)
    }

    /// Number of tokens in the vocabulary.
    pub fn vocab_size(&self) -> usize {
        self.tokens.len()
    }

    /// The token that begins a text, if the file names one.
    pub fn bos(&self) -> Option<u32> {
        self.bos
    }

    /// The token that ends a text, if the file names one.
    pub fn eos(&self) -> Option<u32> {
        self.eos
    }

    /// Whether raw text begins with the BOS token. Chat templates write it themselves.
    pub fn add_bos(&self) -> bool {
        self.add_bos
    }

    /// Whether generation ends at this token: end of text, of turn or of message.
    pub fn is_end(&self, id: u32) -> bool {
        self.ends.contains(&id)
    }
}

/// Refuses text above [`MAX_TEXT_BYTES`].
fn check_length(text: &str) -> Result<()> {
    if text.len() > MAX_TEXT_BYTES {
        return Err(Error::PromptLength(format!(
            "{} bytes of text; at most {MAX_TEXT_BYTES} are tokenised at once",
            text.len()
        )));
    }
    Ok(())
}
