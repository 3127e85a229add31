//! Byte-level BPE from a model file's metadata, on the `tokenizers` crate.
//!
//! Control tokens are never left to the crate: text is cut at them here, so that what a person typed cannot
//! become one ([`Tokenizer::encode_rendered`]).

use std::collections::HashSet;
use std::fmt;

use tokenizers::models::bpe::{BPE, Vocab};

use super::alphabet::byte_of;
use super::rendered::Rendered;
use super::spec::{TokenType, TokenizerSpec};
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
    inner: tokenizers::Tokenizer,
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
        let pre = spec.check()?;
        let of_type = |wanted: TokenType| spec.entries().filter(move |(.., t)| *t == wanted);

        // Control tokens stay outside the BPE vocabulary: no merge can then produce one.
        let mut vocab: Vocab = spec
            .entries()
            .filter(|(.., t)| *t != TokenType::Control)
            .map(|(text, id, _)| (text.to_owned(), id))
            .collect();
        // A control code that the vocabulary lacks becomes this token, which is dropped afterwards: nothing merges across it.
        let mut missing = " ".to_owned();
        while vocab.contains_key(&missing) {
            missing.push(' ');
        }
        vocab.insert(missing.clone(), missing_id(&spec.tokens));

        let bpe = BPE::builder()
            .vocab_and_merges(vocab, spec.merge_pairs()?)
            .unk_token(missing)
            .ignore_merges(pre.ignore_merges())
            .build()
            .map_err(|e| Error::GgufInvalid(format!("tokenizer.ggml.merges: {e}")))?;
        let mut inner = tokenizers::Tokenizer::new(bpe);
        inner
            .with_normalizer(pre.normalizer())
            .with_pre_tokenizer(Some(pre.chain()?));

        let ends = [spec.eos, spec.eot, spec.eom]
            .into_iter()
            .flatten()
            .chain(
                of_type(TokenType::Control)
                    .filter(|(t, ..)| END_SPELLINGS.contains(t))
                    .map(|(_, id, _)| id),
            )
            .collect();
        let special = || spec.entries().filter(|(.., t)| *t != TokenType::Normal);
        Ok(Self {
            inner,
            verbatim: special().map(|(_, id, _)| id).collect(),
            user_defined: Specials::new(of_type(TokenType::UserDefined).map(|(t, id, _)| (t, id))),
            all_special: Specials::new(special().map(|(t, id, _)| (t, id))),
            ends,
            bos: spec.bos,
            eos: spec.eos,
            add_bos: spec
                .add_bos
                .unwrap_or(pre.default_add_bos() && spec.bos.is_some()),
            tokens: spec.tokens,
        })
    }

    /// Token ids of plain text, without BOS: control tokens spelled in it stay text.
    ///
    /// Control codes that the vocabulary lacks are left out, as llama.cpp does; every other byte has a token.
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
        let mut plain = String::new();
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

    /// Appends the ids of text without control tokens.
    fn encode_plain(&self, text: &str, ids: &mut Vec<u32>) -> Result<()> {
        let missing = missing_id(&self.tokens);
        for piece in self.user_defined.split(text) {
            match piece {
                Piece::Token(id) => ids.push(id),
                Piece::Text(text) => {
                    let encoding = self
                        .inner
                        .encode_fast(text, false)
                        .map_err(|e| Error::PromptInvalid(format!("the tokenizer refuses it: {e}")))?;
                    ids.extend(encoding.get_ids().iter().filter(|id| **id != missing));
                }
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
        for c in piece.chars() {
            match byte_of(c) {
                Some(byte) => bytes.push(byte),
                None => bytes.extend(c.encode_utf8(&mut [0; 4]).bytes()),
            }
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

/// The id that stands for a control code that the vocabulary lacks: one past its end.
fn missing_id(tokens: &[String]) -> u32 {
    u32::try_from(tokens.len()).unwrap_or(u32::MAX)
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
