//! The tokenizer and the chat template of a GGUF file.

use super::{ChatTemplate, Tokenizer, TokenizerSpec};
use crate::error::Result;
use crate::gguf::Metadata;

impl TokenizerSpec {
    /// Takes the tokenizer's keys from a file's metadata. What they say is checked by [`Tokenizer::new`].
    ///
    /// # Errors
    /// [`crate::error::Error::ModelUnsupported`], naming the key, for a key that is missing or of another type.
    pub fn from_gguf(meta: &Metadata) -> Result<Self> {
        Ok(Self {
            model: meta.str("tokenizer.ggml.model")?.to_owned(),
            pre: meta.opt_str("tokenizer.ggml.pre")?.unwrap_or_default().to_owned(),
            tokens: meta.str_array("tokenizer.ggml.tokens")?.to_vec(),
            // Only byte-level BPE has merges; another kind is refused by its name, not for lacking them.
            merges: meta
                .opt_str_array("tokenizer.ggml.merges")?
                .unwrap_or_default()
                .to_vec(),
            scores: meta
                .opt_f32_array("tokenizer.ggml.scores")?
                .unwrap_or_default()
                .to_vec(),
            add_space_prefix: meta.opt_bool("tokenizer.ggml.add_space_prefix")?,
            remove_extra_whitespaces: meta.opt_bool("tokenizer.ggml.remove_extra_whitespaces")?,
            token_types: meta
                .opt_i32_array("tokenizer.ggml.token_type")?
                .unwrap_or_default(),
            bos: meta.opt_u32("tokenizer.ggml.bos_token_id")?,
            eos: meta.opt_u32("tokenizer.ggml.eos_token_id")?,
            eot: meta.opt_u32("tokenizer.ggml.eot_token_id")?,
            eom: meta.opt_u32("tokenizer.ggml.eom_token_id")?,
            add_bos: meta.opt_bool("tokenizer.ggml.add_bos_token")?,
            chat_template: meta.opt_str("tokenizer.chat_template")?.map(str::to_owned),
        })
    }
}

impl Tokenizer {
    /// Builds the tokenizer of a GGUF file.
    ///
    /// # Errors
    /// As [`TokenizerSpec::from_gguf`] and [`Tokenizer::new`].
    pub fn from_gguf(meta: &Metadata) -> Result<Self> {
        Self::new(TokenizerSpec::from_gguf(meta)?)
    }
}

impl ChatTemplate {
    /// The chat template of a GGUF file; `None` for a base model, which has none.
    ///
    /// # Errors
    /// As [`TokenizerSpec::from_gguf`] and [`ChatTemplate::from_spec`].
    pub fn from_gguf(meta: &Metadata) -> Result<Option<Self>> {
        Self::from_spec(&TokenizerSpec::from_gguf(meta)?)
    }
}

#[cfg(test)]
mod tests {
    use super::super::spec::tests::tiny;
    use super::*;
    use crate::gguf::{Array, Value};

    #[test]
    fn keys_become_fields() {
        let spec = TokenizerSpec {
            chat_template: Some("x".into()),
            ..tiny()
        };
        let meta = Metadata::from_iter([
            ("tokenizer.ggml.model", Value::Str(spec.model.clone())),
            ("tokenizer.ggml.pre", Value::Str(spec.pre.clone())),
            (
                "tokenizer.ggml.tokens",
                Value::Array(Array::Str(spec.tokens.clone())),
            ),
            (
                "tokenizer.ggml.merges",
                Value::Array(Array::Str(spec.merges.clone())),
            ),
            (
                "tokenizer.ggml.token_type",
                Value::Array(Array::I32(spec.token_types.clone())),
            ),
            ("tokenizer.ggml.scores", Value::Array(Array::F32(vec![-1.5, 0.0]))),
            ("tokenizer.ggml.add_space_prefix", Value::Bool(false)),
            ("tokenizer.ggml.remove_extra_whitespaces", Value::Bool(true)),
            ("tokenizer.ggml.eos_token_id", Value::U32(3)),
            ("tokenizer.ggml.add_bos_token", Value::Bool(false)),
            ("tokenizer.chat_template", Value::Str("x".into())),
        ]);
        let read = TokenizerSpec::from_gguf(&meta).unwrap();
        assert_eq!(read.tokens, spec.tokens);
        assert_eq!(read.merges, spec.merges);
        assert_eq!(read.token_types, spec.token_types);
        assert_eq!(read.scores, [-1.5, 0.0]);
        let spaces = (read.add_space_prefix, read.remove_extra_whitespaces);
        assert_eq!(spaces, (Some(false), Some(true)));
        assert_eq!((read.bos, read.eos, read.add_bos), (None, Some(3), Some(false)));
        assert!(ChatTemplate::from_gguf(&meta).unwrap().is_some());
        assert_eq!(
            Tokenizer::from_gguf(&meta).unwrap().vocab_size(),
            spec.tokens.len()
        );
    }

    #[test]
    fn a_file_without_tokenizer_or_pre_is_refused() {
        assert_eq!(
            Tokenizer::from_gguf(&Metadata::default()).unwrap_err().code(),
            "model.unsupported"
        );
        let spec = TokenizerSpec {
            pre: String::new(),
            ..tiny()
        };
        assert_eq!(Tokenizer::new(spec).unwrap_err().code(), "model.unsupported");
    }
}
