//! `score`: what its JSON holds, in which order, and what it tells people.

#![allow(clippy::unwrap_used, reason = "a test fails where it meets an error")]

mod common;

use common::{json, place, text};
use serde_json::{Value, json as value};
use std::path::PathBuf;

/// Writes a bank of three items whose names are not in alphabetical order.
fn bank(name: &str) -> PathBuf {
    let item = |id: &str, trait_name: &str| {
        value!({
            "id": id, "personality": trait_name, "situation": "it is on.", "query": "and you?",
            "paraphrased_situation": "it is in.", "paraphrased_query": "or you?",
            "response_high1": "in the sea", "response_high2": "on the air",
            "response_low1": "to the end", "response_low2": "of an hour",
        })
    };
    let items = [
        item("c", "Openness"),
        item("a", "Agreeableness"),
        item("b", "Openness"),
    ];
    let path = place(name);
    let file = value!({"name": "three", "version": "2", "licence": "none", "language": "en", "items": items});
    std::fs::write(&path, file.to_string()).unwrap();
    path
}

fn floats(options: &Value, field: &str) -> [f64; 4] {
    [0, 1, 2, 3].map(|i| options[i][field].as_f64().unwrap())
}

/// The share of the probability on the first two of four options.
fn on_high(logprobs: [f64; 4]) -> f64 {
    let p = logprobs.map(f64::exp);
    (p[0] + p[1]) / p.iter().sum::<f64>()
}

fn near(found: &Value, expected: f64) {
    assert!(
        (found.as_f64().unwrap() - expected).abs() < 1e-9,
        "{found} for {expected}"
    );
}

#[test]
fn letters_give_a_row_for_each_item_template_and_order() {
    let bank = bank("letters.json");
    let result = json(
        "score",
        &[
            "--items",
            bank.to_str().unwrap(),
            "--readout",
            "letters",
            "--templates",
            "T3,T1",
            "--layouts",
            "reversed,forward",
        ],
    );
    let rows = result["observations"].as_array().unwrap();
    let mut expected = Vec::new();
    for item in ["c", "a", "b"] {
        for template in ["T3", "T1"] {
            expected.extend(["reversed", "forward"].map(|layout| value!([item, template, layout])));
        }
    }
    let found: Vec<Value> = rows
        .iter()
        .map(|row| value!([row["item"], row["template"], row["layout"]]))
        .collect();
    assert_eq!(found, expected);
    for row in rows {
        assert_eq!(row["readout"], "letters");
        let logprobs = floats(&row["options"], "logprob");
        assert_eq!(floats(&row["options"], "tokens"), [1.0; 4]);
        near(&row["option_mass"], logprobs.map(f64::exp).iter().sum());
        near(&row["p_high"], on_high(logprobs));
        let [h1, h2, l1, l2] = logprobs;
        near(&row["d"], (h1 + h2 - l1 - l2) / 2.0);
    }
    let scores = result["scores"].as_array().unwrap();
    let found: Vec<Value> = scores
        .iter()
        .map(|score| value!([score["trait"], score["readout"], score["items"]]))
        .collect();
    assert_eq!(result["letters"]["locked"], false);
    assert_eq!(
        found,
        [
            value!(["Openness", "letters", 2]),
            value!(["Agreeableness", "letters", 1])
        ]
    );
    assert_eq!((&result["gate"], &result["offered"]), (&value!([]), &Value::Null));
}

#[test]
fn continuations_give_a_row_an_item_and_scores_with_intervals() {
    let bank = bank("continuation.json");
    let path = bank.to_str().unwrap();
    let result = json(
        "score",
        &["--items", path, "--gain", "--gate", "2", "--seed", "9"],
    );
    let rows = result["observations"].as_array().unwrap();
    let items: Vec<&Value> = rows.iter().map(|row| &row["item"]).collect();
    assert_eq!(items, ["c", "a", "b"]);
    for row in rows {
        assert_eq!(row["readout"], "continuation");
        assert_eq!(
            row["trait"],
            if row["item"] == "a" {
                "Agreeableness"
            } else {
                "Openness"
            }
        );
        for none in ["template", "layout", "option_mass"] {
            assert_eq!(row.get(none), Some(&Value::Null), "{none} is there and empty");
        }
        let keys: Vec<&Value> = (0..4).map(|i| &row["options"][i]["key"]).collect();
        assert_eq!(keys, ["high1", "high2", "low1", "low2"]);
        let (sums, tokens) = (
            floats(&row["options"], "logprob"),
            floats(&row["options"], "tokens"),
        );
        let neutral = floats(&row["options"], "neutral_logprob");
        assert!(tokens.iter().all(|n| *n >= 3.0), "{tokens:?}");
        near(&row["p_high"], on_high(sums));
        let [h1, h2, l1, l2] = [0, 1, 2, 3].map(|i| sums[i] / tokens[i]);
        near(&row["d"], (h1 + h2 - l1 - l2) / 2.0);
        near(
            &row["p_high_gain"],
            on_high([0, 1, 2, 3].map(|i| sums[i] - neutral[i])),
        );
    }
    let scores = result["scores"].as_array().unwrap();
    assert_eq!(scores.len(), 2);
    for (score, trait_name) in scores.iter().zip(["Openness", "Agreeableness"]) {
        assert_eq!(
            (&score["trait"], &score["readout"]),
            (&trait_name.into(), &"continuation".into())
        );
        let [at, low, high] = ["score", "low", "high"].map(|key| score[key].as_f64().unwrap());
        assert!(0.0 <= low && low <= at && at <= high && high <= 100.0, "{score}");
        let expected: Vec<f64> = rows
            .iter()
            .filter(|row| row["trait"] == trait_name)
            .map(|row| 100.0 * row["p_high"].as_f64().unwrap())
            .collect();
        near(
            &score["expected"],
            expected.iter().sum::<f64>() / expected.len() as f64,
        );
    }
    assert_eq!(
        (&result["gate"][0]["questions"], &result["gate"][0]["readout"]),
        (&2.into(), &"continuation".into())
    );
    assert_eq!(
        (&result["items"], &result["items_version"], &result["seed"]),
        (&"three".into(), &"2".into(), &9.into())
    );
}

#[test]
fn what_is_asked_follows_the_arguments() {
    let bank = bank("arguments.json");
    let bank = bank.to_str().unwrap();
    let rows = |arguments: &[&str]| {
        let result = json("score", &[&["--items", bank, "--limit", "1"], arguments].concat());
        result["observations"].as_array().unwrap().clone()
    };
    let plain = rows(&[]);
    assert_eq!((plain.len(), &plain[0]["item"]), (1, &"c".into()));
    assert_eq!(plain[0]["options"][0]["neutral_logprob"], Value::Null);
    let both = rows(&["--paraphrases", "--readout", "continuation,letters"]);
    let found: Vec<Value> = both
        .iter()
        .map(|row| value!([row["readout"], row["layout"], row["paraphrased"]]))
        .collect();
    let of = |paraphrased: bool| {
        [
            value!(["continuation", null, paraphrased]),
            value!(["letters", "forward", paraphrased]),
            value!(["letters", "reversed", paraphrased]),
        ]
    };
    assert_eq!(found, [of(false), of(true)].concat());
    for other in [&["--system", "you are the end"][..], &["--mode", "raw"]] {
        assert_ne!(rows(other)[0]["options"], plain[0]["options"], "{other:?}");
    }
    assert_eq!(rows(&["--mode", "chat"]), plain);
}

#[test]
fn the_bundled_bank_is_asked_where_none_is_named() {
    let result = json("score", &["--limit", "2"]);
    let items: Vec<&Value> = (0..2).map(|i| &result["observations"][i]["item"]).collect();
    assert_eq!(items, ["openness-01", "openness-02"]);
}

#[test]
fn people_are_told_what_a_score_is_worth() {
    let bank = bank("people.json");
    let bank = bank.to_str().unwrap();
    let unasked = text("score", &["--items", bank]);
    assert_eq!(unasked.matches("(gate not asked)").count(), 2, "{unasked}");
    assert!(unasked.contains("continuation: gate not asked: add --gate 24\n"));
    assert!(unasked.ends_with("Trait scores are offered from: no read-out\n"));
    // A model that has learned nothing cannot pass.
    let asked = text("score", &["--items", bank, "--gate", "24"]);
    assert_eq!(asked.matches("(fails the gate)").count(), 2, "{asked}");
    assert!(asked.contains(" of 24 right, fails; its scores mean little\n"));
    assert!(asked.ends_with("Trait scores are offered from: no read-out\n"));
    let result = json("score", &["--items", bank, "--gate", "24"]);
    for score in result["scores"].as_array().unwrap() {
        let name = score["trait"].as_str().unwrap();
        let line = asked.lines().find(|line| line.starts_with(name)).unwrap();
        let expected = format!("expected {:5.1}", score["expected"].as_f64().unwrap());
        assert!(line.contains(&expected), "{line}");
    }
}
