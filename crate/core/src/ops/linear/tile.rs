//! The GPU kernel of [`super::linear`] for several tokens on a real GPU: a workgroup computes a tile of tokens x rows.
//!
//! Step by step its threads unpack 32 weights of each row into workgroup memory, once for all tokens of the tile, lay the
//! tokens' activations beside them, and add the products of a small tile each, which they keep in registers. Neighbours
//! read neighbouring words, so that no two of them wait for the same bank.

use super::{Product, Store};
use crate::ops::gpu::{MAX_GROUPS, Wgsl};
use crate::ops::wgsl::{FUNCTIONS, group_len, group_vec4, load_group};
use crate::quant::PackedLayout;
use core::fmt::Write;

/// Weights of a row that are in workgroup memory at a time.
const STEP: usize = 32;
/// Rows of a tile: each thread unpacks one.
const TILE_ROWS: usize = 64;
/// Threads that share the tokens of a tile, and that share its rows.
const SIDE: usize = 8;
/// Rows a thread multiplies.
const ROWS_EACH: usize = TILE_ROWS / SIDE;
/// Tokens a thread multiplies them with, where there are few and where there are many.
const TOKENS_EACH: [usize; 2] = [1, 4];

/// Parameters of one compiled kernel.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct TileKernel {
    product: Product,
    tokens_each: usize,
}

impl TileKernel {
    /// Whether the kernel can walk rows of this matrix.
    pub fn suits(layout: &PackedLayout) -> bool {
        layout.cols.is_multiple_of(STEP)
    }

    /// The kernel for `tokens` tokens.
    pub fn new(product: Product, tokens: usize) -> Self {
        let [few, many] = TOKENS_EACH;
        let tokens_each = if tokens <= SIDE * few { few } else { many };
        Self { product, tokens_each }
    }

    /// Outputs of a tile for each of its tokens.
    fn outputs(&self) -> usize {
        TILE_ROWS / self.product.parts()
    }

    fn tile_tokens(&self) -> usize {
        SIDE * self.tokens_each
    }

    /// Tiles along the outputs.
    fn tiles(&self) -> usize {
        self.product.outputs().div_ceil(self.outputs())
    }

    /// What [`Store::LogSumExp`] leaves for each token: a pair for each thread along the rows.
    pub fn parts(&self) -> usize {
        self.tiles() * SIDE
    }

    /// Workgroups for `tokens` tokens: outputs along x, tokens along y.
    pub fn groups(&self, tokens: usize) -> (u32, u32) {
        let y = tokens.div_ceil(self.tile_tokens());
        ((self.tiles() as u32).min(MAX_GROUPS), (y as u32).min(MAX_GROUPS))
    }

    /// Code that fills workgroup memory with step `g`.
    fn fill(&self) -> String {
        let layout = &self.product.layout;
        let (vectors, group) = (STEP / 4, group_len(layout.format));
        let mut code = String::new();
        for part in 0..STEP / group {
            let suffix = format!("_{part}");
            code += &load_group(
                layout,
                "own_row",
                &format!("(g * {}u + {part}u)", STEP / group),
                &suffix,
            );
            for i in 0..group / 4 {
                let _ = writeln!(
                    code,
                    "weights[{}u + thread] = {};",
                    (part * group / 4 + i) * TILE_ROWS,
                    group_vec4(layout.format, i, &suffix)
                );
            }
        }
        for load in 0..self.tile_tokens() * vectors / (SIDE * SIDE) {
            let _ = writeln!(
                code,
                "{{
    let i = thread + {}u;
    let token = min(first_token + i / {vectors}u, tokens - 1u);
    activations[i % {vectors}u * STRIDE + i / {vectors}u] = x[token * {}u + g * {vectors}u + i % {vectors}u];
}}",
                load * SIDE * SIDE,
                layout.cols / 4
            );
        }
        code
    }

    /// Code that adds the products of vector `i` of a step.
    fn multiply(&self) -> String {
        let mut code = String::new();
        for t in 0..self.tokens_each {
            let _ = writeln!(
                code,
                "let x{t} = activations[i * STRIDE + token_lane + {}u];",
                t * SIDE
            );
        }
        for r in 0..ROWS_EACH {
            let _ = writeln!(
                code,
                "let w{r} = weights[i * {TILE_ROWS}u + row_lane + {}u];",
                r * SIDE
            );
        }
        for t in 0..self.tokens_each {
            for r in 0..ROWS_EACH {
                let _ = writeln!(code, "sum{t}_{r} += dot(x{t}, w{r});");
            }
        }
        code
    }

    /// Code that stores what token `t` of a thread has.
    fn store(&self, t: usize) -> String {
        let outputs = self.product.outputs();
        let each = ROWS_EACH / self.product.parts();
        let mut code = String::new();
        let inside = |c: usize| format!("output + {}u < {outputs}u", c * SIDE);
        if self.product.store == Store::LogSumExp {
            code += "var top = -3.0e38;\nvar sum = 0.0;\n";
            for c in 0..each {
                let _ = writeln!(code, "if ({}) {{ top = max(top, sum{t}_{c}); }}", inside(c));
            }
            for c in 0..each {
                let _ = writeln!(code, "if ({}) {{ sum += exp(sum{t}_{c} - top); }}", inside(c));
            }
            let _ = writeln!(
                code,
                "let at = (token * {}u + group.x * {SIDE}u + row_lane) * 2u;\ny[at] = top;\ny[at + 1u] = sum;",
                self.parts()
            );
            return code;
        }
        for c in 0..each {
            let at = format!("token * {outputs}u + output + {}u", c * SIDE);
            let value = match self.product.store {
                Store::Plain | Store::LogSumExp => format!("sum{t}_{c}"),
                Store::Residual => format!("sum{t}_{c} + residual[{at}]"),
                Store::Gated(_) => format!("gated(sum{t}_{c}, sum{t}_{})", c + each),
            };
            let _ = writeln!(code, "if ({}) {{ y[{at}] = {value}; }}", inside(c));
        }
        code
    }
}

impl Wgsl for TileKernel {
    fn wgsl(&self) -> String {
        let layout = &self.product.layout;
        let (each, outputs, tile_tokens) = (self.outputs(), self.product.outputs(), self.tile_tokens());
        let mut sums = String::new();
        for t in 0..self.tokens_each {
            for r in 0..ROWS_EACH {
                let _ = writeln!(sums, "var sum{t}_{r} = 0.0;");
            }
        }
        let mut store = String::new();
        for t in 0..self.tokens_each {
            let _ = writeln!(
                store,
                "{{
    let token = first_token + token_lane + {}u;
    if (token < tokens) {{ {} }}
}}",
                t * SIDE,
                self.store(t)
            );
        }
        // A vector of padding a line lets the threads that write a line's vectors use banks of their own.
        format!(
            "{bindings}
{FUNCTIONS}
const STRIDE = {stride}u;
var<workgroup> weights: array<vec4<f32>, {weights}>;
var<workgroup> activations: array<vec4<f32>, {activations}>;
@compute @workgroup_size({workgroup})
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) thread: u32) {{
    let tokens = n_tokens[0];
    let first_token = group.y * {tile_tokens}u;
    let own_output = min(group.x * {each}u + thread % {each}u, {outputs}u - 1u);
    let own_row = thread / {each}u * {outputs}u + own_output;
    let row_lane = thread % {SIDE}u;
    let token_lane = thread / {SIDE}u;
    let output = group.x * {each}u + row_lane;
    {sums}
    for (var g = 0u; g < {steps}u; g++) {{
        {fill}
        workgroupBarrier();
        for (var i = 0u; i < {vectors}u; i++) {{
            {multiply}
        }}
        workgroupBarrier();
    }}
    {store}
}}",
            bindings = self.product.bindings(),
            stride = tile_tokens + 1,
            weights = TILE_ROWS * STEP / 4,
            activations = (tile_tokens + 1) * STEP / 4,
            workgroup = Self::WORKGROUP,
            steps = layout.cols / STEP,
            vectors = STEP / 4,
            fill = self.fill(),
            multiply = self.multiply(),
        )
    }
}
