//! The only place where model and items meet: a request becomes questions, questions become prompt trees, and the
//! log-probabilities that come back become observations.

mod answer;
mod ask;
mod check;
pub mod coherence;
pub mod data_set;
pub mod difference;
pub mod effect;
pub mod free_answers;
pub mod monitoring;
mod pack;
pub mod plan;
mod question;
mod request;
mod run;
mod subjects;
mod sweep;

pub use check::check;
pub use coherence::{CoherenceRequest, CoherenceResult, coherence};
pub use data_set::{DataText, parse_texts};
pub use difference::{DifferenceRequest, DifferenceResult, difference};
pub use effect::{EffectRequest, EffectResult, EffectSummary, effect};
pub use free_answers::{FreeRequest, FreeResult, free_answers};
pub use monitoring::{
    MonitoringRequest, MonitoringResult, MonitoringRow, MonitoringSummary, monitoring, summarise_monitoring,
};
pub use request::{ScoreEvent, ScoreRequest, ScoreResult};
pub use run::score;
pub use sweep::{SweepEvent, SweepRequest, SweepResult, sweep};
