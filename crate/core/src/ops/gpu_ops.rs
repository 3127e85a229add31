//! The operations on a GPU.

use super::linear::{NormGate, Product, Store};
use super::{Adapter, Gate, HeadSpec, MatrixSpec, ModelOps};
use super::{attention, edit, embed, gated, head_norm, linear, project, rms_norm, rope};
use burn::backend::tensor::{FloatTensor, IntTensor};
use burn_wgpu::CubeBackend;

impl ModelOps for CubeBackend {
    fn embed(words: IntTensor<Self>, ids: IntTensor<Self>, spec: MatrixSpec) -> FloatTensor<Self> {
        embed::gpu(&words, &ids, spec)
    }
    fn linear(
        x: &FloatTensor<Self>,
        words: IntTensor<Self>,
        rows: IntTensor<Self>,
        spec: MatrixSpec,
        adapter: Adapter,
    ) -> FloatTensor<Self> {
        linear::gpu(x, &words, None, &rows, Product::new(spec, Store::Plain), adapter)
    }
    fn linear_add(
        x: &FloatTensor<Self>,
        words: IntTensor<Self>,
        residual: &FloatTensor<Self>,
        rows: IntTensor<Self>,
        spec: MatrixSpec,
        adapter: Adapter,
    ) -> FloatTensor<Self> {
        let product = Product::new(spec, Store::Residual);
        linear::gpu(x, &words, Some(residual), &rows, product, adapter)
    }
    fn normed_linear(
        x: &FloatTensor<Self>,
        norm: &FloatTensor<Self>,
        words: IntTensor<Self>,
        rows: IntTensor<Self>,
        spec: MatrixSpec,
        epsilon: f32,
        adapter: Adapter,
    ) -> FloatTensor<Self> {
        let product = Product::new(spec, Store::Plain);
        linear::normed_gpu(x, (norm, epsilon), &words, &rows, product, adapter)
    }
    fn normed_gated(
        x: &FloatTensor<Self>,
        norm: &FloatTensor<Self>,
        words: IntTensor<Self>,
        rows: IntTensor<Self>,
        spec: MatrixSpec,
        NormGate { epsilon, gate }: NormGate,
        adapter: Adapter,
    ) -> FloatTensor<Self> {
        let product = Product::new(spec, Store::Gated(gate));
        linear::normed_gpu(x, (norm, epsilon), &words, &rows, product, adapter)
    }
    fn rms_norm(
        x: &FloatTensor<Self>,
        weight: &FloatTensor<Self>,
        rows: IntTensor<Self>,
        epsilon: f32,
        adapter: Adapter,
    ) -> FloatTensor<Self> {
        rms_norm::gpu(x, weight, &rows, epsilon, adapter)
    }
    fn head_norm(
        qkv: &FloatTensor<Self>,
        weight: &FloatTensor<Self>,
        rows: IntTensor<Self>,
        epsilon: f32,
        heads: HeadSpec,
    ) -> FloatTensor<Self> {
        head_norm::gpu(qkv, weight, &rows, epsilon, heads)
    }
    fn gated(gate_up: &FloatTensor<Self>, rows: IntTensor<Self>, gate: Gate) -> FloatTensor<Self> {
        gated::gpu(gate_up, &rows, gate)
    }
    fn rope_store(
        qkv: &FloatTensor<Self>,
        table: &FloatTensor<Self>,
        plan: IntTensor<Self>,
        keys: FloatTensor<Self>,
        values: FloatTensor<Self>,
        heads: HeadSpec,
    ) -> (FloatTensor<Self>, FloatTensor<Self>, FloatTensor<Self>) {
        rope::gpu(qkv, table, &plan, keys, values, heads)
    }
    fn attention(
        q: &FloatTensor<Self>,
        keys: &FloatTensor<Self>,
        values: &FloatTensor<Self>,
        plan: IntTensor<Self>,
        heads: HeadSpec,
        adapter: Adapter,
    ) -> FloatTensor<Self> {
        attention::gpu(q, keys, values, &plan, heads, adapter)
    }
    fn attend_one(
        qkv: &FloatTensor<Self>,
        table: &FloatTensor<Self>,
        plan: IntTensor<Self>,
        keys: FloatTensor<Self>,
        values: FloatTensor<Self>,
        heads: HeadSpec,
        adapter: Adapter,
    ) -> (FloatTensor<Self>, FloatTensor<Self>, FloatTensor<Self>) {
        attention::one_gpu(qkv, table, &plan, keys, values, heads, adapter)
    }
    fn edit(
        x: &FloatTensor<Self>,
        vectors: &FloatTensor<Self>,
        plan: IntTensor<Self>,
        adapter: Adapter,
    ) -> FloatTensor<Self> {
        edit::gpu(x, vectors, &plan, adapter)
    }
    fn project(
        x: &FloatTensor<Self>,
        directions: &FloatTensor<Self>,
        sizes: IntTensor<Self>,
        adapter: Adapter,
    ) -> FloatTensor<Self> {
        project::gpu(x, directions, &sizes, adapter)
    }
    fn log_probs(
        x: &FloatTensor<Self>,
        words: IntTensor<Self>,
        pairs: IntTensor<Self>,
        rows: IntTensor<Self>,
        spec: MatrixSpec,
        adapter: Adapter,
    ) -> (FloatTensor<Self>, FloatTensor<Self>) {
        linear::log_prob::gpu(x, &words, &pairs, &rows, spec, adapter)
    }
}
