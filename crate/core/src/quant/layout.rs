//! The shape of a packed matrix and where its planes lie.

use serde::{Deserialize, Serialize};

use super::format::Format;
use crate::error::{Error, Result};

/// Format and shape of a packed matrix.
///
/// Its words are a main plane of [`Format::words_per_block`] words a block, blocks in row-major order,
/// followed, where [`Format::has_half_plane`], by a half plane of one 16-bit value a block in the same
/// order, two to a word, the first in the low half; the last word is padded with 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct PackedLayout {
    /// Format of the elements.
    pub format: Format,
    /// Number of rows (outputs of a linear layer).
    pub rows: usize,
    /// Elements of a row (inputs of a linear layer), a multiple of [`Format::block_len`].
    pub cols: usize,
}

/// The planes of a packed matrix.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Planes<'a> {
    /// [`Format::words_per_block`] words a block.
    pub main: &'a [u32],
    /// One 16-bit value a block; empty for formats without a half plane.
    pub halves: &'a [u16],
}

/// The planes of a packed matrix, to be filled.
#[derive(Debug, PartialEq, Eq)]
pub struct PlanesMut<'a> {
    /// [`Format::words_per_block`] words a block.
    pub main: &'a mut [u32],
    /// One 16-bit value a block; empty for formats without a half plane.
    pub halves: &'a mut [u16],
}

impl PackedLayout {
    /// The layout of a matrix of `rows` x `cols`.
    ///
    /// # Errors
    /// [`Error::ModelTensor`] where the blocks do not divide a row or the size overflows.
    pub fn new(format: Format, rows: usize, cols: usize) -> Result<Self> {
        if !cols.is_multiple_of(format.block_len()) {
            let block = format.block_len();
            return Err(Error::ModelTensor(format!(
                "rows of {cols} are not made of {format} blocks of {block}"
            )));
        }
        // Four bytes an element is the most any format needs, in words or unpacked.
        match rows
            .checked_mul(cols)
            .and_then(|elements| elements.checked_mul(4))
        {
            Some(_) => Ok(Self { format, rows, cols }),
            None => Err(Error::ModelTensor(format!(
                "the size of a matrix of {rows} x {cols} overflows"
            ))),
        }
    }

    /// Blocks of a row.
    #[inline(always)]
    pub const fn blocks_per_row(&self) -> usize {
        self.cols / self.format.block_len()
    }

    /// Blocks of the matrix.
    #[inline(always)]
    pub const fn blocks(&self) -> usize {
        self.rows * self.blocks_per_row()
    }

    /// Words of the matrix, both planes together.
    #[inline(always)]
    pub const fn words(&self) -> usize {
        self.half_plane_offset()
            + if self.format.has_half_plane() {
                self.blocks().div_ceil(2)
            } else {
                0
            }
    }

    /// Where the half plane starts, in words; the end of the matrix for formats without one.
    #[inline(always)]
    pub const fn half_plane_offset(&self) -> usize {
        self.blocks() * self.format.words_per_block()
    }

    /// Bytes of the matrix in a file.
    pub const fn file_bytes(&self) -> usize {
        self.blocks() * self.format.block_bytes()
    }

    /// The planes of a matrix of this layout.
    ///
    /// # Panics
    /// Where `words` is shorter than [`PackedLayout::words`].
    #[inline(always)]
    pub fn planes<'a>(&self, words: &'a [u32]) -> Planes<'a> {
        let (main, rest) = words.split_at(self.half_plane_offset());
        let halves = if self.format.has_half_plane() {
            self.blocks()
        } else {
            0
        };
        Planes {
            main,
            halves: &bytemuck::cast_slice(rest)[..halves],
        }
    }

    /// The planes of a matrix of this layout, to be filled block by block with
    /// [`repack_blocks`](super::repack_blocks).
    ///
    /// # Panics
    /// Where `words` is shorter than [`PackedLayout::words`].
    pub fn planes_mut<'a>(&self, words: &'a mut [u32]) -> PlanesMut<'a> {
        let (main, rest) = words.split_at_mut(self.half_plane_offset());
        let halves = if self.format.has_half_plane() {
            self.blocks()
        } else {
            0
        };
        PlanesMut {
            main,
            halves: &mut bytemuck::cast_slice_mut(rest)[..halves],
        }
    }

    /// Checks that `words` is as long as this layout says.
    ///
    /// # Errors
    /// [`Error::ModelTensor`] with both lengths.
    pub fn check(&self, words: &[u32]) -> Result<()> {
        if words.len() == self.words() {
            return Ok(());
        }
        let Self { format, rows, cols } = self;
        let (found, wanted) = (words.len(), self.words());
        Err(Error::ModelTensor(format!(
            "{found} words for {rows} x {cols} of {format}, which takes {wanted}"
        )))
    }
}

/// Stacks packed matrices of the same format and width into one, the rows of the first on top.
///
/// # Errors
/// [`Error::ModelTensor`] where there is none, formats or widths differ, or words do not fit their layout.
pub fn concat_rows(parts: &[(&[u32], PackedLayout)]) -> Result<(Vec<u32>, PackedLayout)> {
    let Some(&(_, first)) = parts.first() else {
        return Err(Error::ModelTensor("no matrices to stack".into()));
    };
    let mut rows = 0usize;
    for (words, layout) in parts {
        layout.check(words)?;
        if (layout.format, layout.cols) != (first.format, first.cols) {
            return Err(Error::ModelTensor(format!(
                "{} rows of {} cannot be stacked on {} rows of {}",
                layout.format, layout.cols, first.format, first.cols
            )));
        }
        rows = rows.saturating_add(layout.rows);
    }
    let stacked = PackedLayout::new(first.format, rows, first.cols)?;
    let mut words = vec![0; stacked.words()];
    let PlanesMut { mut main, mut halves } = stacked.planes_mut(&mut words);
    for (part, layout) in parts {
        let planes = layout.planes(part);
        let (main_head, main_tail) = main.split_at_mut(planes.main.len());
        let (halves_head, halves_tail) = halves.split_at_mut(planes.halves.len());
        main_head.copy_from_slice(planes.main);
        halves_head.copy_from_slice(planes.halves);
        (main, halves) = (main_tail, halves_tail);
    }
    Ok((words, stacked))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quant::{repack, testing::random_blocks};

    #[test]
    fn planes_lie_where_the_layout_says() {
        let layout = PackedLayout::new(Format::Q8_0, 3, 96).unwrap();
        assert_eq!((layout.blocks_per_row(), layout.blocks()), (3, 9));
        assert_eq!(
            (layout.half_plane_offset(), layout.words(), layout.file_bytes()),
            (72, 77, 306)
        );
        let layout = PackedLayout::new(Format::Q4_1, 3, 96).unwrap();
        assert_eq!((layout.half_plane_offset(), layout.words()), (45, 45));
        let layout = PackedLayout::new(Format::BF16, 3, 5).unwrap();
        assert_eq!((layout.half_plane_offset(), layout.words()), (0, 8));
        let words = vec![0; 8];
        assert_eq!(
            (
                layout.planes(&words).main.len(),
                layout.planes(&words).halves.len()
            ),
            (0, 15)
        );
    }

    #[test]
    fn impossible_shapes_are_refused() {
        assert_eq!(
            PackedLayout::new(Format::Q4K, 1, 128).unwrap_err().code(),
            "model.tensor"
        );
        assert_eq!(
            PackedLayout::new(Format::F32, usize::MAX, 2).unwrap_err().code(),
            "model.tensor"
        );
        assert_eq!(
            PackedLayout::new(Format::F32, usize::MAX / 2, 1)
                .unwrap_err()
                .code(),
            "model.tensor"
        );
    }

    #[test]
    fn stacked_matrices_are_the_packed_stack() {
        for format in Format::ALL {
            let cols = 3 * format.block_len();
            let parts = [1, 2, 5].map(|rows| random_blocks(format, rows * 3, rows as u64));
            let packed = parts.clone().map(|bytes| repack(format, &bytes).unwrap());
            let layouts = [1, 2, 5].map(|rows| PackedLayout::new(format, rows, cols).unwrap());
            let inputs: Vec<_> = packed.iter().map(Vec::as_slice).zip(layouts).collect();
            let (words, layout) = concat_rows(&inputs).unwrap();
            assert_eq!(layout, PackedLayout::new(format, 8, cols).unwrap());
            assert_eq!(words, repack(format, &parts.concat()).unwrap(), "{format}");
        }
    }

    #[test]
    fn what_does_not_stack_is_refused() {
        let layout = |format, cols| PackedLayout::new(format, 1, cols).unwrap();
        let (narrow, wide) = ([0; 5], [0; 10]);
        let code = |parts: &[(&[u32], PackedLayout)]| concat_rows(parts).unwrap_err().code();
        let first = (narrow.as_slice(), layout(Format::Q4_1, 32));
        assert_eq!(code(&[]), "model.tensor");
        assert_eq!(code(&[first, (&wide, layout(Format::Q4_1, 64))]), "model.tensor");
        assert_eq!(code(&[first, (&narrow, layout(Format::F32, 5))]), "model.tensor");
        assert_eq!(
            code(&[first, (&narrow, layout(Format::Q4_1, 64))]),
            "model.tensor"
        );
    }
}
