//! Held against `tests/reference/measure/make_forms.py`, which works from `docs/protocol.md` alone: statements on a scale, two whole
//! tests, ladders and free answers.

use serde::Deserialize;
use serde_json::{Value, json};

use super::golden_forms::{Answers, agree, golden};
use super::likert::{Rating, summarise_ratings};
use super::*;
use crate::items::LikertItem;
use crate::study::plan::{SettingAnswers, StudyFile};

/// Place of the statement, template, order, log-probabilities of the labels as shown.
#[derive(Deserialize)]
struct Labels(usize, String, Layout, Vec<f64>);

/// Place of the statement, and of each answer the log-probability, the tokens and the log-probability without the statement.
#[derive(Deserialize)]
struct Words(usize, Vec<(f64, u32, f64)>);

/// The ratings of statements.
#[derive(Deserialize)]
struct Ratings {
    statements: Vec<LikertItem>,
    letters: Vec<Labels>,
    continuation: Vec<Words>,
}

impl Ratings {
    fn rows(&self) -> Vec<Rating> {
        let letters = self
            .letters
            .iter()
            .map(|Labels(place, template, layout, labels)| {
                Rating::of_letters(&self.statements[*place], template, *layout, labels).unwrap()
            });
        let words = self
            .continuation
            .iter()
            .map(|Words(place, answers)| Rating::of_continuation(&self.statements[*place], answers).unwrap());
        letters.chain(words).collect()
    }
}

#[derive(Deserialize)]
struct Inventory {
    ratings: Ratings,
    facts: Ratings,
    asked: usize,
    seed: u64,
    summary: Value,
}

/// Scores with their intervals within keys, the liking to agree, order, refusals, both read-outs, and the gate of statements.
#[test]
fn statements() {
    for (i, case) in golden::<Vec<Inventory>>("ratings").iter().enumerate() {
        let (ratings, facts) = (case.ratings.rows(), case.facts.rows());
        let found = summarise_ratings(&ratings, &facts, case.asked, &[], case.seed).unwrap();
        agree(&found, &case.summary, &format!("ratings {i}"));
    }
}

#[derive(Deserialize)]
struct Side {
    items: Answers,
    ratings: Ratings,
}

#[derive(Deserialize)]
struct TwoTests {
    seed: u64,
    before: Side,
    after: Side,
    comparison: Value,
}

/// Paired intervals on the same draws, dz and sign flips, of traits, domains and facets, with p-values adjusted by family.
#[test]
fn two_tests() {
    let case: TwoTests = golden("comparison");
    let [before, after] = [&case.before, &case.after].map(|side| ComparedAnswers {
        observations: side.items.rows(),
        ratings: side.ratings.rows(),
    });
    let found = compare(&before, &after, case.seed).unwrap();
    agree(&found, &case.comparison, "comparison");
    for row in found.traits {
        let own = &row.difference;
        let alone = paired_difference(
            &before.observations,
            &after.observations,
            &own.trait_name,
            own.readout,
            case.seed,
        );
        assert_eq!(&alone.unwrap(), own);
    }
}

/// Place of the setting, and its values: scale, item, value.
#[derive(Deserialize)]
struct OfSetting(usize, Vec<(String, String, f64)>);

#[derive(Deserialize)]
struct Steps {
    /// Trait and rank of each level of the first factor.
    steps: Vec<(String, u32)>,
    /// Levels of the second.
    wordings: usize,
    answers: Vec<OfSetting>,
    ladders: Value,
}

/// Medians of the steps, range and rank correlation.
#[test]
fn ladders() {
    let case: Steps = golden("ladder");
    let steps: Vec<Value> = case
        .steps
        .iter()
        .map(|(name, rank)| {
            json!({"name": format!("{name} {rank}"), "system": "x", "trait": name, "rank": rank})
        })
        .collect();
    let wordings: Vec<Value> = (0..case.wordings)
        .map(|place| json!({"name": place.to_string(), "system": "y"}))
        .collect();
    let study = json!({
        "format": "traitscope-study",
        "format_version": 1,
        "name": "Ladders",
        "items": {},
        "readouts": ["letters"],
        "factors": [{"name": "step", "levels": steps}, {"name": "wording", "levels": wordings}]
    });
    let study = StudyFile::from_json(study.to_string().as_bytes()).unwrap();
    let answers: Vec<SettingAnswers> = case
        .answers
        .iter()
        .map(|OfSetting(setting, values)| {
            let values: Vec<Value> = values
                .iter()
                .map(|(scale, item, value)| {
                    json!({
                        "statement": false, "scale": scale, "item": item, "readout": "letters", "value": value
                    })
                })
                .collect();
            let own =
                json!({"setting": setting, "values": values, "locked": false, "refusals": 0, "rows": 1});
            serde_json::from_value(own).unwrap()
        })
        .collect();
    let found = study.summarise(&answers, &[]).unwrap();
    agree(&found.ladders, &case.ladders, "ladders");
}

#[derive(Deserialize)]
struct Written {
    seed: u64,
    answers: Vec<FreeAnswer>,
    ratings: Vec<FreeRating>,
    summary: Value,
}

#[test]
fn free_answers() {
    let case: Written = golden("free");
    let found = summarise_free(&case.answers, &case.ratings, case.seed).unwrap();
    agree(&found, &case.summary, "free answers");
}
