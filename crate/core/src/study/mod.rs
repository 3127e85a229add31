//! The only place where model and items meet: a request becomes questions, questions become prompt trees, and the
//! log-probabilities that come back become observations.

mod ask;
mod check;
pub mod coherence;
pub mod effect;
pub mod monitoring;
mod pack;
mod question;
mod request;
mod run;
mod sweep;

pub use check::check;
pub use coherence::{CoherenceRequest, CoherenceResult, coherence};
pub use effect::{EffectRequest, EffectResult, EffectSummary, effect};
pub use monitoring::{MonitoringRequest, MonitoringResult, monitoring};
pub use request::{ScoreEvent, ScoreRequest, ScoreResult};
pub use run::score;
pub use sweep::{SweepEvent, SweepRequest, SweepResult, sweep};
