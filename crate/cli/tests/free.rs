//! `free`: answers in words.

#![allow(clippy::unwrap_used, reason = "a test fails where it meets an error")]

mod common;

use common::{json, place, text, tiny};
use serde_json::json as value;

#[test]
fn answers_are_written_counted_and_the_same_again() {
    let bank = place("free-bank.json");
    let item = value!({
        "id": "a", "personality": "Openness", "situation": "it is on.", "query": "and you?",
        "response_high1": "in the sea", "response_high2": "on the air",
        "response_low1": "to the end", "response_low2": "of an hour",
    });
    let file = value!({"name": "one", "version": "1", "licence": "none", "language": "en", "items": [item]});
    std::fs::write(&bank, file.to_string()).unwrap();
    let base = [
        "--items",
        bank.to_str().unwrap(),
        "--templates",
        "T3,T1",
        "--samples",
        "2",
        "--max-tokens",
        "4",
    ];
    let result = json("free", &base);
    let answers = result["answers"].as_array().unwrap();
    // Two templates, two orders, two answers.
    assert_eq!(answers.len(), 8);
    assert_eq!(result["summary"]["items"]["refused"]["of"], 8);
    assert!(result["summary"]["statements"].is_null());
    assert_eq!(json("free", &base)["answers"], result["answers"]);
    let refused = answers.iter().filter(|answer| answer["choice"].is_null()).count();
    let words = text("free", &base);
    assert!(
        words.contains(&format!("all items: {refused} of 8 name none of the options")),
        "{words}"
    );
    let output = tiny("free", &["--items", bank.to_str().unwrap(), "--samples", "21"]);
    assert!(!output.status.success());
    assert!(
        String::from_utf8(output.stderr)
            .unwrap()
            .contains("request.invalid")
    );
}
