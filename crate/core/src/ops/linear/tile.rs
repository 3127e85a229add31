//! The GPU kernel of [`super::linear`] for several tokens on a real GPU: each thread holds a tile of tokens x rows in
//! registers and unpacks the weights of its rows once for all tokens of the tile. No workgroup memory, no barrier.

use super::{Product, Store};
use crate::ops::gpu::{MAX_GROUPS, Wgsl};
use crate::ops::wgsl::{FUNCTIONS, group_len, group_vec4, load_group};
use core::fmt::Write;

const TILE_TOKENS: usize = 4;
const TILE_ROWS: usize = 8;

/// Parameters of one compiled kernel.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct TileKernel {
    pub product: Product,
}

impl TileKernel {
    /// Outputs of a thread for each of its tokens.
    pub fn outputs(&self) -> usize {
        TILE_ROWS / self.product.parts()
    }

    /// Workgroups for `tokens` tokens: outputs along x, tokens along y.
    pub fn groups(&self, tokens: usize) -> (u32, u32) {
        let x = self
            .product
            .outputs()
            .div_ceil(self.outputs())
            .div_ceil(Self::WORKGROUP as usize);
        let y = tokens.div_ceil(TILE_TOKENS);
        ((x as u32).min(MAX_GROUPS), (y as u32).min(MAX_GROUPS))
    }
}

impl Wgsl for TileKernel {
    fn wgsl(&self) -> String {
        let layout = &self.product.layout;
        let (outputs, cols4) = (self.product.outputs(), layout.cols / 4);
        let each = self.outputs();
        let group = group_len(layout.format);
        let mut body = String::new();
        let mut put = |line: String| {
            let _ = writeln!(body, "{line}");
        };
        for t in 0..TILE_TOKENS {
            put(format!("let x{t} = min(token + {t}u, tokens - 1u) * {cols4}u;"));
        }
        for c in 0..TILE_ROWS {
            let (part, c_of_part) = (c / each, c % each);
            put(format!(
                "let r{c} = {}u + min(row + {c_of_part}u, {}u);",
                part * outputs,
                outputs - 1
            ));
        }
        for t in 0..TILE_TOKENS {
            for c in 0..TILE_ROWS {
                put(format!("var a{t}_{c} = 0.0;"));
            }
        }
        put(format!("for (var g = 0u; g < {}u; g++) {{", layout.cols / group));
        for c in 0..TILE_ROWS {
            put(load_group(layout, &format!("r{c}"), "g", &format!("_{c}")));
        }
        put(format!("let k = g * {}u;", group / 4));
        for i in 0..group / 4 {
            put("{".into());
            for c in 0..TILE_ROWS {
                put(format!(
                    "let v{c} = {};",
                    group_vec4(layout.format, i, &format!("_{c}"))
                ));
            }
            for t in 0..TILE_TOKENS {
                put(format!("let y{t} = x[x{t} + k + {i}u];"));
                for c in 0..TILE_ROWS {
                    put(format!("a{t}_{c} += dot(y{t}, v{c});"));
                }
            }
            put("}".into());
        }
        put("}".into());
        for t in 0..TILE_TOKENS {
            put(format!("if (token + {t}u < tokens) {{"));
            if self.product.store == Store::LogSumExp {
                put("var top = -3.0e38;\nvar sum = 0.0;".into());
                for c in 0..each {
                    put(format!(
                        "if (row + {c}u < {outputs}u) {{ top = max(top, a{t}_{c}); }}"
                    ));
                }
                for c in 0..each {
                    put(format!(
                        "if (row + {c}u < {outputs}u) {{ sum += exp(a{t}_{c} - top); }}"
                    ));
                }
                put(format!(
                    "let at = ((token + {t}u) * {}u + id.x) * 2u;\ny[at] = top;\ny[at + 1u] = sum;\n}}",
                    outputs.div_ceil(each)
                ));
                continue;
            }
            for c in 0..each {
                let at = format!("(token + {t}u) * {outputs}u + row + {c}u");
                let value = match self.product.store {
                    Store::Plain | Store::LogSumExp => format!("a{t}_{c}"),
                    Store::Residual => format!("a{t}_{c} + residual[{at}]"),
                    Store::Swiglu => format!("swiglu(a{t}_{c}, a{t}_{})", c + each),
                };
                put(format!("if (row + {c}u < {outputs}u) {{ y[{at}] = {value}; }}"));
            }
            put("}".into());
        }
        format!(
            "{bindings}
{FUNCTIONS}
@compute @workgroup_size({workgroup})
fn main(@builtin(global_invocation_id) id: vec3<u32>) {{
    let tokens = n_tokens[0];
    let row = id.x * {each}u;
    let token = id.y * {TILE_TOKENS}u;
    if (row >= {outputs}u || token >= tokens) {{ return; }}
    {body}
}}",
            bindings = self.product.bindings(),
            workgroup = Self::WORKGROUP,
        )
    }
}
