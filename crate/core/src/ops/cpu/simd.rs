//! The vector instructions the CPU kernels are written over, and the choice of an instruction set.
//!
//! A kernel is a [`Kernel`]: a value whose `run` is generic over [`Simd`]. [`dispatch`] calls it inside a function
//! compiled for the instruction set. Everything on the way down is `#[inline(always)]`: code that is not inlined
//! there, closures given to other functions above all, would be compiled without those instructions, so a
//! kernel never hands a closure to a function that is not inlined, and parallel loops dispatch inside their parts.

/// One instruction set.
///
/// The methods compile to its instructions and may only run where it is there, which [`dispatch`] sees to.
pub trait Simd: Copy + 'static {
    /// In words.
    const NAME: &'static str;
    /// Floats of a vector; a divisor of 16.
    const LANES: usize;
    /// The order of the numbers of [`Simd::lane_bytes`]: which byte each is, and what it has to be multiplied by.
    const BYTE_PLACES: [(usize, f32); 16];
    /// The same of [`Simd::lane_nibbles`]; from 16 on, high nibbles.
    const NIBBLE_PLACES: [(usize, f32); 32];
    /// `LANES` floats.
    type F: Copy;
    /// 16 bytes.
    type B: Copy;
    /// 16 floats.
    type Wide: AsRef<[Self::F]>;
    /// `LANES` groups of four bytes, or the sums of their pairs.
    type I: Copy;
    /// 32 bytes in groups.
    type Step: AsRef<[Self::I]>;

    /// # Safety
    /// `from` must be valid for reads of `LANES` floats.
    unsafe fn load(from: *const f32) -> Self::F;
    /// # Safety
    /// `to` must be valid for writes of `LANES` floats.
    unsafe fn store(to: *mut f32, value: Self::F);
    /// The value in every lane.
    fn splat(value: f32) -> Self::F;
    /// `a + b`.
    fn add(a: Self::F, b: Self::F) -> Self::F;
    /// `a - b`.
    fn sub(a: Self::F, b: Self::F) -> Self::F;
    /// `a * b`.
    fn mul(a: Self::F, b: Self::F) -> Self::F;
    /// `a / b`.
    fn div(a: Self::F, b: Self::F) -> Self::F;
    /// `a * b + c`, rounded once where that is one instruction.
    fn mul_add(a: Self::F, b: Self::F, c: Self::F) -> Self::F;
    /// The larger; NaN where `b` is.
    fn max(a: Self::F, b: Self::F) -> Self::F;
    /// The smaller; NaN where `b` is.
    fn min(a: Self::F, b: Self::F) -> Self::F;
    /// Sum of the lanes.
    fn sum(value: Self::F) -> f32;
    /// `2^n` from the bits of `n + 1.5 * 2^23`, for whole `n` in -126..=127.
    fn pow2_of_shifted(shifted: Self::F) -> Self::F;

    /// # Safety
    /// `from` must be valid for reads of 16 bytes.
    unsafe fn bytes(from: *const u8) -> Self::B;
    /// # Safety
    /// `to` must be valid for writes of 16 bytes.
    unsafe fn store_bytes(to: *mut u8, bytes: Self::B);
    /// The byte 16 times.
    fn splat_byte(value: u8) -> Self::B;
    /// `a & b`.
    fn and(a: Self::B, b: Self::B) -> Self::B;
    /// `a | b`.
    fn or(a: Self::B, b: Self::B) -> Self::B;
    /// `a - b`, byte by byte, wrapping.
    fn sub_bytes(a: Self::B, b: Self::B) -> Self::B;
    /// Each byte shifted right by `N`, zeros moving in.
    fn shift_right<const N: u32>(value: Self::B) -> Self::B;
    /// `value` where a byte of `bytes` has all bits of `bits`, 0 elsewhere.
    fn where_bits(bytes: Self::B, bits: Self::B, value: u8) -> Self::B;
    /// The first byte of `bits` eight times, then the second, and in each the bit that belongs to its place:
    /// for [`Simd::where_bits`].
    fn spread(bits: u16) -> (Self::B, Self::B);
    /// The bytes as signed numbers.
    fn widen(bytes: Self::B) -> Self::Wide;
    /// The bytes as signed numbers, in the order and up to the factors that are quickest here.
    fn lane_bytes(bytes: Self::B) -> Self::Wide;
    /// The nibbles as unsigned numbers, in the order and up to the factors that are quickest here.
    fn lane_nibbles(bytes: Self::B) -> [Self::Wide; 2];

    /// # Safety
    /// `from` must be valid for reads of `LANES` words.
    unsafe fn groups(from: *const u32) -> Self::I;
    /// The four bytes of a word in every group.
    fn splat_group(word: u32) -> Self::I;
    /// 16 bytes and the 16 after them.
    fn join(bytes: [Self::B; 2]) -> Self::Step;
    /// Products of bytes, `a` signed and none of them -128, `b` in 0..=127, summed by twos to signed 16 bits.
    fn pairs(a: Self::I, b: Self::I) -> Self::I;
    /// `a + b` of such sums, wrapping.
    fn add_pairs(a: Self::I, b: Self::I) -> Self::I;
    /// The two sums of each group added up.
    fn group_sums(pairs: Self::I) -> Self::F;

    /// Writes `LANES` lines of four, lane `i` of all vectors at `to[i * step..]`, one after the other: a line may lie on the end
    /// of the one before.
    ///
    /// # Safety
    /// `to` must be valid for writes of `(LANES - 1) * step + 4` floats.
    unsafe fn store_transposed(vectors: [Self::F; 4], to: *mut f32, step: usize);

    /// Writes the transpose of four rows in the same way: `to[k * step + i] = rows[i][k]` for `k < depth`.
    ///
    /// # Safety
    /// The rows must be valid for reads of `depth` floats, `to` for writes of `(depth - 1) * step + 4`.
    #[inline(always)]
    unsafe fn transpose4(rows: [*const f32; 4], depth: usize, to: *mut f32, step: usize) {
        let [a, b, c, d] = rows;
        let whole = depth - depth % Self::LANES;
        for k in (0..whole).step_by(Self::LANES) {
            // SAFETY: `k + LANES <= depth`, so all places are within what the caller vouches for.
            unsafe {
                let vectors = [
                    Self::load(a.add(k)),
                    Self::load(b.add(k)),
                    Self::load(c.add(k)),
                    Self::load(d.add(k)),
                ];
                Self::store_transposed(vectors, to.add(k * step), step);
            }
        }
        for k in whole..depth {
            for (i, row) in rows.iter().enumerate() {
                // SAFETY: `k < depth`, so both places are within what the caller vouches for.
                unsafe { *to.add(k * step + i) = *row.add(k) };
            }
        }
    }
}

/// Places in their own order, with the factor 1.
#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
pub const fn natural<const N: usize>() -> [(usize, f32); N] {
    let mut places = [(0, 1.0); N];
    let mut i = 0;
    while i < N {
        places[i].0 = i;
        i += 1;
    }
    places
}

/// Work that is compiled once for each instruction set.
pub trait Kernel {
    /// What it gives.
    type Output;

    /// Does the work. Implementations are `#[inline(always)]`.
    fn run<S: Simd>(self) -> Self::Output;
}

/// Runs a kernel with the best instruction set of this machine.
#[cfg(target_arch = "x86_64")]
pub fn dispatch<K: Kernel>(kernel: K) -> K::Output {
    use super::avx2::Avx2;

    #[target_feature(enable = "avx2,fma,f16c")]
    fn with_avx2<K: Kernel>(kernel: K) -> K::Output {
        kernel.run::<Avx2>()
    }
    if std::is_x86_feature_detected!("avx2")
        && std::is_x86_feature_detected!("fma")
        && std::is_x86_feature_detected!("f16c")
    {
        // SAFETY: the features were detected.
        return unsafe { with_avx2(kernel) };
    }
    kernel.run::<super::portable::Portable>()
}

/// Runs a kernel with the instruction set this module was built for.
#[cfg(all(target_arch = "wasm32", target_feature = "simd128", feature = "relaxed-simd"))]
pub fn dispatch<K: Kernel>(kernel: K) -> K::Output {
    #[target_feature(enable = "relaxed-simd")]
    fn with_relaxed_simd<K: Kernel>(kernel: K) -> K::Output {
        kernel.run::<super::wasm::Simd128<true>>()
    }
    with_relaxed_simd(kernel)
}

/// Runs a kernel with the instruction set this module was built for.
#[cfg(all(
    target_arch = "wasm32",
    target_feature = "simd128",
    not(feature = "relaxed-simd")
))]
pub fn dispatch<K: Kernel>(kernel: K) -> K::Output {
    kernel.run::<super::wasm::Simd128<false>>()
}

/// Runs a kernel with whatever vectors the compiler finds.
#[cfg(not(any(
    target_arch = "x86_64",
    all(target_arch = "wasm32", target_feature = "simd128")
)))]
pub fn dispatch<K: Kernel>(kernel: K) -> K::Output {
    kernel.run::<super::portable::Portable>()
}
