//! The block formats of ggml: what a block holds, how to unpack it, and how the kernels see it.
//!
//! A tensor in a file is a row of *blocks*, each a few scales and the quantised weights they apply to.
//! Blocks of 18, 22, 34 or 210 bytes straddle the 32-bit words a GPU reads, so [`repack`] moves the odd
//! 16 bits of each block out of its way: a matrix becomes a *main plane* of whole words a block, followed by a
//! *half plane* of one 16-bit value a block, two to a word. Nothing is rounded, [`unrepack`] gives the file's
//! bytes again. [`unpack`] is the reference; the kernels of [`crate::ops`] unpack on the way, to the same bits.

mod finite;
mod format;
mod half_float;
mod layout;
mod repack;
#[cfg(test)]
pub(crate) mod testing;
mod unpack;

pub use {
    finite::first_not_finite,
    format::{Format, ggml_type_label},
    half_float::{HalfTable, f16_to_f32, half_table},
    layout::{PackedLayout, Planes, PlanesMut, concat_rows},
    repack::{repack, repack_blocks, unrepack},
    unpack::unpack,
};

#[cfg(target_endian = "big")]
compile_error!("the packed planes are read as 16-bit and 8-bit values in place: little-endian machines only");
