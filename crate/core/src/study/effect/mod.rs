//! What a direction does to the answers, with the controls that tell an effect from chance.
//!
//! Reading order: `request` (directions and their doses, as conditions of sweeps), `summary` (what their rows say),
//! [`effect()`] (both, on a model).

mod request;
mod summary;

pub use request::{Arm, ArmKind, EffectCondition, EffectRequest, Persona};
pub use summary::{ChanceEffects, DirectionEffects, EffectSummary, PersonaEffects, PlacedEffect};

use serde::{Deserialize, Serialize};

use super::sweep::{SweepEvent, sweep};
use crate::Result;
use crate::engine::Engine;
use crate::host::Host;
use crate::measure::Observation;

/// What came of an effect study.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct EffectResult {
    /// The rows of each condition, in the order of [`EffectRequest::conditions`].
    pub observations: Vec<Vec<Observation>>,
    /// What they say.
    pub summary: EffectSummary,
    /// Whether it was stopped before its end; conditions then lack the last items, and the summary is that of the rest.
    pub cancelled: bool,
}

/// Gives the test under every condition and says what changed; `on_event` hears each finished row, with its condition.
///
/// # Errors
/// [`crate::Error::RequestInvalid`] for a request that makes no sense, and what [`sweep`] gives.
pub async fn effect(
    engine: &mut Engine,
    request: &EffectRequest,
    host: &dyn Host,
    on_event: &mut dyn FnMut(SweepEvent),
) -> Result<EffectResult> {
    let sweeps = request.sweeps()?;
    let all: usize = sweeps.iter().map(|sweep| sweep.conditions.len()).sum();
    let mut observations = Vec::new();
    let mut cancelled = false;
    for one in &sweeps {
        let before = observations.len();
        let result = sweep(engine, one, host, &mut |event| {
            on_event(match event {
                SweepEvent::Observation {
                    condition,
                    observation,
                } => SweepEvent::Observation {
                    condition: before + condition,
                    observation,
                },
                // Of all conditions, each of which asks the same questions.
                SweepEvent::Progress { done, total } => {
                    let each = total / one.conditions.len();
                    SweepEvent::Progress {
                        done: before * each + done,
                        total: all * each,
                    }
                }
            });
        })
        .await?;
        observations.extend(result.observations);
        cancelled |= result.cancelled;
        if cancelled {
            break;
        }
    }
    observations.resize(all, Vec::new());
    Ok(EffectResult {
        summary: request.summarise(&observations)?,
        observations,
        cancelled,
    })
}
