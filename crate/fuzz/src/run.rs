//! One case after the other, each under watch.

use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use traitscope::random::SplitMix64;

use crate::corpus::Seed;
use crate::memory::most_while;
use crate::mutate::mutated;
use crate::targets::Target;

/// The most that one case may take beside its own bytes.
pub const MOST_MEMORY: usize = 256 << 20;
/// From when on a case hangs. The longest that ends by itself is a chat template that uses up its fuel.
pub const LONGEST: Duration = Duration::from_secs(20);

/// What came of a target's cases.
#[derive(Debug, Default)]
pub struct Tally {
    /// How many there were.
    pub cases: u64,
    /// How many of them were taken.
    pub taken: u64,
    /// How long they took together.
    pub time: Duration,
    /// The most memory of one, in bytes.
    pub memory: usize,
    /// The longest of them.
    pub longest: Duration,
}

/// A case that a reader does not survive.
#[derive(Debug)]
pub struct Failure {
    /// What went wrong.
    pub what: String,
    /// The file.
    pub case: Seed,
    /// Its number, from 0.
    pub number: u64,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "case {} ({}): {}", self.number, self.case.name, self.what)
    }
}

/// Reads one file.
///
/// # Errors
/// What went wrong: a panic, or too much memory.
fn attempt(target: &Target, case: &Seed) -> Result<(bool, usize), String> {
    let work = || catch_unwind(AssertUnwindSafe(|| (target.read)(&case.bytes, &case.name)));
    let (result, memory) = most_while(work);
    let taken = result.map_err(|panic| {
        let said = panic
            .downcast_ref::<String>()
            .map(String::as_str)
            .or_else(|| panic.downcast_ref::<&str>().copied());
        format!("panic: {}", said.unwrap_or("of no text"))
    })?;
    if memory > MOST_MEMORY {
        return Err(format!("{} MB of memory", memory >> 20));
    }
    Ok((taken, memory))
}

/// Reads the corpus itself and then `cases` files made of it, in a thread of its own, so that one that hangs is known.
///
/// # Errors
/// The first case that is not survived.
pub fn run(target: &'static Target, seeds: Vec<Seed>, cases: u64, seed: u64) -> Result<Tally, Box<Failure>> {
    let (news, heard) = channel();
    let worker = thread::Builder::new().stack_size(2 << 20).spawn(move || {
        let mut random = SplitMix64::new(seed);
        let mut tally = Tally::default();
        let begun = Instant::now();
        let own = seeds.len() as u64;
        for number in 0..own + cases {
            let case = match number < own {
                true => seeds[number as usize].clone(),
                false => mutated(&seeds, &mut random),
            };
            let start = Instant::now();
            // Whoever listens has the case in hand should it hang.
            let _ = news.send((number, case.clone()));
            match attempt(target, &case) {
                Ok((taken, memory)) => {
                    tally.taken += u64::from(taken);
                    tally.memory = tally.memory.max(memory);
                }
                Err(what) => return Err(Box::new(Failure { what, case, number })),
            }
            tally.longest = tally.longest.max(start.elapsed());
            tally.cases += 1;
        }
        tally.time = begun.elapsed();
        Ok(tally)
    });
    let mut last = (0, Seed::default());
    let failed = |(number, case): (u64, Seed), what: String| Err(Box::new(Failure { what, case, number }));
    let Ok(worker) = worker else {
        return failed(last, "no thread could be started".into());
    };
    loop {
        match heard.recv_timeout(LONGEST) {
            Ok(begun) => last = begun,
            Err(RecvTimeoutError::Disconnected) => break,
            Err(RecvTimeoutError::Timeout) => {
                return failed(last, format!("it still reads after {} s", LONGEST.as_secs()));
            }
        }
    }
    worker
        .join()
        .unwrap_or_else(|_| failed(last, "the thread has died".into()))
}
