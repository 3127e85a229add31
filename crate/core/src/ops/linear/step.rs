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

/// Whether the format adds a minimum a block, and the sum of its shifts times activations; the highest weight of a
/// word is read as a signed number, so that its shift differs by half of what its bits count to.
fn shifts(format: Format, t: usize) -> (bool, Option<String>) {
    let shift = match format {
        Format::Q4_0 => format!("8.0 * (tops{t} - sum{t})"),
        Format::Q4_1 | Format::Q5_1 => format!("8.0 * tops{t}"),
        Format::Q5_0 => format!("8.0 * tops{t} - 16.0 * sum{t}"),
        Format::Q8_0 => format!("128.0 * (total{t}.w - sum{t})"),
        _ => return (false, None),
    };
    (matches!(format, Format::Q4_1 | Format::Q5_1), Some(shift))
}

/// Code that loads what `tokens` tokens have at step `g`, from the buffer `x` at the indices `at0`, `at1` and so on.
pub fn load_activations(layout: &PackedLayout, tokens: usize) -> String {
    let format = layout.format;
    let vectors = step_len(layout) / 4;
    let mut code = format!("let k = g * {vectors}u;\n");
    let mut push = |line: String| {
        let _ = writeln!(code, "{line}");
    };
    for t in 0..tokens {
        for i in 0..vectors {
            push(format!("let x{t}_{i} = x[at{t} + k + {i}u];"));
        }
        let (_, Some(shift)) = shifts(format, t) else {
            continue;
        };
        let all: Vec<String> = (0..vectors).map(|i| format!("x{t}_{i}")).collect();
        push(format!("let total{t} = {};", all.join(" + ")));
        push(format!(
            "let sum{t} = total{t}.x + total{t}.y + total{t}.z + total{t}.w;"
        ));
        if format != Format::Q8_0 {
            push(format!(
                "let tops{t} = x{t}_4.w + x{t}_5.w + x{t}_6.w + x{t}_7.w;"
            ));
        }
        push(format!("let shift{t} = {shift};"));
        for i in 0..vectors {
            if let Some(factor) = factor(format, i) {
                push(format!("let y{t}_{i} = x{t}_{i} * {factor};"));
            }
        }
    }
    if tokens > 1 && shifts(format, 0).0 {
        push(format!("let sums = {};", join(tokens, |t| format!("sum{t}"))));
    }
    code
}

/// Code that loads step `g` of the row `r` of the matrix in the buffer `w`, and the expression of its product with
/// the activations loaded: one number a token.
pub fn multiply(layout: &PackedLayout, tokens: usize) -> (String, String) {
    let format = layout.format;
    let vectors = step_len(layout) / 4;
    let mut code = String::new();
    let mut push = |line: String| {
        let _ = writeln!(code, "{line}");
    };
    let quick = factor(format, 0).is_some();
    if quick {
        push(format!("let block = r * {}u + g;", layout.blocks_per_row()));
        push(format!("let p = block * {}u;", format.words_per_block()));
        match format {
            Format::Q4_1 | Format::Q5_1 => {
                push("let scales = w[p];".into());
                push("let scale = half_low(scales);".into());
                push("let minimum = half_high(scales);".into());
            }
            _ => push(format!(
                "let scale = half_at(w[{}u + block / 2u], block);",
                layout.half_plane_offset()
            )),
        }
        let first = format.words_per_block() - if format == Format::Q8_0 { 8 } else { 4 };
        if matches!(format, Format::Q5_0 | Format::Q5_1) {
            push(format!("let fifths = w[p + {}u];", first - 1));
        }
        let fifth = |i: usize| {
            if matches!(format, Format::Q5_0 | Format::Q5_1) {
                format!(" + {}", fifth_bits(i))
            } else {
                String::new()
            }
        };
        if format == Format::Q8_0 {
            for i in 0..8 {
                push(format!("let v{i} = bytes(w[p + {i}u] ^ 0x00808080u);"));
            }
        } else {
            for i in 0..4 {
                push(format!("let q{i} = w[p + {}u] ^ 0x80000000u;", first + i));
                push(format!("let v{i} = low(q{i}){};", fifth(i)));
                push(format!("let v{} = high(q{i}){};", i + 4, fifth(i + 4)));
            }
        }
    } else {
        let groups = step_len(layout) / group_len(format);
        let each = group_len(format) / 4;
        for group in 0..groups {
            let suffix = format!("_{group}");
            push(load_group(
                layout,
                "r",
                &format!("(g * {groups}u + {group}u)"),
                &suffix,
            ));
            for i in 0..each {
                push(format!(
                    "let v{} = {};",
                    group * each + i,
                    group_vec4(format, i, &suffix)
                ));
            }
        }
    }
    let activation = if quick { "y" } else { "x" };
    let dots = join(tokens, |t| {
        let mut terms: Vec<String> = (0..vectors)
            .map(|i| format!("dot(v{i}, {activation}{t}_{i})"))
            .collect();
        if quick {
            terms.push(format!("shift{t}"));
        }
        terms.join(" + ")
    });
    let product = match (quick, shifts(format, 0).0) {
        (false, _) => dots,
        (true, false) => format!("scale * ({dots})"),
        (true, true) => format!(
            "scale * ({dots}) + minimum * {}",
            if tokens == 1 { "sum0" } else { "sums" }
        ),
    };
    (code, product)
}

/// One value a token, as a number or a vector.
fn join(tokens: usize, value: impl Fn(usize) -> String) -> String {
    if tokens == 1 {
        return value(0);
    }
    let values: Vec<String> = (0..tokens).map(value).collect();
    format!("vec{tokens}<f32>({})", values.join(", "))
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
