use super::*;
use crate::device::{DeviceInfo, DeviceKind};
use crate::items::{Keyed, LikertInventory, LikertItem, Norm, bundled_bank};
use crate::ops::Activations;
use serde_json::{Value, json};

/// A study of two factors, of three and four levels.
fn plan() -> Value {
    json!({
        "format": "traitscope-study",
        "format_version": 1,
        "name": "Test",
        "items": {"per_trait": 2, "traits": ["Openness", "Extraversion"]},
        "readouts": ["letters"],
        "seed": 7,
        "factors": [
            {"name": "who", "levels": [
                {"name": "a", "system": "You are A."},
                {"name": "b", "system": "You are B."},
                {"name": "c", "system": "You are C."}
            ]},
            {"name": "how", "levels": [
                {"name": "1", "template": "T1", "labels": "roman"},
                {"name": "2", "template": "T2"},
                {"name": "3", "template": "T3", "layouts": ["forward"]},
                {"name": "4", "frame": {"choice": "{item}\n{answers}> "}, "system": "Be brief."}
            ]}
        ]
    })
}

fn read(value: &Value) -> Result<StudyFile> {
    StudyFile::from_json(value.to_string().as_bytes())
}

#[test]
fn every_combination_is_a_setting_once() {
    let study = read(&plan()).unwrap();
    let settings = study.to_ask();
    assert_eq!((study.combinations(), settings.len()), (12, 12));
    for (place, setting) in settings.iter().enumerate() {
        assert_eq!(setting.index, place);
        assert_eq!(setting.levels, [place / 4, place % 4]);
    }
}

#[test]
fn a_draw_is_balanced_and_follows_from_the_seed() {
    let mut value = plan();
    value["factors"] = (0..3)
        .map(|f| {
            let levels: Vec<Value> = (0..5)
                .map(|l| json!({"name": l.to_string(), "system": format!("{f}{l}")}))
                .collect();
            json!({"name": f.to_string(), "levels": levels})
        })
        .collect();
    for (count, seed) in [(7, 1), (20, 2), (60, 3), (100, 4)] {
        value["settings"] = count.into();
        value["seed"] = seed.into();
        let study = read(&value).unwrap();
        let drawn = study.to_ask();
        assert_eq!(drawn, study.to_ask());
        let places: HashSet<usize> = drawn.iter().map(|setting| setting.index).collect();
        assert_eq!(places.len(), count, "no setting comes twice");
        assert!(drawn.is_sorted_by_key(|setting| setting.index));
        if 2 * count <= 125 {
            for factor in 0..3 {
                for level in 0..5 {
                    let times = drawn
                        .iter()
                        .filter(|setting| setting.levels[factor] == level)
                        .count();
                    assert!(
                        (count / 5..=count.div_ceil(5)).contains(&times),
                        "{count}: {times}"
                    );
                }
            }
        }
        value["seed"] = (seed + 10).into();
        assert_ne!(drawn, read(&value).unwrap().to_ask());
    }
}

#[test]
fn a_setting_becomes_a_request() {
    let study = read(&plan()).unwrap();
    let bank = bundled_bank().unwrap();
    let request = |index: usize| study.request(&study.setting(index), &bank, None).unwrap();
    let first = request(0);
    assert_eq!(first.system.as_deref(), Some("You are A."));
    assert_eq!(first.templates[0].to_string(), "T1-roman");
    assert_eq!(first.items.items.len(), 4);
    // Two of each trait, from different parts of life.
    for name in ["Openness", "Extraversion"] {
        let parts: HashSet<_> = (first.items.items.iter())
            .filter(|item| item.trait_name == name)
            .map(|item| item.setting.clone())
            .collect();
        assert_eq!(parts.len(), 2);
    }
    assert_eq!(request(2).layouts, [Layout::FORWARD]);
    let last = request(11);
    assert_eq!(last.system.as_deref(), Some("You are C. Be brief."));
    assert!(last.frame.is_some() && last.instruction.is_none());
    assert_eq!(last.templates, [LetterTemplate::T1]);
}

#[test]
fn all_orders_can_be_asked_of_items_and_not_of_statements() {
    let mut value = plan();
    value["layouts"] = "all".into();
    let study = read(&value).unwrap();
    let bank = bundled_bank().unwrap();
    assert_eq!(
        study
            .request(&study.setting(0), &bank, None)
            .unwrap()
            .layouts
            .len(),
        24
    );
    value["inventory"] = json!({"id": "own", "per_domain": 1});
    let study = read(&value).unwrap();
    assert_eq!(
        study.request(&study.setting(0), &bank, None).unwrap_err().code(),
        "study.invalid"
    );
    let inventory = inventory();
    let error = study
        .request(&study.setting(0), &bank, Some(&inventory))
        .unwrap_err();
    assert!(error.to_string().contains("forward or reversed"), "{error}");
    let fine = study.request(&study.setting(2), &bank, Some(&inventory)).unwrap();
    assert_eq!(fine.inventory.unwrap().items.len(), 2);
}

fn inventory() -> crate::items::LikertInventory {
    let item = |id: &str, domain: &str| LikertItem {
        id: id.into(),
        text: "I talk.".into(),
        domain: domain.into(),
        facet: None,
        keyed: Keyed::Plus,
    };
    crate::items::LikertInventory {
        name: "own".into(),
        version: String::new(),
        licence: String::new(),
        language: String::new(),
        stem: None,
        scale: ["no", "maybe", "yes"].map(String::from).to_vec(),
        items: vec![item("1", "E"), item("2", "E"), item("3", "O")],
        norms: Vec::new(),
    }
}

#[test]
fn what_is_no_study_is_refused_and_says_why() {
    let long = "x".repeat(FRAME_LIMIT + 1);
    let changes: [(&str, Value, &str); 20] = [
        ("/format", json!("other"), "format"),
        ("/format_version", json!(2), "version"),
        ("/items", Value::Null, "asks nothing"),
        ("/readouts", json!([]), "readouts"),
        ("/readouts", json!(["letters", "letters"]), "readouts"),
        ("/readouts", json!(["guess"]), "guess"),
        ("/seed", json!("one"), "u64"),
        ("/items/per_trait", json!(0), "per_trait"),
        ("/items/colour", json!(1), "colour"),
        ("/factors/0/name", json!("how"), "name of its own"),
        ("/factors/0/levels", json!([]), "1 to 200"),
        ("/factors/0/levels/1/name", json!("a"), "name of its own"),
        ("/factors/0/levels/0/system", Value::Null, "changes nothing"),
        ("/factors/0/levels/0/system", json!(" "), "empty or too long"),
        ("/factors/0/levels/0/system", json!(long), "empty or too long"),
        (
            "/factors/0/levels/0/instruction",
            json!("Say."),
            "frame to stand in",
        ),
        ("/factors/0/levels/0/inventory", json!("ipip"), "has none"),
        ("/factors/0/levels/0/rank", json!(1), "go together"),
        (
            "/factors/1/levels/3/frame/choice",
            json!("{item}{answers}"),
            "must end",
        ),
        ("/settings", json!(13), "13 of 12"),
    ];
    for (at, with, says) in changes {
        let mut value = plan();
        value["settings"] = Value::Null;
        let place = at.rsplit_once('/').unwrap();
        let parent = if place.0.is_empty() {
            &mut value
        } else {
            value.pointer_mut(place.0).unwrap()
        };
        parent[place.1] = with;
        let error = read(&value).unwrap_err();
        assert_eq!(error.code(), "study.invalid", "{at}");
        assert!(error.to_string().contains(says), "{at}: {error}");
    }
    assert_eq!(StudyFile::from_json(b"{").unwrap_err().code(), "study.invalid");
    let mut value = plan();
    value["readouts"] = json!(["letters", "continuation"]);
    assert!(read(&value).unwrap_err().to_string().contains("open"));
    value = plan();
    value["items"]["traits"] = json!(["Charm"]);
    let study = read(&value).unwrap();
    let error = study
        .request(&study.setting(0), &bundled_bank().unwrap(), None)
        .unwrap_err();
    assert!(error.to_string().contains("Charm"));
}

/// A ladder of five steps for Openness, each with two personas.
pub(super) fn ladder() -> StudyFile {
    let steps: Vec<Value> = (1..=5)
        .map(|rank| json!({"name": rank.to_string(), "system": "x", "trait": "Openness", "rank": rank}))
        .collect();
    let mut value = plan();
    value["factors"] = json!([
        {"name": "step", "levels": steps},
        {"name": "who", "levels": [{"name": "a", "system": "a"}, {"name": "b", "system": "b"}]}
    ]);
    read(&value).unwrap()
}

/// A result of the study with these answers.
pub(super) fn result_of(study: &StudyFile, answers: Vec<SettingAnswers>) -> StudyResult {
    let (format, format_version) = StudyResult::format();
    StudyResult {
        format,
        format_version,
        program: "test".into(),
        date: None,
        study: study.clone(),
        model: "a".into(),
        model_sha256: Some("a".repeat(64)),
        device: DeviceInfo {
            kind: DeviceKind::Cpu,
            adapter: "CPU".into(),
            backend: "test".into(),
            limits: std::collections::BTreeMap::new(),
            notice: None,
        },
        activations: Activations::F32,
        items: "bank 1".into(),
        norms: Vec::new(),
        gate: Vec::new(),
        statement_gate: Vec::new(),
        readouts: study.readouts.clone(),
        summary: study.summarise(&answers, &[]).unwrap(),
        answers,
    }
}

/// Answers of items of two traits and of statements: Openness follows the step, Extraversion the persona.
pub(super) fn answers(study: &StudyFile) -> Vec<SettingAnswers> {
    let one = |setting: Setting| {
        let (step, who) = (setting.levels[0] as f64, setting.levels[1] as f64);
        let mut values = Vec::new();
        for statement in [false, true] {
            for item in 0..4 {
                let own = 0.1 * f64::from(item) + 0.01 * ((setting.index * 7 + item as usize * 3) % 5) as f64;
                for (scale, value) in [("Openness", step + own), ("Extraversion", 2.0 * who + own)] {
                    values.push(ItemValue {
                        statement,
                        scale: scale.into(),
                        item: format!("{scale}-{item}"),
                        readout: Readout::Continuation,
                        value,
                    });
                }
            }
        }
        SettingAnswers {
            setting: setting.index,
            values,
            locked: false,
            refusals: 0,
            rows: 16,
            device: None,
        }
    };
    study.to_ask().into_iter().map(one).collect()
}

#[test]
fn a_ladder_that_was_planted_is_found() {
    let study = ladder();
    let summary = study.summarise(&answers(&study), &[]).unwrap();
    assert_eq!(
        (summary.settings, summary.scales.len(), summary.ladders.len()),
        (10, 4, 4)
    );
    for ladder in &summary.ladders {
        assert_eq!((ladder.steps.len(), ladder.trait_name.as_str()), (5, "Openness"));
        if ladder.scale == "Openness" {
            assert!(
                ladder.rho.unwrap() > 0.98 && (ladder.range - 4.0).abs() < 0.05,
                "{ladder:?}"
            );
        } else {
            assert!(
                ladder.rho.unwrap().abs() < 0.2 && ladder.range.abs() < 0.05,
                "{ladder:?}"
            );
        }
    }
    let open = &summary.scales[0];
    assert_eq!(
        (open.scale.as_str(), open.statement, open.items, open.settings),
        ("Openness", false, 4, 10)
    );
    assert!(open.reliability.alpha.unwrap() > 0.99);
    // A step against the rest: 4 - 1.5 for the last, and nothing for the persona.
    let last = open
        .levels
        .iter()
        .find(|level| (level.factor.as_str(), level.level.as_str()) == ("step", "5"));
    assert!((last.unwrap().difference - 2.5).abs() < 0.05);
    let who = open.levels.iter().find(|level| level.factor == "who").unwrap();
    assert!(who.difference.abs() < 0.05 && who.adjusted.unwrap() > 0.5);
    let [validity] = &summary.validity[..] else {
        panic!("{:?}", summary.validity)
    };
    assert!(validity.validity.convergent.unwrap() > 0.99 && validity.validity.discriminant.unwrap() > 0.9);
    let planes: Vec<bool> = summary.planes.iter().map(|plane| plane.apart.is_some()).collect();
    assert_eq!(planes, [false, true]);
}

/// Worked example 24 of docs/protocol.md.
#[test]
fn worked_example_of_a_ladder() {
    let steps: Vec<Value> = (1..=3)
        .map(|rank| json!({"name": rank.to_string(), "system": "x", "trait": "Openness", "rank": rank}))
        .collect();
    let mut value = plan();
    value["factors"] = json!([
        {"name": "step", "levels": steps},
        {"name": "words", "levels": [{"name": "a", "system": "a"}, {"name": "b", "system": "b"}]}
    ]);
    let study = read(&value).unwrap();
    let answers: Vec<SettingAnswers> = (study.to_ask().into_iter())
        .zip([1.0, 2.0, 3.0, 4.0, 5.0, 5.0])
        .map(|(setting, value)| SettingAnswers {
            setting: setting.index,
            values: vec![ItemValue {
                statement: false,
                scale: "Openness".into(),
                item: "o".into(),
                readout: Readout::Letters,
                value,
            }],
            locked: false,
            refusals: 0,
            rows: 1,
            device: None,
        })
        .collect();
    let summary = study.summarise(&answers, &[]).unwrap();
    let [ladder] = &summary.ladders[..] else {
        panic!("{:?}", summary.ladders)
    };
    let medians: Vec<f64> = ladder.steps.iter().map(|step| step.median).collect();
    assert_eq!((medians, ladder.range), (vec![1.5, 3.5, 5.0], 3.5));
    assert!((ladder.rho.unwrap() - 16.0 / (16.0f64 * 17.0).sqrt()).abs() < 1e-12);
}

#[test]
fn the_order_of_answers_and_a_missing_item_change_nothing_else() {
    let study = ladder();
    let mut own = answers(&study);
    let whole = study.summarise(&own, &[]).unwrap();
    own.reverse();
    assert_eq!(study.summarise(&own, &[]).unwrap(), whole);
    // Without one of its items a setting is left out of that scale, and stays in the others.
    own[3]
        .values
        .retain(|value| value.item != "Openness-2" || value.statement);
    let part = study.summarise(&own, &[]).unwrap();
    let settings: Vec<usize> = part.scales.iter().map(|scale| scale.settings).collect();
    assert_eq!(settings, [9, 10, 10, 10]);
}

#[test]
fn people_are_compared_with_where_their_spread_is_known() {
    let study = ladder();
    let norm = Norm {
        domain: "Openness".into(),
        facet: None,
        mean: 3.0,
        sd: Some(0.7),
        source: "test".into(),
    };
    let summary = study.summarise(&answers(&study), &[norm]).unwrap();
    let known: Vec<(bool, &str)> = (summary.scales.iter())
        .filter(|scale| scale.people.is_some())
        .map(|scale| (scale.statement, scale.scale.as_str()))
        .collect();
    assert_eq!(known, [(true, "Openness")]);
}

#[test]
fn wordings_follow_the_language_of_the_statements() {
    let mut value = plan();
    value["inventory"] = json!({"id": "x.en"});
    value["factors"] = json!([
        {"name": "how", "levels": [{
            "name": "1",
            "frame": {"choice": "{instruction} {item}\n{answers}> "},
            "translations": {"de": {"frame": {"choice": "{item} {instruction}\n{answers}> "}}}
        }]},
        {"name": "what", "levels": [
            {"name": "1", "instruction": "Rate it.", "translations": {"de": {"instruction": "Wie sehr?"}}}
        ]},
        {"name": "language", "levels": [
            {"name": "en", "inventory": "x.en"},
            {"name": "de", "inventory": "x.de"},
            {"name": "fr", "inventory": "x.fr"}
        ]}
    ]);
    let study = read(&value).unwrap();
    let asked = |setting: &Setting| {
        let id = study.inventory_of(setting).unwrap();
        let inventory = LikertInventory {
            name: id.into(),
            version: String::new(),
            licence: String::new(),
            language: id[2..].into(),
            stem: None,
            scale: vec!["no".into(), "yes".into()],
            items: Vec::new(),
            norms: Vec::new(),
        };
        let request = study
            .request(setting, &bundled_bank().unwrap(), Some(&inventory))
            .unwrap();
        (request.instruction.unwrap(), request.frame.unwrap().choice)
    };
    let settings = study.to_ask();
    let own = (
        "Rate it.".to_owned(),
        "{instruction} {item}\n{answers}> ".to_owned(),
    );
    assert_eq!(asked(&settings[0]), own);
    let german = (
        "Wie sehr?".to_owned(),
        "{item} {instruction}\n{answers}> ".to_owned(),
    );
    assert_eq!(asked(&settings[1]), german);
    // Without a translation the wording is the level's own.
    assert_eq!(asked(&settings[2]), own);
    for wrong in [
        json!({"de": {}}),
        json!({"de": {"instruction": " "}}),
        json!({"de": {"instruction": "Wie?", "frame": {"choice": "{item}\n{answers}> "}}}),
        json!({"de": {"text": "Wie?"}}),
    ] {
        value["factors"][1]["levels"][0]["translations"] = wrong.clone();
        assert_eq!(read(&value).unwrap_err().code(), "study.invalid", "{wrong}");
    }
}

#[test]
fn answers_that_are_none_of_the_study_are_refused() {
    let study = ladder();
    let own = answers(&study);
    let mut twice = own.clone();
    twice.push(own[0].clone());
    let mut beyond = own.clone();
    beyond[0].setting = 10;
    let mut nan = own;
    nan[0].values[0].value = f64::NAN;
    for wrong in [twice, beyond, nan] {
        assert_eq!(study.summarise(&wrong, &[]).unwrap_err().code(), "study.invalid");
    }
}

#[test]
fn an_empty_study_has_no_figures() {
    let summary = ladder().summarise(&[], &[]).unwrap();
    assert_eq!((summary.settings, summary.scales.len()), (0, 0));
}
