//! Running the program on the tiny random model (`tests/reference/tiny`).

#![allow(clippy::unwrap_used, reason = "a test fails where it meets an error")]
#![allow(dead_code, reason = "each test binary uses a part")]

use serde::Deserialize;
use serde_json::Value;
use std::path::PathBuf;
use std::process::{Command, Output};

/// The model's file.
pub const TINY: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../tests/reference/tiny/tiny.gguf"
);

/// What a plain forward over that file gives.
#[derive(Deserialize)]
pub struct Golden {
    pub sequences: Vec<Sequence>,
    pub greedy: Greedy,
}

#[derive(Deserialize)]
pub struct Sequence {
    pub tokens: Vec<u32>,
    /// After the last token.
    pub logits: Vec<f64>,
    /// Of the last token's residual stream, after the embedding and each block.
    pub norms: Vec<f64>,
}

#[derive(Deserialize)]
pub struct Greedy {
    pub prompt: Vec<u32>,
    pub tokens: Vec<u32>,
}

pub fn golden() -> Golden {
    serde_json::from_str(include_str!("../../../../tests/reference/tiny/golden.json")).unwrap()
}

/// Runs the program with the arguments as they are.
pub fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_traitscope"))
        .args(arguments)
        .output()
        .unwrap()
}

/// Runs a command on the tiny model.
pub fn tiny(command: &str, arguments: &[&str]) -> Output {
    run(&[&[command, "--model", TINY], arguments].concat())
}

/// What a command on the tiny model prints for people; it must succeed.
pub fn text(command: &str, arguments: &[&str]) -> String {
    let output = tiny(command, arguments);
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).unwrap()
}

/// Standard output as one JSON object on one line and nothing else.
pub fn only_object(output: &Output) -> Value {
    let text = std::str::from_utf8(&output.stdout).unwrap();
    assert!(
        text.ends_with('\n') && text.lines().count() == 1,
        "not one line: {text:?}"
    );
    let value: Value = serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text:?}"));
    assert!(value.is_object(), "{value}");
    value
}

/// What a command on the tiny model prints with `--json`; it must succeed and complain of nothing.
pub fn json(command: &str, arguments: &[&str]) -> Value {
    let output = tiny(command, &[arguments, &["--json"]].concat());
    assert!(output.status.success(), "{output:?}");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    only_object(&output)
}

/// Token ids as the command line takes them.
pub fn list(tokens: &[u32]) -> String {
    let ids: Vec<String> = tokens.iter().map(u32::to_string).collect();
    ids.join(",")
}

/// Token ids out of JSON.
pub fn ids(value: &Value) -> Vec<u32> {
    serde_json::from_value(value.clone()).unwrap()
}

/// A place for a file that a test writes.
pub fn place(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name)
}
