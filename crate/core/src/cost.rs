//! What the host spends on queueing: a diagnostic for those who measure speed.

use crate::model::Model;
use crate::{Error, Result};
use burn::tensor::{Device, Tensor};
use serde::Serialize;

/// Forwards of which the median is taken.
const FORWARDS: usize = 9;

/// What operations cost, in milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct OperationCost {
    /// To queue a tiny operation.
    pub encode: f64,
    /// Until its result is read, as the mean of many queued one after the other.
    pub whole: f64,
    /// To queue all operations of a forward of one token, up to its logits. A CPU computes what is queued at once, so that this is
    /// the whole forward there.
    pub token: f64,
}

/// What a tiny operation costs, as the mean of `repeats`, and a token, as the median of a few; `now` gives milliseconds.
///
/// # Errors
/// [`Error::DeviceLost`].
pub async fn operation_cost(model: &mut Model, repeats: u32, now: impl Fn() -> f64) -> Result<OperationCost> {
    let device = model.compute.device.clone();
    let mut tensor = tiny(&device);
    read(tensor.clone()).await?;
    let started = now();
    for _ in 0..repeats {
        tensor = tensor + 1.0;
    }
    let queued = now();
    read(tensor).await?;
    let whole = now() - started;

    let mut tokens = Vec::with_capacity(FORWARDS);
    for _ in 0..FORWARDS {
        let started = now();
        let logits = model.queue_token();
        tokens.push(now() - started);
        drop(logits);
        // What was queued is done once this is.
        read(tiny(&device)).await?;
    }
    tokens.sort_by(f64::total_cmp);
    model.compute.check()?;
    let count = f64::from(repeats.max(1));
    Ok(OperationCost {
        encode: (queued - started) / count,
        whole: whole / count,
        token: tokens[FORWARDS / 2],
    })
}

fn tiny(device: &Device) -> Tensor<1> {
    Tensor::<1>::zeros([8], device) + 1.0
}

async fn read(tensor: Tensor<1>) -> Result<()> {
    let lost = |error| Error::DeviceLost(format!("{error:?}"));
    tensor.into_data_async().await.map(|_| ()).map_err(lost)
}
