//! 16-bit floats.

use std::sync::OnceLock;

/// The f32 of the same value as the IEEE 754 half with these bits; exact, also for subnormals and infinities.
///
/// Exponent and mantissa at the places of those of an f32 are the value divided by 2^112, for subnormals too.
#[inline(always)]
pub fn f16_to_f32(bits: u16) -> f32 {
    const EXPONENT: u32 = 0x1f << 23;
    const TWO_POW_112: f32 = f32::from_bits((127 + 112) << 23);
    let magnitude = (u32::from(bits) & 0x7fff) << 13;
    let sign = (u32::from(bits) & 0x8000) << 16;
    let value = (f32::from_bits(magnitude) * TWO_POW_112).to_bits();
    let infinite = if magnitude >= EXPONENT { 0xff << 23 } else { 0 };
    f32::from_bits(value | infinite | sign)
}

/// Every half by its bits.
pub type HalfTable = [f32; 1 << 16];

/// [`f16_to_f32`] of all 65,536 halves, made on first use. A kernel that reads a scale for every 32 weights spends
/// nearly half of its time on converting them, and hardly any on looking them up.
pub fn half_table() -> &'static HalfTable {
    static TABLE: OnceLock<Box<HalfTable>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let values: Vec<f32> = (0..=u16::MAX).map(f16_to_f32).collect();
        // As many values as there are bit patterns, so the other case does not arise.
        values.try_into().unwrap_or_else(|_| Box::new([0.0; 1 << 16]))
    })
}

#[cfg(test)]
mod tests {
    use half::f16;

    use super::*;

    #[test]
    fn every_half_has_the_value_the_half_crate_gives() {
        for bits in 0..=u16::MAX {
            assert_eq!(
                half_table()[usize::from(bits)].to_bits(),
                f16_to_f32(bits).to_bits()
            );
            let (ours, theirs) = (f16_to_f32(bits), f16::from_bits(bits).to_f32_const());
            if theirs.is_nan() {
                assert!(ours.is_nan(), "{bits:#06x}");
            } else {
                assert_eq!(ours.to_bits(), theirs.to_bits(), "{bits:#06x}");
            }
        }
    }
}
