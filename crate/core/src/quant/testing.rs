//! Blocks for the tests of this module.

use half::f16;

use super::format::Format;

/// What the PyPI package `gguf` makes of some blocks (`tests/reference/quant/make.py`): the blocks as they
/// are in a file, and their elements.
pub(crate) fn golden(format: Format) -> (Vec<u8>, Vec<f32>) {
    macro_rules! files {
        ($name:literal) => {
            (
                include_bytes!(concat!(
                    "../../../../tests/reference/quant/",
                    $name,
                    ".blocks"
                ))
                .to_vec(),
                include_bytes!(concat!("../../../../tests/reference/quant/", $name, ".f32")).as_slice(),
            )
        };
    }
    let (blocks, values) = match format {
        Format::F32 => files!("F32"),
        Format::F16 => files!("F16"),
        Format::BF16 => files!("BF16"),
        Format::Q4_0 => files!("Q4_0"),
        Format::Q4_1 => files!("Q4_1"),
        Format::Q5_0 => files!("Q5_0"),
        Format::Q5_1 => files!("Q5_1"),
        Format::Q8_0 => files!("Q8_0"),
        Format::Q4K => files!("Q4_K"),
        Format::Q5K => files!("Q5_K"),
        Format::Q6K => files!("Q6_K"),
    };
    let values: Vec<f32> = values
        .as_chunks()
        .0
        .iter()
        .map(|&bytes| f32::from_le_bytes(bytes))
        .collect();
    assert_eq!(
        blocks.len() / format.block_bytes() * format.block_len(),
        values.len()
    );
    assert!(!values.is_empty());
    (blocks, values)
}

/// Bytes from a seed (xorshift64*).
pub(crate) fn random_bytes(count: usize, seed: u64) -> Vec<u8> {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut next = || {
        state ^= state >> 12;
        state ^= state << 25;
        state ^= state >> 27;
        (state.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 56) as u8
    };
    (0..count).map(|_| next()).collect()
}

/// Blocks of random bytes whose scales are finite, so that no element is NaN.
pub(crate) fn random_blocks(format: Format, blocks: usize, seed: u64) -> Vec<u8> {
    let mut bytes = random_bytes(blocks * format.block_bytes(), seed);
    let scales: &[usize] = match format {
        Format::F32 => &[2],
        Format::F16 | Format::BF16 | Format::Q4_0 | Format::Q5_0 | Format::Q8_0 => &[0],
        Format::Q4_1 | Format::Q5_1 | Format::Q4K | Format::Q5K => &[0, 2],
        Format::Q6K => &[208],
    };
    for block in bytes.chunks_exact_mut(format.block_bytes()) {
        for &at in scales {
            let scale = f16::from_bits(u16::from_le_bytes([block[at], block[at + 1]]));
            if !scale.is_finite() {
                block[at + 1] ^= 0x40;
            }
        }
    }
    bytes
}
