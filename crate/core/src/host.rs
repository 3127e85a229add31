//! What a long computation needs of whoever runs it.

use core::future::Future;
use core::pin::Pin;
use serde::Serialize;

/// A future that need not be sent between threads.
pub type LocalFuture<'a> = Pin<Box<dyn Future<Output = ()> + 'a>>;

/// How far a long computation is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Progress {
    /// What is being done, and in what unit it is counted: bytes while a model is fetched, checked and read.
    pub phase: String,
    /// Units done.
    #[cfg_attr(test, ts(type = "number"))]
    pub done: u64,
    /// Units in all; 0 while that is not known.
    #[cfg_attr(test, ts(type = "number"))]
    pub total: u64,
}

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

/// Runs one of the core's futures to its end on this thread, for programs that have no event loop.
#[cfg(not(target_family = "wasm"))]
pub fn block_on<T>(future: impl Future<Output = T>) -> T {
    struct Unpark(std::thread::Thread);
    impl std::task::Wake for Unpark {
        fn wake(self: std::sync::Arc<Self>) {
            self.0.unpark();
        }
    }
    let mut future = core::pin::pin!(future);
    let waker = std::sync::Arc::new(Unpark(std::thread::current())).into();
    let mut context = core::task::Context::from_waker(&waker);
    loop {
        match future.as_mut().poll(&mut context) {
            core::task::Poll::Ready(value) => return value,
            core::task::Poll::Pending => std::thread::park(),
        }
    }
}
