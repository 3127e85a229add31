//! The studies that come with the program (`studies/`) are read, and each of their settings can be asked.

#![allow(clippy::unwrap_used, reason = "a test fails where it meets an error")]

use std::collections::BTreeMap;
use std::path::Path;
use traitscope::items::{Keyed, LikertInventory, LikertItem, bundled_bank};
use traitscope::study::plan::StudyFile;

/// An inventory of two statements that calls itself as `id` says, such as ipip-neo-120.de.
fn inventory(id: &str) -> LikertInventory {
    let item = |n: u32| LikertItem {
        id: n.to_string(),
        text: "I talk.".into(),
        domain: "Extraversion".into(),
        facet: None,
        keyed: Keyed::Plus,
    };
    LikertInventory {
        name: id.into(),
        version: String::new(),
        licence: String::new(),
        language: id.split('.').nth(1).unwrap().into(),
        stem: None,
        scale: ["1", "2", "3", "4", "5"].map(String::from).to_vec(),
        items: vec![item(1), item(2)],
        norms: Vec::new(),
    }
}

#[test]
fn every_setting_of_every_study_can_be_asked() {
    let bank = bundled_bank().unwrap();
    let mut combinations = BTreeMap::new();
    for entry in std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../studies")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "json") {
            continue;
        }
        let study = StudyFile::from_json(&std::fs::read(&path).unwrap()).unwrap();
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        combinations.insert(name, study.combinations());
        let settings = study.to_ask();
        assert_eq!(settings.len(), study.settings.unwrap_or(study.combinations()));
        for setting in settings {
            let inventory = study.inventory_of(&setting).map(inventory);
            let request = study.request(&setting, &bank, inventory.as_ref()).unwrap();
            assert!(request.questions() > 0);
            // Whatever the language of its statements, a framed question is in it.
            if let (Some(frame), Some(inventory)) = (&request.frame, &inventory) {
                let english = frame.choice.contains("label") || frame.choice.contains("Label");
                assert_eq!(english, inventory.language == "en", "{}", frame.choice);
            }
        }
    }
    let expected = [
        ("ipip-120", 1),
        ("profiles", 1250),
        ("quick", 1),
        ("settings-grid", 2500),
        ("shaping-ladder", 45),
        ("trait-reliability", 1),
        ("trait-standard", 1),
    ];
    let found: Vec<(&str, usize)> = combinations
        .iter()
        .map(|(name, count)| (name.as_str(), *count))
        .collect();
    assert_eq!(found, expected);
}
