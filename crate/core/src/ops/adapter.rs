//! What the kernels run on, and with what arithmetic.

use serde::{Deserialize, Serialize};

/// What computes the kernels. There are several of one operation where one would suit only one of these.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Adapter {
    /// A real GPU: many threads with few values each, loads of neighbours joined.
    Hardware,
    /// A GPU that is a program on the CPU: few threads, each load and each barrier counts.
    Software,
    /// The CPU itself.
    Cpu(Activations),
}

/// What the CPU multiplies packed weights with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "lowercase")]
pub enum Activations {
    /// As they are.
    #[default]
    F32,
    /// Rounded to 8 bits, 32 neighbours with one scale, as other programs do to be quicker. Numbers change by that.
    Int8,
}
