//! The GPU kernel of [`super::linear`] that loops over rows: a thread loads a step of the activations of its tokens
//! into registers, then multiplies it with that step of many rows, one after the other.
//!
//! The text is short, so that it compiles quickly, and a load of activations serves many rows. The sums of the rows
//! lie in an array that is indexed in a loop: cheap where a GPU is computed in software, which is what the kernel is
//! for. For a single token it serves real GPUs too, with few rows a thread, and threads that share the rows' steps.

use super::step::{CONSTANTS, load_activations, longest_span, multiply, quads, step_len};
use super::{Product, Store};
use crate::ops::Adapter;
use crate::ops::gpu::{Wgsl, groups_for};
use crate::ops::wgsl::FUNCTIONS;
use core::fmt::Write;

/// Tokens a thread computes when there are several. Eight would be a quarter faster and take twice as long to compile.
const TILE_TOKENS: usize = 4;
/// Rows a thread multiplies where there are enough tokens for all cores, and where there are not.
const MANY_ROWS: usize = 64;
const FEW_ROWS: usize = 16;
/// Tiles of tokens from which on threads take many rows.
const MANY_TILES: usize = 8;

/// Parameters of one compiled kernel.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct RowsKernel {
    product: Product,
    tile_tokens: usize,
    /// Rows of the matrix a thread multiplies, with few tiles and with many.
    tile_rows: [usize; 2],
    /// Steps taken at once.
    span: usize,
    /// Threads that share the steps of their rows; their sums are added up at the end.
    slices: usize,
    workgroup: u32,
}

impl RowsKernel {
    /// The kernel for `tokens` tokens; a real GPU is given one, or rows that [`super::tile`] cannot walk.
    pub fn new(product: Product, tokens: usize, adapter: Adapter) -> Self {
        let layout = &product.layout;
        let steps = layout.cols / step_len(layout);
        let (tile_tokens, tile_rows, span, slices, workgroup) = match (adapter, tokens) {
            (Adapter::Software | Adapter::Cpu(_), 1) => {
                // Few enough that a matrix keeps several cores at work.
                let rows = match layout.rows {
                    ..2048 => 16,
                    2048..16384 => 32,
                    _ => 64,
                };
                (1, [rows; 2], longest_span(layout), 1, 4)
            }
            (Adapter::Hardware, 1) => (1, [4; 2], 1, if steps < 32 { 8 } else { 16 }, 64),
            (_, _) => (TILE_TOKENS, [FEW_ROWS, MANY_ROWS], 1, 1, 4),
        };
        Self {
            product,
            tile_tokens,
            tile_rows,
            span,
            slices,
            workgroup,
        }
    }

    /// Outputs of a thread, with few tiles and with many.
    fn tile_outputs(&self) -> [usize; 2] {
        self.tile_rows.map(|rows| rows / self.product.parts())
    }

    /// What [`Store::LogSumExp`] leaves for each token: a pair for each thread along the outputs.
    pub fn parts(&self, tokens: usize) -> usize {
        self.product.outputs().div_ceil(self.outputs(tokens))
    }

    /// Outputs of a thread for each of its tokens.
    fn outputs(&self, tokens: usize) -> usize {
        self.tile_outputs()[usize::from(tokens.div_ceil(self.tile_tokens) >= MANY_TILES)]
    }

    /// Workgroups for `tokens` tokens.
    pub fn groups(&self, tokens: usize) -> (u32, u32) {
        let tiles = tokens.div_ceil(self.tile_tokens);
        let units = self.parts(tokens) * tiles;
        groups_for(units.div_ceil(self.workgroup as usize / self.slices))
    }

    /// The expression for token `t` of what becomes of the sums `sum(part, quad)`.
    fn result(&self, t: usize, sum: impl Fn(usize, usize) -> String) -> String {
        let of = |part: usize| match (self.tile_tokens, self.product.norm) {
            (1, None) => sum(part, 0),
            (1, Some(_)) => format!("length * {}", sum(part, 0)),
            _ => format!("{}[{}]", sum(part, t / 4), t % 4),
        };
        match self.product.store {
            Store::Plain | Store::LogSumExp => of(0),
            Store::Residual => format!("{} + residual[at]", of(0)),
            Store::Gated(_) => format!("gated({}, {})", of(0), of(1)),
        }
    }

    /// Code that stores output `c` of the thread.
    fn store(&self, sum: impl Fn(usize, usize) -> String) -> String {
        let mut code = String::new();
        for t in 0..self.tile_tokens {
            let _ = writeln!(
                code,
                "if (token + {t}u < tokens) {{ let at = (token + {t}u) * {}u + row + c; y[at] = {}; }}",
                self.product.outputs(),
                self.result(t, &sum)
            );
        }
        code
    }

    /// Code that stores what [`Store::LogSumExp`] asks for; `sum` has the sums of output `c`.
    fn store_log_sum_exp(&self, sum: impl Fn(usize, usize) -> String) -> String {
        let mut code = String::new();
        for t in 0..self.tile_tokens {
            let value = self.result(t, &sum);
            let _ = writeln!(
                code,
                "if (count > 0u && token + {t}u < tokens) {{
    var top = -3.0e38;
    for (var c = 0u; c < count; c++) {{ top = max(top, {value}); }}
    var sum = 0.0;
    for (var c = 0u; c < count; c++) {{ sum += exp({value} - top); }}
    let at = ((token + {t}u) * (({}u + each - 1u) / each) + row / each) * 2u;
    y[at] = top;
    y[at + 1u] = sum;
}}",
                self.product.outputs(),
            );
        }
        code
    }

    /// What sums of several threads need: declarations, and the code from the barrier on.
    fn finish(&self, most: usize) -> (String, String) {
        let (slices, threads, quads) = (self.slices, self.workgroup, quads(self.tile_tokens).len());
        let log_sum_exp = self.product.store == Store::LogSumExp;
        if slices == 1 {
            let sum =
                |part: usize, quad: usize| format!("sums_of[({part}u * each + c) * {quads}u + {quad}u]");
            let store = match log_sum_exp {
                true => self.store_log_sum_exp(sum),
                false => format!("for (var c = 0u; c < count; c++) {{ {} }}", self.store(sum)),
            };
            let length = self.length("squares.x + squares.y + squares.z + squares.w");
            return (String::new(), length + &store);
        }
        // After the sums of the rows come those of the squares.
        let lines = most + usize::from(self.product.norm.is_some());
        let declarations = format!(
            "var<workgroup> shared_sums: array<f32, {}>;
fn joined(c: u32, first: u32) -> f32 {{
    var sum = 0.0;
    for (var s = 0u; s < {slices}u; s++) {{ sum += shared_sums[c * {threads}u + first + s]; }}
    return sum;
}}",
            lines * threads as usize
        );
        let squares = match lines > most {
            true => format!(
                "shared_sums[{most}u * {threads}u + thread] = squares.x + squares.y + squares.z + squares.w;"
            ),
            false => String::new(),
        };
        let length = self.length(&format!("joined({most}u, thread - slice)"));
        let sum = |part: usize, _| format!("joined({part}u * each + c, thread - slice)");
        let code = match log_sum_exp {
            true => format!("if (slice == 0u) {{ {} }}", self.store_log_sum_exp(sum)),
            false => format!(
                "for (var c = slice; c < count; c += {slices}u) {{ {} }}",
                self.store(sum)
            ),
        };
        let code = format!(
            "for (var c = 0u; c < {most}u; c++) {{ shared_sums[c * {threads}u + thread] = sums_of[c]; }}
    {squares}
    workgroupBarrier();
    {length}
    {code}"
        );
        (declarations, code)
    }

    /// Code for what the norm multiplies a token with, given the sum of its squares.
    fn length(&self, squares: &str) -> String {
        self.product.norm.map_or_else(String::new, |epsilon| {
            let width = self.product.layout.cols;
            format!("let length = 1.0 / sqrt(({squares}) / {width}.0 + bitcast<f32>({epsilon}u));\n")
        })
    }
}

impl Wgsl for RowsKernel {
    fn workgroup(&self) -> u32 {
        self.workgroup
    }

    fn wgsl(&self) -> String {
        let layout = &self.product.layout;
        let (slices, threads, span) = (self.slices, self.workgroup, self.span);
        let (parts, outputs) = (self.product.parts(), self.product.outputs());
        let [few, many] = self.tile_outputs();
        let most = self.tile_rows[1];
        let number = match self.tile_tokens {
            1 => "f32",
            _ => "vec4<f32>",
        };
        let mut places = String::new();
        for t in 0..self.tile_tokens {
            let _ = writeln!(
                places,
                "let at{t} = min(token + {t}u, tokens - 1u) * {}u;",
                layout.cols / 4
            );
        }
        let quads = quads(self.tile_tokens).len();
        let (mut take, mut put) = (String::new(), String::new());
        for quad in 0..quads {
            let _ = writeln!(take, "var sum{quad} = sums_of[at + {quad}u];");
            let _ = writeln!(put, "sums_of[at + {quad}u] = sum{quad};");
        }
        let (declarations, finish) = self.finish(most);
        format!(
            "{bindings}
{FUNCTIONS}
{CONSTANTS}
{declarations}
@compute @workgroup_size({threads})
fn main(
    @builtin(workgroup_id) group: vec3<u32>,
    @builtin(num_workgroups) groups: vec3<u32>,
    @builtin(local_invocation_index) thread: u32,
) {{
    let tokens = n_tokens[0];
    let tiles = (tokens + {tile_tokens}u - 1u) / {tile_tokens}u;
    let each = select({few}u, {many}u, tiles >= {MANY_TILES}u);
    let slice = thread % {slices}u;
    // Neighbours have the same rows and other tokens, so that what one reads of the matrix the others find cached.
    let unit = (group.y * groups.x + group.x) * {units}u + thread / {slices}u;
    let token = unit % tiles * {tile_tokens}u;
    let row = unit / tiles * each;
    let count = select(0u, min(each, {outputs}u - row), row < {outputs}u);
    {places}
    var sums_of: array<{number}, {sums}>;
    for (var c = 0u; c < {sums}u; c++) {{ sums_of[c] = {number}(0.0); }}
    {squares}
    for (var g = slice * {span}u; g < {steps}u; g += {stride}u) {{
        {activations}
        for (var part = 0u; part < {parts}u; part++) {{
            for (var c = 0u; c < count; c++) {{
                let r = part * {outputs}u + row + c;
                let at = (part * each + c) * {quads}u;
                {take}
                {multiply}
                {put}
            }}
        }}
    }}
    {finish}
}}",
            bindings = self.product.bindings(),
            tile_tokens = self.tile_tokens,
            units = threads as usize / slices,
            steps = layout.cols / step_len(layout),
            stride = slices * span,
            sums = most * quads,
            squares = if self.product.norm.is_some() { "var squares = vec4<f32>(0.0);" } else { "" },
            activations = load_activations(layout, self.tile_tokens, span, self.product.norm.is_some()),
            multiply = multiply(layout, self.tile_tokens, span),
        )
    }
}
