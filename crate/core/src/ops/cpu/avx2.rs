//! AVX2 with FMA, for x86-64 processors since 2013.

use super::simd::{Simd, natural};
use core::arch::x86_64::*;

/// The methods may only run where `avx2`, `fma` and `f16c` were detected.
#[derive(Clone, Copy)]
pub struct Avx2;

// SAFETY, for every block here: `dispatch` calls these methods after detecting the features, and callers vouch
// for the pointers; the loads and stores need no alignment.
impl Simd for Avx2 {
    const NAME: &'static str = "AVX2";
    const LANES: usize = 8;
    const BYTE_PLACES: [(usize, f32); 16] = natural();
    const NIBBLE_PLACES: [(usize, f32); 32] = natural();
    type F = __m256;
    type B = __m128i;
    type Wide = [__m256; 2];
    type I = __m256i;
    type Step = [__m256i; 1];

    #[inline(always)]
    unsafe fn load(from: *const f32) -> __m256 {
        unsafe { _mm256_loadu_ps(from) }
    }
    #[inline(always)]
    unsafe fn store(to: *mut f32, value: __m256) {
        unsafe { _mm256_storeu_ps(to, value) }
    }
    #[inline(always)]
    fn splat(value: f32) -> __m256 {
        unsafe { _mm256_set1_ps(value) }
    }
    #[inline(always)]
    fn add(a: __m256, b: __m256) -> __m256 {
        unsafe { _mm256_add_ps(a, b) }
    }
    #[inline(always)]
    fn sub(a: __m256, b: __m256) -> __m256 {
        unsafe { _mm256_sub_ps(a, b) }
    }
    #[inline(always)]
    fn mul(a: __m256, b: __m256) -> __m256 {
        unsafe { _mm256_mul_ps(a, b) }
    }
    #[inline(always)]
    fn div(a: __m256, b: __m256) -> __m256 {
        unsafe { _mm256_div_ps(a, b) }
    }
    #[inline(always)]
    fn mul_add(a: __m256, b: __m256, c: __m256) -> __m256 {
        unsafe { _mm256_fmadd_ps(a, b, c) }
    }
    // These two give their second operand where either is NaN.
    #[inline(always)]
    fn max(a: __m256, b: __m256) -> __m256 {
        unsafe { _mm256_max_ps(a, b) }
    }
    #[inline(always)]
    fn min(a: __m256, b: __m256) -> __m256 {
        unsafe { _mm256_min_ps(a, b) }
    }
    #[inline(always)]
    fn sum(value: __m256) -> f32 {
        unsafe {
            let four = _mm_add_ps(_mm256_castps256_ps128(value), _mm256_extractf128_ps::<1>(value));
            let two = _mm_add_ps(four, _mm_movehl_ps(four, four));
            _mm_cvtss_f32(_mm_add_ss(two, _mm_movehdup_ps(two)))
        }
    }
    #[inline(always)]
    fn pow2_of_shifted(shifted: __m256) -> __m256 {
        unsafe {
            let bits = _mm256_slli_epi32::<23>(_mm256_castps_si256(shifted));
            _mm256_castsi256_ps(_mm256_add_epi32(bits, _mm256_set1_epi32(1f32.to_bits() as i32)))
        }
    }

    #[inline(always)]
    unsafe fn bytes(from: *const u8) -> __m128i {
        unsafe { _mm_loadu_si128(from.cast()) }
    }
    #[inline(always)]
    unsafe fn store_bytes(to: *mut u8, bytes: __m128i) {
        unsafe { _mm_storeu_si128(to.cast(), bytes) }
    }
    #[inline(always)]
    fn splat_byte(value: u8) -> __m128i {
        unsafe { _mm_set1_epi8(value as i8) }
    }
    #[inline(always)]
    fn and(a: __m128i, b: __m128i) -> __m128i {
        unsafe { _mm_and_si128(a, b) }
    }
    #[inline(always)]
    fn or(a: __m128i, b: __m128i) -> __m128i {
        unsafe { _mm_or_si128(a, b) }
    }
    #[inline(always)]
    fn sub_bytes(a: __m128i, b: __m128i) -> __m128i {
        unsafe { _mm_sub_epi8(a, b) }
    }
    #[inline(always)]
    fn shift_right<const N: u32>(value: __m128i) -> __m128i {
        // There is no shift of bytes: one of 16-bit lanes, and a mask.
        unsafe {
            let shifted = _mm_srl_epi16(value, _mm_cvtsi32_si128(N as i32));
            _mm_and_si128(shifted, _mm_set1_epi8((0xff >> N) as i8))
        }
    }
    #[inline(always)]
    fn where_bits(bytes: __m128i, bits: __m128i, value: u8) -> __m128i {
        unsafe {
            _mm_and_si128(
                _mm_cmpeq_epi8(_mm_and_si128(bytes, bits), bits),
                _mm_set1_epi8(value as i8),
            )
        }
    }
    #[inline(always)]
    fn spread(bits: u16) -> (__m128i, __m128i) {
        unsafe {
            let places = _mm_setr_epi8(0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1);
            (
                _mm_shuffle_epi8(_mm_set1_epi16(bits as i16), places),
                _mm_set1_epi64x(0x8040_2010_0804_0201_u64 as i64),
            )
        }
    }
    #[inline(always)]
    fn widen(bytes: __m128i) -> [__m256; 2] {
        unsafe {
            let high = _mm_unpackhi_epi64(bytes, bytes);
            [
                _mm256_cvtepi32_ps(_mm256_cvtepi8_epi32(bytes)),
                _mm256_cvtepi32_ps(_mm256_cvtepi8_epi32(high)),
            ]
        }
    }
    #[inline(always)]
    fn lane_bytes(bytes: __m128i) -> [__m256; 2] {
        Self::widen(bytes)
    }
    #[inline(always)]
    fn lane_nibbles(bytes: __m128i) -> [[__m256; 2]; 2] {
        let low = Self::and(bytes, Self::splat_byte(15));
        [Self::widen(low), Self::widen(Self::shift_right::<4>(bytes))]
    }

    #[inline(always)]
    unsafe fn groups(from: *const u32) -> __m256i {
        unsafe { _mm256_loadu_si256(from.cast()) }
    }
    #[inline(always)]
    fn splat_group(word: u32) -> __m256i {
        unsafe { _mm256_set1_epi32(word as i32) }
    }
    #[inline(always)]
    fn join([low, high]: [__m128i; 2]) -> [__m256i; 1] {
        unsafe { [_mm256_set_m128i(high, low)] }
    }
    #[inline(always)]
    fn pairs(a: __m256i, b: __m256i) -> __m256i {
        unsafe { _mm256_maddubs_epi16(b, a) }
    }
    #[inline(always)]
    fn add_pairs(a: __m256i, b: __m256i) -> __m256i {
        unsafe { _mm256_add_epi16(a, b) }
    }
    #[inline(always)]
    fn group_sums(pairs: __m256i) -> __m256 {
        unsafe { _mm256_cvtepi32_ps(_mm256_madd_epi16(pairs, _mm256_set1_epi16(1))) }
    }

    #[inline(always)]
    unsafe fn store_transposed([a, b, c, d]: [__m256; 4], to: *mut f32, step: usize) {
        unsafe {
            let (ab, cd) = (_mm256_unpacklo_ps(a, b), _mm256_unpacklo_ps(c, d));
            let (ef, gh) = (_mm256_unpackhi_ps(a, b), _mm256_unpackhi_ps(c, d));
            // A line of each half: i and i + 4.
            let lines = [
                _mm256_shuffle_ps::<0x44>(ab, cd),
                _mm256_shuffle_ps::<0xee>(ab, cd),
                _mm256_shuffle_ps::<0x44>(ef, gh),
                _mm256_shuffle_ps::<0xee>(ef, gh),
            ];
            for (i, line) in lines.into_iter().enumerate() {
                _mm_storeu_ps(to.add(i * step), _mm256_castps256_ps128(line));
            }
            for (i, line) in lines.into_iter().enumerate() {
                _mm_storeu_ps(to.add((i + 4) * step), _mm256_extractf128_ps::<1>(line));
            }
        }
    }
}
