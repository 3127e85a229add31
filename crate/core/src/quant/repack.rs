//! From the blocks of a file to the planes of a packed matrix, and back; lossless.

use super::{format::Format, layout::PackedLayout};
use crate::error::{Error, Result};

/// Where the 16-bit value that goes to the half plane sits in a block of a file.
///
/// The format's words are all that is before and after it, in order.
const fn half_position(format: Format) -> usize {
    match format {
        Format::Q6K => format.block_bytes() - 2,
        _ => 0,
    }
}

/// Packs the blocks of a whole matrix: the main plane, then the half plane (see [`PackedLayout`]).
///
/// # Errors
/// [`Error::ModelTensor`] where `bytes` is not a whole number of blocks.
pub fn repack(format: Format, bytes: &[u8]) -> Result<Vec<u32>> {
    let layout = layout_of_blocks(format, bytes.len() / format.block_bytes())?;
    let mut words = vec![0; layout.words()];
    let planes = layout.planes_mut(&mut words);
    repack_blocks(format, bytes, planes.main, planes.halves)?;
    Ok(words)
}

/// Packs some blocks of a matrix into their stretch of its main plane and of its half plane, so that a large
/// matrix can be packed as its rows arrive.
///
/// # Errors
/// [`Error::ModelTensor`] where the lengths do not belong to the same whole number of blocks.
pub fn repack_blocks(format: Format, bytes: &[u8], main: &mut [u32], halves: &mut [u16]) -> Result<()> {
    check_lengths(format, bytes.len(), main.len(), halves.len())?;
    let (words, half) = (format.words_per_block(), half_position(format));
    if !format.has_half_plane() {
        bytemuck::cast_slice_mut(main).copy_from_slice(bytes);
        return Ok(());
    }
    let main: &mut [u8] = bytemuck::cast_slice_mut(main);
    for (index, (block, value)) in bytes.chunks_exact(format.block_bytes()).zip(halves).enumerate() {
        *value = u16::from_le_bytes([block[half], block[half + 1]]);
        let target = &mut main[index * words * 4..][..words * 4];
        target[..half].copy_from_slice(&block[..half]);
        target[half..].copy_from_slice(&block[half + 2..]);
    }
    Ok(())
}

/// The file's blocks of a packed matrix of `elements` elements: the inverse of [`repack`].
///
/// # Errors
/// [`Error::ModelTensor`] where `words` is not as long as a matrix of so many elements is.
pub fn unrepack(format: Format, words: &[u32], elements: usize) -> Result<Vec<u8>> {
    let layout = PackedLayout::new(format, 1, elements)?;
    layout.check(words)?;
    let planes = layout.planes(words);
    if !format.has_half_plane() {
        return Ok(bytemuck::cast_slice(planes.main).to_vec());
    }
    let (block_words, half) = (format.words_per_block(), half_position(format));
    let main: &[u8] = bytemuck::cast_slice(planes.main);
    let mut bytes = Vec::with_capacity(layout.file_bytes());
    for (index, value) in planes.halves.iter().enumerate() {
        let block = &main[index * block_words * 4..][..block_words * 4];
        bytes.extend_from_slice(&block[..half]);
        bytes.extend_from_slice(&value.to_le_bytes());
        bytes.extend_from_slice(&block[half..]);
    }
    Ok(bytes)
}

/// A single row of so many blocks: packing does not depend on where rows end.
fn layout_of_blocks(format: Format, blocks: usize) -> Result<PackedLayout> {
    let elements = blocks.checked_mul(format.block_len());
    PackedLayout::new(
        format,
        1,
        elements.ok_or_else(|| Error::ModelTensor(format!("{blocks} blocks of {format}")))?,
    )
}

fn check_lengths(format: Format, bytes: usize, main: usize, halves: usize) -> Result<()> {
    let blocks = bytes / format.block_bytes();
    let wanted_halves = if format.has_half_plane() { blocks } else { 0 };
    if !bytes.is_multiple_of(format.block_bytes()) {
        let block = format.block_bytes();
        Err(Error::ModelTensor(format!(
            "{bytes} bytes are not made of {format} blocks of {block}"
        )))
    } else if (main, halves) != (blocks * format.words_per_block(), wanted_halves) {
        Err(Error::ModelTensor(format!(
            "{blocks} blocks of {format} do not fill {main} words and {halves} halves"
        )))
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn ascending(format: Format) -> Vec<u8> {
        (0..format.block_bytes()).map(|i| i as u8).collect()
    }

    #[test]
    fn words_lie_where_the_kernels_expect_them() {
        // One block whose bytes are 0, 1, 2, ...: the first word, the last of the main plane, the half plane.
        let ends = |format| {
            let words = repack(format, &ascending(format)).unwrap();
            let main = format.words_per_block();
            (words[0], words[main - 1], words.get(main).copied())
        };
        assert_eq!(ends(Format::F32), (0x0302_0100, 0x0302_0100, None));
        assert_eq!(ends(Format::Q4_0), (0x0504_0302, 0x1110_0f0e, Some(0x0100)));
        assert_eq!(ends(Format::Q4_1), (0x0302_0100, 0x1312_1110, None));
        assert_eq!(ends(Format::Q5_0), (0x0504_0302, 0x1514_1312, Some(0x0100)));
        assert_eq!(ends(Format::Q5_1), (0x0302_0100, 0x1716_1514, None));
        assert_eq!(ends(Format::Q8_0), (0x0504_0302, 0x2120_1f1e, Some(0x0100)));
        assert_eq!(ends(Format::Q4K), (0x0302_0100, 0x8f8e_8d8c, None));
        assert_eq!(ends(Format::Q5K), (0x0302_0100, 0xafae_adac, None));
        assert_eq!(ends(Format::Q6K), (0x0302_0100, 0xcfce_cdcc, Some(0xd1d0)));
    }

    #[test]
    fn halves_are_two_to_a_word_and_padded_with_zero() {
        for format in [Format::F16, Format::BF16] {
            assert_eq!(
                repack(format, &[1, 2, 3, 4, 5, 6]).unwrap(),
                [0x0403_0201, 0x0605]
            );
        }
        assert!(repack(Format::Q8_0, &[]).unwrap().is_empty());
    }

    #[test]
    fn a_matrix_packed_in_pieces_is_the_matrix_packed_at_once() {
        for format in Format::ALL {
            let bytes: Vec<u8> = (0..5 * format.block_bytes()).map(|i| (i * 7) as u8).collect();
            let layout = layout_of_blocks(format, 5).unwrap();
            let mut words = vec![0; layout.words()];
            let planes = layout.planes_mut(&mut words);
            let halves = |block: usize| if format.has_half_plane() { block } else { 0 };
            for blocks in [0..2, 2..5] {
                let bytes = &bytes[blocks.start * format.block_bytes()..blocks.end * format.block_bytes()];
                let main = blocks.start * format.words_per_block()..blocks.end * format.words_per_block();
                let halves = halves(blocks.start)..halves(blocks.end);
                repack_blocks(format, bytes, &mut planes.main[main], &mut planes.halves[halves]).unwrap();
            }
            assert_eq!(words, repack(format, &bytes).unwrap(), "{format}");
        }
    }

    #[test]
    fn lengths_that_do_not_belong_together_are_refused() {
        for format in Format::ALL {
            let bytes = vec![0; 2 * format.block_bytes()];
            assert_eq!(repack(format, &bytes[1..]).unwrap_err().code(), "model.tensor");
            assert!(repack_blocks(format, &bytes, &mut [0; 200], &mut [0; 2]).is_err());
            assert!(
                repack_blocks(
                    format,
                    &bytes,
                    &mut vec![0; 2 * format.words_per_block()],
                    &mut [0; 9]
                )
                .is_err()
            );
            assert!(unrepack(format, &[0; 200], 2 * format.block_len()).is_err());
        }
        assert!(unrepack(Format::Q4_0, &[0; 5], 31).is_err());
    }

    proptest! {
        #[test]
        fn nothing_is_lost(format in prop::sample::select(&Format::ALL[..]), blocks in 0usize..7, seed in any::<u64>()) {
            let bytes = crate::quant::testing::random_bytes(blocks * format.block_bytes(), seed);
            let words = repack(format, &bytes).unwrap();
            prop_assert_eq!(unrepack(format, &words, blocks * format.block_len()).unwrap(), bytes);
        }
    }
}
