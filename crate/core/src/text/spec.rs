//! What a model file says about its tokenizer, checked before anything is built from it.

use std::collections::HashSet;

use super::alphabet::char_of;
use super::pre::PreTokenizer;
use super::special::MAX_SPELLING;
use crate::error::{Error, Result};

/// How a token is used: the numbers of `tokenizer.ggml.token_type`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenType {
    /// A piece of text in the byte-level alphabet.
    Normal,
    /// Steers the model, such as `<|im_end|>`; never made from a person's text.
    Control,
    /// Found in any text as it is spelled, before merging.
    UserDefined,
    /// A byte of a character that is no piece, such as `<0xC3>`; in SentencePiece's vocabularies only.
    Byte,
    /// In a SentencePiece vocabulary, but never used.
    Unused,
}

impl TokenType {
    /// Whether its spelling is its text.
    pub(super) fn is_special(self) -> bool {
        matches!(self, Self::Control | Self::UserDefined)
    }
}

/// A kind of tokenizer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Byte-level BPE, `gpt2`.
    ByteLevel(PreTokenizer),
    /// SentencePiece's BPE, `llama`.
    SentencePiece,
}

impl Kind {
    /// Whether a BOS token goes in front where the file does not say.
    pub(super) fn default_add_bos(self) -> bool {
        match self {
            Self::ByteLevel(pre) => pre.default_add_bos(),
            Self::SentencePiece => true,
        }
    }
}

/// The tokenizer part of a model file's metadata.
#[derive(Debug, Clone, Default)]
pub struct TokenizerSpec {
    /// `tokenizer.ggml.model`: the kind of tokenizer, `gpt2` (byte-level BPE) or `llama` (SentencePiece's BPE).
    pub model: String,
    /// `tokenizer.ggml.pre`: the name of the pre-tokenizer.
    pub pre: String,
    /// `tokenizer.ggml.tokens`: the vocabulary, by id.
    pub tokens: Vec<String>,
    /// `tokenizer.ggml.merges`: pairs `left right`, best first.
    pub merges: Vec<String>,
    /// `tokenizer.ggml.scores`: a number for each token, where there are no merges; the highest is joined first.
    pub scores: Vec<f32>,
    /// `tokenizer.ggml.add_space_prefix`: whether a text begins as if a space stood before it; absent is yes.
    pub add_space_prefix: Option<bool>,
    /// `tokenizer.ggml.remove_extra_whitespaces`.
    pub remove_extra_whitespaces: Option<bool>,
    /// `tokenizer.ggml.token_type`: a number for each token; empty where the file has none (all normal).
    pub token_types: Vec<i32>,
    /// `tokenizer.ggml.bos_token_id`.
    pub bos: Option<u32>,
    /// `tokenizer.ggml.eos_token_id`.
    pub eos: Option<u32>,
    /// `tokenizer.ggml.eot_token_id`: end of a turn.
    pub eot: Option<u32>,
    /// `tokenizer.ggml.eom_token_id`: end of a message.
    pub eom: Option<u32>,
    /// `tokenizer.ggml.add_bos_token`; where absent, the pre-tokenizer's name decides.
    pub add_bos: Option<bool>,
    /// `tokenizer.chat_template`, in Jinja.
    pub chat_template: Option<String>,
}

impl TokenizerSpec {
    /// Checks the rules that do not depend on how the tokenizer is built and gives its kind.
    ///
    /// # Errors
    /// [`Error::ModelUnsupported`] for an unknown kind of tokenizer or pre-tokenizer; [`Error::GgufInvalid`] for an
    /// empty vocabulary, a token that is there twice, a byte that has no token, a list of types of another length or with unknown numbers, a
    /// control token spelled with nothing or with very much, an id outside the vocabulary, or a BOS token that is
    /// asked for but not named.
    pub(super) fn check(&self) -> Result<Kind> {
        let kind = match &self.model[..] {
            "gpt2" => Kind::ByteLevel(PreTokenizer::by_name(&self.pre)?),
            "llama" => Kind::SentencePiece,
            other => {
                return Err(Error::ModelUnsupported(format!(
                    "the tokenizer {other:?} (tokenizer.ggml.model) is not known; known are gpt2, byte-level BPE, and \
                     llama, SentencePiece's BPE"
                )));
            }
        };
        self.check_tokens()?;
        if let Kind::ByteLevel(_) = kind {
            self.check_bytes()?;
        }
        for (key, id) in [
            ("bos", self.bos),
            ("eos", self.eos),
            ("eot", self.eot),
            ("eom", self.eom),
        ] {
            if let Some(id) = id.filter(|id| self.text(*id).is_none()) {
                return Err(Error::GgufInvalid(format!(
                    "tokenizer.ggml.{key}_token_id is {id}, but there are only {} tokens",
                    self.tokens.len()
                )));
            }
        }
        if self.add_bos == Some(true) && self.bos.is_none() {
            return Err(Error::GgufInvalid(
                "tokenizer.ggml.add_bos_token is true, but there is no tokenizer.ggml.bos_token_id".into(),
            ));
        }
        Ok(kind)
    }

    /// The rules for the vocabulary itself.
    fn check_tokens(&self) -> Result<()> {
        if self.tokens.is_empty() || u32::try_from(self.tokens.len()).is_err() {
            return Err(Error::GgufInvalid(format!(
                "tokenizer.ggml.tokens has {} tokens",
                self.tokens.len()
            )));
        }
        if !self.token_types.is_empty() && self.token_types.len() != self.tokens.len() {
            return Err(Error::GgufInvalid(format!(
                "tokenizer.ggml.token_type has {} entries for {} tokens",
                self.token_types.len(),
                self.tokens.len()
            )));
        }
        if let Some(bad) = self.token_types.iter().position(|t| !(0..=6).contains(t)) {
            return Err(Error::GgufInvalid(format!(
                "tokenizer.ggml.token_type[{bad}] is {}, which is no type",
                self.token_types[bad]
            )));
        }
        let mut seen = HashSet::with_capacity(self.tokens.len());
        for (id, token) in self.tokens.iter().enumerate() {
            if !seen.insert(token.as_str()) {
                return Err(Error::GgufInvalid(format!(
                    "tokenizer.ggml.tokens[{id}] {token:?} is there a second time"
                )));
            }
            if self.token_type(id).is_special() && !(1..=MAX_SPELLING).contains(&token.len()) {
                return Err(Error::GgufInvalid(format!(
                    "tokenizer.ggml.tokens[{id}] is a control token of {} bytes; 1 to {MAX_SPELLING} are possible",
                    token.len()
                )));
            }
        }
        Ok(())
    }

    /// Every byte that text is made of must have a token of its own: what has none would vanish from a prompt without
    /// a word. A control token is none, because it never comes from text.
    fn check_bytes(&self) -> Result<()> {
        let single: HashSet<char> = self
            .entries()
            .filter(|(.., t)| *t != TokenType::Control)
            .filter_map(|(text, ..)| {
                let mut chars = text.chars();
                chars.next().filter(|_| chars.next().is_none())
            })
            .collect();
        match (0..=u8::MAX).find(|byte| is_in_text(*byte) && !single.contains(&char_of(*byte))) {
            None => Ok(()),
            Some(byte) => Err(Error::GgufInvalid(format!(
                "tokenizer.ggml.tokens has no token {:?} for the byte 0x{byte:02X}, so that a text with it would lose \
                 it; use another file of this model",
                char_of(byte)
            ))),
        }
    }

    /// How the token with this id is used. Unknown-word and control tokens both never come from a person's text.
    pub fn token_type(&self, id: usize) -> TokenType {
        match self.token_types.get(id) {
            Some(2 | 3) => TokenType::Control,
            Some(4) => TokenType::UserDefined,
            Some(5) if self.model == "llama" => TokenType::Unused,
            Some(6) if self.model == "llama" => TokenType::Byte,
            _ => TokenType::Normal,
        }
    }

    /// The token with this id as it is spelled in the vocabulary.
    pub(super) fn text(&self, id: u32) -> Option<&str> {
        self.tokens.get(usize::try_from(id).ok()?).map(String::as_str)
    }

    /// All tokens with their ids and types.
    pub(super) fn entries(&self) -> impl Iterator<Item = (&str, u32, TokenType)> {
        self.tokens
            .iter()
            .zip(0u32..)
            .enumerate()
            .map(|(i, (t, id))| (t.as_str(), id, self.token_type(i)))
    }

    /// The merges as pairs.
    ///
    /// # Errors
    /// [`Error::GgufInvalid`] for an entry that is not two non-empty halves around one space.
    pub(super) fn merge_pairs(&self) -> Result<Vec<(String, String)>> {
        let mut seen = HashSet::with_capacity(self.merges.len());
        let mut pairs = Vec::with_capacity(self.merges.len());
        for (i, merge) in self.merges.iter().enumerate() {
            let pair = merge
                .split_once(' ')
                .filter(|(l, r)| !l.is_empty() && !r.is_empty() && !r.contains(' '));
            let Some((left, right)) = pair else {
                return Err(Error::GgufInvalid(format!(
                    "tokenizer.ggml.merges[{i}] {merge:?} is not a pair"
                )));
            };
            // A pair that comes again keeps its first and better rank.
            if seen.insert(merge.as_str()) {
                pairs.push((left.to_owned(), right.to_owned()));
            }
        }
        Ok(pairs)
    }
}

/// Whether a text of assigned characters can have this byte: not so control codes other than tab and line ends, what
/// UTF-8 never has, and the first bytes of characters in planes without any. SmolLM2's vocabulary lacks some of these.
fn is_in_text(byte: u8) -> bool {
    matches!(byte, b'\t' | b'\n' | b'\r' | 0x20..=0x7E | 0x80..=0xBF | 0xC2..=0xF0 | 0xF3)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A tiny vocabulary: of the byte-level alphabet what text needs, a few merges, three control tokens.
    pub(in crate::text) fn tiny() -> TokenizerSpec {
        // Printable ASCII, space and newline come first.
        let first = |byte: &u8| (0x21..0x7F).contains(byte);
        let mut tokens: Vec<String> = (0..=u8::MAX)
            .filter(first)
            .map(|b| char_of(b).to_string())
            .collect();
        tokens.extend(["Ġ", "Ċ"].map(String::from));
        let rest = (0..=u8::MAX).filter(|b| is_in_text(*b) && !first(b) && !matches!(b, b' ' | b'\n'));
        tokens.extend(rest.map(|b| char_of(b).to_string()));
        tokens.extend(["he", "ll", "hell", "hello", "Ġhello"].map(String::from));
        let plain = tokens.len();
        tokens.extend(["<|im_start|>", "<|im_end|>", "<|endoftext|>", "<think>"].map(String::from));
        let mut token_types = vec![1; plain];
        token_types.extend([3, 3, 3, 4]);
        let id = |t: &str| {
            tokens
                .iter()
                .position(|x| x == t)
                .and_then(|i| u32::try_from(i).ok())
        };
        TokenizerSpec {
            model: "gpt2".into(),
            pre: "smollm".into(),
            merges: ["h e", "l l", "he ll", "hell o", "Ġ hello"]
                .map(String::from)
                .to_vec(),
            bos: id("<|im_start|>"),
            eos: id("<|im_end|>"),
            token_types,
            tokens,
            ..TokenizerSpec::default()
        }
    }

    /// The code and message of the error that `change` causes.
    fn refused(change: impl FnOnce(&mut TokenizerSpec)) -> (&'static str, String) {
        let mut spec = tiny();
        change(&mut spec);
        let error = spec
            .check()
            .map(|_| ())
            .and_then(|()| spec.merge_pairs().map(|_| ()))
            .unwrap_err();
        (error.code(), error.to_string())
    }

    #[test]
    fn the_tiny_vocabulary_is_right() {
        assert_eq!(tiny().check().unwrap(), Kind::ByteLevel(PreTokenizer::Smollm));
        assert_eq!(tiny().merge_pairs().unwrap().len(), 5);
    }

    #[test]
    fn unknown_kinds_are_refused_by_name() {
        let (code, text) = refused(|s| s.model = "t5".into());
        assert!(code == "model.unsupported" && text.contains("t5"));
        let (code, text) = refused(|s| s.pre = "tekken".into());
        assert!(code == "model.unsupported" && text.contains("tekken"));
    }

    #[test]
    fn a_byte_of_text_without_a_token_is_named() {
        for byte in [b'\t', b' ', b'e', 0x80, 0xC3, 0xF0] {
            let spelled = char_of(byte).to_string();
            let named = format!("0x{byte:02X}");
            let at = tiny().tokens.iter().position(|t| *t == spelled).unwrap();
            let gone = refused(|s| s.tokens[at] = "gone".into());
            assert!(gone.0 == "gguf.invalid" && gone.1.contains(&named), "{gone:?}");
            let steers = refused(|s| s.token_types[at] = 3);
            assert!(
                steers.0 == "gguf.invalid" && steers.1.contains(&named),
                "{steers:?}"
            );
        }
    }

    #[test]
    fn damaged_vocabularies_are_refused() {
        type Change = Box<dyn FnOnce(&mut TokenizerSpec)>;
        let cases: Vec<(Change, &str)> = vec![
            (Box::new(|s| s.tokens.clear()), "0 tokens"),
            (Box::new(|s| s.tokens[7] = "!".into()), "tokens[7]"),
            (Box::new(|s| s.token_types.truncate(3)), "3 entries"),
            (Box::new(|s| s.token_types[5] = 9), "token_type[5]"),
            (Box::new(|s| s.eos = Some(4_000_000_000)), "eos_token_id"),
            (Box::new(|s| s.eot = Some(999)), "eot_token_id"),
            (
                Box::new(|s| (s.add_bos, s.bos) = (Some(true), None)),
                "bos_token_id",
            ),
            (
                Box::new(|s| *s.tokens.last_mut().unwrap() = String::new()),
                "0 bytes",
            ),
            (
                Box::new(|s| *s.tokens.last_mut().unwrap() = "x".repeat(300)),
                "300 bytes",
            ),
            (Box::new(|s| s.merges[1] = "ll".into()), "merges[1]"),
            (Box::new(|s| s.merges[1] = " l".into()), "merges[1]"),
            (Box::new(|s| s.merges[1] = "l ".into()), "merges[1]"),
            (Box::new(|s| s.merges[1] = "l l l".into()), "merges[1]"),
        ];
        for (change, part) in cases {
            let (code, text) = refused(change);
            assert_eq!(code, "gguf.invalid", "{text}");
            assert!(text.contains(part), "{text} lacks {part}");
        }
    }
}
