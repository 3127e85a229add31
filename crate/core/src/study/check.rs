//! Whether a model can be asked all questions of a run, found out before the first of them is.

use super::question::{Question, Subject};
use super::request::ScoreRequest;
use super::subjects::{Facts, subjects};
use crate::Result;
use crate::engine::Engine;
use crate::host::Host;
use crate::steer::SteeringPlan;

/// Questions between two looks at the host; they take some hundredths of a second.
const AT_ONCE: usize = 64;

/// Refuses a request that makes no sense or that the model cannot carry out, as [`super::score`] does before its first
/// forward; for whoever gives the request in parts.
///
/// # Errors
/// [`crate::Error::RequestInvalid`], [`crate::Error::ItemsInvalid`], and [`crate::Error::PromptLength`] with the item that does not fit.
pub async fn check(engine: &Engine, request: &ScoreRequest, host: &dyn Host) -> Result<()> {
    request.check()?;
    engine.is_chat(request.prompt_mode)?;
    SteeringPlan::new(&request.steering, &engine.info())?;
    let facts = Facts::of(request)?;
    check_subjects(engine, request, &subjects(request, &facts), host).await
}

/// Refuses questions that do not fit the model, so that no run ends halfway for what could be known.
///
/// Each is rendered and tokenised, which costs a quarter of a millisecond (measured with the bundled bank: 96 questions
/// in 0.05 s), nothing beside the forwards that answer it. On request it stops early, and so will the run.
///
/// # Errors
/// What [`Question::new`] gives.
pub(super) async fn check_subjects(
    engine: &Engine,
    request: &ScoreRequest,
    subjects: &[Subject<'_>],
    host: &dyn Host,
) -> Result<()> {
    for some in subjects.chunks(AT_ONCE) {
        host.pause().await;
        if host.cancelled() {
            return Ok(());
        }
        for subject in some {
            Question::new(engine, request, *subject)?;
        }
    }
    Ok(())
}
