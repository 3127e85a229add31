//! The operations Burn lacks, or does slowly, each in a file of its own.
//!
//! A file holds the operation's formula and shapes, its CPU kernel, its GPU kernel (WGSL) and a test that holds
//! both against a plain reference. The model calls the wrapper functions here; which kernel runs is decided by
//! the device of the tensors, through Burn's dispatch.
//!
//! Activations are f32 matrices with one row a token. Weights are [`Matrix`]: packed words in the layout of
//! [`crate::quant`]. Where tokens sit and what each may attend to is a *plan* (see [`plan`]), uploaded once a
//! forward and read by every kernel that needs it.

mod adapter;
pub mod attention;
mod cpu;
mod cpu_ops;
pub mod edit;
pub mod embed;
pub mod gated;
pub(crate) mod gpu;
mod gpu_ops;
pub mod head_norm;
pub mod linear;
pub mod plan;
pub mod project;
pub mod rms_norm;
pub mod rope;
mod sliced;
#[cfg(test)]
pub(crate) mod testing;
mod wgsl;

use burn::backend::tensor::{FloatTensor, IntTensor};
use burn::backend::{Backend, Dispatch, backend_extension};
use burn::tensor::{Int, Tensor};

pub use adapter::{Activations, Adapter};
pub use cpu::instructions;
pub use gated::Gate;
pub use gpu::launches;
use linear::NormGate;
pub use linear::{MatrixSpec, multiplications};
pub use rope::HeadSpec;

/// A weight matrix on a device: packed words and what they mean.
#[derive(Debug, Clone)]
pub struct Matrix {
    /// Packed words, `[spec.layout.words()]`, u32.
    pub words: Tensor<1, Int>,
    /// Format and shape.
    pub spec: MatrixSpec,
}

/// The operations of the decoder. One implementation a kind of device.
#[backend_extension(Cube, Flex)]
pub trait ModelOps: Backend {
    /// See [`embed::embed`].
    fn embed(words: IntTensor<Self>, ids: IntTensor<Self>, spec: MatrixSpec) -> FloatTensor<Self>;
    /// See [`linear::linear`].
    fn linear(
        x: &FloatTensor<Self>,
        words: IntTensor<Self>,
        rows: IntTensor<Self>,
        spec: MatrixSpec,
        adapter: Adapter,
    ) -> FloatTensor<Self>;
    /// See [`linear::linear_add`].
    fn linear_add(
        x: &FloatTensor<Self>,
        words: IntTensor<Self>,
        residual: &FloatTensor<Self>,
        rows: IntTensor<Self>,
        spec: MatrixSpec,
        adapter: Adapter,
    ) -> FloatTensor<Self>;
    /// See [`linear::normed_linear`].
    fn normed_linear(
        x: &FloatTensor<Self>,
        norm: &FloatTensor<Self>,
        words: IntTensor<Self>,
        rows: IntTensor<Self>,
        spec: MatrixSpec,
        epsilon: f32,
        adapter: Adapter,
    ) -> FloatTensor<Self>;
    /// See [`linear::normed_gated`].
    fn normed_gated(
        x: &FloatTensor<Self>,
        norm: &FloatTensor<Self>,
        words: IntTensor<Self>,
        rows: IntTensor<Self>,
        spec: MatrixSpec,
        around: NormGate,
        adapter: Adapter,
    ) -> FloatTensor<Self>;
    /// See [`rms_norm::rms_norm`].
    fn rms_norm(
        x: &FloatTensor<Self>,
        weight: &FloatTensor<Self>,
        rows: IntTensor<Self>,
        epsilon: f32,
        adapter: Adapter,
    ) -> FloatTensor<Self>;
    /// See [`head_norm::head_norm`].
    fn head_norm(
        qkv: &FloatTensor<Self>,
        weight: &FloatTensor<Self>,
        rows: IntTensor<Self>,
        epsilon: f32,
        heads: HeadSpec,
    ) -> FloatTensor<Self>;
    /// See [`gated::gated`].
    fn gated(gate_up: &FloatTensor<Self>, rows: IntTensor<Self>, gate: Gate) -> FloatTensor<Self>;
    /// See [`rope::rope_store`].
    fn rope_store(
        qkv: &FloatTensor<Self>,
        table: &FloatTensor<Self>,
        plan: IntTensor<Self>,
        keys: FloatTensor<Self>,
        values: FloatTensor<Self>,
        heads: HeadSpec,
    ) -> (FloatTensor<Self>, FloatTensor<Self>, FloatTensor<Self>);
    /// See [`attention::attention`].
    fn attention(
        q: &FloatTensor<Self>,
        keys: &FloatTensor<Self>,
        values: &FloatTensor<Self>,
        plan: IntTensor<Self>,
        heads: HeadSpec,
        adapter: Adapter,
    ) -> FloatTensor<Self>;
    /// See [`attention::attend`]; for one token.
    fn attend_one(
        qkv: &FloatTensor<Self>,
        table: &FloatTensor<Self>,
        plan: IntTensor<Self>,
        keys: FloatTensor<Self>,
        values: FloatTensor<Self>,
        heads: HeadSpec,
        adapter: Adapter,
    ) -> (FloatTensor<Self>, FloatTensor<Self>, FloatTensor<Self>);
    /// See [`edit::edit`].
    fn edit(
        x: &FloatTensor<Self>,
        vectors: &FloatTensor<Self>,
        plan: IntTensor<Self>,
        adapter: Adapter,
    ) -> FloatTensor<Self>;
    /// See [`project::project`].
    fn project(
        x: &FloatTensor<Self>,
        directions: &FloatTensor<Self>,
        sizes: IntTensor<Self>,
        adapter: Adapter,
    ) -> FloatTensor<Self>;
    /// See [`linear::log_prob::log_probs`].
    fn log_probs(
        x: &FloatTensor<Self>,
        words: IntTensor<Self>,
        pairs: IntTensor<Self>,
        rows: IntTensor<Self>,
        spec: MatrixSpec,
        adapter: Adapter,
    ) -> (FloatTensor<Self>, FloatTensor<Self>);
}

/// The dispatching implementation of [`ModelOps`].
pub(crate) type Ops = Dispatch;
