//! 16-bit floats.

/// The f32 of the same value as the IEEE 754 half with these bits; exact, also for subnormals and infinities.
///
/// Normal numbers, which the scales of blocks nearly always are, take integer operations only; the others are left
/// to a call, so that the way there costs the usual case nothing.
#[inline(always)]
pub fn f16_to_f32(bits: u16) -> f32 {
    match bits & 0x7c00 {
        0 | 0x7c00 => unusual(bits),
        _ => {
            let sign = (u32::from(bits) & 0x8000) << 16;
            f32::from_bits((((u32::from(bits) & 0x7fff) << 13) + ((127 - 15) << 23)) | sign)
        }
    }
}

/// Zero, subnormals, infinities and NaN: exponent and mantissa at the places of those of an f32 are the value divided
/// by 2^112.
#[cold]
#[inline(never)]
fn unusual(bits: u16) -> f32 {
    const EXPONENT: u32 = 0x1f << 23;
    const TWO_POW_112: f32 = f32::from_bits((127 + 112) << 23);
    let magnitude = (u32::from(bits) & 0x7fff) << 13;
    let sign = (u32::from(bits) & 0x8000) << 16;
    let value = (f32::from_bits(magnitude) * TWO_POW_112).to_bits();
    let infinite = if magnitude >= EXPONENT { 0xff << 23 } else { 0 };
    f32::from_bits(value | infinite | sign)
}

#[cfg(test)]
mod tests {
    use half::f16;

    use super::*;

    #[test]
    fn every_half_has_the_value_the_half_crate_gives() {
        for bits in 0..=u16::MAX {
            let (ours, theirs) = (f16_to_f32(bits), f16::from_bits(bits).to_f32_const());
            if theirs.is_nan() {
                assert!(ours.is_nan(), "{bits:#06x}");
            } else {
                assert_eq!(ours.to_bits(), theirs.to_bits(), "{bits:#06x}");
            }
        }
    }
}
