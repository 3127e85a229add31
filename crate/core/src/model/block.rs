//! One block: norm, attention, norm, gated feed-forward, each added to the residual stream. What only some architectures
//! have is optional; see [`super::architecture`].

use super::projection::Projection;
use crate::ops::attention::attend;
use crate::ops::head_norm::head_norm;
use crate::ops::linear::{linear_add, normed_swiglu};
use crate::ops::rms_norm::Norm;
use crate::ops::swiglu::swiglu;
use crate::ops::{Adapter, HeadSpec, Matrix};
use burn::tensor::{Int, Tensor};

/// Keys and values of one block, `[slots, kv_width]` each.
pub(super) struct Cache {
    pub(super) keys: Tensor<2>,
    pub(super) values: Tensor<2>,
}

/// The weights of one block.
pub(super) struct Block {
    pub(super) attention_norm: Norm,
    /// Queries, keys and values.
    pub(super) qkv: Projection,
    /// Their biases, side by side as they are.
    pub(super) qkv_bias: Option<Tensor<1>>,
    /// Of each head, see [`head_norm`].
    pub(super) head_norm: Option<Norm>,
    pub(super) attention_out: Matrix,
    pub(super) feed_forward_norm: Norm,
    /// Gate and up.
    pub(super) gate_up: Projection,
    pub(super) down: Matrix,
}

/// What all blocks of a forward share.
pub(super) struct Context<'a> {
    pub(super) heads: HeadSpec,
    pub(super) adapter: Adapter,
    /// Cosines and sines of the rotary embedding.
    pub(super) turns: &'a Tensor<2>,
    /// Places of the tokens.
    pub(super) plan: &'a Tensor<1, Int>,
    /// One word: the number of tokens.
    pub(super) rows: &'a Tensor<1, Int>,
}

impl Block {
    /// The residual stream after this block.
    ///
    /// # Shapes
    /// x `[tokens, width]`; result the same.
    pub(super) fn forward(&self, x: Tensor<2>, cache: Cache, context: &Context<'_>) -> (Tensor<2>, Cache) {
        let Context {
            heads,
            adapter,
            turns,
            plan,
            rows,
        } = *context;
        let mut qkv = self.qkv.forward(&x, &self.attention_norm, rows, adapter);
        if let Some(bias) = &self.qkv_bias {
            qkv = qkv + bias.clone().unsqueeze();
        }
        if let Some(norm) = &self.head_norm {
            qkv = head_norm(&qkv, norm, rows, heads);
        }
        let (mixed, keys, values) = attend(&qkv, turns, plan, cache.keys, cache.values, heads, adapter);
        let x = linear_add(&mixed, &self.attention_out, &x, rows, adapter);
        let norm = &self.feed_forward_norm;
        let gated = match &self.gate_up.0[..] {
            [stacked] => normed_swiglu(&x, norm, stacked, rows, adapter),
            _ => swiglu(&self.gate_up.forward(&x, norm, rows, adapter), rows),
        };
        let x = linear_add(&gated, &self.down, &x, rows, adapter);
        (x, Cache { keys, values })
    }
}
