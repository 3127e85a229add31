//! WGSL that unpacks the block formats of [`crate::quant`], four weights at a time.
//!
//! A matrix is walked in *groups*: runs of [`group_len`] weights of one row that share their scale (32 of them, or
//! 4 for the formats without blocks). For a group the generated code first loads scales and words into locals,
//! then each `vec4` of weights is one expression over those locals.

use crate::quant::{Format, PackedLayout};
use core::fmt::Write;

/// Weights a group.
pub const fn group_len(format: Format) -> usize {
    match format {
        Format::F32 | Format::F16 | Format::BF16 => 4,
        _ => 32,
    }
}

/// Functions every unpacking kernel needs.
///
/// `half_of` decodes IEEE half precision by hand: `unpack2x16float` may flush subnormals, and the scales of
/// K-quants are often subnormal. Shifts are avoided where a multiplication or a conversion does the same exactly:
/// SwiftShader computes the shift of a vector one lane at a time.
pub const FUNCTIONS: &str = "
fn half_of(magnitude: i32, sign: u32) -> f32 {
    let normal = bitcast<f32>(u32(magnitude) * 8192u + 0x38000000u);
    let value = select(normal, f32(magnitude) * 5.9604644775390625e-8, magnitude < 0x400);
    return bitcast<f32>(bitcast<u32>(value) | sign);
}
fn half_low(word: u32) -> f32 {
    return half_of(i32(word & 0x7fffu), (word & 0x8000u) * 65536u);
}
fn half_high(word: u32) -> f32 {
    return half_of(i32(f32(i32(word & 0x7fff0000u)) * 0.0000152587890625), word & 0x80000000u);
}
fn half_at(word: u32, index: u32) -> f32 {
    return half_high(word * select(65536u, 1u, (index & 1u) == 1u));
}
fn nibbles(word: u32) -> vec4<f32> {
    return vec4<f32>(unpack4xU8(word & 0x0f0f0f0fu));
}
fn fifth_bits(bits: u32) -> vec4<u32> {
    return ((vec4<u32>(bits) >> vec4<u32>(0u, 1u, 2u, 3u)) & vec4<u32>(1u)) << vec4<u32>(4u);
}
";

/// Code that loads group `g` of row `row` (WGSL expressions) of the matrix in the buffer `w`, into locals whose
/// names end in `suffix`.
pub fn load_group(layout: &PackedLayout, row: &str, g: &str, suffix: &str) -> String {
    let format = layout.format;
    let groups = layout.cols / group_len(format);
    let half = layout.half_plane_offset();
    let s = suffix;
    let mut code = String::new();
    let mut push = |line: String| {
        let _ = writeln!(code, "{line}");
    };
    let block_words = format.words_per_block();
    push(format!("let b{s} = {row} * {groups}u + {g};"));
    let scale_from_half = format!("let d{s} = half_at(w[{half}u + (b{s} >> 1u)], b{s});");
    match format {
        Format::F32 => push(format!("let p{s} = b{s} * 4u;")),
        Format::F16 | Format::BF16 => push(format!("let p{s} = b{s} * 2u;")),
        Format::Q4_0 | Format::Q5_0 | Format::Q8_0 => {
            push(scale_from_half);
            push(format!("let p{s} = b{s} * {block_words}u;"));
            if matches!(format, Format::Q5_0) {
                push(format!("let h{s} = w[p{s}];"));
            }
        }
        Format::Q4_1 | Format::Q5_1 => {
            push(format!("let p{s} = b{s} * {block_words}u;"));
            push(format!("let dm{s} = w[p{s}];"));
            push(format!("let d{s} = half_low(dm{s});"));
            push(format!("let m{s} = half_high(dm{s});"));
            if matches!(format, Format::Q5_1) {
                push(format!("let h{s} = w[p{s} + 1u];"));
            }
        }
        Format::Q4K | Format::Q5K => {
            // Eight groups a super-block; scales and minima are 6 bits, packed over 12 bytes.
            push(format!("let p{s} = (b{s} >> 3u) * {block_words}u;"));
            push(format!("let j{s} = b{s} & 7u;"));
            push(format!("let c{s} = (j{s} & 3u) * 8u;"));
            push(format!("let lo{s} = w[p{s} + 1u] >> c{s};"));
            push(format!("let mid{s} = w[p{s} + 2u] >> c{s};"));
            push(format!("let hi{s} = w[p{s} + 3u] >> c{s};"));
            push(format!(
                "let sc{s} = select((hi{s} & 15u) | ((lo{s} >> 2u) & 48u), lo{s} & 63u, j{s} < 4u);"
            ));
            push(format!(
                "let mn{s} = select(((hi{s} >> 4u) & 15u) | ((mid{s} >> 2u) & 48u), mid{s} & 63u, j{s} < 4u);"
            ));
            push(format!("let d{s} = half_low(w[p{s}]) * f32(sc{s});"));
            push(format!("let m{s} = half_high(w[p{s}]) * f32(mn{s});"));
            push(format!("let sh{s} = (j{s} & 1u) * 4u;"));
            push(format!(
                "let q{s} = p{s} + {}u + (j{s} >> 1u) * 8u;",
                block_words - 32
            ));
        }
        Format::Q6K => {
            push(format!("let sb{s} = b{s} >> 3u;"));
            push(format!("let p{s} = sb{s} * {block_words}u;"));
            push(format!("let n{s} = (b{s} >> 2u) & 1u;"));
            push(format!("let k{s} = b{s} & 3u;"));
            push(format!("let d{s} = half_at(w[{half}u + (sb{s} >> 1u)], sb{s});"));
            push(format!(
                "let scales{s} = unpack4xI8(w[p{s} + 48u + n{s} * 2u + (k{s} >> 1u)]);"
            ));
            push(format!(
                "let pair{s} = select(vec2<f32>(scales{s}.xy), vec2<f32>(scales{s}.zw), (k{s} & 1u) == 1u) * d{s};"
            ));
            push(format!("let q{s} = p{s} + n{s} * 16u + (k{s} & 1u) * 8u;"));
            push(format!("let sh{s} = (k{s} >> 1u) * 4u;"));
            push(format!("let h{s} = p{s} + 32u + n{s} * 8u;"));
            push(format!("let hs{s} = k{s} * 2u;"));
        }
    }
    code
}

/// The expression of `vec4` number `i` of the group loaded under `suffix`.
pub fn group_vec4(format: Format, i: usize, suffix: &str) -> String {
    let s = suffix;
    // In the 4- and 5-bit formats with blocks of 32, word i % 4 holds elements 4i.. in its low nibbles and
    // 16 + 4i.. in its high ones.
    let nibble_word = |first: usize| {
        let word = format!("w[p{s} + {}u]", first + i % 4);
        if i < 4 { word } else { format!("({word} >> 4u)") }
    };
    let five = |first: usize| {
        format!(
            "vec4<f32>(unpack4xU8({} & 0x0f0f0f0fu) | fifth_bits(h{s} >> {}u))",
            nibble_word(first),
            4 * i
        )
    };
    match format {
        Format::F32 => format!(
            "vec4<f32>(bitcast<f32>(w[p{s}]), bitcast<f32>(w[p{s} + 1u]), bitcast<f32>(w[p{s} + 2u]), bitcast<f32>(w[p{s} + 3u]))"
        ),
        Format::F16 => format!(
            "vec4<f32>(half_low(w[p{s}]), half_high(w[p{s}]), half_low(w[p{s} + 1u]), half_high(w[p{s} + 1u]))"
        ),
        Format::BF16 => format!(
            "vec4<f32>(bitcast<f32>(w[p{s}] << 16u), bitcast<f32>(w[p{s}] & 0xffff0000u), bitcast<f32>(w[p{s} + 1u] << 16u), bitcast<f32>(w[p{s} + 1u] & 0xffff0000u))"
        ),
        Format::Q4_0 => format!("(nibbles({}) - 8.0) * d{s}", nibble_word(0)),
        Format::Q4_1 => format!("nibbles({}) * d{s} + m{s}", nibble_word(1)),
        Format::Q5_0 => format!("({} - 16.0) * d{s}", five(1)),
        Format::Q5_1 => format!("{} * d{s} + m{s}", five(2)),
        Format::Q8_0 => format!("vec4<f32>(unpack4xI8(w[p{s} + {i}u])) * d{s}"),
        Format::Q4K => format!("nibbles(w[q{s} + {i}u] >> sh{s}) * d{s} - m{s}"),
        Format::Q5K => format!(
            "vec4<f32>(unpack4xU8(((w[q{s} + {i}u] >> sh{s}) & 0x0f0f0f0fu) | (((w[p{s} + {}u] >> j{s}) & 0x01010101u) << 4u))) * d{s} - m{s}",
            4 + i
        ),
        Format::Q6K => format!(
            "(vec4<f32>(unpack4xU8(((w[q{s} + {i}u] >> sh{s}) & 0x0f0f0f0fu) | (((w[h{s} + {i}u] >> hs{s}) & 0x03030303u) << 4u))) - 32.0) * pair{s}.{}",
            if i < 4 { "x" } else { "y" }
        ),
    }
}
