//! What a long computation needs of whoever runs it.

use core::future::Future;
use core::pin::Pin;

/// A future that need not be sent between threads.
pub type LocalFuture<'a> = Pin<Box<dyn Future<Output = ()> + 'a>>;

/// The page's worker or the terminal: hears of progress, may ask to stop.
pub trait Host {
    /// Work done so far, in units of `phase`: bytes while loading, prompts while testing.
    fn progress(&self, phase: &str, done: u64, total: u64);

    /// Whether the user asked to stop; asked between forwards.
    fn cancelled(&self) -> bool {
        false
    }

    /// Lets other work of the same thread run, so that a request to stop can arrive.
    fn pause(&self) -> LocalFuture<'_> {
        Box::pin(core::future::ready(()))
    }
}

/// A host that listens to nothing.
pub struct Quiet;

impl Host for Quiet {
    fn progress(&self, _: &str, _: u64, _: u64) {}
}
