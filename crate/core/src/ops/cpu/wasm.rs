//! WebAssembly's SIMD128, with or without relaxed SIMD (fused multiply-add).

use super::simd::Simd;
use core::arch::wasm32::*;

/// Bytes are taken out of 32-bit lanes one place of all lanes at a time, at the top of a lane: shifts and masks of
/// lanes are cheaper in browsers than shuffles, whose constants are made anew each time.
const fn byte_places() -> [(usize, f32); 16] {
    let mut places = [(0, 1.0 / 16_777_216.0); 16];
    let mut i = 0;
    while i < 16 {
        places[i].0 = i % 4 * 4 + i / 4;
        i += 1;
    }
    places
}

/// Nibbles are taken out of 32-bit lanes one place of all lanes at a time, where they stand in the lower half.
const fn nibble_places() -> [(usize, f32); 32] {
    let mut places = [(0, 1.0); 32];
    let mut i = 0;
    while i < 32 {
        let (nibble, lane) = (i / 4, i % 4);
        let factor = 1u32 << (4 * (nibble % 4));
        places[i] = (nibble % 2 * 16 + lane * 4 + nibble / 2, 1.0 / factor as f32);
        i += 1;
    }
    places
}

#[inline(always)]
fn lowest_nibbles(lanes: v128) -> [v128; 4] {
    [
        f32x4_convert_i32x4(v128_and(lanes, i32x4_splat(15))),
        f32x4_convert_i32x4(v128_and(lanes, i32x4_splat(15 << 4))),
        f32x4_convert_i32x4(v128_and(lanes, i32x4_splat(15 << 8))),
        f32x4_convert_i32x4(v128_and(lanes, i32x4_splat(15 << 12))),
    ]
}

/// `RELAXED` may only be true in a module built for browsers with relaxed SIMD.
#[derive(Clone, Copy)]
pub struct Simd128<const RELAXED: bool>;

impl<const RELAXED: bool> Simd for Simd128<RELAXED> {
    const NAME: &'static str = if RELAXED { "relaxed SIMD" } else { "SIMD128" };
    const LANES: usize = 4;
    const BYTE_PLACES: [(usize, f32); 16] = byte_places();
    const NIBBLE_PLACES: [(usize, f32); 32] = nibble_places();
    type F = v128;
    type B = v128;
    type Wide = [v128; 4];
    type I = v128;
    type Step = [v128; 2];

    #[inline(always)]
    unsafe fn load(from: *const f32) -> v128 {
        // SAFETY: the caller vouches for the place; v128 loads need no alignment.
        unsafe { v128_load(from.cast()) }
    }
    #[inline(always)]
    unsafe fn store(to: *mut f32, value: v128) {
        // SAFETY: as above.
        unsafe { v128_store(to.cast(), value) }
    }
    #[inline(always)]
    fn splat(value: f32) -> v128 {
        f32x4_splat(value)
    }
    #[inline(always)]
    fn add(a: v128, b: v128) -> v128 {
        f32x4_add(a, b)
    }
    #[inline(always)]
    fn sub(a: v128, b: v128) -> v128 {
        f32x4_sub(a, b)
    }
    #[inline(always)]
    fn mul(a: v128, b: v128) -> v128 {
        f32x4_mul(a, b)
    }
    #[inline(always)]
    fn div(a: v128, b: v128) -> v128 {
        f32x4_div(a, b)
    }
    #[inline(always)]
    fn mul_add(a: v128, b: v128, c: v128) -> v128 {
        #[cfg(feature = "relaxed-simd")]
        if RELAXED {
            return f32x4_relaxed_madd(a, b, c);
        }
        f32x4_add(f32x4_mul(a, b), c)
    }
    #[inline(always)]
    fn max(a: v128, b: v128) -> v128 {
        f32x4_max(a, b)
    }
    #[inline(always)]
    fn min(a: v128, b: v128) -> v128 {
        f32x4_min(a, b)
    }
    #[inline(always)]
    fn sum(value: v128) -> f32 {
        let pairs = f32x4_add(value, i32x4_shuffle::<2, 3, 0, 1>(value, value));
        f32x4_extract_lane::<0>(pairs) + f32x4_extract_lane::<1>(pairs)
    }
    #[inline(always)]
    fn pow2_of_shifted(shifted: v128) -> v128 {
        i32x4_add(i32x4_shl(shifted, 23), i32x4_splat(1f32.to_bits() as i32))
    }

    #[inline(always)]
    unsafe fn bytes(from: *const u8) -> v128 {
        // SAFETY: as for `load`.
        unsafe { v128_load(from.cast()) }
    }
    #[inline(always)]
    unsafe fn store_bytes(to: *mut u8, bytes: v128) {
        // SAFETY: as for `load`.
        unsafe { v128_store(to.cast(), bytes) }
    }
    #[inline(always)]
    fn splat_byte(value: u8) -> v128 {
        u8x16_splat(value)
    }
    #[inline(always)]
    fn and(a: v128, b: v128) -> v128 {
        v128_and(a, b)
    }
    #[inline(always)]
    fn or(a: v128, b: v128) -> v128 {
        v128_or(a, b)
    }
    #[inline(always)]
    fn sub_bytes(a: v128, b: v128) -> v128 {
        i8x16_sub(a, b)
    }
    #[inline(always)]
    fn shift_right<const N: u32>(value: v128) -> v128 {
        // Shifts of 16-bit lanes and a mask: shifts of bytes take more instructions on x86.
        v128_and(u16x8_shr(value, N), u8x16_splat(0xff >> N))
    }
    #[inline(always)]
    fn where_bits(bytes: v128, bits: v128, value: u8) -> v128 {
        v128_and(i8x16_eq(v128_and(bytes, bits), bits), u8x16_splat(value))
    }
    #[inline(always)]
    fn spread(bits: u16) -> (v128, v128) {
        let places = i8x16(0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1);
        (
            i8x16_swizzle(u16x8_splat(bits), places),
            u8x16(1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128),
        )
    }
    #[inline(always)]
    fn widen(bytes: v128) -> [v128; 4] {
        let (low, high) = (i16x8_extend_low_i8x16(bytes), i16x8_extend_high_i8x16(bytes));
        [
            f32x4_convert_i32x4(i32x4_extend_low_i16x8(low)),
            f32x4_convert_i32x4(i32x4_extend_high_i16x8(low)),
            f32x4_convert_i32x4(i32x4_extend_low_i16x8(high)),
            f32x4_convert_i32x4(i32x4_extend_high_i16x8(high)),
        ]
    }
    #[inline(always)]
    fn lane_bytes(bytes: v128) -> [v128; 4] {
        let top = i32x4_splat(0xff00_0000_u32 as i32);
        [
            f32x4_convert_i32x4(i32x4_shl(bytes, 24)),
            f32x4_convert_i32x4(v128_and(i32x4_shl(bytes, 16), top)),
            f32x4_convert_i32x4(v128_and(i32x4_shl(bytes, 8), top)),
            f32x4_convert_i32x4(v128_and(bytes, top)),
        ]
    }
    #[inline(always)]
    fn lane_nibbles(bytes: v128) -> [[v128; 4]; 2] {
        [lowest_nibbles(bytes), lowest_nibbles(u32x4_shr(bytes, 16))]
    }

    #[inline(always)]
    unsafe fn groups(from: *const u32) -> v128 {
        // SAFETY: as for `load`.
        unsafe { v128_load(from.cast()) }
    }
    #[inline(always)]
    fn splat_group(word: u32) -> v128 {
        u32x4_splat(word)
    }
    #[inline(always)]
    fn join(bytes: [v128; 2]) -> [v128; 2] {
        bytes
    }
    #[inline(always)]
    fn pairs(a: v128, b: v128) -> v128 {
        #[cfg(feature = "relaxed-simd")]
        if RELAXED {
            return i16x8_relaxed_dot_i8x16_i7x16(a, b);
        }
        // The bytes at even places and those at odd ones, as 16 bits.
        let even = i16x8_mul(i16x8_shr(i16x8_shl(a, 8), 8), v128_and(b, u16x8_splat(255)));
        let odd = i16x8_mul(i16x8_shr(a, 8), u16x8_shr(b, 8));
        i16x8_add(even, odd)
    }
    #[inline(always)]
    fn add_pairs(a: v128, b: v128) -> v128 {
        i16x8_add(a, b)
    }
    #[inline(always)]
    fn group_sums(pairs: v128) -> v128 {
        f32x4_convert_i32x4(i32x4_extadd_pairwise_i16x8(pairs))
    }

    #[inline(always)]
    unsafe fn store_transposed([a, b, c, d]: [v128; 4], to: *mut f32, step: usize) {
        let (ab, cd) = (
            i32x4_shuffle::<0, 4, 1, 5>(a, b),
            i32x4_shuffle::<0, 4, 1, 5>(c, d),
        );
        let (ef, gh) = (
            i32x4_shuffle::<2, 6, 3, 7>(a, b),
            i32x4_shuffle::<2, 6, 3, 7>(c, d),
        );
        let lines = [
            i64x2_shuffle::<0, 2>(ab, cd),
            i64x2_shuffle::<1, 3>(ab, cd),
            i64x2_shuffle::<0, 2>(ef, gh),
            i64x2_shuffle::<1, 3>(ef, gh),
        ];
        for (i, line) in lines.into_iter().enumerate() {
            // SAFETY: the caller vouches for four lines.
            unsafe { v128_store(to.add(i * step).cast(), line) };
        }
    }
}
