//! `extract`, `project`, `steer` and `effect`: from a trait's texts to what its direction does.

#![allow(clippy::unwrap_used, reason = "a test fails where it meets an error")]

mod common;

use common::{json, only_object, place, run, text, tiny};
use serde_json::{Value, json as value};
use std::path::{Path, PathBuf};

/// Writes the texts of a trait; statements alone.
fn artefact(test: &str, name: &str) -> PathBuf {
    let path = place(&format!("{test}-{name}.json"));
    let file = value!({
        "name": name, "label": "Trait", "high": "so", "low": "otherwise",
        "statements": {
            "high": ["so it is and so it was", "we go to the sea in it", "to be or to be there"],
            "low": ["not as it is or was", "they stay at the end of it", "no and not at all of them"],
        },
        "instructions": [{"high": "be so as it is", "low": "be not as it was"}],
    });
    std::fs::write(&path, file.to_string()).unwrap();
    path
}

/// Writes a bank of items of two traits.
fn bank(name: &str) -> PathBuf {
    let item = |id: usize, trait_name: &str| {
        value!({
            "id": format!("{trait_name}-{id}"), "personality": trait_name, "situation": format!("it is on {id}."),
            "query": "and you?", "response_high1": "in the sea", "response_high2": "on the air",
            "response_low1": "to the end", "response_low2": "of an hour",
        })
    };
    let items: Vec<Value> = (0..4)
        .flat_map(|i| [item(i, "Openness"), item(i, "Narcissism")])
        .collect();
    let path = place(name);
    let file = value!({"name": name, "version": "1", "licence": "none", "language": "en", "items": items});
    std::fs::write(&path, file.to_string()).unwrap();
    path
}

fn path(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// Directions of these traits in a file.
fn extracted(file: &str, traits: &[&str]) -> (PathBuf, Vec<Value>) {
    let out = place(file);
    let texts: Vec<PathBuf> = traits.iter().map(|name| artefact(file, name)).collect();
    let mut arguments = vec!["--out", path(&out), "--json", "--f32"];
    for text in &texts {
        arguments.extend(["--trait", path(text)]);
    }
    let output = tiny("extract", &arguments);
    assert!(output.status.success(), "{output:?}");
    (out, serde_json::from_slice(&output.stdout).unwrap())
}

#[test]
fn directions_are_made_read_along_and_applied() {
    let (file, made) = extracted("made.safetensors", &["openness", "candour"]);
    assert_eq!(made[0]["trait"], "openness");
    assert_eq!(made[1]["method"], "statements");
    assert_eq!(made[0]["texts"], value!([3, 3]));
    let layers = made[0]["layers"].as_array().unwrap();
    assert!(
        layers
            .iter()
            .all(|at| at["length"].as_f64().unwrap() > 0.0 && at["norm"].as_f64().unwrap() > 0.0)
    );

    let projected = json(
        "project",
        &[
            "--vectors",
            path(&file),
            "--at",
            "openness@1",
            "--at",
            "candour@2",
            "--prompt",
            "so it is",
        ],
    );
    let tokens = projected["tokens"].as_array().unwrap().len();
    assert_eq!(projected["pieces"].as_array().unwrap().len(), tokens);
    for name in ["openness@1", "candour@2"] {
        for field in ["projections", "cosines", "z"] {
            let values = projected["readings"][name][field].as_array().unwrap();
            assert_eq!(values.len(), tokens, "{name} {field}");
        }
    }
    let shown = text(
        "project",
        &[
            "--vectors",
            path(&file),
            "--at",
            "openness@1",
            "--prompt",
            "so it is",
        ],
    );
    assert_eq!(shown.lines().count(), 2 + tokens);

    let how = [
        "--vectors",
        path(&file),
        "--prompt",
        "so it is",
        "--max-tokens",
        "6",
    ];
    let steered = json("steer", &[&how[..], &["--steer", "openness@1=3"]].concat());
    assert_eq!(steered["steering"], value!(["openness@1=3"]));
    let projections = |side: &str| -> Vec<f64> {
        serde_json::from_value(steered[side]["readings"][0]["projections"].clone()).unwrap()
    };
    let (plain, moved) = (projections("unsteered"), projections("steered"));
    // The first text is the same, and its stream there is moved by dose times norm.
    let norm = layers.iter().find(|at| at["layer"] == 1).unwrap()["norm"]
        .as_f64()
        .unwrap();
    for i in 1..tokens {
        assert!(
            (moved[i] - plain[i] - 3.0 * norm).abs() < 1e-3 * norm,
            "{i}: {moved:?} {plain:?}"
        );
    }
    let still = json("steer", &[&how[..], &["--steer", "openness@1=0"]].concat());
    assert_eq!(still["steered"], still["unsteered"]);
    assert!(
        text("steer", &[&how[..], &["--steer", "openness@1=ablate"]].concat())
            .contains("-- openness@1=ablate\n")
    );

    // Both traits are made of the same texts, so that at one layer the second has nothing of its own.
    let same = [
        "--steer",
        "openness@1=1",
        "--steer",
        "candour@1=1",
        "--orthogonal",
        "--json",
    ];
    let refused = tiny("steer", &[&how[..], &same].concat());
    assert_eq!(only_object(&refused)["error"]["code"], "direction.invalid");
    let two = ["--steer", "openness@1=1", "--steer", "candour@2=1"];
    let along = |more: &[&str]| json("steer", &[&how[..], &two, more].concat());
    let (whole, own) = (along(&[]), along(&["--orthogonal"]));
    // The first is pushed along as it is, the second along less.
    let meter = |steered: &Value, i: usize| steered["unsteered"]["readings"][i]["projections"].clone();
    assert_eq!(meter(&whole, 0), meter(&own, 0));
    assert_ne!(meter(&whole, 1), meter(&own, 1));
}

#[test]
fn a_control_vector_holds_one_trait_and_reads_back() {
    let texts = artefact("control", "patience");
    let out = place("patience.gguf");
    text("extract", &["--trait", path(&texts), "--out", path(&out)]);
    json(
        "project",
        &[
            "--vectors",
            path(&out),
            "--at",
            "patience@2",
            "--prompt",
            "so it is",
        ],
    );
    let two = tiny(
        "extract",
        &[
            "--trait",
            path(&texts),
            "--trait",
            path(&texts),
            "--out",
            path(&out),
            "--json",
        ],
    );
    assert_eq!(only_object(&two)["error"]["code"], "request.invalid");
}

#[test]
fn an_effect_stands_beside_chance_and_words() {
    let (file, _) = extracted("effect.safetensors", &["openness"]);
    let (texts, items, rows) = (
        artefact("study", "openness"),
        bank("effect.json"),
        place("rows.jsonl"),
    );
    let how = [
        "--vectors",
        path(&file),
        "--items",
        path(&items),
        "--trait",
        path(&texts),
        "--doses=-0.5,0.5",
        "--chance",
        "3",
    ];
    let one = json(
        "effect",
        &[
            &how[..],
            &["--direction", "openness@1", "--personas", "--rows", path(&rows)],
        ]
        .concat(),
    );
    assert_eq!((&one["items"], &one["chosen"]), (&value!(8), &value!([])));
    let effects = one["directions"][0]["effects"].as_array().unwrap();
    assert_eq!(effects.len(), 2);
    for effect in effects {
        for kind in ["gaussian", "shuffled"] {
            assert_eq!(effect[kind]["directions"], 3);
        }
        assert_eq!(effect["change"]["items"], 4);
    }
    assert_eq!(one["personas"].as_array().unwrap().len(), 2 * 3);
    // Unsteered, twice seven directions, and three conditions under each of two prompts; eight items.
    let lines = std::fs::read_to_string(&rows).unwrap();
    assert_eq!(lines.lines().count(), (1 + 2 * 7 + 2 * 3) * 8);
    let last: Value = serde_json::from_str(lines.lines().last().unwrap()).unwrap();
    assert_eq!(
        (&last["persona"], &last["kind"]),
        (&value!("openness low"), &value!("trait"))
    );

    // Several layers: one is chosen on one half, and the other is what is reported.
    let several = json("effect", &[&how[..], &["--direction", "openness@1,2"]].concat());
    let chosen = &several["chosen"][0];
    assert_eq!((&chosen["items"], &several["items"]), (&value!(4), &value!(4)));
    let tried: Vec<(usize, f64)> = serde_json::from_value(chosen["effects"].clone()).unwrap();
    let best = tried.iter().max_by(|a, b| a.1.total_cmp(&b.1)).unwrap();
    assert_eq!(chosen["layer"], best.0);
    assert_eq!(several["directions"][0]["layer"], best.0);

    let shown = text("effect", &[&how[..], &["--direction", "openness@1,2"]].concat());
    for part in [
        "was chosen on 4 other items",
        "effect from -0.5 to +0.5",
        "larger than",
    ] {
        assert!(shown.contains(part), "no {part:?} in\n{shown}");
    }
}

#[test]
fn what_cannot_be_studied_has_a_code() {
    let (file, _) = extracted("refused.safetensors", &["openness"]);
    let items = bank("refused.json");
    let code = |arguments: &[&str]| {
        let given = [
            &["--vectors", path(&file), "--items", path(&items), "--json"],
            arguments,
        ]
        .concat();
        let output = tiny("effect", &given);
        assert!(!output.status.success());
        only_object(&output)["error"]["code"].clone()
    };
    assert_eq!(code(&["--direction", "openness"]), "request.invalid");
    assert_eq!(code(&["--direction", "kindness@1"]), "request.invalid");
    assert_eq!(code(&["--direction", "openness@7"]), "direction.layer");
    assert_eq!(
        code(&["--direction", "openness@1", "--doses", "0"]),
        "request.invalid"
    );
    assert_eq!(
        code(&["--direction", "openness@1", "--doses", "99"]),
        "direction.alpha"
    );
    // No pair of doses by which a layer could be chosen.
    assert_eq!(
        code(&["--direction", "openness@1,2", "--doses", "0.5"]),
        "request.invalid"
    );
    let help = run(&["effect", "--help"]);
    assert!(help.status.success());
}

#[test]
fn texts_are_judged_under_every_dose() {
    let (file, _) = extracted("coherence.safetensors", &["openness"]);
    let how = [
        "--vectors",
        path(&file),
        "--direction",
        "openness@1",
        "--doses=-2,2",
        "--ask",
        "so it is",
        "--ask",
        "and is it so",
        "--max-tokens",
        "8",
    ];
    let found = json("coherence", &how);
    let doses: Vec<f64> = (found["doses"].as_array().unwrap().iter())
        .map(|one| one["dose"].as_f64().unwrap())
        .collect();
    assert_eq!(doses, [-2.0, 0.0, 2.0]);
    assert_eq!(found["doses"][1]["coherent"], true);
    for texts in found["texts"].as_array().unwrap() {
        assert_eq!(texts[1]["prompt"], "and is it so");
        assert!(texts[0]["log_prob"].as_f64().unwrap() < 0.0);
    }
    let shown = text("coherence", &how);
    assert_eq!(shown.lines().count(), 2 + 3 + 1, "{shown}");
    assert!(shown.contains("Usable from "), "{shown}");
    let nothing = tiny(
        "coherence",
        &["--vectors", path(&file), "--direction", "openness@1", "--json"],
    );
    assert_eq!(only_object(&nothing)["error"]["code"], "request.invalid");
}

#[test]
fn a_meter_before_the_answer_is_held_against_it() {
    let (file, _) = extracted("monitor.safetensors", &["openness"]);
    let (texts, items) = (artefact("monitor", "openness"), bank("monitor.json"));
    let how = [
        "--vectors",
        path(&file),
        "--at",
        "openness@1",
        "--items",
        path(&items),
        "--trait",
        path(&texts),
    ];
    let found = json("monitor", &how);
    assert_eq!(
        found["conditions"],
        value!(["as the test is", "openness high 1", "openness low 1"])
    );
    assert_eq!(found["rows"].as_array().unwrap().len(), 3 * 8);
    assert_eq!(found["traits"].as_array().unwrap().len(), 2);
    assert_eq!(found["traits"][0]["within"].as_array().unwrap().len(), 3);
    let shown = text("monitor", &how);
    assert_eq!(shown.lines().count(), 1 + 2 * (2 + 1 + 3), "{shown}");
    let letters = tiny(
        "monitor",
        &[&how[..], &["--readout", "letters", "--json"]].concat(),
    );
    assert_eq!(only_object(&letters)["error"]["code"], "request.invalid");
}

#[test]
fn a_data_set_is_read_along_a_direction() {
    let (file, _) = extracted("difference.safetensors", &["openness"]);
    let texts = place("texts.tsv");
    std::fs::write(&texts, "so it is\tand so be it\nand it is so\n").unwrap();
    let how = [
        "--vectors",
        path(&file),
        "--at",
        "openness@1",
        "--texts",
        path(&texts),
        "--max-tokens",
        "6",
    ];
    let found = json("difference", &how);
    assert_eq!(found["texts"][0]["prompt"], "so it is");
    let rows = found["rows"].as_array().unwrap();
    assert_eq!((&rows[0]["index"], &rows[1]["index"]), (&value!(0), &value!(1)));
    assert_eq!(rows[1]["own"], Value::Null);
    assert_eq!(found["difference"]["value"], rows[0]["difference"]);
    let shown = text("difference", &how);
    assert_eq!(shown.lines().count(), 3 + 2 + 2, "{shown}");
    std::fs::write(&texts, "\n").unwrap();
    let nothing = tiny("difference", &[&how[..], &["--json"]].concat());
    assert_eq!(only_object(&nothing)["error"]["code"], "texts.invalid");
}
