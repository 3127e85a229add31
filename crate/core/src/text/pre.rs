//! How text is cut into words before byte pairs are merged, by the name in `tokenizer.ggml.pre`.
//!
//! The patterns are those of the models' own tokenizers as llama.cpp reads the names; the golden file in
//! `tests/reference/text` holds llama.cpp's ids for each of them.

use tokenizers::normalizers::NFC;
use tokenizers::pre_tokenizers::byte_level::ByteLevel;
use tokenizers::pre_tokenizers::digits::Digits;
use tokenizers::pre_tokenizers::sequence::Sequence;
use tokenizers::pre_tokenizers::split::{Split, SplitPattern};
use tokenizers::{NormalizerWrapper, PreTokenizerWrapper, SplitDelimiterBehavior};

use crate::error::{Error, Result};

/// A pre-tokenizer by name, with the settings that go with the name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PreTokenizer {
    /// Digits one by one, then GPT-2's words.
    Smollm,
    /// GPT-2's words.
    Gpt2,
    /// Words with one leading symbol, digits one by one, line ends kept together; text in NFC.
    Qwen2,
    /// As Qwen2, with digits in groups of up to three; whole words come before merges.
    LlamaBpe,
}

/// The names that [`PreTokenizer::by_name`] knows.
const KNOWN: &str = "smollm, gpt-2, qwen2, llama-bpe";

impl PreTokenizer {
    /// The pre-tokenizer of a name in `tokenizer.ggml.pre`.
    ///
    /// # Errors
    /// [`Error::ModelUnsupported`] with the name where it is unknown: guessing would give wrong token ids.
    pub(super) fn by_name(name: &str) -> Result<Self> {
        match name {
            "smollm" => Ok(Self::Smollm),
            "gpt-2" => Ok(Self::Gpt2),
            "qwen2" => Ok(Self::Qwen2),
            "llama-bpe" => Ok(Self::LlamaBpe),
            other => Err(Error::ModelUnsupported(format!(
                "the pre-tokenizer {other:?} (tokenizer.ggml.pre) is not known; known are {KNOWN}"
            ))),
        }
    }

    /// Whether a word that is itself a token is taken whole, whatever the merges say.
    pub(super) fn ignore_merges(self) -> bool {
        self == Self::LlamaBpe
    }

    /// Whether a BOS token goes in front where the file does not say (`tokenizer.ggml.add_bos_token`).
    pub(super) fn default_add_bos(self) -> bool {
        self == Self::LlamaBpe
    }

    /// The normaliser of the models of this name. Qwen2 was trained on NFC; the others take text as it is.
    pub(super) fn normalizer(self) -> Option<NormalizerWrapper> {
        (self == Self::Qwen2).then(|| NFC.into())
    }

    /// The chain that cuts text into words of the byte-level alphabet.
    ///
    /// # Errors
    /// [`Error::ModelUnsupported`] if a pattern does not compile, which would be a fault of this program.
    pub(super) fn chain(self) -> Result<PreTokenizerWrapper> {
        let words = |digits: &str| {
            format!(
                r"'(?:[sSdDmMtT]|[rR][eE]|[vV][eE]|[lL][lL])|[^\r\n\p{{L}}\p{{N}}]?\p{{L}}+|{digits}| ?[^\s\p{{L}}\p{{N}}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
            )
        };
        let split = |pattern: String| {
            Split::new(
                SplitPattern::Regex(pattern),
                SplitDelimiterBehavior::Isolated,
                false,
            )
            .map_err(|e| Error::ModelUnsupported(format!("the pre-tokenizer's pattern: {e}")))
        };
        let gpt2_words = ByteLevel::new(false, false, true);
        let bytes_only = ByteLevel::new(false, false, false);
        Ok(match self {
            Self::Gpt2 => gpt2_words.into(),
            Self::Smollm => Sequence::new(vec![Digits::new(true).into(), gpt2_words.into()]).into(),
            Self::Qwen2 => Sequence::new(vec![split(words(r"\p{N}"))?.into(), bytes_only.into()]).into(),
            Self::LlamaBpe => {
                Sequence::new(vec![split(words(r"\p{N}{1,3}"))?.into(), bytes_only.into()]).into()
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_names_are_refused_by_name() {
        let error = PreTokenizer::by_name("viking").unwrap_err();
        assert_eq!(error.code(), "model.unsupported");
        assert!(error.to_string().contains("viking"));
        assert!(error.to_string().contains("smollm"));
    }

    #[test]
    fn every_chain_compiles() {
        for pre in [
            PreTokenizer::Smollm,
            PreTokenizer::Gpt2,
            PreTokenizer::Qwen2,
            PreTokenizer::LlamaBpe,
        ] {
            assert!(pre.chain().is_ok());
        }
    }
}
