//! The GPU kernel of [`super::linear`]: each thread holds a tile of tokens x rows in registers and unpacks the
//! weights of its rows once for all tokens of the tile. No workgroup memory and no barrier.

use crate::ops::gpu::{MAX_GROUPS, Wgsl};
use crate::ops::wgsl::{FUNCTIONS, group_len, group_vec4, load_group};
use crate::quant::PackedLayout;
use core::fmt::Write;

/// Parameters of one compiled kernel.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct LinearKernel {
    layout: PackedLayout,
    residual: bool,
    tile_tokens: usize,
    tile_rows: usize,
}

impl LinearKernel {
    /// The kernel for `tokens` tokens. Loads of activations cost as much as those of weights, so that even a single
    /// token is worth several rows a thread.
    pub fn new(layout: PackedLayout, tokens: usize, residual: bool) -> Self {
        let (tile_tokens, tile_rows) = match tokens {
            1 => (1, 4),
            _ => (4, 8),
        };
        Self {
            layout,
            residual,
            tile_tokens,
            tile_rows,
        }
    }

    /// Workgroups for `tokens` tokens: rows along x, tokens along y.
    pub fn groups(&self, tokens: usize) -> (u32, u32) {
        let x = self
            .layout
            .rows
            .div_ceil(self.tile_rows)
            .div_ceil(Self::WORKGROUP as usize);
        let y = tokens.div_ceil(self.tile_tokens);
        ((x as u32).min(MAX_GROUPS), (y as u32).min(MAX_GROUPS))
    }
}

impl Wgsl for LinearKernel {
    fn wgsl(&self) -> String {
        let layout = &self.layout;
        let (rows, cols4) = (layout.rows, layout.cols / 4);
        let group = group_len(layout.format);
        let (tokens, width) = (self.tile_tokens, self.tile_rows);
        let mut body = String::new();
        let mut put = |line: String| {
            let _ = writeln!(body, "{line}");
        };
        for t in 0..tokens {
            put(format!("let x{t} = min(token + {t}u, tokens - 1u) * {cols4}u;"));
        }
        for c in 0..width {
            put(format!("let r{c} = min(row + {c}u, {}u);", rows - 1));
        }
        for t in 0..tokens {
            for c in 0..width {
                put(format!("var a{t}_{c} = 0.0;"));
            }
        }
        put(format!("for (var g = 0u; g < {}u; g++) {{", layout.cols / group));
        for c in 0..width {
            put(load_group(layout, &format!("r{c}"), "g", &format!("_{c}")));
        }
        put(format!("let k = g * {}u;", group / 4));
        for i in 0..group / 4 {
            put("{".into());
            for c in 0..width {
                put(format!(
                    "let v{c} = {};",
                    group_vec4(layout.format, i, &format!("_{c}"))
                ));
            }
            for t in 0..tokens {
                put(format!("let y{t} = x[x{t} + k + {i}u];"));
                for c in 0..width {
                    put(format!("a{t}_{c} += dot(y{t}, v{c});"));
                }
            }
            put("}".into());
        }
        put("}".into());
        for t in 0..tokens {
            put(format!("if (token + {t}u < tokens) {{"));
            for c in 0..width {
                let at = format!("(token + {t}u) * {rows}u + row + {c}u");
                let plus = if self.residual {
                    format!(" + residual[{at}]")
                } else {
                    String::new()
                };
                put(format!(
                    "if (row + {c}u < {rows}u) {{ y[{at}] = a{t}_{c}{plus}; }}"
                ));
            }
            put("}".into());
        }
        let residual = if self.residual {
            "@group(0) @binding(4) var<storage, read_write> residual: array<f32>;"
        } else {
            ""
        };
        format!(
            "@group(0) @binding(0) var<storage, read_write> x: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read_write> w: array<u32>;
@group(0) @binding(2) var<storage, read_write> n_tokens: array<u32>;
@group(0) @binding(3) var<storage, read_write> y: array<f32>;
{residual}
{FUNCTIONS}
@compute @workgroup_size({workgroup})
fn main(@builtin(global_invocation_id) id: vec3<u32>) {{
    let tokens = n_tokens[0];
    let row = id.x * {width}u;
    let token = id.y * {tile_tokens}u;
    if (row >= {rows}u || token >= tokens) {{ return; }}
    {body}
}}",
            workgroup = Self::WORKGROUP,
            tile_tokens = tokens,
        )
    }
}
