//! Text to token ids and back, from the model file's own metadata.
//!
//! Reading order: [`spec`] (what the file says about its tokenizer, checked), [`pre`] (how text is cut before
//! merging), [`special`] (control tokens such as `<|im_end|>`), [`byte_level`] (byte-level BPE on the `tokenizers` crate),
//! [`sentence_piece`] (SentencePiece's BPE), [`tokenizer`] (either of these between special tokens), [`stream`]
//! (decoding one token at a time), [`template`] (the model's chat template, within the bounds of [`template_shape`],
//! [`template_hold`] and [`template_bounds`]) and [`rendered`] (a rendered chat that remembers which bytes a person
//! wrote, so that nothing typed becomes a control token).

mod alphabet;
mod byte_level;
mod from_gguf;
mod pre;
mod rendered;
mod sentence_piece;
mod spec;
mod special;
mod stream;
mod template;
mod template_bounds;
mod template_env;
mod template_hold;
mod template_scan;
mod template_shape;
mod tokenizer;

#[cfg(test)]
mod golden_tests;
#[cfg(test)]
mod sentence_piece_tests;
#[cfg(test)]
mod template_bomb_tests;
#[cfg(test)]
mod template_depth_tests;
#[cfg(test)]
mod template_real_tests;
#[cfg(test)]
mod template_tests;
#[cfg(test)]
mod tokenizer_tests;

pub use rendered::Rendered;
pub use spec::{TokenType, TokenizerSpec};
pub use stream::DecodeStream;
pub use template::{ChatTemplate, Message};
pub use tokenizer::{MAX_TEXT_BYTES, Tokenizer};
