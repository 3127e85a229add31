//! The formats a tensor can have, with their block sizes.

use std::fmt;

use serde::{Deserialize, Serialize};

/// How the elements of a tensor are stored.
///
/// Blocks, packing and arithmetic are those of ggml (`ggml-common.h` and `ggml-quants.c` in
/// <https://github.com/ggml-org/ggml>).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Format {
    /// 32-bit floats.
    F32,
    /// 16-bit floats of IEEE 754.
    F16,
    /// The upper halves of 32-bit floats.
    BF16,
    /// 4-bit, `d * (q - 8)`, blocks of 32.
    #[serde(rename = "Q4_0")]
    Q4_0,
    /// 4-bit, `d * q + m`, blocks of 32.
    #[serde(rename = "Q4_1")]
    Q4_1,
    /// 5-bit, `d * (q - 16)`, blocks of 32.
    #[serde(rename = "Q5_0")]
    Q5_0,
    /// 5-bit, `d * q + m`, blocks of 32.
    #[serde(rename = "Q5_1")]
    Q5_1,
    /// 8-bit, `d * q`, blocks of 32.
    #[serde(rename = "Q8_0")]
    Q8_0,
    /// 4-bit, `d * scale * q - dmin * min`, blocks of 8 x 32 with 6-bit scales and minima.
    #[serde(rename = "Q4_K")]
    Q4K,
    /// 5-bit, `d * scale * q - dmin * min`, blocks of 8 x 32 with 6-bit scales and minima.
    #[serde(rename = "Q5_K")]
    Q5K,
    /// 6-bit, `d * scale * (q - 32)`, blocks of 16 x 16 with 8-bit scales.
    #[serde(rename = "Q6_K")]
    Q6K,
}

impl Format {
    /// Every format, in the order of their declaration.
    pub const ALL: [Format; 11] = [
        Format::F32,
        Format::F16,
        Format::BF16,
        Format::Q4_0,
        Format::Q4_1,
        Format::Q5_0,
        Format::Q5_1,
        Format::Q8_0,
        Format::Q4K,
        Format::Q5K,
        Format::Q6K,
    ];

    /// The format with that number in a GGUF file; `None` for those this program does not run.
    pub fn from_ggml_type(id: u32) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.ggml_type() == id)
    }

    /// The format's number in a GGUF file.
    pub const fn ggml_type(self) -> u32 {
        match self {
            Format::F32 => 0,
            Format::F16 => 1,
            Format::Q4_0 => 2,
            Format::Q4_1 => 3,
            Format::Q5_0 => 6,
            Format::Q5_1 => 7,
            Format::Q8_0 => 8,
            Format::Q4K => 12,
            Format::Q5K => 13,
            Format::Q6K => 14,
            Format::BF16 => 30,
        }
    }

    /// The format's name as ggml spells it, such as `Q4_K`.
    pub const fn name(self) -> &'static str {
        match self {
            Format::F32 => "F32",
            Format::F16 => "F16",
            Format::BF16 => "BF16",
            Format::Q4_0 => "Q4_0",
            Format::Q4_1 => "Q4_1",
            Format::Q5_0 => "Q5_0",
            Format::Q5_1 => "Q5_1",
            Format::Q8_0 => "Q8_0",
            Format::Q4K => "Q4_K",
            Format::Q5K => "Q5_K",
            Format::Q6K => "Q6_K",
        }
    }

    /// Elements of a block; a row is a whole number of blocks.
    pub const fn block_len(self) -> usize {
        match self {
            Format::F32 | Format::F16 | Format::BF16 => 1,
            Format::Q4_0 | Format::Q4_1 | Format::Q5_0 | Format::Q5_1 | Format::Q8_0 => 32,
            Format::Q4K | Format::Q5K | Format::Q6K => 256,
        }
    }

    /// Bytes of a block in a file.
    pub const fn block_bytes(self) -> usize {
        self.words_per_block() * 4 + if self.has_half_plane() { 2 } else { 0 }
    }

    /// Words of a block in the main plane of a packed matrix.
    pub const fn words_per_block(self) -> usize {
        match self {
            Format::F32 => 1,
            Format::F16 | Format::BF16 => 0,
            Format::Q4_0 => 4,
            Format::Q4_1 | Format::Q5_0 => 5,
            Format::Q5_1 => 6,
            Format::Q8_0 => 8,
            Format::Q4K => 36,
            Format::Q5K => 44,
            Format::Q6K => 52,
        }
    }

    /// Whether each block has one more 16-bit value, in the half plane of a packed matrix.
    pub const fn has_half_plane(self) -> bool {
        match self {
            Format::F16 | Format::BF16 | Format::Q4_0 | Format::Q5_0 | Format::Q8_0 | Format::Q6K => true,
            Format::F32 | Format::Q4_1 | Format::Q5_1 | Format::Q4K | Format::Q5K => false,
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.name())
    }
}

/// A ggml type number with the name it has or had, for messages: `IQ4_NL (number 20)`.
pub fn ggml_type_label(id: u32) -> String {
    let name = match Format::from_ggml_type(id) {
        Some(format) => format.name(),
        None => other_type_name(id),
    };
    format!("{name} (number {id})")
}

/// Names of the types this program does not run; those ggml itself has dropped say so.
fn other_type_name(id: u32) -> &'static str {
    match id {
        4 => "Q4_2 (removed from ggml)",
        5 => "Q4_3 (removed from ggml)",
        9 => "Q8_1",
        10 => "Q2_K",
        11 => "Q3_K",
        15 => "Q8_K",
        16 => "IQ2_XXS",
        17 => "IQ2_XS",
        18 => "IQ3_XXS",
        19 => "IQ1_S",
        20 => "IQ4_NL",
        21 => "IQ3_S",
        22 => "IQ2_S",
        23 => "IQ4_XS",
        24 => "I8",
        25 => "I16",
        26 => "I32",
        27 => "I64",
        28 => "F64",
        29 => "IQ1_M",
        31 => "Q4_0_4_4 (removed from ggml)",
        32 => "Q4_0_4_8 (removed from ggml)",
        33 => "Q4_0_8_8 (removed from ggml)",
        34 => "TQ1_0",
        35 => "TQ2_0",
        36 => "IQ4_NL_4_4 (removed from ggml)",
        37 => "IQ4_NL_4_8 (removed from ggml)",
        38 => "IQ4_NL_8_8 (removed from ggml)",
        39 => "MXFP4",
        40 => "NVFP4",
        41 => "Q1_0",
        _ => "unknown",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_those_of_ggml() {
        // Elements and bytes of a block: GGML_QUANT_SIZES of the PyPI package gguf 0.19.
        let sizes = Format::ALL.map(|format| (format.name(), format.block_len(), format.block_bytes()));
        assert_eq!(
            sizes,
            [
                ("F32", 1, 4),
                ("F16", 1, 2),
                ("BF16", 1, 2),
                ("Q4_0", 32, 18),
                ("Q4_1", 32, 20),
                ("Q5_0", 32, 22),
                ("Q5_1", 32, 24),
                ("Q8_0", 32, 34),
                ("Q4_K", 256, 144),
                ("Q5_K", 256, 176),
                ("Q6_K", 256, 210),
            ]
        );
    }

    #[test]
    fn numbers_lead_back_to_their_formats_and_all_others_to_none() {
        let known: Vec<_> = (0..1000)
            .filter_map(|id| Format::from_ggml_type(id).map(|f| (id, f)))
            .collect();
        assert_eq!(known.len(), Format::ALL.len());
        assert!(known.iter().all(|&(id, format)| format.ggml_type() == id));
    }

    #[test]
    fn labels_name_what_is_refused() {
        assert_eq!(ggml_type_label(20), "IQ4_NL (number 20)");
        assert_eq!(ggml_type_label(4), "Q4_2 (removed from ggml) (number 4)");
        assert_eq!(ggml_type_label(12), "Q4_K (number 12)");
        assert_eq!(ggml_type_label(77), "unknown (number 77)");
    }

    #[test]
    fn the_name_is_also_how_a_format_is_written_in_json() {
        for format in Format::ALL {
            assert_eq!(serde_json::to_value(format).unwrap(), format.name());
        }
    }
}
