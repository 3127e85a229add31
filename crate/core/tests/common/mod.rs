//! What the integration tests share.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a test that cannot start must say so and stop"
)]
#![allow(dead_code, reason = "each test binary uses a part")]

pub mod planted;
pub mod reference;
pub mod steer;
pub mod tiny;

use std::cell::Cell;
use std::path::PathBuf;
use traitscope::device::Compute;
use traitscope::host::Host;
pub use traitscope::host::block_on;

/// A host that asks to stop after some news.
pub struct StopsAfter(Cell<usize>);

impl StopsAfter {
    /// After so many.
    pub fn new(news: usize) -> Self {
        Self(Cell::new(news))
    }
}

impl Host for StopsAfter {
    fn progress(&self, _: &str, _: u64, _: u64) {
        self.0.set(self.0.get().saturating_sub(1));
    }
    fn cancelled(&self) -> bool {
        self.0.get() == 0
    }
}

/// CPU and GPU. A machine without a Vulkan driver fails here: it never skips.
pub fn computes() -> [Compute; 2] {
    [
        Compute::cpu(),
        block_on(Compute::gpu()).expect("a Vulkan driver (Debian: mesa-vulkan-drivers)"),
    ]
}

/// The same, and the kernels for GPUs in hardware, which compute the same wherever they run.
pub fn all_kernels() -> [Compute; 3] {
    let [cpu, mut gpu] = computes();
    let mut hardware = gpu.clone();
    gpu.software = true;
    hardware.software = false;
    [cpu, gpu, hardware]
}

/// The default model's file.
pub fn model_path() -> PathBuf {
    file("TRAITSCOPE_MODEL", "SmolLM2-135M-Instruct.Q4_1.gguf")
}

/// The file of Gemma 3 270M.
pub fn gemma_path() -> PathBuf {
    file("TRAITSCOPE_GEMMA3", "gemma-3-270m-q4_k_m.gguf")
}

/// The file that a variable names, or that `./build.sh` has put into its cache.
fn file(variable: &str, name: &str) -> PathBuf {
    let path = std::env::var_os(variable).map_or_else(
        || {
            let home = || PathBuf::from(std::env::var_os("HOME").expect("HOME is set")).join(".cache");
            let cache = std::env::var_os("XDG_CACHE_HOME").map_or_else(home, PathBuf::from);
            cache.join("traitscope/models").join(name)
        },
        PathBuf::from,
    );
    assert!(
        path.is_file(),
        "{} is missing: ./build.sh test fetches it",
        path.display()
    );
    path
}
