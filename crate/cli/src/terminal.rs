//! Progress on standard error.

use std::cell::{Cell, RefCell};
use std::io::IsTerminal;
use std::time::Instant;
use traitscope::host::Host;

/// Progress on standard error, where that is a terminal.
#[derive(Default)]
pub struct Terminal {
    shown: Cell<u64>,
    /// What is under way, since when, and how much of it was done then.
    begun: RefCell<Option<(String, Instant, u64)>>,
}

impl Terminal {
    /// Something to know before it begins, where somebody watches.
    pub fn note(&self, text: &str) {
        if std::io::stderr().is_terminal() {
            eprintln!("{text}");
        }
    }

    /// Seconds left at the pace so far; none while there is none.
    fn left(&self, phase: &str, done: u64, total: u64) -> Option<f64> {
        let mut begun = self.begun.borrow_mut();
        if !matches!(&*begun, Some((own, _, from)) if own == phase && *from <= done) {
            *begun = Some((phase.to_owned(), Instant::now(), done));
        }
        let (_, since, from) = begun.as_ref()?;
        let seconds = since.elapsed().as_secs_f64();
        (done > *from && seconds > 1.0)
            .then(|| seconds / (done - from) as f64 * total.saturating_sub(done) as f64)
    }
}

impl Host for Terminal {
    fn progress(&self, phase: &str, done: u64, total: u64) {
        let left = self.left(phase, done, total);
        let percent = (done * 100).checked_div(total).unwrap_or(100);
        if !std::io::stderr().is_terminal() || self.shown.replace(percent) == percent {
            return;
        }
        let left = left.map_or(String::new(), time);
        eprint!(
            "\r{phase} {percent:3}%{left:20}{}",
            if done >= total { "\n" } else { "" }
        );
    }
}

/// A time that is left, in words.
fn time(seconds: f64) -> String {
    match seconds {
        ..1.0 => String::new(),
        ..90.0 => format!(", {seconds:.0} s left"),
        _ => format!(", {:.0} min left", seconds / 60.0),
    }
}
