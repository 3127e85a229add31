//! Directions of traits: how they are made, kept and applied.
//!
//! Reading order: [`TraitArtefact`] (a trait as texts), `prompts` (these as a model reads them), `responses` (the model's
//! own texts), `pool` (mean streams of texts), [`extract()`] (their difference, a direction a layer), [`TraitVectors`]
//! (the result), [`neutral`] (the unit of doses and the zero of a meter), [`files`] (directions for other programs, and
//! theirs), [`Steering`] (edits as they are asked for), [`orthogonal`] (several traits at once), [`chance`] (directions to hold
//! one against).

pub mod artefact;
pub mod chance;
mod combine;
pub mod extract;
pub mod files;
pub mod neutral;
mod pool;
mod prompts;
mod responses;
mod steering;
mod vectors;

pub use artefact::{Instructions, Questions, Sides, TraitArtefact};
pub use combine::{gram, orthogonal};
pub use extract::{ExtractRequest, Extraction, Method, extract, streams};
pub use neutral::Neutral;
pub use pool::{Pooled, Sample, Streams, pool};
pub use responses::{Level, Response};
pub use steering::{LARGEST_DOSE, Positions, Steering, SteeringCondition, SteeringEdit, SteeringPlan};
pub use vectors::{LayerVector, TraitVectors, cosine, dot, length};
