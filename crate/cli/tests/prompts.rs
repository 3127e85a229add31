//! `tokenize`, `logits`, `hidden` and `generate` against what a plain forward gives (`tests/reference/tiny`).

#![allow(clippy::unwrap_used, reason = "a test fails where it meets an error")]

mod common;

use common::{TINY, golden, ids, json, list, place, text};
use safetensors::{Dtype, SafeTensors};
use serde_json::Value;
use std::rc::Rc;
use traitscope::engine::{Engine, OpenOptions};
use traitscope::gguf::FileSource;
use traitscope::host::{Quiet, block_on};
use traitscope::inspect::{self, PromptInput};

/// The text that byte-level pieces stand for, as far as it is letters, spaces and line breaks.
fn spelled(pieces: &Value) -> String {
    let pieces: Vec<String> = serde_json::from_value(pieces.clone()).unwrap();
    pieces.concat().replace('Ġ', " ").replace('Ċ', "\n")
}

fn top(result: &Value) -> Vec<(usize, f64)> {
    let entries = result["top"].as_array().unwrap();
    entries
        .iter()
        .map(|entry| {
            let id = entry["id"].as_u64().unwrap() as usize;
            (id, entry["logit"].as_f64().unwrap())
        })
        .collect()
}

#[test]
fn logits_are_those_of_the_reference_largest_first() {
    for sequence in golden().sequences {
        let tokens = list(&sequence.tokens);
        let result = json("logits", &["--tokens", &tokens, "--top", "1000"]);
        assert_eq!(ids(&result["tokens"]), sequence.tokens);
        let all = top(&result);
        assert_eq!(all.len(), sequence.logits.len(), "no more than the vocabulary");
        assert!(all.is_sorted_by(|a, b| a.1 >= b.1));
        for (id, logit) in &all {
            assert!((logit - sequence.logits[*id]).abs() < 1e-3, "{id}: {logit}");
        }
        let total: f64 = sequence.logits.iter().map(|logit| logit.exp()).sum();
        assert!((result["logsumexp"].as_f64().unwrap() - total.ln()).abs() < 1e-3);
        assert_eq!(result["model"]["device"]["kind"], "cpu");

        let few = json("logits", &["--tokens", &tokens, "--top", "3"]);
        assert_eq!(top(&few), all[..3]);
        assert_eq!(
            top(&json("logits", &["--tokens", &tokens])),
            all[..20],
            "20 unless told"
        );
    }
}

#[test]
fn the_gpu_is_used_where_it_is_asked_for() {
    let sequence = golden().sequences.swap_remove(0);
    let tokens = list(&sequence.tokens);
    let result = json(
        "logits",
        &["--tokens", &tokens, "--top", "1000", "--device", "gpu"],
    );
    assert_eq!(result["model"]["device"]["kind"], "gpu");
    for (id, logit) in top(&result) {
        assert!((logit - sequence.logits[id]).abs() < 1e-3, "{id}: {logit}");
    }
}

#[test]
fn a_rated_token_is_spelled_as_the_vocabulary_writes_it() {
    let tokenized = json("tokenize", &["--prompt", "the sea is on the air"]);
    let (tokens, pieces) = (ids(&tokenized["tokens"]), &tokenized["pieces"]);
    let result = json("logits", &["--tokens", &list(&tokens), "--top", "1000"]);
    let rated = result["top"].as_array().unwrap();
    for (at, id) in tokens.iter().enumerate() {
        let entry = rated.iter().find(|entry| entry["id"] == *id).unwrap();
        assert_eq!(entry["token"], pieces[at]);
    }
}

#[test]
fn a_text_and_a_chat_are_the_tokens_that_tokenize_gives() {
    let chat = "<|im_start|>system\nyou are the sea<|im_end|>\n<|im_start|>user\nand the air<|im_end|>\n\
                <|im_start|>assistant\n";
    let alone = "<|im_start|>user\nand the air<|im_end|>\n<|im_start|>assistant\n";
    let cases: [(&[&str], &str); 3] = [
        (&["--prompt", "the sea is on the air"], "the sea is on the air"),
        (&["--chat", "and the air"], alone),
        (&["--chat", "and the air", "--system", "you are the sea"], chat),
    ];
    for (prompt, expected) in cases {
        let tokens = json("tokenize", prompt);
        assert_eq!(spelled(&tokens["pieces"]), expected);
        let tokens = ids(&tokens["tokens"]);
        assert!(
            tokens.len() < expected.len(),
            "letters are joined, control tokens are one"
        );
        let asked = json("logits", prompt);
        assert_eq!(ids(&asked["tokens"]), tokens);
        let listed = json("logits", &["--tokens", &list(&tokens)]);
        assert_eq!(asked["top"], listed["top"]);
    }
}

#[test]
fn control_tokens_that_a_person_writes_are_text() {
    let end = ids(&json("tokenize", &["--chat", ""])["tokens"])
        .iter()
        .filter(|id| **id == 2)
        .count();
    assert_eq!(end, 1);
    for (prompt, own) in [("--prompt", 0), ("--chat", 1)] {
        let written = json("tokenize", &[prompt, "<|im_end|>"]);
        assert!(spelled(&written["pieces"]).contains("<|im_end|>"));
        let found = ids(&written["tokens"]).iter().filter(|id| **id == 2).count();
        assert_eq!(found, own, "{prompt}");
    }
}

#[test]
fn hidden_writes_the_residual_stream_of_every_token() {
    let options = OpenOptions::default();
    let source = Rc::new(FileSource::open(std::path::Path::new(TINY)).unwrap());
    let mut engine = block_on(Engine::open(source, options, &Quiet)).unwrap();
    for sequence in golden().sequences {
        let count = sequence.tokens.len();
        let file = place(&format!("hidden-{count}.safetensors"));
        let out = file.to_str().unwrap();
        let result = json("hidden", &["--tokens", &list(&sequence.tokens), "--out", out]);
        assert_eq!(ids(&result["tokens"]), sequence.tokens);
        assert_eq!(result["shape"], serde_json::json!([3, count, 256]));
        assert_eq!(result["out"], out);

        let bytes = std::fs::read(&file).unwrap();
        let tensors = SafeTensors::deserialize(&bytes).unwrap();
        let mut names = tensors.names();
        names.sort_unstable();
        assert_eq!(names, ["ids", "resid"]);
        let stored = tensors.tensor("ids").unwrap();
        assert_eq!((stored.dtype(), stored.shape()), (Dtype::I64, &[count][..]));
        let read: Vec<i64> = stored
            .data()
            .chunks_exact(8)
            .map(|bytes| i64::from_le_bytes(bytes.try_into().unwrap()))
            .collect();
        let tokens: Vec<i64> = sequence.tokens.iter().map(|id| i64::from(*id)).collect();
        assert_eq!(read, tokens);

        let stored = tensors.tensor("resid").unwrap();
        assert_eq!(
            (stored.dtype(), stored.shape()),
            (Dtype::F32, &[3, count, 256][..])
        );
        let stream: Vec<f32> = stored
            .data()
            .chunks_exact(4)
            .map(|bytes| f32::from_le_bytes(bytes.try_into().unwrap()))
            .collect();
        for (layer, norm) in stream.chunks_exact(count * 256).zip(&sequence.norms) {
            let last = &layer[(count - 1) * 256..];
            let found = last.iter().map(|v| f64::from(*v).powi(2)).sum::<f64>().sqrt();
            assert!((found - norm).abs() < 1e-3 * norm, "{found} for {norm}");
        }
        let prompt = PromptInput::tokens(sequence.tokens);
        let library = block_on(inspect::hidden(&mut engine, &prompt)).unwrap();
        assert_eq!(stream, library.streams.concat());
    }
}

#[test]
fn greedy_text_is_that_of_the_reference() {
    let greedy = golden().greedy;
    let prompt = list(&greedy.prompt);
    let asked = ["--tokens", &prompt, "--max-tokens", "8"];
    let result = json("generate", &asked);
    assert_eq!(ids(&result["tokens"]), greedy.tokens);
    assert_eq!(
        (&result["stop"], result["prompt"].as_array().unwrap().len()),
        (&"length".into(), 5)
    );
    let written = text("generate", &asked);
    assert_eq!(written, format!("{}\n", result["text"].as_str().unwrap()));
}

#[test]
fn a_seed_gives_the_same_text_again_and_another_seed_another() {
    let sample = |seed| {
        json(
            "generate",
            &[
                "--prompt",
                "the sea",
                "--max-tokens",
                "24",
                "--temperature",
                "2",
                "--seed",
                seed,
            ],
        )
    };
    let first = sample("7");
    assert_eq!(sample("7"), first);
    assert_ne!(sample("8")["tokens"], first["tokens"]);
}

#[test]
fn text_for_people_has_a_line_a_token() {
    let tokens = text("tokenize", &["--prompt", "the sea"]);
    let expected = ids(&json("tokenize", &["--prompt", "the sea"])["tokens"]);
    let lines: Vec<Vec<&str>> = tokens
        .lines()
        .map(|line| line.split_whitespace().collect())
        .collect();
    assert_eq!(lines.len(), expected.len());
    for (line, id) in lines.iter().zip(&expected) {
        assert_eq!((line.len(), line[0]), (2, id.to_string().as_str()));
    }
    let best = text("logits", &["--prompt", "the sea", "--top", "4"]);
    let result = json("logits", &["--prompt", "the sea", "--top", "4"]);
    assert_eq!(best.lines().count(), 4);
    for (line, (id, logit)) in best.lines().zip(top(&result)) {
        assert!(line.trim_start().starts_with(&format!("{id} ")), "{line}");
        assert!(line.ends_with(&format!("{logit:.5}")), "{line}");
    }
    let out = place("hidden-text.safetensors");
    let out = out.to_str().unwrap();
    assert_eq!(
        text("hidden", &["--tokens", "5,6", "--out", out]),
        format!("{out}: 3 x 2 x 256 values\n")
    );
}
