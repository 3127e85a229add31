//! Plain Rust in the shape of vectors, for machines without an implementation of their own; the compiler finds
//! what vectors there are.

use super::simd::{Simd, natural};

/// Runs anywhere.
#[derive(Clone, Copy)]
pub struct Portable;

#[inline(always)]
fn zip<const N: usize, T: Copy>(a: [T; N], b: [T; N], f: impl Fn(T, T) -> T) -> [T; N] {
    core::array::from_fn(|i| f(a[i], b[i]))
}

impl Simd for Portable {
    const NAME: &'static str = "no vector instructions of its own";
    const LANES: usize = 4;
    const BYTE_PLACES: [(usize, f32); 16] = natural();
    const NIBBLE_PLACES: [(usize, f32); 32] = natural();
    type F = [f32; 4];
    type B = [u8; 16];
    type Wide = [[f32; 4]; 4];
    type I = [u32; 4];
    type Step = [[u32; 4]; 2];

    #[inline(always)]
    unsafe fn load(from: *const f32) -> [f32; 4] {
        // SAFETY: the caller vouches for the place.
        unsafe { from.cast::<[f32; 4]>().read_unaligned() }
    }
    #[inline(always)]
    unsafe fn store(to: *mut f32, value: [f32; 4]) {
        // SAFETY: as above.
        unsafe { to.cast::<[f32; 4]>().write_unaligned(value) }
    }
    #[inline(always)]
    fn splat(value: f32) -> [f32; 4] {
        [value; 4]
    }
    #[inline(always)]
    fn add(a: [f32; 4], b: [f32; 4]) -> [f32; 4] {
        zip(a, b, |a, b| a + b)
    }
    #[inline(always)]
    fn sub(a: [f32; 4], b: [f32; 4]) -> [f32; 4] {
        zip(a, b, |a, b| a - b)
    }
    #[inline(always)]
    fn mul(a: [f32; 4], b: [f32; 4]) -> [f32; 4] {
        zip(a, b, |a, b| a * b)
    }
    #[inline(always)]
    fn div(a: [f32; 4], b: [f32; 4]) -> [f32; 4] {
        zip(a, b, |a, b| a / b)
    }
    #[inline(always)]
    fn mul_add(a: [f32; 4], b: [f32; 4], c: [f32; 4]) -> [f32; 4] {
        Self::add(Self::mul(a, b), c)
    }
    #[inline(always)]
    fn max(a: [f32; 4], b: [f32; 4]) -> [f32; 4] {
        zip(a, b, |a, b| if a > b { a } else { b })
    }
    #[inline(always)]
    fn min(a: [f32; 4], b: [f32; 4]) -> [f32; 4] {
        zip(a, b, |a, b| if a < b { a } else { b })
    }
    #[inline(always)]
    fn sum([a, b, c, d]: [f32; 4]) -> f32 {
        (a + c) + (b + d)
    }
    #[inline(always)]
    fn pow2_of_shifted(shifted: [f32; 4]) -> [f32; 4] {
        shifted.map(|value| f32::from_bits((value.to_bits() << 23).wrapping_add(1f32.to_bits())))
    }

    #[inline(always)]
    unsafe fn bytes(from: *const u8) -> [u8; 16] {
        // SAFETY: as for `load`.
        unsafe { from.cast::<[u8; 16]>().read_unaligned() }
    }
    #[inline(always)]
    unsafe fn store_bytes(to: *mut u8, bytes: [u8; 16]) {
        // SAFETY: as for `load`.
        unsafe { to.cast::<[u8; 16]>().write_unaligned(bytes) }
    }
    #[inline(always)]
    fn splat_byte(value: u8) -> [u8; 16] {
        [value; 16]
    }
    #[inline(always)]
    fn and(a: [u8; 16], b: [u8; 16]) -> [u8; 16] {
        zip(a, b, |a, b| a & b)
    }
    #[inline(always)]
    fn or(a: [u8; 16], b: [u8; 16]) -> [u8; 16] {
        zip(a, b, |a, b| a | b)
    }
    #[inline(always)]
    fn sub_bytes(a: [u8; 16], b: [u8; 16]) -> [u8; 16] {
        zip(a, b, u8::wrapping_sub)
    }
    #[inline(always)]
    fn shift_right<const N: u32>(value: [u8; 16]) -> [u8; 16] {
        value.map(|byte| byte >> N)
    }
    #[inline(always)]
    fn where_bits(bytes: [u8; 16], bits: [u8; 16], value: u8) -> [u8; 16] {
        zip(bytes, bits, |a, b| if a & b == b { value } else { 0 })
    }
    #[inline(always)]
    fn spread(bits: u16) -> ([u8; 16], [u8; 16]) {
        (
            core::array::from_fn(|i| bits.to_le_bytes()[i / 8]),
            core::array::from_fn(|i| 1 << (i % 8)),
        )
    }
    #[inline(always)]
    fn widen(bytes: [u8; 16]) -> [[f32; 4]; 4] {
        core::array::from_fn(|part| core::array::from_fn(|i| f32::from(bytes[4 * part + i] as i8)))
    }
    #[inline(always)]
    fn lane_bytes(bytes: [u8; 16]) -> [[f32; 4]; 4] {
        Self::widen(bytes)
    }
    #[inline(always)]
    fn lane_nibbles(bytes: [u8; 16]) -> [[[f32; 4]; 4]; 2] {
        let low = Self::and(bytes, Self::splat_byte(15));
        [Self::widen(low), Self::widen(Self::shift_right::<4>(bytes))]
    }

    #[inline(always)]
    unsafe fn groups(from: *const u32) -> [u32; 4] {
        // SAFETY: as for `load`.
        unsafe { from.cast::<[u32; 4]>().read_unaligned() }
    }
    #[inline(always)]
    fn splat_group(word: u32) -> [u32; 4] {
        [word; 4]
    }
    #[inline(always)]
    fn join(bytes: [[u8; 16]; 2]) -> [[u32; 4]; 2] {
        bytes.map(bytemuck::cast)
    }
    #[inline(always)]
    fn pairs(a: [u32; 4], b: [u32; 4]) -> [u32; 4] {
        let (a, b): ([i8; 16], [i8; 16]) = (bytemuck::cast(a), bytemuck::cast(b));
        let product = |i: usize| i16::from(a[i]) * i16::from(b[i]);
        let sums: [i16; 8] = core::array::from_fn(|i| product(2 * i) + product(2 * i + 1));
        bytemuck::cast(sums)
    }
    #[inline(always)]
    fn add_pairs(a: [u32; 4], b: [u32; 4]) -> [u32; 4] {
        let (a, b): ([i16; 8], [i16; 8]) = (bytemuck::cast(a), bytemuck::cast(b));
        bytemuck::cast(zip(a, b, i16::wrapping_add))
    }
    #[inline(always)]
    fn group_sums(pairs: [u32; 4]) -> [f32; 4] {
        let pairs: [i16; 8] = bytemuck::cast(pairs);
        core::array::from_fn(|i| (i32::from(pairs[2 * i]) + i32::from(pairs[2 * i + 1])) as f32)
    }

    #[inline(always)]
    unsafe fn store_transposed(vectors: [[f32; 4]; 4], to: *mut f32, step: usize) {
        for lane in 0..4 {
            let line = vectors.map(|vector| vector[lane]);
            // SAFETY: the caller vouches for four lines.
            unsafe { Self::store(to.add(lane * step), line) };
        }
    }
}
