//! Traitscope's core: a quantised language model, personality items, and what its answers measure.
//!
//! Reading order: [`gguf`] reads a model file by ranges, [`quant`] knows its block formats, [`text`] its tokenizer
//! and chat template. [`ops`] are the kernels, on GPU and CPU; [`model`] is the decoder written over them; on a
//! [`device`]. [`prompt`] turns questions into trees of tokens, [`items`] are the questions, [`measure`] what the
//! answers mean, and [`study`] puts it all to work. [`steer`] makes directions of traits and edits along
//! them, and [`monitor`] reads them. [`engine`] is a loaded model with its tokenizer, and [`inspect`]
//! looks at single prompts.
//!
//! Nothing here knows a browser or a terminal.

pub mod cost;
pub mod device;
pub mod engine;
pub mod error;
pub mod gguf;
pub mod host;
pub mod inspect;
pub mod items;
pub mod measure;
pub mod model;
pub mod monitor;
pub mod ops;
pub mod prompt;
pub mod quant;
pub mod random;
pub mod selftest;
pub mod steer;
pub mod study;
pub mod text;

pub use error::{Error, Result};
