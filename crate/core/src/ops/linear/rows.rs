//! The GPU kernel of [`super::linear`] that loops over rows: a thread loads a step of the activations of its tokens
//! into registers, then multiplies it with that step of many rows, one after the other.
//!
//! The text is short, so that it compiles quickly, and a load of activations serves many rows. The sums of the rows
//! lie in an array that is indexed in a loop: cheap where a GPU is computed in software, which is what the kernel is
//! for. For a single token it serves real GPUs too, with few rows a thread, and threads that share the rows' steps.

use super::step::{CONSTANTS, load_activations, multiply, step_len};
use super::{Product, Store};
use crate::ops::gpu::{Adapter, Wgsl, groups_for};
use crate::ops::wgsl::FUNCTIONS;
use core::fmt::Write;

/// Tokens a thread computes when there are several.
const TILE_TOKENS: usize = 4;

/// Parameters of one compiled kernel.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct RowsKernel {
    product: Product,
    tile_tokens: usize,
    /// Rows of the matrix a thread multiplies.
    tile_rows: usize,
    /// Threads that share the steps of their rows; their sums are added up at the end.
    slices: usize,
    workgroup: u32,
}

impl RowsKernel {
    /// The kernel for `tokens` tokens; a real GPU is given one token only.
    pub fn new(product: Product, tokens: usize, adapter: Adapter) -> Self {
        let steps = product.layout.cols / step_len(&product.layout);
        let (tile_tokens, tile_rows, slices, workgroup) = match (adapter, tokens) {
            (Adapter::Software, 1) => (1, 16, 1, 4),
            (Adapter::Software, _) => (TILE_TOKENS, 32, 1, 4),
            (Adapter::Hardware, _) => (1, 4, if steps < 32 { 8 } else { 16 }, 64),
        };
        Self {
            product,
            tile_tokens,
            tile_rows,
            slices,
            workgroup,
        }
    }

    /// Outputs of a thread.
    fn tile_outputs(&self) -> usize {
        self.tile_rows / self.product.parts()
    }

    /// Workgroups for `tokens` tokens.
    pub fn groups(&self, tokens: usize) -> (u32, u32) {
        let blocks = self.product.outputs().div_ceil(self.tile_outputs());
        let units = blocks * tokens.div_ceil(self.tile_tokens);
        groups_for(units.div_ceil(self.workgroup as usize / self.slices))
    }

    /// Code that stores output `c` of the thread; `sum(part)` is its sum for each token, as a number or a vector.
    fn store(&self, sum: impl Fn(usize) -> String) -> String {
        let outputs = self.product.outputs();
        let mut code = String::new();
        for part in 0..self.product.parts() {
            let _ = writeln!(code, "let s{part} = {};", sum(part));
        }
        for t in 0..self.tile_tokens {
            let of = |part: usize| match self.tile_tokens {
                1 => format!("s{part}"),
                _ => format!("s{part}[{t}]"),
            };
            let value = match self.product.store {
                Store::Plain => of(0),
                Store::Residual => format!("{} + residual[at]", of(0)),
                Store::Swiglu => format!("swiglu({}, {})", of(0), of(1)),
            };
            let _ = writeln!(
                code,
                "if (token + {t}u < tokens) {{ let at = (token + {t}u) * {outputs}u + row + c; y[at] = {value}; }}"
            );
        }
        code
    }
}

impl Wgsl for RowsKernel {
    fn workgroup(&self) -> u32 {
        self.workgroup
    }

    fn wgsl(&self) -> String {
        let layout = &self.product.layout;
        let (rows, slices, threads) = (self.tile_rows, self.slices, self.workgroup);
        let (each, parts, outputs) = (self.tile_outputs(), self.product.parts(), self.product.outputs());
        let number = match self.tile_tokens {
            1 => "f32".into(),
            tokens => format!("vec{tokens}<f32>"),
        };
        let mut places = String::new();
        for t in 0..self.tile_tokens {
            let _ = writeln!(
                places,
                "let at{t} = min(token + {t}u, tokens - 1u) * {}u;",
                layout.cols / 4
            );
        }
        let (load, product) = multiply(layout, self.tile_tokens);
        let finish = if slices == 1 {
            let code = self.store(|part| format!("sums_of[{part}u * {each}u + c]"));
            format!("for (var c = 0u; c < count; c++) {{ {code} }}")
        } else {
            let code = self.store(|part| format!("joined({part}u * {each}u + c, thread - slice)"));
            format!(
                "for (var c = 0u; c < {rows}u; c++) {{ shared_sums[c * {threads}u + thread] = sums_of[c]; }}
    workgroupBarrier();
    for (var c = slice; c < count; c += {slices}u) {{ {code} }}"
            )
        };
        let joined = if slices == 1 {
            String::new()
        } else {
            format!(
                "var<workgroup> shared_sums: array<f32, {total}>;
fn joined(c: u32, first: u32) -> f32 {{
    var sum = 0.0;
    for (var s = 0u; s < {slices}u; s++) {{ sum += shared_sums[c * {threads}u + first + s]; }}
    return sum;
}}",
                total = rows * threads as usize,
            )
        };
        format!(
            "{bindings}
{FUNCTIONS}
{CONSTANTS}
{joined}
@compute @workgroup_size({threads})
fn main(
    @builtin(workgroup_id) group: vec3<u32>,
    @builtin(num_workgroups) groups: vec3<u32>,
    @builtin(local_invocation_index) thread: u32,
) {{
    let tokens = n_tokens[0];
    let tiles = (tokens + {tile_tokens}u - 1u) / {tile_tokens}u;
    let slice = thread % {slices}u;
    // Neighbours have the same rows and other tokens, so that what one reads of the matrix the others find cached.
    let unit = (group.y * groups.x + group.x) * {units}u + thread / {slices}u;
    let token = unit % tiles * {tile_tokens}u;
    let row = unit / tiles * {each}u;
    let count = select(0u, min({each}u, {outputs}u - row), row < {outputs}u);
    {places}
    var sums_of: array<{number}, {rows}>;
    for (var c = 0u; c < {rows}u; c++) {{ sums_of[c] = {number}(0.0); }}
    for (var g = slice; g < {steps}u; g += {slices}u) {{
        {activations}
        for (var part = 0u; part < {parts}u; part++) {{
            for (var c = 0u; c < count; c++) {{
                let r = part * {outputs}u + row + c;
                {load}
                sums_of[part * {each}u + c] += {product};
            }}
        }}
    }}
    {finish}
}}",
            bindings = self.product.bindings(),
            tile_tokens = self.tile_tokens,
            units = threads as usize / slices,
            steps = layout.cols / step_len(layout),
            activations = load_activations(layout, self.tile_tokens),
        )
    }
}
