//! The traits' texts and directions that come with the project: complete, independent of the items, and made again from the
//! model as they are.

#![allow(clippy::unwrap_used, reason = "a test fails where it meets an error")]

mod common;

use common::{block_on, model_path};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use traitscope::device::DeviceChoice;
use traitscope::engine::{Engine, OpenOptions};
use traitscope::gguf::FileSource;
use traitscope::host::Quiet;
use traitscope::items::{ItemBank, bundled_bank};
use traitscope::steer::files;
use traitscope::steer::{ExtractRequest, Instructions, Method, TraitArtefact, cosine, extract};

const NAMES: [&str; 15] = [
    "agreeableness",
    "apathy",
    "conscientiousness",
    "extraversion",
    "hallucination",
    "humour",
    "impoliteness",
    "machiavellianism",
    "malice",
    "narcissism",
    "neuroticism",
    "openness",
    "optimism",
    "psychopathy",
    "sycophancy",
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn artefacts() -> Vec<TraitArtefact> {
    let read = |name: &&str| {
        let bytes = std::fs::read(root().join(format!("items/traits/{name}.json"))).unwrap();
        TraitArtefact::from_json(&bytes).unwrap()
    };
    NAMES.iter().map(read).collect()
}

fn words(text: &str) -> Vec<String> {
    let letters = |c: char| !c.is_alphabetic() && c != '\'';
    let words = text.split(letters).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}

#[test]
fn every_trait_has_all_its_texts_in_balanced_pairs() {
    let mut seen = BTreeSet::new();
    let files = std::fs::read_dir(root().join("items/traits")).unwrap().count();
    assert_eq!(files, NAMES.len());
    for (artefact, name) in artefacts().iter().zip(NAMES) {
        assert_eq!(artefact.name, name);
        let (high, low) = (&artefact.statements.high, &artefact.statements.low);
        assert_eq!(
            (high.len(), low.len(), artefact.instructions.len()),
            (24, 24, 5),
            "{name}"
        );
        let questions = &artefact.questions;
        assert_eq!(
            (questions.extract.len(), questions.evaluate.len()),
            (20, 20),
            "{name}"
        );
        assert!(!artefact.rubric.is_empty() && !artefact.description.is_empty());
        for (a, b) in high.iter().zip(low) {
            // Alike in length and different in what they say, or the pair tells something else than the trait.
            let ratio = a.len().max(b.len()) as f64 / a.len().min(b.len()) as f64;
            assert!(ratio <= 1.35, "{name}: {ratio} {a:?} {b:?}");
            let (of_a, of_b) = (words(a), words(b));
            let own = |x: &[String], y: &[String]| x.iter().filter(|word| !y.contains(word)).count();
            assert!(
                own(&of_a, &of_b).max(own(&of_b, &of_a)) >= 4,
                "{name}: {a:?} {b:?}"
            );
            for text in [a, b] {
                assert!(
                    (7..=20).contains(&text.split_whitespace().count()),
                    "{name}: {text:?}"
                );
                assert!(
                    !text.to_lowercase().contains(&name[..6]),
                    "{name}: {text:?} names the trait"
                );
                assert!(seen.insert(text.clone()), "{name}: {text:?} stands twice");
            }
        }
        let length = |side: &[String]| side.iter().map(String::len).sum::<usize>() as f64;
        assert!((length(high) / length(low) - 1.0).abs() <= 0.031, "{name}");
        for Instructions { high, low } in &artefact.instructions {
            assert_ne!(high, low);
        }
        let asked: BTreeSet<_> = questions.extract.iter().chain(&questions.evaluate).collect();
        assert_eq!(asked.len(), 40, "{name}");
    }
}

/// Runs of eight words that the texts of directions and the items they are tested on have in common: none, or the items
/// would test what the direction was made of.
#[test]
fn the_items_share_no_phrase_with_the_texts_that_directions_are_made_of() {
    const RUN: usize = 8;
    let runs =
        |text: &str| -> Vec<Vec<String>> { words(text).windows(RUN).map(<[String]>::to_vec).collect() };
    let mut of_traits = BTreeMap::new();
    for artefact in artefacts() {
        for text in artefact.statements.high.iter().chain(&artefact.statements.low) {
            of_traits.extend(runs(text).into_iter().map(|run| (run, artefact.name.clone())));
        }
    }
    let steering = std::fs::read(root().join("items/steering.json")).unwrap();
    let bank = bundled_bank().unwrap();
    let steering = ItemBank::from_json(&steering, "steering").unwrap();
    let all = bank.join(steering).unwrap();
    for trait_name in ["Agreeableness", "Extraversion"] {
        let count = all
            .items
            .iter()
            .filter(|item| item.trait_name == trait_name)
            .count();
        assert!(count >= 40, "{trait_name}: {count}");
    }
    for item in &all.items {
        let texts = item
            .options()
            .into_iter()
            .chain([&item.situation[..], &item.query]);
        for run in texts.flat_map(runs) {
            assert_eq!(of_traits.get(&run), None, "{}: {run:?}", item.id);
        }
    }
}

#[test]
fn shipped_directions_are_made_again_as_they_are() {
    let name = "models/vectors/smollm2-135m-instruct-q4_1.safetensors";
    let shipped = files::read(&std::fs::read(root().join(name)).unwrap(), name).unwrap();
    let names: Vec<_> = shipped.iter().map(|vectors| &vectors.trait_name[..]).collect();
    assert_eq!(names, NAMES);

    let bytes = std::fs::read(root().join("models/catalog.json")).unwrap();
    let catalogue: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
    let sha256 = catalogue["models"][0]["sha256"].as_str().unwrap();
    let source = Rc::new(FileSource::open(model_path()).unwrap());
    let options = OpenOptions {
        device: DeviceChoice::Cpu,
        sha256: Some(sha256.into()),
        ..OpenOptions::default()
    };
    let mut engine = block_on(Engine::open(source, options, &Quiet)).unwrap();
    let info = engine.info();
    for vectors in &shipped {
        vectors.check(&info).unwrap();
        assert_eq!(vectors.model_sha256.as_deref(), Some(sha256));
        assert!(vectors.layers.iter().all(|at| at.neutral.is_some()));
        assert_eq!(vectors.layers.last().unwrap().layer, info.layers);
    }
    for (name, layer) in catalogue["models"][0]["layers"].as_object().unwrap() {
        let of = shipped
            .iter()
            .find(|vectors| vectors.trait_name == *name)
            .unwrap();
        of.at(layer.as_u64().unwrap() as usize).unwrap();
    }
    for (artefact, shipped) in artefacts().into_iter().zip(&shipped).step_by(7) {
        let request = ExtractRequest::new(artefact, Method::Statements);
        let made = block_on(extract(&mut engine, &request, &Quiet, &mut |_| ()))
            .unwrap()
            .vectors;
        for (made, kept) in made.layers.iter().zip(&shipped.layers) {
            let alike = cosine(&made.vector, &kept.vector);
            assert!(
                alike > 0.999 && made.layer == kept.layer,
                "{} {}: {alike}",
                shipped.trait_name,
                made.layer
            );
            let (a, b) = (made.neutral.unwrap(), kept.neutral.unwrap());
            assert!((a.norm / b.norm - 1.0).abs() < 1e-2 && (a.sd / b.sd - 1.0).abs() < 1e-2);
        }
    }
}
