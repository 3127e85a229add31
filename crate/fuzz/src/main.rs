//! `traitscope-fuzz`: changed files for every reader, as many as asked for.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use traitscope_fuzz::targets::{ALL, Target};
use traitscope_fuzz::{corpus, run};

/// Feeds changed files to the readers of the core, and stops at the first that panics, hangs or takes more than 256 MB.
#[derive(Parser)]
struct Arguments {
    /// Which readers (all of them).
    targets: Vec<String>,
    /// Changed files for each.
    #[arg(long, default_value_t = 100_000)]
    cases: u64,
    /// What the changes follow from.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Where the file goes that was not survived.
    #[arg(long, default_value = "fuzz-failure")]
    failure: PathBuf,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    // A panic is told once, with its case.
    std::panic::set_hook(Box::new(|_| {}));
    let unknown = arguments
        .targets
        .iter()
        .find(|name| ALL.iter().all(|target| target.name != **name));
    if let Some(name) = unknown {
        let names: Vec<&str> = ALL.iter().map(|target| target.name).collect();
        eprintln!(
            "traitscope-fuzz: there is no target {name}; there are {}",
            names.join(", ")
        );
        return ExitCode::FAILURE;
    }
    let chosen = |target: &&Target| {
        arguments.targets.is_empty() || arguments.targets.iter().any(|name| name == target.name)
    };
    println!("target        cases  taken, %  seconds  a case, us  longest, ms  memory, MB");
    for target in ALL.iter().filter(chosen) {
        let seeds = match corpus::read(target.name) {
            Ok(seeds) => seeds,
            Err(error) => {
                eprintln!(
                    "traitscope-fuzz: the corpus of {} cannot be read: {error}",
                    target.name
                );
                return ExitCode::FAILURE;
            }
        };
        match run::run(target, seeds, arguments.cases, arguments.seed) {
            Ok(tally) => println!(
                "{:<10} {:>8} {:>9.1} {:>8.1} {:>11.1} {:>12.1} {:>11.1}",
                target.name,
                tally.cases,
                100.0 * tally.taken as f64 / tally.cases as f64,
                tally.time.as_secs_f64(),
                tally.time.as_secs_f64() * 1e6 / tally.cases as f64,
                tally.longest.as_secs_f64() * 1e3,
                tally.memory as f64 / f64::from(1 << 20),
            ),
            Err(failure) => {
                eprintln!("traitscope-fuzz: {}: {failure}", target.name);
                match std::fs::write(&arguments.failure, &failure.case.bytes) {
                    Ok(()) => eprintln!("the file is {}", arguments.failure.display()),
                    Err(error) => eprintln!("the file could not be written: {error}"),
                }
                // A reader that hangs would keep the program from ending.
                std::process::exit(1);
            }
        }
    }
    ExitCode::SUCCESS
}
