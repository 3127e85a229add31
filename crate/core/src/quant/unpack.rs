//! The reference: plain unpacking of a file's blocks to f32, one block at a time, as the format is defined.

use super::{format::Format, half_float::f16_to_f32};
use crate::error::{Error, Result};

/// Unpacks blocks as they are in a file.
///
/// Gives the bits that the PyPI package `gguf` gives: every product and sum is rounded to f32 on its own.
///
/// # Errors
/// [`Error::ModelTensor`] where `bytes` and `out` do not belong to the same whole number of blocks.
pub fn unpack(format: Format, bytes: &[u8], out: &mut [f32]) -> Result<()> {
    let (block_bytes, block_len) = (format.block_bytes(), format.block_len());
    let blocks = bytes.len() / block_bytes;
    if !bytes.len().is_multiple_of(block_bytes) || blocks.checked_mul(block_len) != Some(out.len()) {
        let (given, wanted) = (bytes.len(), out.len());
        return Err(Error::ModelTensor(format!(
            "{given} bytes of {format} do not unpack to {wanted} elements"
        )));
    }
    for (block, out) in bytes
        .chunks_exact(block_bytes)
        .zip(out.chunks_exact_mut(block_len))
    {
        match format {
            Format::F32 => out[0] = f32::from_le_bytes([block[0], block[1], block[2], block[3]]),
            Format::F16 => out[0] = half(block),
            Format::BF16 => out[0] = f32::from_bits(u32::from_le_bytes([0, 0, block[0], block[1]])),
            Format::Q4_0 => offset_block(half(block), 8.0, None, &block[2..], out),
            Format::Q4_1 => linear_block(half(block), half(&block[2..]), None, &block[4..], out),
            Format::Q5_0 => offset_block(half(block), 16.0, Some(&block[2..6]), &block[6..], out),
            Format::Q5_1 => linear_block(
                half(block),
                half(&block[2..]),
                Some(&block[4..8]),
                &block[8..],
                out,
            ),
            Format::Q8_0 => {
                for (out, &q) in out.iter_mut().zip(&block[2..]) {
                    *out = f32::from(q as i8) * half(block);
                }
            }
            Format::Q4K => scaled_block(block, None, &block[16..], out),
            Format::Q5K => scaled_block(block, Some(&block[16..48]), &block[48..], out),
            Format::Q6K => q6k_block(block, out),
        }
    }
    Ok(())
}

/// The half at the start of `bytes`.
fn half(bytes: &[u8]) -> f32 {
    f16_to_f32(u16::from_le_bytes([bytes[0], bytes[1]]))
}

/// Quant `i` of 32: 16 bytes hold the first half in their low and the second in their high four bits; the
/// fifth bits are a bit field.
fn quant(fifth: Option<&[u8]>, low: &[u8], i: usize) -> f32 {
    let fifth = fifth.map_or(0, |bits| bits[i / 8] >> (i % 8) & 1);
    f32::from((low[i % 16] >> (4 * (i / 16)) & 15) | fifth << 4)
}

/// `d * (q - offset)`.
fn offset_block(d: f32, offset: f32, fifth: Option<&[u8]>, low: &[u8], out: &mut [f32]) {
    for (i, out) in out.iter_mut().enumerate() {
        *out = d * (quant(fifth, low, i) - offset);
    }
}

/// `d * q + m`.
fn linear_block(d: f32, m: f32, fifth: Option<&[u8]>, low: &[u8], out: &mut [f32]) {
    for (i, out) in out.iter_mut().enumerate() {
        *out = d * quant(fifth, low, i) + m;
    }
}

/// 6-bit scale and minimum of group `j` of 8: the first four groups lie in bytes of their own, the low four
/// bits of the others in the last four bytes, their high two bits above those of the first.
fn scale_and_min(packed: &[u8], j: usize) -> (f32, f32) {
    let (scale, min) = if j < 4 {
        (packed[j] & 63, packed[j + 4] & 63)
    } else {
        (
            packed[j + 4] & 15 | packed[j - 4] >> 6 << 4,
            packed[j + 4] >> 4 | packed[j] >> 6 << 4,
        )
    };
    (f32::from(scale), f32::from(min))
}

/// `d * scale * q - dmin * min` for 8 groups of 32; 32 bytes hold two groups, in their low and their high four
/// bits, and bit `j` of the fifth-bit bytes belongs to group `j`.
fn scaled_block(block: &[u8], fifth: Option<&[u8]>, low: &[u8], out: &mut [f32]) {
    let (d, dmin) = (half(block), half(&block[2..]));
    for (j, out) in out.chunks_exact_mut(32).enumerate() {
        let (scale, min) = scale_and_min(&block[4..16], j);
        let (scale, min) = (d * scale, dmin * min);
        for (l, out) in out.iter_mut().enumerate() {
            let fifth = fifth.map_or(0, |bits| bits[l] >> j & 1);
            let q = (low[j / 2 * 32 + l] >> (4 * (j % 2)) & 15) | fifth << 4;
            *out = scale * f32::from(q) - min;
        }
    }
}

/// `d * scale * (q - 32)` for 16 groups of 16, in two halves of four runs of 32: the low four bits of runs 0
/// and 2, and of 1 and 3, share 32 bytes, the high two bits of all four share 32 others.
fn q6k_block(block: &[u8], out: &mut [f32]) {
    let (low, high, scales, d) = (
        &block[..128],
        &block[128..192],
        &block[192..208],
        half(&block[208..]),
    );
    for (i, out) in out.iter_mut().enumerate() {
        let (part, run, l) = (i / 128, i / 32 % 4, i % 32);
        let low = low[part * 64 + run % 2 * 32 + l] >> (4 * (run / 2)) & 15;
        let high = high[part * 32 + l] >> (2 * run) & 3;
        *out = d * f32::from(scales[i / 16] as i8) * (f32::from(low | high << 4) - 32.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quant::testing::golden;

    #[test]
    fn every_format_gives_the_bits_of_the_reference() {
        for format in Format::ALL {
            let (blocks, expected) = golden(format);
            let mut values = vec![f32::NAN; expected.len()];
            unpack(format, &blocks, &mut values).unwrap();
            for (i, (ours, theirs)) in values.iter().zip(&expected).enumerate() {
                assert_eq!(
                    ours.to_bits(),
                    theirs.to_bits(),
                    "{format} element {i}: {ours} is not {theirs}"
                );
            }
        }
    }

    #[test]
    fn lengths_that_do_not_belong_together_are_refused() {
        for format in Format::ALL {
            let bytes = vec![0; 2 * format.block_bytes()];
            let mut out = vec![0.0; 2 * format.block_len()];
            assert_eq!(
                unpack(format, &bytes[1..], &mut out).unwrap_err().code(),
                "model.tensor"
            );
            assert_eq!(
                unpack(format, &bytes, &mut out[1..]).unwrap_err().code(),
                "model.tensor"
            );
            unpack(format, &bytes, &mut out).unwrap();
        }
    }
}
