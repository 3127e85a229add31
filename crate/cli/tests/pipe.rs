//! What is left of the output when its reader stops reading.

#![allow(clippy::unwrap_used, reason = "a test fails where it meets an error")]

use std::process::{Command, Stdio};

#[test]
fn a_reader_that_goes_away_ends_the_program_quietly() {
    let model = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../tests/reference/tiny/tiny.gguf"
    );
    // More than a pipe holds, so that the program is still writing when the reader is gone.
    let text = "Q".repeat(50_000);
    for json in [&[][..], &["--json"]] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_traitscope"))
            .args(["tokenize", "--model", model, "--prompt", &text])
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
