//! Ten thousand lines of mixed text against the tokenizers of transformers (`tests/reference/text/make_lines.py`).

#![allow(clippy::unwrap_used, reason = "a test fails where it meets an error")]

mod common;

use common::{gemma_path, model_path};
use serde::Deserialize;
use std::path::PathBuf;
use traitscope::gguf::{FileSource, Gguf};
use traitscope::random::SplitMix64;
use traitscope::text::Tokenizer;

#[derive(Deserialize)]
struct Golden {
    count: usize,
    seed: u64,
    fragments: Vec<String>,
    /// Hash of all lines.
    text: u32,
    /// Hashes of the ids of each line, eight hexadecimal digits each.
    smollm2: String,
    gemma3: String,
}

impl Golden {
    fn lines(&self) -> Vec<String> {
        let mut random = SplitMix64::new(self.seed);
        let mut line = || {
            let mut line = String::new();
            for place in 0..=random.below(16) {
                if place > 0 && random.below(2) == 1 {
                    line.push(' ');
                }
                line += &self.fragments[random.below(self.fragments.len())];
            }
            line
        };
        (0..self.count).map(|_| line()).collect()
    }
}

/// FNV-1a of 32 bits.
fn hash(bytes: impl IntoIterator<Item = u8>) -> u32 {
    bytes.into_iter().fold(0x811c_9dc5, |value: u32, byte| {
        (value ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    })
}

#[test]
fn ids_of_ten_thousand_lines_are_those_of_transformers() {
    let golden = include_bytes!("../../../tests/reference/text/lines.json");
    let golden: Golden = serde_json::from_slice(golden).unwrap();
    let lines = golden.lines();
    assert_eq!(lines.len(), 10_000);
    assert_eq!(hash(lines.join("\n").bytes()), golden.text, "the lines differ");
    let models: [(PathBuf, &str); 2] = [(model_path(), &golden.smollm2), (gemma_path(), &golden.gemma3)];
    for (path, hashes) in models {
        let gguf = Gguf::read(&FileSource::open(&path).unwrap()).unwrap();
        let tokenizer = Tokenizer::from_gguf(&gguf.metadata).unwrap();
        let expected = hashes.as_bytes().chunks(8);
        assert_eq!(expected.len(), lines.len());
        let differing: Vec<&String> = lines
            .iter()
            .zip(expected)
            .filter(|(line, expected)| {
                let ids = tokenizer.encode(line).unwrap();
                let found = hash(ids.into_iter().flat_map(u32::to_le_bytes));
                format!("{found:08x}").as_bytes() != *expected
            })
            .map(|(line, _)| line)
            .collect();
        assert!(
            differing.is_empty(),
            "{}: {} lines differ, the first {:?}",
            path.display(),
            differing.len(),
            &differing[..differing.len().min(5)]
        );
    }
}
