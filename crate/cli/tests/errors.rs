//! What goes wrong ends with a status that is not 0, a reason on standard error and, with `--json`, one object with
//! its code on standard output.

#![allow(clippy::unwrap_used, reason = "a test fails where it meets an error")]

mod common;

use common::{TINY, only_object, place, run};
use std::process::{Command, Stdio};

/// Runs the arguments with and without `--json`, and looks for the code in every place where it belongs.
fn refused(arguments: &[&str], code: &str, reason: &str) {
    let plain = run(arguments);
    assert!(!plain.status.success(), "{arguments:?}");
    assert_eq!(
        String::from_utf8_lossy(&plain.stdout),
        "",
        "nothing that could be taken for a result"
    );
    let told = String::from_utf8_lossy(&plain.stderr).into_owned();
    assert!(told.contains(reason), "{told}");

    let output = run(&[arguments, &["--json"]].concat());
    assert_eq!(output.status.code(), plain.status.code());
    let value = only_object(&output);
    assert_eq!(value.as_object().unwrap().len(), 1, "{value}");
    assert_eq!(value["error"]["code"], code, "{value}");
    let message = value["error"]["message"].as_str().unwrap();
    assert!(message.contains(reason), "{message}");
}

#[test]
fn a_command_line_that_makes_no_sense() {
    let cases: [(&[&str], &str); 10] = [
        (&["tokenize", "--model", TINY], "--prompt"),
        (
            &["tokenize", "--model", TINY, "--prompt", "a", "--chat", "b"],
            "cannot be used with",
        ),
        (
            &["tokenize", "--model", TINY, "--prompt", "a", "--system", "b"],
            "--system",
        ),
        (&["logits", "--model", TINY, "--tokens", "1,x"], "'x'"),
        (&["logits", "--model", TINY, "--system", "b"], "--chat"),
        (&["logits", "--prompt", "a"], "--model"),
        (&["hidden", "--model", TINY, "--prompt", "a"], "--out"),
        (&["score", "--model", TINY, "--readout", "stars"], "stars"),
        (&["score", "--model", TINY, "--device", "tpu"], "tpu"),
        (&["judge", "--model", TINY], "judge"),
    ];
    for (arguments, reason) in cases {
        refused(arguments, "request.invalid", reason);
    }
}

#[test]
fn a_request_that_the_model_cannot_carry_out() {
    let long = "Q".repeat(5000);
    let cases: [(&[&str], &str, &str); 7] = [
        (&["logits", "--prompt", ""], "prompt.invalid", "prompt"),
        (&["generate", "--prompt", ""], "prompt.invalid", "prompt"),
        (&["logits", "--tokens", "307"], "prompt.invalid", "307"),
        (&["logits", "--prompt", &long], "prompt.length", "5000"),
        (
            &["generate", "--prompt", "a", "--temperature=-1"],
            "request.invalid",
            "temperature",
        ),
        (&["score", "--limit", "0"], "request.invalid", "no items"),
        (
            &["score", "--layouts", "forward,forward", "--readout", "letters"],
            "request.invalid",
            "twice",
        ),
    ];
    for (arguments, code, reason) in cases {
        let arguments = [&arguments[..1], &["--model", TINY], &arguments[1..]].concat();
        refused(&arguments, code, reason);
    }
}

#[test]
fn a_model_file_that_is_missing_cut_short_or_something_else() {
    let whole = std::fs::read(TINY).unwrap();
    let cut = place("cut.gguf");
    let other = place("other.gguf");
    std::fs::write(&other, "a letter to a friend, and long enough for a header").unwrap();
    for command in ["tokenize", "logits", "hidden", "generate", "score"] {
        let more: &[&str] = match command {
            "score" => &[],
            "hidden" => &["--prompt", "a", "--out", "/dev/null"],
            _ => &["--prompt", "a"],
        };
        let refused = |path: &str, code, reason| {
            refused(&[&[command, "--model", path], more].concat(), code, reason);
        };
        refused("/nowhere/model.gguf", "io.read", "/nowhere/model.gguf");
        refused(other.to_str().unwrap(), "gguf.magic", "GGUF");
        for length in [20, 4000, whole.len() - 1] {
            std::fs::write(&cut, &whole[..length]).unwrap();
            refused(cut.to_str().unwrap(), "gguf.truncated", "cut short");
        }
    }
}

#[test]
fn files_beside_the_model() {
    let items = place("items.json");
    std::fs::write(&items, "[{\"personality\": \"Openness\"}]").unwrap();
    let score = ["score", "--model", TINY, "--items"];
    refused(
        &[&score[..], &[items.to_str().unwrap()]].concat(),
        "items.invalid",
        "situation",
    );
    refused(
        &[&score[..], &["/nowhere/items.json"]].concat(),
        "io.read",
        "/nowhere/items.json",
    );
    let out = "/nowhere/hidden.safetensors";
    refused(
        &["hidden", "--model", TINY, "--prompt", "a", "--out", out],
        "io.write",
        out,
    );
    // Found out before the model is opened; and nothing is left of, or done to, what could be written and was not.
    refused(
        &[
            "hidden",
            "--model",
            "/nowhere/model.gguf",
            "--prompt",
            "a",
            "--out",
            out,
        ],
        "io.write",
        "writing failed",
    );
    let [new, old] = ["new.safetensors", "old.safetensors"].map(place);
    std::fs::write(&old, "kept").unwrap();
    for place in [&new, &old] {
        let out = ["--out", place.to_str().unwrap()];
        refused(
            &[&["hidden", "--model", TINY, "--prompt", ""], &out[..]].concat(),
            "prompt.invalid",
            "prompt",
        );
    }
    assert!(!new.exists());
    assert_eq!(std::fs::read(&old).unwrap(), b"kept");
}

#[cfg(target_os = "linux")]
#[test]
fn an_item_file_without_an_end() {
    refused(
        &["score", "--model", TINY, "--items", "/dev/zero"],
        "items.invalid",
        "at most",
    );
}

#[test]
fn help_and_version_are_no_errors() {
    for arguments in [&["--help"][..], &["--version"], &["score", "--help"]] {
        let output = run(arguments);
        assert!(output.status.success() && !output.stdout.is_empty());
        assert!(output.stderr.is_empty());
    }
}

#[test]
fn an_error_that_nobody_reads_is_still_an_error() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_traitscope"))
        .args([
            "tokenize",
            "--model",
            "/nowhere/model.gguf",
            "--prompt",
            "a",
            "--json",
        ])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    assert!(!child.wait().unwrap().success());
}

#[test]
fn a_token_that_the_model_lacks_has_no_piece() {
    let output = run(&["tokenize", "--model", TINY, "--tokens", "5,99999999", "--json"]);
    assert!(!output.status.success());
    let fault: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(fault["error"]["code"], "prompt.invalid");
}
