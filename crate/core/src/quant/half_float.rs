//! 16-bit floats.

/// The f32 of the same value as the IEEE 754 half with these bits; exact, also for subnormals and infinities.
///
/// Integer operations and one subtraction, without branches, so that loops over it are vectorised.
#[inline(always)]
pub fn f16_to_f32(bits: u16) -> f32 {
    const EXPONENT: u32 = 0x1f << 23;
    const REBIAS: u32 = (127 - 15) << 23;
    // Exponent and mantissa of the half, at the places of those of an f32.
    let magnitude = (u32::from(bits) & 0x7fff) << 13;
    let sign = (u32::from(bits) & 0x8000) << 16;
    let normal = magnitude + REBIAS;
    // An f32 one exponent higher has the subnormal's mantissa below a leading one that is then taken away.
    let subnormal = (f32::from_bits(normal + (1 << 23)) - f32::from_bits(REBIAS + (1 << 23))).to_bits();
    let infinite = normal + ((255 - 31 - (127 - 15)) << 23);
    let value = match magnitude & EXPONENT {
        0 => subnormal,
        EXPONENT => infinite,
        _ => normal,
    };
    f32::from_bits(value | sign)
}

/// [`f16_to_f32`] for the scale of a block: quick for normal numbers, which scales are.
///
/// The call in the other cases does one thing more: it keeps the compiler from vectorising across blocks,
/// which it otherwise prefers to vectorising within one, and which takes twice the time.
#[inline(always)]
pub(super) fn scale_to_f32(bits: u16) -> f32 {
    match bits & 0x7c00 {
        0 | 0x7c00 => unusual_scale(bits),
        _ => {
            let sign = (u32::from(bits) & 0x8000) << 16;
            f32::from_bits((((u32::from(bits) & 0x7fff) << 13) + ((127 - 15) << 23)) | sign)
        }
    }
}

#[cold]
#[inline(never)]
fn unusual_scale(bits: u16) -> f32 {
    f16_to_f32(bits)
}

#[cfg(test)]
mod tests {
    use half::f16;

    use super::*;

    #[test]
    fn every_half_has_the_value_the_half_crate_gives() {
        for bits in 0..=u16::MAX {
            let (ours, theirs) = (f16_to_f32(bits), f16::from_bits(bits).to_f32_const());
            assert_eq!(scale_to_f32(bits).to_bits(), ours.to_bits(), "{bits:#06x}");
            if theirs.is_nan() {
                assert!(ours.is_nan(), "{bits:#06x}");
            } else {
                assert_eq!(ours.to_bits(), theirs.to_bits(), "{bits:#06x}");
            }
        }
    }
}
