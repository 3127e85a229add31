//! Blocks that cannot be unpacked to finite numbers.

use super::format::Format;

/// Places of the half-precision numbers of a block that scale or shift its weights; of formats without blocks, of their
/// one value.
const fn halves(format: Format) -> &'static [usize] {
    match format {
        Format::Q4_0 | Format::Q5_0 | Format::Q8_0 | Format::F16 | Format::BF16 => &[0],
        Format::Q4_1 | Format::Q5_1 | Format::Q4K | Format::Q5K => &[0, 2],
        Format::Q6K => &[208],
        Format::F32 => &[2],
    }
}

/// The first of some blocks whose weights are not all finite numbers.
pub fn first_not_finite(format: Format, bytes: &[u8]) -> Option<usize> {
    // All bits of the exponent set; the upper half of an f32 is a bf16.
    let exponent: u16 = match format {
        Format::F32 | Format::BF16 => 0x7f80,
        _ => 0x7c00,
    };
    let mut blocks = bytes.chunks_exact(format.block_bytes());
    blocks.position(|block| {
        let mut places = halves(format).iter();
        places.any(|at| u16::from_le_bytes([block[*at], block[at + 1]]) & exponent == exponent)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quant::{testing::random_blocks, unpack};

    #[test]
    fn a_block_is_refused_just_where_it_unpacks_to_what_is_no_number() {
        for format in Format::ALL {
            let (count, width) = (40, format.block_bytes());
            let good = random_blocks(format, count, 5);
            let finite = |bytes: &[u8]| {
                let mut values = vec![0.0; format.block_len()];
                unpack(format, bytes, &mut values).unwrap();
                values.iter().all(|value| value.is_finite())
            };
            let first = |bytes: &[u8]| bytes.chunks(width).position(|block| !finite(block));
            assert_eq!(first_not_finite(format, &good), first(&good), "{format}");
            // Every byte of a block made as large as it can be, or left.
            for at in 0..width {
                let mut bad = vec![0; 3 * width];
                bad[width + at] = 0xff;
                if let Some(next) = bad[..2 * width].get_mut(width + at + 1) {
                    *next = 0x7f;
                }
                assert_eq!(first_not_finite(format, &bad), first(&bad), "{format}, byte {at}");
            }
        }
    }
}
