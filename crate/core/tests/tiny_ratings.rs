//! Statements rated by a tiny random model (`tests/reference/tiny`), on the CPU and on the GPU.

#![allow(clippy::unwrap_used, reason = "a test fails where it meets an error")]

mod common;

use common::block_on;
use common::tiny::{engine, request};
use traitscope::device::DeviceChoice;
use traitscope::engine::Engine;
use traitscope::host::Quiet;
use traitscope::inspect::{LogitsRequest, PromptInput, logits};
use traitscope::items::{Keyed, LikertInventory, LikertItem};
use traitscope::measure::likert::Rating;
use traitscope::measure::{Layout, Readout};
use traitscope::prompt::statements::{About, multiple_choice};
use traitscope::prompt::templates::LetterTemplate;
use traitscope::study::{ScoreEvent, ScoreRequest, ScoreResult, score};

fn run(engine: &mut Engine, request: &ScoreRequest) -> ScoreResult {
    block_on(score(engine, request, &Quiet, &mut |_| ())).unwrap()
}

/// Three statements, on a scale of three short answers.
fn ratings() -> ScoreRequest {
    let item = |id: &str, text: &str, keyed| LikertItem {
        id: id.into(),
        text: text.into(),
        domain: "Extraversion".into(),
        facet: Some("Talk".into()),
        keyed,
    };
    let mut request = request(0);
    request.gate_questions = 2;
    request.inventory = Some(LikertInventory {
        name: "three".into(),
        version: String::new(),
        licence: String::new(),
        language: "en".into(),
        stem: Some("I {}".into()),
        scale: ["no", "maybe", "yes"].map(String::from).to_vec(),
        items: vec![
            item("a", "Talk.", Keyed::Plus),
            item("b", "Hide.", Keyed::Minus),
            item("c", "Sing out.", Keyed::Plus),
        ],
        norms: Vec::new(),
    });
    request
}

fn assert_same(a: &[Rating], b: &[Rating]) {
    assert_eq!(a.len(), b.len());
    for (a, b) in a.iter().zip(b) {
        assert_eq!((&a.item, a.readout, a.layout), (&b.item, b.readout, b.layout));
        for (x, y) in a.options.iter().zip(&b.options) {
            assert!(
                (x.logprob - y.logprob).abs() <= 1e-4,
                "{}: {} and {}",
                a.item,
                x.logprob,
                y.logprob
            );
            assert_eq!(x.tokens, y.tokens);
        }
    }
}

#[test]
fn a_run_is_the_sum_of_its_statements_in_any_order() {
    for device in [DeviceChoice::Cpu, DeviceChoice::Gpu] {
        let mut engine = engine(device, None);
        let request = ratings();
        let inventory = request.inventory.clone().unwrap();
        let mut heard = Vec::new();
        let all = block_on(score(&mut engine, &request, &Quiet, &mut |event| {
            if let ScoreEvent::Rating { rating } = event {
                heard.push(rating);
            }
        }))
        .unwrap();
        assert_eq!(heard, all.ratings);
        assert_eq!(all.ratings.len(), 3 * (1 + 2));
        // Of two questions a true and a false statement each, in both read-outs; no question with four options.
        assert_eq!(
            (all.facts.len(), all.gate_answers.len(), all.observations.len()),
            (4 + 8, 0, 0)
        );
        let likert = all.summary.likert.as_ref().unwrap();
        assert_eq!(
            (likert.gate.len(), likert.gate[0].questions, likert.gate[0].passes),
            (2, 2, false)
        );
        let scales: Vec<_> = likert
            .scores
            .iter()
            .map(|s| (s.readout, s.facet.as_deref(), s.items))
            .collect();
        let of = |readout| [(readout, None, 3), (readout, Some("Talk"), 3)];
        assert_eq!(scales, [of(Readout::Letters), of(Readout::Continuation)].concat());

        let mut singles = Vec::new();
        for item in &inventory.items {
            let mut single = request.clone();
            single.inventory.as_mut().unwrap().items = vec![item.clone()];
            singles.extend(run(&mut engine, &single).ratings);
        }
        assert_same(&all.ratings, &singles);

        let mut turned = request.clone();
        turned.inventory.as_mut().unwrap().items.reverse();
        let mut reversed = run(&mut engine, &turned).ratings;
        reversed.sort_by_key(|rating| inventory.items.iter().position(|item| item.id == rating.item));
        assert_same(&all.ratings, &reversed);
    }
}

/// The row of letters against the logits of the same prompt.
#[test]
fn letters_are_the_models_own_probabilities_of_the_labels() {
    let mut engine = engine(DeviceChoice::Cpu, None);
    let mut request = ratings();
    request.gate_questions = 0;
    request.readouts = vec![Readout::Letters];
    let found = run(&mut engine, &request);
    let prompt = multiple_choice(
        LetterTemplate::T3,
        About::Oneself,
        "I hide.",
        &["yes", "maybe", "no"],
    );
    let rendered = engine.ask(request.prompt_mode, None, &prompt).unwrap();
    let tokens = engine.tokenizer.encode_rendered(&rendered).unwrap();
    let labels: Vec<u32> = ["A", "B", "C"]
        .iter()
        .map(|label| engine.tokenizer.encode(label).unwrap()[0])
        .collect();
    let whole = LogitsRequest {
        prompt: PromptInput {
            tokens: Some(tokens),
            ..PromptInput::default()
        },
        top: usize::MAX,
        ..LogitsRequest::default()
    };
    let all = block_on(logits(&mut engine, &whole)).unwrap();
    let rating = found
        .ratings
        .iter()
        .find(|r| r.item == "b" && r.layout == Some(Layout::FORWARD))
        .unwrap();
    for (option, label) in rating.options.iter().rev().zip(labels) {
        let token = all.top.iter().find(|token| token.id == label).unwrap();
        let want = f64::from(token.logit) - all.logsumexp;
        assert!(
            (option.logprob - want).abs() < 1e-4,
            "{} and {want}",
            option.logprob
        );
    }
}

#[test]
fn what_makes_no_sense_is_refused_before_anything_is_asked() {
    let mut engine = engine(DeviceChoice::Cpu, None);
    let mut refused = |spoil: &dyn Fn(&mut LikertInventory)| {
        let mut request = ratings();
        spoil(request.inventory.as_mut().unwrap());
        let mut heard = 0;
        let error = block_on(score(&mut engine, &request, &Quiet, &mut |_| heard += 1)).unwrap_err();
        assert!(heard <= 1, "only the plan is told");
        error
    };
    assert_eq!(refused(&|i| i.scale.truncate(1)).code(), "items.invalid");
    assert_eq!(refused(&|i| i.items[1].id = "a".into()).code(), "items.invalid");
    let long = "Talk and sing and ".repeat(2000);
    assert_eq!(
        refused(&|i| i.items[2].text = long.clone()).code(),
        "prompt.length"
    );
}
