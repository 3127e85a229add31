//! What is left of the output when its reader stops reading.

#![allow(clippy::unwrap_used, reason = "a test fails where it meets an error")]

mod common;

use common::TINY;
use std::process::{Command, Stdio};

#[test]
fn a_reader_that_goes_away_ends_the_program_quietly() {
    // More than a pipe holds, so that the program is still writing when the reader is gone.
    let text = "Q".repeat(50_000);
    for json in [&[][..], &["--json"]] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_traitscope"))
            .args(["tokenize", "--model", TINY, "--prompt", &text])
            .args(json)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!(String::from_utf8_lossy(&output.stderr), "");
        assert!(output.status.success(), "{:?}", output.status);
    }
}

#[cfg(target_os = "linux")]
#[test]
fn an_output_that_cannot_be_written_is_told_as_such() {
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_traitscope"))
        .args(["tokenize", "--model", TINY, "--prompt", "a"])
        .stdout(full)
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        told.starts_with("io.write: writing failed: standard output: "),
        "{told}"
    );
    assert_eq!(output.status.code(), Some(1));
}
