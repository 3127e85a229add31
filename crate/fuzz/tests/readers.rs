//! Every reader survives its corpus and changed files; more of them are tried with `traitscope-fuzz`.

use traitscope_fuzz::corpus::{self, Seed};
use traitscope_fuzz::run::run;
use traitscope_fuzz::targets::{ALL, Target};

/// For each reader: a few seconds in all.
const CASES: u64 = 3_000;

#[test]
fn every_reader_survives_files_that_nobody_vouches_for() {
    for target in &ALL {
        let seeds = corpus::read(target.name).unwrap_or_else(|error| panic!("{}: {error}", target.name));
        let tally = run(target, seeds, CASES, 20_261_129)
            .unwrap_or_else(|failure| panic!("{}: {failure}", target.name));
        assert!(tally.cases > CASES && tally.taken > 0, "{}", target.name);
    }
}

/// What is changed is good, so that the changes reach what lies behind the first check.
#[test]
fn the_corpora_are_good_files() {
    for target in &ALL {
        for seed in corpus::read(target.name).unwrap_or_else(|error| panic!("{}: {error}", target.name)) {
            assert!(
                (target.read)(&seed.bytes, &seed.name),
                "{}: {}",
                target.name,
                seed.name
            );
        }
    }
}

fn panics(_: &[u8], _: &str) -> bool {
    panic!("on purpose");
}
fn swallows(_: &[u8], _: &str) -> bool {
    std::hint::black_box(vec![1_u8; 300 << 20]).is_empty()
}

#[test]
fn what_is_not_survived_is_told_with_its_case() {
    static PANICS: Target = Target {
        name: "panics",
        read: panics,
    };
    static SWALLOWS: Target = Target {
        name: "swallows",
        read: swallows,
    };
    let seeds = || {
        vec![Seed {
            name: "a.json".into(),
            bytes: b"{}".to_vec(),
        }]
    };
    for (target, said) in [(&PANICS, "panic: on purpose"), (&SWALLOWS, "MB of memory")] {
        let failure = run(target, seeds(), 10, 1).expect_err(target.name);
        assert!(failure.what.contains(said), "{}", failure.what);
        assert_eq!((failure.number, &failure.case.bytes[..]), (0, &b"{}"[..]));
    }
}
