//! Forms of asking with a tiny random model (`tests/reference/tiny`): labels, orders, wordings, and studies over them.

#![allow(clippy::unwrap_used, reason = "a test fails where it meets an error")]

mod common;

use common::block_on;
use common::tiny::{assert_same, engine, request};
use traitscope::device::DeviceChoice;
use traitscope::engine::Engine;
use traitscope::host::Quiet;
use traitscope::items::{Keyed, LikertInventory, LikertItem};
use traitscope::measure::{Layout, Observation, Readout, summarise};
use traitscope::prompt::frame::Frame;
use traitscope::prompt::labels::LabelStyle;
use traitscope::prompt::templates::LetterTemplate;
use traitscope::study::plan::{SettingAnswers, StudyFile};
use traitscope::study::{FreeRequest, FreeResult, ScoreRequest, ScoreResult, free_answers, score};

fn run(engine: &mut Engine, request: &ScoreRequest) -> ScoreResult {
    block_on(score(engine, request, &Quiet, &mut |_| ())).unwrap()
}

/// Letters of two items, without a gate.
fn letters() -> ScoreRequest {
    ScoreRequest {
        readouts: vec![Readout::Letters],
        gate_questions: 0,
        paraphrases: false,
        gain: false,
        ..request(2)
    }
}

#[test]
fn all_24_orders_are_the_sum_of_single_ones_and_cancel_a_liking_for_a_label() {
    for device in [DeviceChoice::Cpu, DeviceChoice::Gpu] {
        let mut engine = engine(device, None);
        let mut request = letters();
        request.layouts = Layout::all();
        let all = run(&mut engine, &request);
        assert_eq!(all.observations.len(), 2 * 24);
        for layout in [Layout::all()[5], Layout::REVERSED] {
            request.layouts = vec![layout];
            let single = run(&mut engine, &request);
            let of_all: Vec<Observation> = (all.observations.iter())
                .filter(|row| row.layout == Some(layout))
                .cloned()
                .collect();
            assert_same(&single.observations, &of_all, 1e-4);
        }
        // The score uses all rows, and its d is their mean.
        let score = &all.summary.scores[0];
        assert_eq!((score.answers, score.items), (24, 1));
        let own: Vec<f64> = (all.observations.iter())
            .filter(|row| row.trait_name == score.trait_name)
            .map(|row| row.d)
            .collect();
        assert!((score.d - own.iter().sum::<f64>() / 24.0).abs() < 1e-9);
        let order = &all.summary.sensitivities[0];
        assert_eq!(order.compared, 2 * 12);
    }
}

#[test]
fn a_run_stopped_in_the_middle_of_the_orders_counts_mirrored_pairs_alone() {
    let mut engine = engine(DeviceChoice::Cpu, None);
    let mut request = letters();
    request.layouts = Layout::all();
    let mut rows = run(&mut engine, &request).observations;
    rows.truncate(7);
    let summary = summarise(&rows, &[], 1).unwrap();
    assert_eq!(summary.scores[0].answers, 6);
    rows.truncate(1);
    assert!(summarise(&rows, &[], 1).unwrap().scores.is_empty());
}

/// A frame in the words of T3 must give what T3 gives.
#[test]
fn a_wording_of_ones_own_is_what_is_asked() {
    for device in [DeviceChoice::Cpu, DeviceChoice::Gpu] {
        let mut engine = engine(device, None);
        let mut request = letters();
        request.readouts.push(Readout::Continuation);
        let plain = run(&mut engine, &request);
        request.frame = Some(Frame {
            choice: "{instruction}: {item}\n{answers}Answer: ".into(),
            open: Some("{item}".into()),
        });
        request.instruction = Some("Question".into());
        let framed = run(&mut engine, &request);
        assert_same(&plain.observations, &framed.observations, 1e-4);
        request.instruction = Some("Riddle".into());
        let other = run(&mut engine, &request);
        assert_ne!(plain.observations[0].options, other.observations[0].options);
    }
}

#[test]
fn other_labels_ask_for_other_tokens_and_have_a_name() {
    let mut engine = engine(DeviceChoice::Cpu, None);
    let mut request = letters();
    let digits = LetterTemplate::T3.with_labels(LabelStyle::Digits);
    request.templates = vec![LetterTemplate::T3, digits];
    let result = run(&mut engine, &request);
    assert_eq!(result.observations.len(), 2 * 2 * 2);
    let names: Vec<&str> = result
        .summary
        .templates
        .iter()
        .map(|row| row.template.as_str())
        .collect();
    assert_eq!(names, ["T3", "T3-digits", "T3", "T3-digits"]);
    let of = |name: &str| {
        let row = result
            .observations
            .iter()
            .find(|row| row.template.as_deref() == Some(name));
        row.unwrap().options[0].logprob
    };
    assert_ne!(of("T3"), of("T3-digits"));
    // Where a label is no single token there is nothing to read.
    request.templates = vec![LetterTemplate::T3.with_labels(LabelStyle::Roman)];
    let error = block_on(score(&mut engine, &request, &Quiet, &mut |_| ())).unwrap_err();
    assert_eq!(error.code(), "model.unsupported");
}

/// Three statements of two domains.
fn three() -> LikertInventory {
    let item = |id: &str, domain: &str, keyed| LikertItem {
        id: id.into(),
        text: "Talk.".into(),
        domain: domain.into(),
        facet: None,
        keyed,
    };
    LikertInventory {
        name: "three".into(),
        version: String::new(),
        licence: String::new(),
        language: "en".into(),
        stem: Some("I {}".into()),
        scale: ["no", "maybe", "yes"].map(String::from).to_vec(),
        items: vec![
            item("a", "Extraversion", Keyed::Plus),
            item("b", "Extraversion", Keyed::Minus),
            item("c", "Openness", Keyed::Plus),
        ],
        norms: Vec::new(),
    }
}

/// A study of two personas, two labels and two orders, of two items and three statements.
fn study() -> (StudyFile, LikertInventory) {
    let text = r#"{
        "format": "traitscope-study", "format_version": 1, "name": "Tiny",
        "items": {"per_trait": 1, "traits": ["Openness", "Extraversion"]},
        "inventory": {"id": "three"},
        "readouts": ["letters", "continuation"], "templates": ["T3"], "gate": 2, "failing": "ask",
        "factors": [
            {"name": "who", "levels": [{"name": "none", "layouts": ["forward", "reversed"]}, {"name": "x", "system": "you are x"}]},
            {"name": "labels", "levels": [{"name": "letters", "template": "T3"}, {"name": "digits", "labels": "digits"}]}
        ]
    }"#;
    (StudyFile::from_json(text.as_bytes()).unwrap(), three())
}

#[test]
fn a_study_is_the_sum_of_its_settings_in_any_order() {
    let mut engine = engine(DeviceChoice::Cpu, None);
    let bank = request(8).items;
    let (study, inventory) = study();
    let gate = study.gate_requests(Some(&inventory));
    assert_eq!(gate.len(), 2);
    let counts: Vec<(usize, usize)> = gate
        .iter()
        .map(|request| run(&mut engine, request))
        .map(|result| (result.gate_answers.len(), result.facts.len()))
        .collect();
    // Two questions, as four rotations and once in words; four statements, in two orders and once in words.
    assert_eq!(counts, [(2 * 5, 0), (0, 4 * 3)]);
    let mut answers: Vec<SettingAnswers> = Vec::new();
    for setting in study.to_ask() {
        let request = study.request(&setting, &bank, Some(&inventory)).unwrap();
        let ScoreResult {
            observations,
            ratings,
            ..
        } = run(&mut engine, &request);
        answers.push(SettingAnswers::of(&setting, &observations, &ratings).unwrap());
        // Asked before or after the others, a setting gives what it gives.
        let again = run(&mut engine, &request);
        assert_eq!(
            SettingAnswers::of(&setting, &again.observations, &again.ratings).unwrap(),
            answers[setting.index]
        );
    }
    assert_eq!(answers.len(), 4);
    for own in &answers {
        assert_eq!(own.rows, 2 * 3 + 3 * 3);
        let words = own
            .values
            .iter()
            .filter(|value| value.readout == Readout::Continuation);
        assert_eq!(words.count(), 2 + 3);
    }
    // The labels change the letters and nothing of the words; the persona changes both.
    let words = |own: &SettingAnswers| -> Vec<f64> {
        let of_words = own
            .values
            .iter()
            .filter(|value| value.readout == Readout::Continuation);
        of_words.map(|value| value.value).collect()
    };
    let letters = |own: &SettingAnswers| -> Vec<f64> {
        let of_letters = own
            .values
            .iter()
            .filter(|value| value.readout == Readout::Letters);
        of_letters.map(|value| value.value).collect()
    };
    assert_eq!(words(&answers[0]), words(&answers[1]));
    assert_ne!(letters(&answers[0]), letters(&answers[1]));
    assert_ne!(words(&answers[0]), words(&answers[2]));
    let summary = study.summarise(&answers, &[]).unwrap();
    let words = summary
        .scales
        .iter()
        .filter(|scale| scale.readout == Readout::Continuation);
    assert_eq!(words.map(|scale| scale.settings).collect::<Vec<_>>(), [4; 4]);
}

fn free(engine: &mut Engine, test: ScoreRequest) -> FreeResult {
    let request = FreeRequest {
        test,
        samples: 2,
        max_tokens: 6,
        temperature: 1.0,
    };
    block_on(free_answers(engine, &request, &Quiet)).unwrap()
}

#[test]
fn free_answers_are_the_same_in_any_order_and_beside_any_others() {
    for device in [DeviceChoice::Cpu, DeviceChoice::Gpu] {
        let mut engine = engine(device, None);
        let all = free(&mut engine, letters());
        assert_eq!(all.answers.len(), 2 * 2 * 2);
        assert_eq!(all.summary.items.as_ref().unwrap().refused.of, 8);
        assert_eq!(all, free(&mut engine, letters()), "the seed decides");
        let mut turned = letters();
        turned.items.items.reverse();
        let mut others = free(&mut engine, turned).answers;
        others.rotate_left(4);
        assert_eq!(others, all.answers);
        let mut one = letters();
        one.items.items.truncate(1);
        assert_eq!(free(&mut engine, one).answers, all.answers[..4]);
        let reseeded = ScoreRequest { seed: 2, ..letters() };
        assert_ne!(free(&mut engine, reseeded).answers, all.answers);
    }
}

#[test]
fn a_label_that_is_written_is_the_option_behind_it_in_either_order() {
    let mut engine = engine(DeviceChoice::Cpu, None);
    let result = free(&mut engine, letters());
    for answer in &result.answers {
        let labels: Vec<String> = LetterTemplate::T3.labels(4);
        let item = request(2)
            .items
            .items
            .into_iter()
            .find(|item| item.id == answer.item)
            .unwrap();
        let shown = answer.layout.order().map(|key| item.options()[key]);
        let read = traitscope::study::free_answers::read(&answer.text, &labels, &shown);
        let key = read.map(|place| ["high1", "high2", "low1", "low2"][answer.layout.order()[place]]);
        assert_eq!(key, answer.choice.as_deref());
    }
}

#[test]
fn statements_are_rated_in_words_as_well_and_beside_items() {
    let mut engine = engine(DeviceChoice::Cpu, None);
    let ask = |items: bool| ScoreRequest {
        inventory: Some(three()),
        items: if items { letters().items } else { request(0).items },
        ..letters()
    };
    let alone = free(&mut engine, ask(false));
    assert_eq!((alone.answers.len(), alone.ratings.len()), (0, 3 * 2 * 2));
    assert_eq!(alone.summary.items, None);
    let found = alone.summary.statements.as_ref().unwrap();
    let scales: Vec<&str> = found.scores.iter().map(|score| score.scale.as_str()).collect();
    assert_eq!((scales, found.refused.of), (vec!["Extraversion", "Openness"], 12));
    let both = free(&mut engine, ask(true));
    assert_eq!(both.ratings, alone.ratings);
    assert_eq!(both.answers, free(&mut engine, letters()).answers);
    for rating in &alone.ratings {
        let shown = match rating.layout == Layout::FORWARD {
            true => ["yes", "maybe", "no"],
            false => ["no", "maybe", "yes"],
        };
        let place =
            traitscope::study::free_answers::read(&rating.text, &LetterTemplate::T3.labels(3), &shown);
        let points = place.map(|place| match rating.layout == Layout::FORWARD {
            true => 3 - place as u32,
            false => place as u32 + 1,
        });
        assert_eq!((rating.of, rating.points), (3, points));
    }
}

#[test]
fn free_answers_that_cannot_be_given_are_refused() {
    let mut engine = engine(DeviceChoice::Cpu, None);
    let base = FreeRequest {
        test: letters(),
        samples: 1,
        max_tokens: 4,
        temperature: 0.0,
    };
    let none = ScoreRequest {
        gate_questions: 1,
        ..request(0)
    };
    for wrong in [
        FreeRequest {
            samples: 0,
            ..base.clone()
        },
        FreeRequest {
            max_tokens: 65,
            ..base.clone()
        },
        FreeRequest {
            temperature: -1.0,
            ..base.clone()
        },
        FreeRequest {
            test: ScoreRequest {
                inventory: Some(three()),
                layouts: Layout::all(),
                ..letters()
            },
            ..base.clone()
        },
        FreeRequest { test: none, ..base },
    ] {
        let error = block_on(free_answers(&mut engine, &wrong, &Quiet)).unwrap_err();
        assert_eq!(error.code(), "request.invalid");
    }
}
