//! Running the core's asynchronous calls in a terminal, with progress on standard error.

use std::cell::Cell;
use std::future::Future;
use std::io::IsTerminal;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};
use std::thread::Thread;
use traitscope::host::Host;

struct Unpark(Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

/// Runs a future on this thread.
pub fn block_on<T>(future: impl Future<Output = T>) -> T {
    let mut future = pin!(future);
    let waker = Waker::from(Arc::new(Unpark(std::thread::current())));
    let mut context = Context::from_waker(&waker);
    loop {
        match future.as_mut().poll(&mut context) {
            Poll::Ready(value) => return value,
            Poll::Pending => std::thread::park(),
        }
    }
}

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
