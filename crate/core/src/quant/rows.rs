//! Unpacking rows of a packed matrix on the CPU: the inner loop of every CPU kernel.
//!
//! Everything here is `#[inline(always)]`, so that a caller compiled for wider vectors
//! (`#[target_feature]`) gets this code compiled for them too. The loops run over arrays of constant length
//! and have no branches and no bounds checks, which is what the compiler needs to vectorise them.

use super::{
    format::Format,
    half_float::{f16_to_f32, scale_to_f32},
    layout::{PackedLayout, Planes},
};

/// Unpacks one row of a packed matrix, to the bits that [`unpack`](super::unpack) gives.
///
/// # Panics
/// Where `words` or `out` do not fit the layout, or there is no such row.
#[inline(always)]
pub fn unpack_row(layout: &PackedLayout, words: &[u32], row: usize, out: &mut [f32]) {
    let Planes { main, halves } = layout.planes(words);
    let (blocks, block_words) = (layout.blocks_per_row(), layout.format.words_per_block());
    let main = &main[row * blocks * block_words..][..blocks * block_words];
    let halves = if layout.format.has_half_plane() {
        &halves[row * blocks..][..blocks]
    } else {
        halves
    };
    unpack_blocks(layout.format, main, halves, &mut out[..layout.cols]);
}

/// Unpacks successive blocks from their stretch of the main plane and of the half plane.
///
/// Stops at the end of the shortest of its arguments; the other end of a plane that a format does not have is
/// never looked at.
#[inline(always)]
pub fn unpack_blocks(format: Format, main: &[u32], halves: &[u16], out: &mut [f32]) {
    match format {
        Format::F32 => {
            for (out, &word) in out.iter_mut().zip(main) {
                *out = f32::from_bits(word);
            }
        }
        Format::F16 => {
            for (out, &half) in out.iter_mut().zip(halves) {
                *out = f16_to_f32(half);
            }
        }
        Format::BF16 => {
            for (out, &half) in out.iter_mut().zip(halves) {
                *out = f32::from_bits(u32::from(half) << 16);
            }
        }
        Format::Q4_0 => {
            for ((words, d), out) in scaled_blocks(main, halves, out) {
                q4_0(words, d, out);
            }
        }
        Format::Q4_1 => {
            for (words, out) in blocks(main, out) {
                q4_1(words, out);
            }
        }
        Format::Q5_0 => {
            for ((words, d), out) in scaled_blocks(main, halves, out) {
                q5_0(words, d, out);
            }
        }
        Format::Q5_1 => {
            for (words, out) in blocks(main, out) {
                q5_1(words, out);
            }
        }
        Format::Q8_0 => {
            for ((words, d), out) in scaled_blocks(main, halves, out) {
                q8_0(words, d, out);
            }
        }
        Format::Q4K => {
            for (words, out) in blocks(main, out) {
                q4k(words, out);
            }
        }
        Format::Q5K => {
            for (words, out) in blocks(main, out) {
                q5k(words, out);
            }
        }
        Format::Q6K => {
            for ((words, d), out) in scaled_blocks(main, halves, out) {
                q6k(words, d, out);
            }
        }
    }
}

/// The blocks of `W` words and `N` elements.
// An iterator, and not a function that calls another for each block: such a call goes through `Fn::call`,
// which is not inlined into a caller compiled for wider vectors.
#[inline(always)]
fn blocks<'a, const W: usize, const N: usize>(
    main: &'a [u32],
    out: &'a mut [f32],
) -> impl Iterator<Item = (&'a [u32; W], &'a mut [f32; N])> {
    main.as_chunks().0.iter().zip(out.as_chunks_mut().0)
}

/// The blocks of `W` words, one value of the half plane and `N` elements.
#[inline(always)]
fn scaled_blocks<'a, const W: usize, const N: usize>(
    main: &'a [u32],
    halves: &'a [u16],
    out: &'a mut [f32],
) -> impl Iterator<Item = ((&'a [u32; W], u16), &'a mut [f32; N])> {
    main.as_chunks()
        .0
        .iter()
        .zip(halves.iter().copied())
        .zip(out.as_chunks_mut().0)
}

/// The two halves of a word.
#[inline(always)]
fn halves_of(word: u32) -> (f32, f32) {
    (scale_to_f32(word as u16), scale_to_f32((word >> 16) as u16))
}

/// Four words as the 16 bytes they were.
#[inline(always)]
fn bytes16(words: &[u32; 4]) -> &[u8; 16] {
    bytemuck::cast_ref(words)
}

/// Eight words as the 32 bytes they were.
#[inline(always)]
fn bytes32(words: &[u32; 8]) -> &[u8; 32] {
    bytemuck::cast_ref(words)
}

/// 16 where bit `i` of `bits` is set, else 0.
#[inline(always)]
fn fifth_bit(bits: u32, i: usize) -> i32 {
    if bits & (1 << i) != 0 { 16 } else { 0 }
}

#[inline(always)]
fn q4_0(words: &[u32; 4], d: u16, out: &mut [f32; 32]) {
    let d = scale_to_f32(d);
    let low = bytes16(words);
    for i in 0..16 {
        out[i] = d * (i32::from(low[i] & 15) - 8) as f32;
        out[16 + i] = d * (i32::from(low[i] >> 4) - 8) as f32;
    }
}

#[inline(always)]
fn q4_1([dm, low @ ..]: &[u32; 5], out: &mut [f32; 32]) {
    let (d, m) = halves_of(*dm);
    let low = bytes16(low);
    for i in 0..16 {
        out[i] = d * i32::from(low[i] & 15) as f32 + m;
        out[16 + i] = d * i32::from(low[i] >> 4) as f32 + m;
    }
}

#[inline(always)]
fn q5_0([high, low @ ..]: &[u32; 5], d: u16, out: &mut [f32; 32]) {
    let d = scale_to_f32(d);
    let low = bytes16(low);
    for i in 0..16 {
        out[i] = d * ((i32::from(low[i] & 15) | fifth_bit(*high, i)) - 16) as f32;
        out[16 + i] = d * ((i32::from(low[i] >> 4) | fifth_bit(*high, 16 + i)) - 16) as f32;
    }
}

#[inline(always)]
fn q5_1([dm, high, low @ ..]: &[u32; 6], out: &mut [f32; 32]) {
    let (d, m) = halves_of(*dm);
    let low = bytes16(low);
    for i in 0..16 {
        out[i] = d * (i32::from(low[i] & 15) | fifth_bit(*high, i)) as f32 + m;
        out[16 + i] = d * (i32::from(low[i] >> 4) | fifth_bit(*high, 16 + i)) as f32 + m;
    }
}

#[inline(always)]
fn q8_0(words: &[u32; 8], d: u16, out: &mut [f32; 32]) {
    let d = scale_to_f32(d);
    let quants = bytes32(words);
    for i in 0..32 {
        out[i] = f32::from(quants[i] as i8) * d;
    }
}

/// The eight 6-bit scales and the eight 6-bit minima of a Q4_K or Q5_K block, one a byte.
///
/// Four at a time: the first four of each lie in the low six bits of a word's bytes, the low four bits of the
/// others in the third word, their high two bits above those of the first.
#[inline(always)]
fn scales_and_mins([scales, mins, rest]: [u32; 3]) -> ([u8; 8], [u8; 8]) {
    const SIX: u32 = 0x3f3f_3f3f;
    const FOUR: u32 = 0x0f0f_0f0f;
    const TOP_TWO: u32 = 0x3030_3030;
    let pair = |first: u32, low: u32| [first & SIX, low & FOUR | first >> 2 & TOP_TWO];
    (
        bytemuck::cast(pair(scales, rest)),
        bytemuck::cast(pair(mins, rest >> 4)),
    )
}

#[inline(always)]
fn q4k(words: &[u32; 36], out: &mut [f32; 256]) {
    let (d, dmin) = halves_of(words[0]);
    let (scales, mins) = scales_and_mins([words[1], words[2], words[3]]);
    let low = words[4..].as_chunks::<8>().0;
    for (pair, out) in out.as_chunks_mut::<64>().0.iter_mut().enumerate() {
        let low = bytes32(&low[pair]);
        let [scale0, scale1] = [0, 1].map(|k| d * f32::from(scales[2 * pair + k]));
        let [min0, min1] = [0, 1].map(|k| dmin * f32::from(mins[2 * pair + k]));
        for i in 0..32 {
            out[i] = scale0 * i32::from(low[i] & 15) as f32 - min0;
            out[32 + i] = scale1 * i32::from(low[i] >> 4) as f32 - min1;
        }
    }
}

#[inline(always)]
fn q5k(words: &[u32; 44], out: &mut [f32; 256]) {
    let (d, dmin) = halves_of(words[0]);
    let (scales, mins) = scales_and_mins([words[1], words[2], words[3]]);
    let planes = words[4..].as_chunks::<8>().0;
    let high = bytes32(&planes[0]);
    for (pair, out) in out.as_chunks_mut::<64>().0.iter_mut().enumerate() {
        let low = bytes32(&planes[1 + pair]);
        let [scale0, scale1] = [0, 1].map(|k| d * f32::from(scales[2 * pair + k]));
        let [min0, min1] = [0, 1].map(|k| dmin * f32::from(mins[2 * pair + k]));
        for i in 0..32 {
            let fifth = high[i] >> (2 * pair);
            out[i] = scale0 * i32::from(low[i] & 15 | (fifth & 1) << 4) as f32 - min0;
            out[32 + i] = scale1 * i32::from(low[i] >> 4 | (fifth & 2) << 3) as f32 - min1;
        }
    }
}

#[inline(always)]
fn q6k(words: &[u32; 52], d: u16, out: &mut [f32; 256]) {
    let d = scale_to_f32(d);
    let planes = words.as_chunks::<8>().0;
    let scales =
        bytes16(&[words[48], words[49], words[50], words[51]]).map(|scale| d * f32::from(scale as i8));
    for (part, out) in out.as_chunks_mut::<128>().0.iter_mut().enumerate() {
        let (low0, low1) = (bytes32(&planes[2 * part]), bytes32(&planes[2 * part + 1]));
        let high = bytes32(&planes[4 + part]);
        for group in 0..2 {
            let scale = |run: usize| scales[8 * part + 2 * run + group];
            let scale = [scale(0), scale(1), scale(2), scale(3)];
            for i in 16 * group..16 * group + 16 {
                let (low0, low1, high) = (low0[i], low1[i], high[i]);
                out[i] = scale[0] * centred(low0 & 15 | (high & 3) << 4);
                out[32 + i] = scale[1] * centred(low1 & 15 | (high & 12) << 2);
                out[64 + i] = scale[2] * centred(low0 >> 4 | high & 48);
                out[96 + i] = scale[3] * centred(low1 >> 4 | (high & 192) >> 2);
            }
        }
    }
}

/// A 6-bit quant around its middle.
#[inline(always)]
fn centred(quant: u8) -> f32 {
    (i32::from(quant) - 32) as f32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quant::{
        repack,
        testing::{golden, random_blocks},
        unpack,
    };

    #[test]
    fn rows_have_the_bits_of_the_reference_unpacking() {
        for format in Format::ALL {
            // An odd number of blocks a row, so that half-plane words straddle rows.
            let layout = PackedLayout::new(format, 7, 3 * format.block_len()).unwrap();
            for seed in 0..20 {
                let bytes = random_blocks(format, layout.blocks(), seed);
                let mut expected = vec![0.0; layout.rows * layout.cols];
                unpack(format, &bytes, &mut expected).unwrap();
                let words = repack(format, &bytes).unwrap();
                let mut row = vec![f32::NAN; layout.cols];
                for (number, expected) in expected.chunks_exact(layout.cols).enumerate() {
                    unpack_row(&layout, &words, number, &mut row);
                    let bits =
                        |values: &[f32]| values.iter().map(|value| value.to_bits()).collect::<Vec<_>>();
                    assert_eq!(bits(&row), bits(expected), "{format} row {number}");
                }
            }
        }
    }

    #[test]
    fn rows_have_the_bits_of_the_golden_values() {
        for format in Format::ALL {
            let (bytes, expected) = golden(format);
            let layout = PackedLayout::new(format, 1, expected.len()).unwrap();
            let mut row = vec![f32::NAN; expected.len()];
            unpack_row(&layout, &repack(format, &bytes).unwrap(), 0, &mut row);
            assert!(
                row.iter().zip(&expected).all(|(a, b)| a.to_bits() == b.to_bits()),
                "{format}"
            );
        }
    }
}
