//! The operations on the CPU.

use super::linear::NormGate;
use super::{Adapter, Gate, HeadSpec, MatrixSpec, ModelOps};
use super::{attention, edit, embed, gated, head_norm, linear, project, rms_norm, rope};
use burn::backend::tensor::{FloatTensor, IntTensor};
use burn_flex::Flex;

impl ModelOps for Flex {
    fn embed(words: IntTensor<Self>, ids: IntTensor<Self>, spec: MatrixSpec) -> FloatTensor<Self> {
        embed::cpu(&words, &ids, spec)
    }
    fn linear(
        x: &FloatTensor<Self>,
        words: IntTensor<Self>,
        _: IntTensor<Self>,
        spec: MatrixSpec,
        adapter: Adapter,
    ) -> FloatTensor<Self> {
        linear::cpu(x, &words, None, spec, adapter)
    }
    fn linear_add(
        x: &FloatTensor<Self>,
        words: IntTensor<Self>,
        residual: &FloatTensor<Self>,
        _: IntTensor<Self>,
        spec: MatrixSpec,
        adapter: Adapter,
    ) -> FloatTensor<Self> {
        linear::cpu(x, &words, Some(residual), spec, adapter)
    }
    fn normed_linear(
        x: &FloatTensor<Self>,
        norm: &FloatTensor<Self>,
        words: IntTensor<Self>,
        _: IntTensor<Self>,
        spec: MatrixSpec,
        epsilon: f32,
        adapter: Adapter,
    ) -> FloatTensor<Self> {
        linear::cpu(&rms_norm::cpu(x, norm, epsilon), &words, None, spec, adapter)
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
        gated::cpu(
            &Self::normed_linear(x, norm, words, rows, spec, epsilon, adapter),
            gate,
        )
    }
    fn rms_norm(
        x: &FloatTensor<Self>,
        weight: &FloatTensor<Self>,
        _: IntTensor<Self>,
        epsilon: f32,
        _: Adapter,
    ) -> FloatTensor<Self> {
        rms_norm::cpu(x, weight, epsilon)
    }
    fn head_norm(
        qkv: &FloatTensor<Self>,
        weight: &FloatTensor<Self>,
        _: IntTensor<Self>,
        epsilon: f32,
        heads: HeadSpec,
    ) -> FloatTensor<Self> {
        head_norm::cpu(qkv, weight, epsilon, heads)
    }
    fn gated(gate_up: &FloatTensor<Self>, _: IntTensor<Self>, gate: Gate) -> FloatTensor<Self> {
        gated::cpu(gate_up, gate)
    }
    fn rope_store(
        qkv: &FloatTensor<Self>,
        table: &FloatTensor<Self>,
        plan: IntTensor<Self>,
        keys: FloatTensor<Self>,
        values: FloatTensor<Self>,
        heads: HeadSpec,
    ) -> (FloatTensor<Self>, FloatTensor<Self>, FloatTensor<Self>) {
        rope::cpu(qkv, table, &plan, keys, values, heads)
    }
    fn attention(
        q: &FloatTensor<Self>,
        keys: &FloatTensor<Self>,
        values: &FloatTensor<Self>,
        plan: IntTensor<Self>,
        heads: HeadSpec,
        _: Adapter,
    ) -> FloatTensor<Self> {
        attention::cpu(q, keys, values, &plan, heads)
    }
    fn attend_one(
        qkv: &FloatTensor<Self>,
        table: &FloatTensor<Self>,
        plan: IntTensor<Self>,
        keys: FloatTensor<Self>,
        values: FloatTensor<Self>,
        heads: HeadSpec,
        _: Adapter,
    ) -> (FloatTensor<Self>, FloatTensor<Self>, FloatTensor<Self>) {
        let (q, keys, values) = rope::cpu(qkv, table, &plan, keys, values, heads);
        (attention::cpu(&q, &keys, &values, &plan, heads), keys, values)
    }
    fn edit(
        x: &FloatTensor<Self>,
        vectors: &FloatTensor<Self>,
        plan: IntTensor<Self>,
        _: Adapter,
    ) -> FloatTensor<Self> {
        edit::cpu(x, vectors, &plan)
    }
    fn project(
        x: &FloatTensor<Self>,
        directions: &FloatTensor<Self>,
        _: IntTensor<Self>,
        _: Adapter,
    ) -> FloatTensor<Self> {
        project::cpu(x, directions)
    }
    fn log_probs(
        x: &FloatTensor<Self>,
        words: IntTensor<Self>,
        pairs: IntTensor<Self>,
        _: IntTensor<Self>,
        spec: MatrixSpec,
        adapter: Adapter,
    ) -> (FloatTensor<Self>, FloatTensor<Self>) {
        linear::log_prob::cpu(x, &words, &pairs, spec, adapter)
    }
}
