//! One block: norm, attention, norm, gated feed-forward, each added to the residual stream. What only some architectures
//! have is optional; see [`super::architecture`].

use super::projection::Projection;
use crate::ops::attention::attend;
use crate::ops::gated::gated;
use crate::ops::head_norm::head_norm;
use crate::ops::linear::{linear, linear_add, normed_gated};
use crate::ops::rms_norm::{Norm, rms_norm};
use crate::ops::{Adapter, Gate, HeadSpec, Matrix};
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
    /// Of what attention gives.
    pub(super) attention_post_norm: Option<Norm>,
    pub(super) feed_forward_norm: Norm,
    /// Gate and up.
    pub(super) gate_up: Projection,
    pub(super) gate: Gate,
    pub(super) down: Matrix,
    /// Of what the feed-forward layer gives.
    pub(super) feed_forward_post_norm: Option<Norm>,
}

/// What a block of a forward is told; all that see as much are told the same.
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

/// Some of the tokens of a forward.
pub(super) struct Kept {
    pub(super) rows: Tensor<1, Int>,
    /// One word: how many.
    pub(super) count: Tensor<1, Int>,
}

impl Block {
    /// The residual stream after this block, of all tokens or of those that are `kept`. Keys and values are all tokens'.
    ///
    /// # Shapes
    /// x `[tokens, width]`; result the same, or `[kept, width]`.
    pub(super) fn forward(
        &self,
        mut x: Tensor<2>,
        cache: Cache,
        context: &Context<'_>,
        kept: Option<&Kept>,
    ) -> (Tensor<2>, Cache) {
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
        let (mut mixed, keys, values) = attend(&qkv, turns, plan, cache.keys, cache.values, heads, adapter);
        let mut context = Context { ..*context };
        if let Some(kept) = kept {
            [x, mixed] = [x, mixed].map(|all| all.select(0, kept.rows.clone()));
            context.rows = &kept.count;
        }
        let rows = context.rows;
        let x = context.add(x, &mixed, &self.attention_out, self.attention_post_norm.as_ref());
        let norm = &self.feed_forward_norm;
        let activated = match &self.gate_up.0[..] {
            [stacked] => normed_gated(&x, norm, stacked, self.gate, rows, adapter),
            _ => gated(&self.gate_up.forward(&x, norm, rows, adapter), self.gate, rows),
        };
        let x = context.add(x, &activated, &self.down, self.feed_forward_post_norm.as_ref());
        (x, Cache { keys, values })
    }
}

impl Context<'_> {
    /// The stream with the product of `part` added, which is normed first where there is a norm.
    fn add(&self, x: Tensor<2>, part: &Tensor<2>, weight: &Matrix, norm: Option<&Norm>) -> Tensor<2> {
        match norm {
            None => linear_add(part, weight, &x, self.rows, self.adapter),
            Some(norm) => {
                let product = linear(part, weight, self.rows, self.adapter);
                x + rms_norm(&product, norm, self.rows, self.adapter)
            }
        }
    }
}
