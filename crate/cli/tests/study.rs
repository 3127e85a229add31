//! `study`: many settings, kept, gone on with and put together.

#![allow(clippy::unwrap_used, reason = "a test fails where it meets an error")]

mod common;

use common::{json, place, run, text, tiny};
use serde_json::{Value, json as value};
use std::path::{Path, PathBuf};

/// Writes a bank of two items.
fn bank(name: &str) -> PathBuf {
    let item = |id: &str, trait_name: &str| {
        value!({
            "id": id, "personality": trait_name, "situation": "it is on.", "query": "and you?",
            "response_high1": "in the sea", "response_high2": "on the air",
            "response_low1": "to the end", "response_low2": "of an hour",
        })
    };
    let items = [item("a", "Openness"), item("b", "Extraversion")];
    let path = place(name);
    let file = value!({"name": "two", "version": "1", "licence": "none", "language": "en", "items": items});
    std::fs::write(&path, file.to_string()).unwrap();
    path
}

/// Writes a study of three personas in two orders.
fn study(name: &str, change: impl FnOnce(&mut Value)) -> PathBuf {
    let persona = |name: &str| value!({"name": name, "system": format!("you are {name}")});
    let mut file = value!({
        "format": "traitscope-study", "format_version": 1, "name": "Tiny", "items": {},
        "readouts": ["letters", "continuation"], "failing": "ask", "gate": 2,
        "factors": [
            {"name": "who", "levels": [persona("a"), persona("b"), persona("c")]},
            {"name": "order", "levels": [
                {"name": "forward", "layouts": ["forward"]}, {"name": "reversed", "layouts": ["reversed"]}
            ]}
        ]
    });
    change(&mut file);
    let path = place(name);
    std::fs::write(&path, file.to_string()).unwrap();
    path
}

fn path(path: &Path) -> &str {
    path.to_str().unwrap()
}

fn settings(result: &Value) -> Vec<u64> {
    let answers = result["answers"].as_array().unwrap();
    answers
        .iter()
        .map(|own| own["setting"].as_u64().unwrap())
        .collect()
}

#[test]
fn a_study_is_kept_gone_on_with_and_put_together() {
    let (bank, file) = (bank("study-bank.json"), study("study.json", |_| ()));
    let base = ["--study", path(&file), "--items", path(&bank)];
    let whole = json("study", &base);
    assert_eq!(whole["format"], "traitscope-study-result");
    assert_eq!(settings(&whole), [0, 1, 2, 3, 4, 5]);
    // Two items in two read-outs.
    assert_eq!(whole["answers"][0]["values"].as_array().unwrap().len(), 4);
    assert_eq!(whole["summary"]["settings"], 6);
    assert_eq!(whole["gate"][0]["questions"], 2);
    assert_eq!(whole["answers"][0]["device"], "cpu");

    // A part of the settings, kept in a file; the rest elsewhere; together they are the whole.
    let (one, two) = (place("study-one.json"), place("study-two.json"));
    let _ = (std::fs::remove_file(&one), std::fs::remove_file(&two));
    let part = json(
        "study",
        &[&base[..], &["--settings", "2", "--out", path(&one)]].concat(),
    );
    assert_eq!(settings(&part).len(), 2);
    let together = json(
        "study",
        &[&base[..], &["--out", path(&two), "--with", path(&one)]].concat(),
    );
    assert_eq!(together["answers"], whole["answers"]);
    assert_eq!(together["summary"], whole["summary"]);
    let kept: Value = serde_json::from_slice(&std::fs::read(&two).unwrap()).unwrap();
    assert_eq!(kept["answers"], whole["answers"]);

    let words = text("study", &[&base[..], &["--out", path(&two)]].concat());
    assert!(
        words.contains("Tiny: 6 of 6 settings") && words.contains("Openness"),
        "{words}"
    );

    // Answers to another study are not taken.
    let other = study("study-other.json", |file| file["seed"] = 2.into());
    let output = tiny(
        "study",
        &[
            "--study",
            path(&other),
            "--items",
            path(&bank),
            "--with",
            path(&one),
        ],
    );
    let complaint = String::from_utf8(output.stderr).unwrap();
    assert!(
        !output.status.success() && complaint.contains("another study"),
        "{complaint}"
    );
}

#[test]
fn what_cannot_be_carried_out_is_refused_before_the_model_is_loaded() {
    let bank = bank("study-refused-bank.json");
    let refused = |file: &Path, more: &[&str]| {
        let arguments = [
            "study",
            "--model",
            "nowhere.gguf",
            "--study",
            path(file),
            "--items",
            path(&bank),
        ];
        let output = run(&[&arguments[..], more].concat());
        assert!(!output.status.success());
        String::from_utf8(output.stderr).unwrap()
    };
    let statements = study("study-statements.json", |file| {
        file["inventory"] = value!({"id": "ipip"})
    });
    assert!(refused(&statements, &[]).contains("--inventories"));
    let many = study("study-many.json", |_| ());
    assert!(
        refused(&many, &["--settings", "7"])
            .contains("study.invalid: the study cannot be carried out: it asks 7 of 6")
    );
    let none = study("study-none.json", |file| {
        file["items"]["traits"] = value!(["Charm"])
    });
    assert!(refused(&none, &[]).contains("Charm"));
    let single = study("study-single.json", |file| file["factors"] = value!([]));
    assert!(refused(&single, &[]).contains("traitscope score"));
    let broken = place("study-broken.json");
    std::fs::write(&broken, "{").unwrap();
    assert!(refused(&broken, &[]).contains("study.invalid"));
}
