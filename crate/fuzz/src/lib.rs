//! Files that nobody vouches for, made by changing good ones, for every reader of the core.
//!
//! A mutation runner in place of a coverage-guided fuzzer, which needs a nightly compiler: what it lacks in guidance it has
//! in corpora, one file at least of each form that a reader knows. Everything follows from a seed, so a failure can be had
//! again.

pub mod corpus;
pub mod memory;
pub mod mutate;
pub mod run;
pub mod targets;

/// Counts what is allocated, for the limit on each case.
#[global_allocator]
static COUNTING: memory::Counting = memory::Counting;
