//! Unpacking the block formats of [`crate::quant`] with vectors: what the CPU kernels do with weights.
//!
//! Quantised formats are walked in *steps* of 32 weights of a row. A step is 32 small signed numbers with a scale
//! for each half and one number to add (which most formats do without): `w = scale * quant + minimum`.

use super::simd::Simd;
use crate::quant::{Format, HalfTable, PackedLayout, half_table};

/// Weights of a step.
pub const STEP: usize = 32;

/// Where a row of a packed matrix starts in its planes.
#[derive(Clone, Copy)]
pub struct Row {
    main: *const u32,
    halves: *const u16,
    table: &'static HalfTable,
}

impl Row {
    /// Row `row` of the matrix of this layout in `words`.
    ///
    /// # Panics
    /// Where `words` is too short for the layout, or there is no such row.
    #[inline(always)]
    pub fn new(layout: &PackedLayout, words: &[u32], row: usize) -> Self {
        let planes = layout.planes(words);
        assert!(row < layout.rows, "there is no row {row}");
        let blocks = row * layout.blocks_per_row();
        Self {
            main: planes.main[blocks * layout.format.words_per_block()..].as_ptr(),
            halves: planes.halves[blocks.min(planes.halves.len())..].as_ptr(),
            table: half_table(),
        }
    }

    /// A 16-bit float.
    #[inline(always)]
    fn half(self, bits: u16) -> f32 {
        self.table[usize::from(bits)]
    }

    /// The two 16-bit floats of a word.
    #[inline(always)]
    fn two_halves(self, word: u32) -> (f32, f32) {
        (self.half(word as u16), self.half((word >> 16) as u16))
    }
}

/// 32 weights.
pub struct Step<S: Simd> {
    /// The first 16 and the last 16, as signed bytes.
    pub quants: [S::B; 2],
    /// The scale of each half.
    pub scales: [f32; 2],
    /// What is added to each weight.
    pub minimum: f32,
}

/// A quantised format.
pub trait Blocks {
    /// Whether [`Step::minimum`] is more than 0.
    const HAS_MINIMUM: bool;
    /// Whether the halves of a step have scales of their own.
    const TWO_SCALES: bool;

    /// # Safety
    /// The row must have more than `index` steps.
    unsafe fn step<S: Simd>(row: Row, index: usize) -> Step<S>;

    /// For formats whose step is 16 bytes of nibbles, the first 16 weights in the low ones: the bytes, the scale, and
    /// what is added to each `scale * nibble`.
    ///
    /// # Safety
    /// As of [`Blocks::step`].
    #[inline(always)]
    unsafe fn nibbles<S: Simd>(_row: Row, _index: usize) -> Option<(S::B, f32, f32)> {
        None
    }
}

/// Calls a function that takes a format as its first type: `with_blocks!(format, f::<S>(a, b), otherwise)`.
macro_rules! with_blocks {
    ($format:expr, $function:ident::<$($types:ty),*>($($arguments:expr),*), $otherwise:expr) => {
        match $format {
            Format::Q4_0 => $function::<$crate::ops::cpu::blocks::Q4_0, $($types),*>($($arguments),*),
            Format::Q4_1 => $function::<$crate::ops::cpu::blocks::Q4_1, $($types),*>($($arguments),*),
            Format::Q5_0 => $function::<$crate::ops::cpu::blocks::Q5_0, $($types),*>($($arguments),*),
            Format::Q5_1 => $function::<$crate::ops::cpu::blocks::Q5_1, $($types),*>($($arguments),*),
            Format::Q8_0 => $function::<$crate::ops::cpu::blocks::Q8_0, $($types),*>($($arguments),*),
            Format::Q4K => $function::<$crate::ops::cpu::blocks::Q4K, $($types),*>($($arguments),*),
            Format::Q5K => $function::<$crate::ops::cpu::blocks::Q5K, $($types),*>($($arguments),*),
            Format::Q6K => $function::<$crate::ops::cpu::blocks::Q6K, $($types),*>($($arguments),*),
            Format::F32 | Format::F16 | Format::BF16 => $otherwise,
        }
    };
}
pub(crate) use with_blocks;

/// Unpacks a row, to the bits that [`unpack`](crate::quant::unpack) gives.
///
/// # Panics
/// Where `out` has not the length of a row.
#[inline(always)]
pub fn unpack_row<S: Simd>(layout: &PackedLayout, row: Row, out: &mut [f32]) {
    assert_eq!(out.len(), layout.cols, "a row of other length");
    with_blocks!(
        layout.format,
        unpack_steps::<S>(row, out),
        unpack_floats(layout.format, row, out)
    );
}

#[inline(always)]
fn unpack_steps<B: Blocks, S: Simd>(row: Row, out: &mut [f32]) {
    for (index, out) in out.as_chunks_mut::<STEP>().0.iter_mut().enumerate() {
        // SAFETY: a row has one step for each 32 of its columns.
        let step = unsafe { B::step::<S>(row, index) };
        for half in 0..2 {
            let scale = S::splat(step.scales[half]);
            for (i, quants) in S::widen(step.quants[half]).as_ref().iter().enumerate() {
                let value = S::mul(*quants, scale);
                let value = if B::HAS_MINIMUM {
                    S::add(value, S::splat(step.minimum))
                } else {
                    value
                };
                // SAFETY: 16 / LANES vectors of LANES floats fill a half of `out`.
                unsafe { S::store(out.as_mut_ptr().add(16 * half + i * S::LANES), value) };
            }
        }
    }
}

#[inline(always)]
fn unpack_floats(format: Format, row: Row, out: &mut [f32]) {
    for (i, out) in out.iter_mut().enumerate() {
        // SAFETY: a row has one word, or one half, for each of its columns.
        *out = unsafe {
            match format {
                Format::F32 => f32::from_bits(*row.main.add(i)),
                Format::F16 => row.half(*row.halves.add(i)),
                _ => f32::from_bits(u32::from(*row.halves.add(i)) << 16),
            }
        };
    }
}

macro_rules! formats {
    ($($name:ident: minimum $minimum:literal, two scales $two:literal, |$row:ident, $index:ident| $step:block $(, nibbles $nibbles:block)?;)*) => {$(
        #[doc = concat!("[`Format::", stringify!($name), "`].")]
        pub struct $name;

        impl Blocks for $name {
            const HAS_MINIMUM: bool = $minimum;
            const TWO_SCALES: bool = $two;

            #[inline(always)]
            unsafe fn step<S: Simd>($row: Row, $index: usize) -> Step<S> {
                // SAFETY: the caller vouches for the step; blocks have the words read here.
                unsafe { $step }
            }
            $(
                #[inline(always)]
                unsafe fn nibbles<S: Simd>($row: Row, $index: usize) -> Option<(S::B, f32, f32)> {
                    // SAFETY: as above.
                    unsafe { $nibbles }
                }
            )?
        }
    )*};
}

formats! {
    Q4_0: minimum false, two scales false, |row, index| {
        let quants = nibbles::<S>(row.main.add(index * 4));
        one_scale(less::<S>(quants, 8), row.half(*row.halves.add(index)), 0.0)
    }, nibbles {
        let d = row.half(*row.halves.add(index));
        Some((S::bytes(row.main.add(index * 4).cast()), d, -8.0 * d))
    };
    Q4_1: minimum true, two scales false, |row, index| {
        let block = row.main.add(index * 5);
        let (d, m) = row.two_halves(*block);
        one_scale(nibbles::<S>(block.add(1)), d, m)
    }, nibbles {
        let block = row.main.add(index * 5);
        let (d, m) = row.two_halves(*block);
        Some((S::bytes(block.add(1).cast()), d, m))
    };
    Q5_0: minimum false, two scales false, |row, index| {
        let block = row.main.add(index * 5);
        let quants = with_fifth::<S>(nibbles::<S>(block.add(1)), *block);
        one_scale(less::<S>(quants, 16), row.half(*row.halves.add(index)), 0.0)
    };
    Q5_1: minimum true, two scales false, |row, index| {
        let block = row.main.add(index * 6);
        let (d, m) = row.two_halves(*block);
        one_scale(with_fifth::<S>(nibbles::<S>(block.add(2)), *block.add(1)), d, m)
    };
    Q8_0: minimum false, two scales false, |row, index| {
        one_scale(bytes32::<S>(row.main.add(index * 8)), row.half(*row.halves.add(index)), 0.0)
    };
    Q4K: minimum true, two scales false, |row, index| {
        let (block, j) = (row.main.add(index / 8 * 36), index % 8);
        let (d, m) = k_scales(row, block, j);
        one_scale(nibbles_of_pair::<S>(block.add(4), j), d, -m)
    };
    Q5K: minimum true, two scales false, |row, index| {
        let (block, j) = (row.main.add(index / 8 * 44), index % 8);
        let (d, m) = k_scales(row, block, j);
        let low = nibbles_of_pair::<S>(block.add(12), j);
        let bit = S::splat_byte(1 << j);
        let high = bytes32::<S>(block.add(4));
        let fifth = [S::where_bits(high[0], bit, 16), S::where_bits(high[1], bit, 16)];
        one_scale([S::or(low[0], fifth[0]), S::or(low[1], fifth[1])], d, -m)
    };
    Q6K: minimum false, two scales true, |row, index| {
        let block = row.main.add(index / 8 * 52);
        // A block is two parts of four runs of 32: low bits 4 to a byte, high bits 2.
        let (part, run) = (index / 4 % 2, index % 4);
        let low = nibbles_of_pair::<S>(block.add(part * 16), run % 2 * 2 + run / 2);
        let high = bytes32::<S>(block.add(32 + part * 8));
        let quants = [
            S::or(low[0], two_bits::<S>(high[0], run)),
            S::or(low[1], two_bits::<S>(high[1], run)),
        ];
        let d = row.half(*row.halves.add(index / 8));
        let scales = block.add(48).cast::<i8>().add(8 * part + 2 * run);
        let scales = [d * f32::from(*scales), d * f32::from(*scales.add(1))];
        Step { quants: less::<S>(quants, 32), scales, minimum: 0.0 }
    };
}

#[inline(always)]
fn one_scale<S: Simd>(quants: [S::B; 2], scale: f32, minimum: f32) -> Step<S> {
    Step {
        quants,
        scales: [scale; 2],
        minimum,
    }
}

/// 32 bytes.
///
/// # Safety
/// `from` must be valid for reads of eight words.
#[inline(always)]
unsafe fn bytes32<S: Simd>(from: *const u32) -> [S::B; 2] {
    // SAFETY: as the caller says.
    unsafe { [S::bytes(from.cast()), S::bytes(from.add(4).cast())] }
}

#[inline(always)]
fn less<S: Simd>([low, high]: [S::B; 2], offset: u8) -> [S::B; 2] {
    let offset = S::splat_byte(offset);
    [S::sub_bytes(low, offset), S::sub_bytes(high, offset)]
}

/// The low nibbles of 16 bytes, and the high ones.
///
/// # Safety
/// `from` must be valid for reads of four words.
#[inline(always)]
unsafe fn nibbles<S: Simd>(from: *const u32) -> [S::B; 2] {
    // SAFETY: as the caller says.
    let bytes = unsafe { S::bytes(from.cast()) };
    [S::and(bytes, S::splat_byte(15)), S::shift_right::<4>(bytes)]
}

/// Run `j` of several that share 32 bytes by twos, the even ones in the low nibbles, the odd ones in the high ones.
///
/// # Safety
/// `from` must be valid for reads of so many words.
#[inline(always)]
unsafe fn nibbles_of_pair<S: Simd>(from: *const u32, j: usize) -> [S::B; 2] {
    // SAFETY: as the caller says.
    let [first, second] = unsafe { bytes32::<S>(from.add(j / 2 * 8)) };
    if j % 2 == 1 {
        [S::shift_right::<4>(first), S::shift_right::<4>(second)]
    } else {
        let low = S::splat_byte(15);
        [S::and(first, low), S::and(second, low)]
    }
}

/// Bits `2 run` and `2 run + 1` of each byte, as bits 4 and 5.
#[inline(always)]
fn two_bits<S: Simd>(bytes: S::B, run: usize) -> S::B {
    let first = S::where_bits(bytes, S::splat_byte(1 << (2 * run)), 16);
    S::or(first, S::where_bits(bytes, S::splat_byte(2 << (2 * run)), 32))
}

/// Adds the fifth bits, one for each of 32 quants.
#[inline(always)]
fn with_fifth<S: Simd>([low, high]: [S::B; 2], bits: u32) -> [S::B; 2] {
    let (first, places) = S::spread(bits as u16);
    let (second, _) = S::spread((bits >> 16) as u16);
    [
        S::or(low, S::where_bits(first, places, 16)),
        S::or(high, S::where_bits(second, places, 16)),
    ]
}

/// Scale and minimum of run `j` of a Q4_K or Q5_K block, 6 bits each: those of the first four runs lie in the low
/// bits of the bytes of words 1 and 2; of the others, four bits in word 3 and two above those of the first.
///
/// # Safety
/// `block` must be valid for reads of four words.
#[inline(always)]
unsafe fn k_scales(row: Row, block: *const u32, j: usize) -> (f32, f32) {
    // SAFETY: as the caller says.
    let (d_and_min, words) = unsafe { (*block, [*block.add(1), *block.add(2), *block.add(3)]) };
    let (d, min) = row.two_halves(d_and_min);
    let shift = 8 * (j % 4);
    let [scales, mins, rest] = [words[0] >> shift, words[1] >> shift, words[2] >> shift];
    let (scale, minimum) = if j < 4 {
        (scales & 63, mins & 63)
    } else {
        (rest & 15 | scales >> 2 & 48, rest >> 4 & 15 | mins >> 2 & 48)
    };
    (d * scale as f32, min * minimum as f32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::cpu::simd::{Kernel, dispatch};
    use crate::ops::cpu::unpack_rows;
    use crate::quant::{
        repack,
        testing::{golden, random_blocks},
        unpack,
    };

    struct Unpack<'a>(&'a PackedLayout, &'a [u32]);

    impl Kernel for Unpack<'_> {
        type Output = Vec<f32>;

        #[inline(always)]
        fn run<S: Simd>(self) -> Vec<f32> {
            let Self(layout, words) = self;
            let mut out = vec![f32::NAN; layout.rows * layout.cols];
            for (number, out) in out.chunks_exact_mut(layout.cols).enumerate() {
                unpack_row::<S>(layout, Row::new(layout, words, number), out);
            }
            out
        }
    }

    fn bits(values: &[f32]) -> Vec<u32> {
        values.iter().map(|value| value.to_bits()).collect()
    }

    /// The instruction set of this machine, and the one that every machine has.
    fn check(layout: &PackedLayout, words: &[u32], expected: &[f32]) {
        let what = layout.format;
        assert_eq!(bits(&dispatch(Unpack(layout, words))), bits(expected), "{what}");
        let portable = Unpack(layout, words).run::<crate::ops::cpu::portable::Portable>();
        assert_eq!(bits(&portable), bits(expected), "{what}, portable");
        let ids: Vec<u32> = (0..layout.rows as u32).collect();
        assert_eq!(bits(&unpack_rows(layout, words, &ids)), bits(expected), "{what}");
    }

    #[test]
    fn rows_have_the_bits_of_the_reference_unpacking() {
        for format in Format::ALL {
            // An odd number of blocks a row, so that half-plane words straddle rows.
            let layout = PackedLayout::new(format, 7, 3 * format.block_len()).unwrap();
            for seed in 0..20 {
                let bytes = random_blocks(format, layout.blocks(), seed);
                let mut expected = vec![0.0; layout.rows * layout.cols];
                unpack(format, &bytes, &mut expected).unwrap();
                check(&layout, &repack(format, &bytes).unwrap(), &expected);
            }
        }
    }

    #[test]
    fn rows_have_the_bits_of_the_golden_values() {
        for format in Format::ALL {
            let (bytes, expected) = golden(format);
            let layout = PackedLayout::new(format, 1, expected.len()).unwrap();
            check(&layout, &repack(format, &bytes).unwrap(), &expected);
        }
    }
}
