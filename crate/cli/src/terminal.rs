//! Progress on standard error.

use std::cell::Cell;
use std::io::IsTerminal;
use traitscope::host::Host;

/// Progress on standard error, where that is a terminal.
#[derive(Default)]
pub struct Terminal {
    shown: Cell<u64>,
}

impl Host for Terminal {
    fn progress(&self, phase: &str, done: u64, total: u64) {
        let percent = (done * 100).checked_div(total).unwrap_or(100);
        if !std::io::stderr().is_terminal() || self.shown.replace(percent) == percent {
            return;
        }
        eprint!("\r{phase} {percent:3}%{}", if done >= total { "\n" } else { "" });
    }
}
