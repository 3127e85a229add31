//! The shipped items: nobody can tell a high response from a low one without reading what the item is about.

#![allow(clippy::unwrap_used, reason = "a test fails where it meets an error")]

use std::collections::{BTreeMap, BTreeSet};

use traitscope::items::{Item, ItemBank, bundled_bank};

/// A response and whether it is a high one.
type Response = (String, bool);

fn all() -> ItemBank {
    let steering = include_bytes!("../../../items/steering.json");
    let steering = ItemBank::from_json(steering, "steering.json").unwrap();
    bundled_bank().unwrap().join(steering).unwrap()
}

fn responses<'a>(items: impl IntoIterator<Item = &'a Item>) -> Vec<Response> {
    let of = |item: &'a Item| item.options().into_iter().zip([true, true, false, false]);
    items
        .into_iter()
        .flat_map(of)
        .map(|(text, high)| (text.to_owned(), high))
        .collect()
}

fn words(text: &str) -> Vec<String> {
    let word = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    text.split_whitespace()
        .map(word)
        .filter(|word| !word.is_empty())
        .collect()
}

/// Says of a text how far it looks like a high one: above 0 if it does.
type Judge = Box<dyn Fn(&str) -> f64>;

/// Naive Bayes on which words occur, with one occurrence a side added.
fn naive_bayes(train: &[Response]) -> Judge {
    let mut seen: BTreeMap<String, [f64; 2]> = BTreeMap::new();
    let mut sides = [2.0, 2.0];
    for (text, high) in train {
        sides[usize::from(*high)] += 1.0;
        for word in words(text).into_iter().collect::<BTreeSet<_>>() {
            seen.entry(word).or_insert([1.0, 1.0])[usize::from(*high)] += 1.0;
        }
    }
    Box::new(move |text| {
        let known = words(text).into_iter().collect::<BTreeSet<_>>();
        let weight = |word| {
            seen.get(&word)
                .map(|n: &[f64; 2]| (n[1] / sides[1]).ln() - (n[0] / sides[0]).ln())
        };
        known.into_iter().filter_map(weight).sum()
    })
}

/// Logistic regression on word counts with a ridge penalty, by gradient descent.
fn logistic(train: &[Response]) -> Judge {
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    let rows: Vec<(Vec<usize>, f64)> = train
        .iter()
        .map(|(text, high)| {
            let place = |word| {
                let next = places.len();
                *places.entry(word).or_insert(next)
            };
            (
                words(text).into_iter().map(place).collect(),
                f64::from(u8::from(*high)),
            )
        })
        .collect();
    let mut weights = vec![0.0; places.len()];
    for _ in 0..300 {
        let mut step: Vec<f64> = weights.iter().map(|w| -0.002 * w).collect();
        for (row, high) in &rows {
            let sum: f64 = row.iter().map(|i| weights[*i]).sum();
            let miss = high - 1.0 / (1.0 + (-sum).exp());
            row.iter().for_each(|i| step[*i] += miss / rows.len() as f64);
        }
        weights.iter_mut().zip(step).for_each(|(w, s)| *w += 2.0 * s);
    }
    Box::new(move |text| {
        words(text)
            .iter()
            .filter_map(|word| places.get(word))
            .map(|i| weights[*i])
            .sum()
    })
}

/// Share of `test` that the judge puts on its side; a tie is half right.
fn accuracy(judge: &Judge, test: &[Response]) -> f64 {
    let right = test.iter().map(|(text, high)| match judge(text) {
        0.0 => 0.5,
        score => f64::from(u8::from((score > 0.0) == *high)),
    });
    right.sum::<f64>() / test.len() as f64
}

/// Trained on seven traits, a bag of words can only learn a manner of writing "high": it must not carry to the eighth.
#[test]
fn no_manner_of_writing_gives_the_high_responses_away() {
    // The bank that is given by itself, and with the items that studies of directions use.
    for (bank, given) in [(all(), "all"), (bundled_bank().unwrap(), "bank")] {
        for (name, train) in [
            ("naive Bayes", naive_bayes as fn(&[Response]) -> Judge),
            ("logistic regression", logistic),
        ] {
            let mut accuracies = Vec::new();
            for trait_name in bank.traits() {
                let (test, rest): (Vec<&Item>, Vec<&Item>) =
                    bank.items.iter().partition(|item| item.trait_name == trait_name);
                let found = accuracy(&train(&responses(rest)), &responses(test));
                println!("{given}, {name}, {trait_name}: {found:.3}");
                assert!(
                    (0.35..0.65).contains(&found),
                    "{given}, {name}, {trait_name}: {found:.3}"
                );
                accuracies.push(found);
            }
            let mean = accuracies.iter().sum::<f64>() / accuracies.len() as f64;
            println!("{given}, {name}, mean: {mean:.3}");
            assert!((mean - 0.5).abs() < 0.06, "{given}, {name}: {mean:.3}");
        }
    }
}

/// With the trait known its vocabulary may tell a little, as it should; not so much that the item need not be read.
#[test]
fn other_items_of_a_trait_do_not_give_a_response_away() {
    let bank = all();
    for (name, train) in [
        ("naive Bayes", naive_bayes as fn(&[Response]) -> Judge),
        ("logistic regression", logistic),
    ] {
        let mut accuracies = Vec::new();
        for trait_name in bank.traits() {
            let own: Vec<&Item> = bank
                .items
                .iter()
                .filter(|item| item.trait_name == trait_name)
                .collect();
            // Five folds of the trait's own items; the other traits' are not shown.
            let folds = (0..5).map(|fold| {
                let (test, rest): (Vec<_>, Vec<_>) = (0..own.len()).partition(|i| i % 5 == fold);
                let pick = |places: Vec<usize>| responses(places.into_iter().map(|i| own[i]));
                accuracy(&train(&pick(rest)), &pick(test))
            });
            let found = folds.sum::<f64>() / 5.0;
            println!("{name}, {trait_name}: {found:.3}");
            accuracies.push(found);
        }
        let mean = accuracies.iter().sum::<f64>() / accuracies.len() as f64;
        println!("{name}, mean over held-out items: {mean:.3}");
        assert!(mean < 0.65, "{name}: {mean:.3}");
    }
}

#[test]
fn length_and_form_give_nothing_away() {
    let bank = all();
    for trait_name in bank.traits() {
        let own: Vec<&Item> = bank
            .items
            .iter()
            .filter(|item| item.trait_name == trait_name)
            .collect();
        let (mut sums, mut longest) = ([0.0; 2], 0.0);
        for item in &own {
            let lengths = item.options().map(|text| text.chars().count());
            for (length, high) in lengths.iter().zip([1, 1, 0, 0]) {
                sums[high] += *length as f64;
            }
            let most = *lengths.iter().max().unwrap();
            let ties: Vec<bool> = (0..4).filter(|i| lengths[*i] == most).map(|i| i < 2).collect();
            longest += ties.iter().filter(|high| **high).count() as f64 / ties.len() as f64;
            let spread = most as f64 / *lengths.iter().min().unwrap() as f64;
            assert!(spread < 1.35, "{}: {spread:.2}", item.id);
            for text in item.options() {
                let count = text.split_whitespace().count();
                assert!(
                    (12..=22).contains(&count) && text.starts_with("I would ") && text.ends_with('.'),
                    "{}: {text}",
                    item.id
                );
            }
        }
        let longest = longest / own.len() as f64;
        let difference = sums[1] / sums[0] - 1.0;
        println!(
            "{trait_name}: high longer by {:.1}%, the longest a high one in {longest:.2}",
            100.0 * difference
        );
        assert!(difference.abs() < 0.025, "{trait_name}: {difference}");
        assert!((0.35..=0.65).contains(&longest), "{trait_name}: {longest}");
    }
}

#[test]
fn every_trait_goes_through_all_parts_of_life_and_no_text_stands_twice() {
    let bank = bundled_bank().unwrap();
    for trait_name in bank.traits() {
        for setting in ["work", "family", "school", "friends", "money", "travel", "online"] {
            let here =
                |item: &&Item| item.trait_name == trait_name && item.setting.as_deref() == Some(setting);
            assert!(
                bank.items.iter().any(|item| here(&item)),
                "{trait_name}: {setting}"
            );
        }
    }
    let mut seen = BTreeSet::new();
    for item in &all().items {
        let (situation, paraphrase) = (item.text(false).unwrap(), item.text(true).unwrap());
        assert_ne!(situation, paraphrase);
        for text in item.options().into_iter().chain([&situation[..], &paraphrase]) {
            assert!(seen.insert(text.to_owned()), "{}: {text}", item.id);
        }
    }
}
