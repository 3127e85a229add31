//! Byte-level BPE, on the `tokenizers` crate.

use tokenizers::models::bpe::{BPE, Vocab};

use super::alphabet::byte_of;
use super::pre::PreTokenizer;
use super::spec::{TokenType, TokenizerSpec};
use crate::error::{Error, Result};

/// The words of a pre-tokenizer, merged.
pub(super) struct ByteLevel {
    inner: tokenizers::Tokenizer,
    /// Stands for a control code that the vocabulary lacks: one past its end.
    missing: u32,
}

impl ByteLevel {
    /// # Errors
    /// [`Error::GgufInvalid`] for merges that do not fit the vocabulary.
    pub(super) fn new(spec: &TokenizerSpec, pre: PreTokenizer) -> Result<Self> {
        // Control tokens stay outside the BPE vocabulary: no merge can then produce one.
        let mut vocab: Vocab = spec
            .entries()
            .filter(|(.., t)| *t != TokenType::Control)
            .map(|(text, id, _)| (text.to_owned(), id))
            .collect();
        // A control code that the vocabulary lacks becomes this token, which is dropped afterwards: nothing merges across it.
        let mut spelling = " ".to_owned();
        while vocab.contains_key(&spelling) {
            spelling.push(' ');
        }
        let missing = u32::try_from(spec.tokens.len()).unwrap_or(u32::MAX);
        vocab.insert(spelling.clone(), missing);

        let bpe = BPE::builder()
            .vocab_and_merges(vocab, spec.merge_pairs()?)
            .unk_token(spelling)
            .ignore_merges(pre.ignore_merges())
            .build()
            .map_err(|e| Error::GgufInvalid(format!("tokenizer.ggml.merges: {e}")))?;
        let mut inner = tokenizers::Tokenizer::new(bpe);
        inner
            .with_normalizer(pre.normalizer())
            .with_pre_tokenizer(Some(pre.chain()?));
        Ok(Self { inner, missing })
    }

    /// Appends the ids of a stretch of text without control and user-defined tokens.
    ///
    /// # Errors
    /// [`Error::PromptInvalid`] if the crate refuses the text.
    pub(super) fn encode(&self, text: &str, ids: &mut Vec<u32>) -> Result<()> {
        let encoding = self
            .inner
            .encode_fast(text, false)
            .map_err(|e| Error::PromptInvalid(format!("the tokenizer refuses it: {e}")))?;
        ids.extend(encoding.get_ids().iter().filter(|id| **id != self.missing));
        Ok(())
    }
}

/// Appends the bytes that a normal token stands for.
pub(super) fn append_bytes(token: &str, bytes: &mut Vec<u8>) {
    for c in token.chars() {
        match byte_of(c) {
            Some(byte) => bytes.push(byte),
            None => bytes.extend(c.encode_utf8(&mut [0; 4]).bytes()),
        }
    }
}
