//! Tests of the readers.

use serde_json::{Value, json};

use super::{GateSet, ItemBank, MAX_FILE_BYTES};

fn row() -> Value {
    json!({
        "personality": "Openness", "situation": "A friend shows you a strange film.", "query": "What do you say?",
        "paraphrased_situation": "A strange film is shown to you.", "paraphrased_query": "Your answer?",
        "response_high1": "Tell me more.", "response_high2": "What a view!",
        "response_low1": "Not for me.", "response_low2": "I prefer the news."
    })
}

fn with(field: &str, value: Value) -> Value {
    let mut row = row();
    row[field] = value;
    row
}

fn read(value: &Value) -> ItemBank {
    ItemBank::from_json(value.to_string().as_bytes(), "dir/TRAIT.json").unwrap()
}

fn refused(bytes: impl AsRef<[u8]>) -> String {
    let error = ItemBank::from_json(bytes.as_ref(), "x.json").unwrap_err();
    assert_eq!(error.code(), "items.invalid");
    error.to_string()
}

#[test]
fn the_list_of_the_trait_repository() {
    let bank = read(&json!([row(), with("personality", json!("Narcissism"))]));
    assert_eq!((bank.name.as_str(), bank.items.len()), ("TRAIT", 2));
    assert_eq!(bank.traits(), ["Openness", "Narcissism"]);
    let item = &bank.items[0];
    assert_eq!(item.id, "Openness-1");
    assert_eq!(
        item.text(false).unwrap(),
        "A friend shows you a strange film. What do you say?"
    );
    assert_eq!(
        item.text(true).unwrap(),
        "A strange film is shown to you. Your answer?"
    );
    assert_eq!(
        item.options(),
        [
            "Tell me more.",
            "What a view!",
            "Not for me.",
            "I prefer the news."
        ]
    );
    assert_eq!(bank.items[1].id, "Narcissism-2");
}

#[test]
fn the_projects_own_form() {
    let file = json!({"name": "n", "version": "1", "licence": "CC0", "language": "en", "items": [with("id", json!("o1"))]});
    let bank = read(&file);
    assert_eq!(
        (&*bank.name, &*bank.version, &*bank.licence, &*bank.items[0].id),
        ("n", "1", "CC0", "o1")
    );
    // What is written out is read back.
    assert_eq!(read(&serde_json::to_value(&bank).unwrap()), bank);
}

#[test]
fn json_lines_and_a_byte_order_mark() {
    let text = format!("\u{FEFF}{}\r\n\n{}\n", row(), with("id", json!(7)));
    let bank = ItemBank::from_json(text.as_bytes(), "items.jsonl").unwrap();
    assert_eq!(
        (bank.name.as_str(), bank.items.len(), bank.items[1].id.as_str()),
        ("items", 2, "7")
    );
    assert_eq!(
        ItemBank::from_json(row().to_string().as_bytes(), ".x")
            .unwrap()
            .name,
        ".x"
    );
    // Blank lines count as lines and not as rows, before the first item too.
    let blank = refused(format!("\n\n{}\n\n{{\"personality\": \"Openness\"}}\n", row()));
    assert!(blank.contains("line 5, row 2, field situation"), "{blank}");
    assert!(refused(format!("\n{}\n\n{{oops\n", row())).contains("line 4"));
    assert!(refused(format!("{}\n{{oops\n", row())).contains("line 2"));
    assert!(refused(format!("{}\n3\n", row())).contains("row 2 is a number"));
}

#[test]
fn paraphrases_may_be_missing() {
    for value in [Value::Null, json!(""), json!(" ")] {
        let bank = read(&json!([with("paraphrased_query", value)]));
        assert_eq!(bank.items[0].text(true), None);
    }
}

#[test]
fn row_and_field_of_what_is_wrong() {
    let mut missing = row();
    missing.as_object_mut().unwrap().remove("response_low2");
    let cases = [
        (missing, "row 2, field response_low2: is missing"),
        (
            with("response_low1", json!("  ")),
            "row 2, field response_low1: is empty",
        ),
        (
            with("personality", json!("")),
            "row 2, field personality: is empty",
        ),
        (
            with("query", json!(5)),
            "row 2, field query: is a number, not a text",
        ),
        (
            with("paraphrased_query", json!([])),
            "row 2, field paraphrased_query: is a list",
        ),
        (
            with("response_low1", json!("Tell me more. ")),
            "row 2, field response_low1: is the same as response_high1",
        ),
        (
            with("id", json!("Openness-1")),
            "row 2, field id: \"Openness-1\" is also the id of row 1",
        ),
        (with("id", json!("")), "row 2, field id: is empty"),
        (with("id", json!(1.5)), "row 2, field id: is a number"),
        (json!("text"), "row 2 is a text"),
    ];
    for (bad, part) in cases {
        let text = refused(json!([row(), bad, 3]).to_string());
        assert!(text.contains(part), "{text} lacks {part}");
    }
}

#[test]
fn files_that_are_no_item_files() {
    let cases: [(&[u8], &str); 10] = [
        (b"", "no JSON"),
        (b"[]", "no items"),
        (br#"{"items": []}"#, "no items"),
        (br#"{"items": {}}"#, "a list of items"),
        (br#"{"name": 3, "items": []}"#, "a string"),
        (b"{", "line 1"),
        (b"[{]", "line 1"),
        (b"a,b\n1,2", "no JSON"),
        (b"[\xFF]", "byte 1"),
        (b"GGUF", "no JSON"),
    ];
    for (bytes, part) in cases {
        let text = refused(bytes);
        assert!(text.contains(part), "{text} lacks {part}");
    }
    assert!(refused(vec![b' '; MAX_FILE_BYTES + 1]).contains("at most"));
    assert!(refused("[".repeat(100_000)).contains("recursion"));
}

#[test]
fn gate_sets() {
    let item = json!({"id": "g1", "question": "Which is a fruit?", "options": ["apple", "stone", "car", "rain"], "answer": 0});
    let file =
        |item: Value| json!({"name": "g", "version": "1", "licence": "CC0", "items": [item]}).to_string();
    let set = GateSet::from_json(file(item.clone()).as_bytes()).unwrap();
    assert_eq!(
        (set.items[0].options[3].as_str(), set.items[0].answer),
        ("rain", 0)
    );
    let cases = [
        ("answer", json!(4), "field answer"),
        ("answer", json!(-1), "field answer"),
        ("answer", json!("A"), "field answer"),
        ("options", json!(["a", "b", "c"]), "3 entries"),
        ("options", json!(["a", "b", "c", "a"]), "the same"),
        ("options", json!(["a", "b", "c", ""]), "is empty"),
        ("options", json!("abcd"), "not a list"),
        ("question", json!(null), "field question"),
        ("id", json!(null), "field id"),
    ];
    for (field, value, part) in cases {
        let mut bad = item.clone();
        bad[field] = value;
        let error = GateSet::from_json(file(bad).as_bytes()).unwrap_err();
        assert!(
            error.code() == "items.invalid" && error.to_string().contains(part),
            "{error} lacks {part}"
        );
    }
    for text in [
        "[]",
        "{}",
        r#"{"name":"g","version":"1","licence":"","items":[]}"#,
    ] {
        assert_eq!(
            GateSet::from_json(text.as_bytes()).unwrap_err().code(),
            "items.invalid"
        );
    }
}
