//! How much memory a model needs, held against what is known of the device before anything is allocated there.

use super::architecture::Architecture;
use super::config::Config;
use super::head::{head_rows, target_rows};
use super::load::LoadOptions;
use super::table::Table;
use crate::device::Compute;
use crate::gguf::Gguf;
use crate::{Error, Result};

/// Bytes of an `f32`, a word of packed weights, and everything else that lies on a device.
const WORD: u64 = 4;

/// What a model takes on its device, in bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Need {
    /// Packed weights.
    weights: u64,
    /// Keys and values of every block.
    cache: u64,
    /// Cosines and sines of the rotary embedding.
    turns: u64,
    /// Activations of one part of a forward and of the head; while loading, copies of a tensor on its way.
    working: u64,
    /// The largest single buffer and what it is for.
    largest: (u64, String),
}

impl Need {
    /// From the header alone, where a buffer may have so many bytes.
    pub(super) fn of(gguf: &Gguf, config: &Config, options: &LoadOptions, limit: Option<u64>) -> Self {
        let slots = options.slots(config) as u64;
        let heads = config.heads;
        let (q_width, kv_width) = (heads.q_width() as u64, heads.kv_width() as u64);
        let (width, hidden) = (config.width as u64, config.hidden as u64);
        let mut buffers = Vec::with_capacity(gguf.tensors.len() + 3);
        let mut weights = 0;
        for tensor in &gguf.tensors {
            weights += packed_bytes(tensor.bytes);
            // Rows of tables that one buffer does not hold lie in several.
            let most = match &tensor.name[..] {
                "token_embd.weight" | "output.weight" => {
                    Table::rows_each(tensor.row_bytes(), limit).saturating_mul(tensor.row_bytes())
                }
                _ => u64::MAX,
            };
            buffers.push((packed_bytes(tensor.bytes.min(most)), tensor.name.clone()));
        }
        // A tensor is there packed and on its way to the device; two of a layer are there packed and stacked.
        let copies = buffers
            .iter()
            .map(|(bytes, name)| match name.starts_with("blk.") {
                true => 4 * bytes,
                false => 2 * bytes,
            });
        let copies = copies.max().unwrap_or(0);

        let tables = 1 + u64::from(config.window.is_some());
        let layer_cache = WORD * slots * kv_width;
        let logits = WORD * (head_rows(config.vocabulary) * config.vocabulary) as u64;
        // Stream, norm, projection, queries, mixed values, gate and up, and their product, as if none were reused.
        let mut columns = 3 * width + 3 * q_width + 2 * kv_width + 3 * hidden;
        // The projection again with biases, and again with its heads normed.
        let Architecture {
            qkv_bias, head_norm, ..
        } = *config.architecture;
        columns += (u64::from(qkv_bias) + u64::from(head_norm)) * (q_width + 2 * kv_width);
        // Streams of a whole batch: where conditions part, at the end of one in parts, and these joined.
        let streams = 3 * WORD * slots * width;
        // What is kept of logits whose log-probabilities are asked for.
        let log_probs = WORD * (target_rows(config.vocabulary) * config.vocabulary) as u64 / 4;
        let mut head = 2 * logits + log_probs;
        if config.softcap.is_some() {
            // On their way to capped log-probabilities logits are stored several times.
            head += 4 * logits;
        }
        let activations = WORD * options.chunk(config) as u64 * columns + streams + head;
        buffers.push((layer_cache, "the cache of keys of one block".into()));
        buffers.push((logits, "the logits".into()));
        Self {
            weights,
            cache: 2 * config.layers as u64 * layer_cache,
            turns: tables * WORD * slots * heads.dim as u64,
            working: copies.max(activations),
            largest: buffers.into_iter().max().unwrap_or_default(),
        }
    }

    fn total(&self) -> u64 {
        self.weights + self.cache + self.turns + self.working
    }

    /// Whether the model fits, as far as can be told before trying.
    ///
    /// # Errors
    /// [`Error::DeviceMemory`] with the numbers.
    pub(super) fn check(&self, compute: &Compute) -> Result<()> {
        let (bytes, name) = &self.largest;
        if let Some(limit) = compute.max_binding.filter(|limit| bytes > limit) {
            return Err(Error::DeviceMemory(format!(
                "{name} takes {bytes} bytes, and a buffer of this device may have at most {limit}"
            )));
        }
        let total = self.total();
        let needs = || {
            format!(
                "it needs {total} bytes ({} for weights, {} for the cache, {} to work in)",
                self.weights,
                self.cache,
                self.turns + self.working
            )
        };
        match compute.max_memory {
            Some(limit) if total > limit => Err(Error::DeviceMemory(format!(
                "{}, and there can be at most {limit}",
                needs()
            ))),
            // Something else, such as another model, may already have its share of the limit.
            Some(limit) if !obtainable(total, *bytes) => Err(Error::DeviceMemory(format!(
                "{}, and of the {limit} there can be, too few are left",
                needs()
            ))),
            _ => Ok(()),
        }
    }
}

/// Bytes of a packed tensor that has so many in a file: the planes are the same bits, filled up to a word.
///
/// The tensor's shape would give the same, but not in the 32 bits that products of its sides have in WebAssembly.
fn packed_bytes(in_file: u64) -> u64 {
    in_file.next_multiple_of(WORD)
}

/// Whether the allocator has so many bytes, in pieces of at most `piece`; they are given back at once.
fn obtainable(total: u64, piece: u64) -> bool {
    let mut held: Vec<Vec<u8>> = Vec::new();
    let mut left = total;
    while left > 0 {
        let size = left.min(piece.max(1));
        let mut block = Vec::new();
        if usize::try_from(size).is_ok_and(|size| block.try_reserve_exact(size).is_ok()) {
            // The compiler must not find out that nothing is done with it.
            held.push(core::hint::black_box(block));
            left -= size;
        } else {
            return false;
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gguf::MemorySource;
    use crate::quant::{Format, PackedLayout};

    const TINY: &[u8] = include_bytes!("../../../../tests/reference/tiny/tiny.gguf");

    fn need() -> Need {
        need_of(TINY)
    }

    fn need_of(bytes: &[u8]) -> Need {
        let gguf = Gguf::read(&MemorySource(bytes)).unwrap();
        let options = LoadOptions {
            cache_slots: 100,
            chunk_tokens: 8,
        };
        Need::of(&gguf, &Config::from_gguf(&gguf).unwrap(), &options, None)
    }

    #[test]
    fn the_parts_are_those_of_the_tiny_model() {
        let need = need();
        let gguf = Gguf::read(&MemorySource(TINY)).unwrap();
        assert_eq!(
            need.weights,
            gguf.tensors.iter().map(|tensor| tensor.bytes).sum::<u64>()
        );
        // Two blocks, keys and values, two heads of 64 (tests/reference/tiny/README.md).
        assert_eq!(need.cache, 2 * 2 * 100 * 2 * 64 * 4);
        assert_eq!(need.turns, 100 * 64 * 4);
        assert_eq!(need.largest, (256 * 256 * 4, "blk.1.ffn_up.weight".into()));
        assert_eq!(need.working, 4 * need.largest.0);
    }

    #[test]
    fn windows_have_a_rotary_table_of_their_own_and_caps_need_logits() {
        let gemma = include_bytes!("../../../../tests/reference/architectures/gemma3.gguf");
        let need = need_of(gemma);
        // Heads of 32 columns; of 307 logits 16 rows are held six times, and of log-probabilities a quarter of 128 rows.
        assert_eq!(need.turns, 2 * 100 * 32 * 4);
        assert!(need.working > 307 * (6 * 16 + 32) * 4, "{need:?}");
    }

    #[test]
    fn packed_tensors_have_the_bytes_of_their_layout() {
        for format in Format::ALL {
            for blocks in [1, 2, 3] {
                let layout = PackedLayout::new(format, blocks, format.block_len()).unwrap();
                let in_file = (blocks * format.block_bytes()) as u64;
                assert_eq!(
                    packed_bytes(in_file),
                    WORD * layout.words() as u64,
                    "{blocks} {format}"
                );
            }
        }
        assert_eq!(packed_bytes((5 << 32) + 2), (5 << 32) + 4);
    }

    #[test]
    fn what_does_not_fit_is_refused_with_the_numbers() {
        let need = need();
        let total = need.total();
        let mut compute = Compute::cpu();
        compute.max_memory = Some(total);
        compute.max_binding = Some(need.largest.0);
        need.check(&compute).unwrap();

        compute.max_memory = Some(total - 1);
        let error = need.check(&compute).unwrap_err();
        assert_eq!(error.code(), "device.memory");
        for number in [total, total - 1, need.weights, need.cache] {
            assert!(error.to_string().contains(&number.to_string()), "{error}");
        }

        compute.max_memory = None;
        compute.max_binding = Some(need.largest.0 - 1);
        let error = need.check(&compute).unwrap_err();
        assert_eq!(error.code(), "device.memory");
        assert!(
            error
                .to_string()
                .contains("blk.1.ffn_up.weight takes 262144 bytes"),
            "{error}"
        );
    }

    #[test]
    fn memory_that_others_have_taken_is_not_obtainable() {
        assert!(obtainable(10_000, 4096));
        assert!(!obtainable(1 << 62, 1 << 61));
    }
}
