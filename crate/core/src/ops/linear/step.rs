//! WGSL that multiplies a step of a packed row, 32 weights, with the activations of some tokens.
//!
//! A weight of the formats with blocks of 32 is `scale * (raw * factor + shift) (+ minimum)`, where `raw` is what a
//! word holds in the weight's place, masked but not moved. The factors, powers of two, go into the activations, and
//! the shifts and minima into sums over them, once for all rows of a thread. A weight then costs a mask, a
//! conversion and a multiplication; moving bits would cost more than all three where a GPU is computed in software.
//! The other formats are unpacked as in [`crate::ops::wgsl`].

use crate::ops::wgsl::{group_len, group_vec4, load_group};
use crate::quant::{Format, PackedLayout};
use core::fmt::Write;

/// Constants and functions the code below uses.
pub const CONSTANTS: &str = "
const LOW = vec4<f32>(1.0, 0.00390625, 0.0000152587890625, 5.9604644775390625e-8);
const HIGH = vec4<f32>(0.0625, 0.000244140625, 9.5367431640625e-7, 3.7252902984619140625e-9);
fn low(word: u32) -> vec4<f32> {
    return vec4<f32>(vec4<i32>(vec4<u32>(word) & vec4<u32>(0xfu, 0xf00u, 0xf0000u, 0xf000000u)));
}
fn high(word: u32) -> vec4<f32> {
    return vec4<f32>(vec4<i32>(vec4<u32>(word) & vec4<u32>(0xf0u, 0xf000u, 0xf00000u, 0xf0000000u)));
}
fn bytes(word: u32) -> vec4<f32> {
    return vec4<f32>(vec4<i32>(vec4<u32>(word) & vec4<u32>(0xffu, 0xff00u, 0xff0000u, 0xff000000u)));
}
";

/// Steps that are worth being taken at once: sums are then loaded and stored less often. More do not pay.
pub fn longest_span(layout: &PackedLayout) -> usize {
    let steps = layout.cols / step_len(layout);
    if factor(layout.format, 0).is_some() && steps.is_multiple_of(2) {
        2
    } else {
        1
    }
}

/// Weights a step.
pub fn step_len(layout: &PackedLayout) -> usize {
    match group_len(layout.format) {
        4 if layout.cols.is_multiple_of(32) => 32,
        length => length,
    }
}

/// The factor of `vec4` number `i` of a step.
fn factor(format: Format, i: usize) -> Option<&'static str> {
    match format {
        Format::Q4_0 | Format::Q4_1 | Format::Q5_0 | Format::Q5_1 => Some(if i < 4 { "LOW" } else { "HIGH" }),
        Format::Q8_0 => Some("LOW"),
        _ => None,
    }
}

/// Whether a format adds a minimum a block.
fn has_minimum(format: Format) -> bool {
    matches!(format, Format::Q4_1 | Format::Q5_1)
}

/// The sum over a step of shifts times activations, given the sums of all (`sum`), of those at a word's highest
/// weight (`highest`) and of those at a word's highest nibble (`tops`). What a word holds highest is read as a signed
/// number, so that its shift differs by half of what its bits count to.
fn shifts(format: Format, id: &str) -> Option<String> {
    match format {
        Format::Q4_0 => Some(format!("8.0 * (tops{id} - sum{id})")),
        Format::Q4_1 | Format::Q5_1 => Some(format!("8.0 * tops{id}")),
        Format::Q5_0 => Some(format!("8.0 * tops{id} - 16.0 * sum{id}")),
        Format::Q8_0 => Some(format!("128.0 * (total{id}.w - sum{id})")),
        _ => None,
    }
}

/// Code that loads what `tokens` tokens have at `span` steps from `g` on, from the buffer `x` at the indices `at0`,
/// `at1` and so on. `normed` activations are multiplied with the weights in the buffer `norm`, and the squares of what they
/// were are added to `squares`.
pub fn load_activations(layout: &PackedLayout, tokens: usize, span: usize, normed: bool) -> String {
    let format = layout.format;
    let vectors = step_len(layout) / 4;
    let mut code = format!("let k = g * {vectors}u;\n");
    let mut push = |line: String| {
        let _ = writeln!(code, "{line}");
    };
    for step in 0..span {
        let first = step * vectors;
        for t in 0..tokens {
            for i in first..first + vectors {
                if normed {
                    push(format!("let in{t}_{i} = x[at{t} + k + {i}u];"));
                    push(format!("squares += in{t}_{i} * in{t}_{i};"));
                    push(format!("let x{t}_{i} = in{t}_{i} * norm[k + {i}u];"));
                } else {
                    push(format!("let x{t}_{i} = x[at{t} + k + {i}u];"));
                }
            }
            let id = format!("{t}_{step}");
            let Some(shift) = shifts(format, &id) else {
                continue;
            };
            let all: Vec<String> = (first..first + vectors).map(|i| format!("x{t}_{i}")).collect();
            push(format!("let total{id} = {};", all.join(" + ")));
            push(format!(
                "let sum{id} = total{id}.x + total{id}.y + total{id}.z + total{id}.w;"
            ));
            if format != Format::Q8_0 {
                let tops: Vec<String> = (first + 4..first + 8).map(|i| format!("x{t}_{i}.w")).collect();
                push(format!("let tops{id} = {};", tops.join(" + ")));
            }
            push(format!("let shift{id} = {shift};"));
            for i in 0..vectors {
                if let Some(factor) = factor(format, i) {
                    let at = first + i;
                    push(format!("let y{t}_{at} = x{t}_{at} * {factor};"));
                }
            }
        }
        if has_minimum(format) {
            for (quad, of) in quads(tokens).into_iter().enumerate() {
                push(format!(
                    "let sums{quad}_{step} = {};",
                    join(of, |t| format!("sum{t}_{step}"))
                ));
            }
        }
    }
    code
}

/// Code that multiplies `span` steps from `g` on of the row `r` of the matrix in the buffer `w` with the activations
/// loaded, and adds the products to `sum0`, `sum1` and so on, one for each of [`quads`].
pub fn multiply(layout: &PackedLayout, tokens: usize, span: usize) -> String {
    let format = layout.format;
    let vectors = step_len(layout) / 4;
    let quick = factor(format, 0).is_some();
    let activation = if quick { "y" } else { "x" };
    let mut code = String::new();
    for step in 0..span {
        let unpack = if quick {
            unpack_block(layout, step)
        } else {
            unpack_groups(layout, step)
        };
        let _ = writeln!(code, "{{\n{unpack}");
        for (quad, of) in quads(tokens).into_iter().enumerate() {
            let dots = join(of, |t| {
                let mut terms: Vec<String> = (0..vectors)
                    .map(|i| format!("dot(v{i}, {activation}{t}_{})", step * vectors + i))
                    .collect();
                if quick {
                    terms.push(format!("shift{t}_{step}"));
                }
                terms.join(" + ")
            });
            let product = match (quick, has_minimum(format)) {
                (false, _) => dots,
                (true, false) => format!("scale * ({dots})"),
                (true, true) => format!("scale * ({dots}) + minimum * sums{quad}_{step}"),
            };
            let _ = writeln!(code, "sum{quad} += {product};");
        }
        code += "}\n";
    }
    code
}

/// Code that loads a block of 32 weights, masked but not moved.
fn unpack_block(layout: &PackedLayout, step: usize) -> String {
    let format = layout.format;
    let mut code = String::new();
    let mut push = |line: String| {
        let _ = writeln!(code, "{line}");
    };
    push(format!(
        "let block = r * {}u + g + {step}u;",
        layout.blocks_per_row()
    ));
    push(format!("let p = block * {}u;", format.words_per_block()));
    if has_minimum(format) {
        push("let scales = w[p];".into());
        push("let scale = half_low(scales);".into());
        push("let minimum = half_high(scales);".into());
    } else {
        push(format!(
            "let scale = half_at(w[{}u + block / 2u], block);",
            layout.half_plane_offset()
        ));
    }
    if format == Format::Q8_0 {
        for i in 0..8 {
            push(format!("let v{i} = bytes(w[p + {i}u] ^ 0x00808080u);"));
        }
        return code;
    }
    let first = format.words_per_block() - 4;
    let five = matches!(format, Format::Q5_0 | Format::Q5_1);
    if five {
        push(format!("let fifths = w[p + {}u];", first - 1));
    }
    let fifth = |i: usize| {
        if five {
            format!(" + {}", fifth_bits(i))
        } else {
            String::new()
        }
    };
    for i in 0..4 {
        push(format!("let q{i} = w[p + {}u] ^ 0x80000000u;", first + i));
        push(format!("let v{i} = low(q{i}){};", fifth(i)));
        push(format!("let v{} = high(q{i}){};", i + 4, fifth(i + 4)));
    }
    code
}

/// Code that loads and unpacks the weights of a step of any format.
fn unpack_groups(layout: &PackedLayout, step: usize) -> String {
    let groups = step_len(layout) / group_len(layout.format);
    let each = group_len(layout.format) / 4;
    let mut code = String::new();
    for group in 0..groups {
        let suffix = format!("_{group}");
        let number = format!("((g + {step}u) * {groups}u + {group}u)");
        code += &load_group(layout, "r", &number, &suffix);
        for i in 0..each {
            let value = group_vec4(layout.format, i, &suffix);
            let _ = writeln!(code, "let v{} = {value};", group * each + i);
        }
    }
    code
}

/// The tokens whose sums share a vector: all of one, or four by four.
pub fn quads(tokens: usize) -> Vec<core::ops::Range<usize>> {
    (0..tokens).step_by(4).map(|t| t..(t + 4).min(tokens)).collect()
}

/// One value a token, as a number or a vector.
fn join(tokens: core::ops::Range<usize>, value: impl Fn(usize) -> String) -> String {
    if tokens.len() == 1 {
        return value(tokens.start);
    }
    let count = tokens.len();
    let values: Vec<String> = tokens.map(value).collect();
    format!("vec{count}<f32>({})", values.join(", "))
}

/// The fifth bits of `vec4` number `i`, in the place they have above the raw nibbles. Bit 31 is a sign.
fn fifth_bits(i: usize) -> String {
    let bits: Vec<usize> = (4 * i..4 * i + 4).collect();
    let masks: Vec<String> = bits.iter().map(|bit| format!("{:#x}u", 1u32 << bit)).collect();
    let factors: Vec<String> = bits
        .iter()
        .enumerate()
        .map(|(byte, bit)| {
            let place = 8 * byte as i32 + if i < 4 { 4 } else { 8 };
            let factor = 2f32.powi(place - *bit as i32);
            format!("{:?}", if *bit == 31 { -factor } else { factor })
        })
        .collect();
    format!(
        "vec4<f32>(vec4<i32>(vec4<u32>(fifths) & vec4<u32>({}))) * vec4<f32>({})",
        masks.join(", "),
        factors.join(", ")
    )
}
