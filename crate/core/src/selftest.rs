//! The known-answer test a device must pass before it is asked anything.
//!
//! Browsers' WebGPU stacks have returned wrong numbers without an error; a test with such numbers is worse than
//! none. A model of the catalogue carries log-probabilities computed elsewhere; for any other file the GPU is held
//! against the CPU on a short prompt.

use crate::device::DeviceKind;
use crate::engine::Engine;
use crate::host::Host;
use crate::model::{Model, Read};
use crate::ops::Activations;
use crate::prompt::TokenBatch;
use crate::{Error, Result};
use serde::{Deserialize, Serialize};

/// Largest difference in a log-probability that passes. Rounding of f32 gives under 1e-3; a wrong kernel gives
/// differences above 1.
pub const TOLERANCE: f64 = 0.02;

/// What a model file gives on a prompt, computed by another program in f32.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Golden {
    /// The prompt.
    pub tokens: Vec<u32>,
    /// `(token, natural-log probability after the prompt)`.
    pub log_probs: Vec<(u32, f64)>,
}

/// How the device was tested.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "kebab-case")]
pub enum Method {
    /// Against numbers of the catalogue.
    Golden,
    /// The GPU against the CPU.
    CpuTwin,
    /// The model is not in the catalogue and runs on the CPU: the same forward twice, as parts and as a whole.
    Repeat,
}

/// The outcome, part of every report.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct SelfTest {
    /// Whether the device tested computes what it should.
    pub passed: bool,
    /// The device that was tested.
    pub device: DeviceKind,
    /// How.
    pub method: Method,
    /// Largest difference of a log-probability.
    pub max_error: f64,
    /// What passes.
    pub tolerance: f64,
    /// Time taken; filled in by whoever has a clock.
    pub milliseconds: f64,
    /// For people.
    pub message: String,
    /// Whether the model now runs on the CPU because the GPU failed.
    pub fell_back: bool,
}

/// Tokens of the prompt for models without golden numbers; any valid ids do.
const PROBE_TOKENS: u32 = 24;

/// Tests the device the engine runs on. A GPU that fails is replaced by the CPU, which is then tested too.
///
/// # Errors
/// [`Error::DeviceSelfTest`] if even the CPU gives wrong numbers; errors of loading the CPU model.
pub async fn run(engine: &mut Engine, host: &dyn Host) -> Result<SelfTest> {
    engine.compute_with(Activations::F32);
    let outcome = test(engine, host).await;
    if engine.model.compute.info.kind == DeviceKind::Cpu {
        let outcome = outcome?;
        return if outcome.passed {
            Ok(outcome)
        } else {
            Err(Error::DeviceSelfTest(outcome.message))
        };
    }
    let (failure, mut result) = match outcome {
        Ok(outcome) if outcome.passed => return Ok(outcome),
        Ok(outcome) => (Error::DeviceSelfTest(outcome.message.clone()), outcome),
        Err(error) => (
            error.clone(),
            report(DeviceKind::Gpu, method(engine), f64::INFINITY, error.to_string()),
        ),
    };
    let mut twin = engine.cpu_twin(host).await?;
    twin.compute = twin.compute.instead_of_gpu(&failure);
    engine.model = twin;
    let cpu = test(engine, host).await?;
    if !cpu.passed {
        return Err(Error::DeviceSelfTest(cpu.message));
    }
    result.fell_back = true;
    result.message = format!("{} The CPU is used instead.", result.message);
    Ok(result)
}

fn method(engine: &Engine) -> Method {
    match (&engine.golden, engine.model.compute.info.kind) {
        (Some(_), _) => Method::Golden,
        (None, DeviceKind::Gpu) => Method::CpuTwin,
        (None, DeviceKind::Cpu) => Method::Repeat,
    }
}

async fn test(engine: &mut Engine, host: &dyn Host) -> Result<SelfTest> {
    let kind = engine.model.compute.info.kind;
    let method = method(engine);
    let max_error = match (method, engine.golden.clone()) {
        (Method::Golden, Some(golden)) => {
            let (ids, expected): (Vec<u32>, Vec<f64>) = golden.log_probs.into_iter().unzip();
            let found = log_probs(&mut engine.model, &golden.tokens, &ids).await?;
            largest(&found, &expected)
        }
        _ => {
            let vocabulary = engine.model.config.vocabulary as u32;
            let tokens: Vec<u32> = (0..PROBE_TOKENS).map(|i| (i * 7919 + 11) % vocabulary).collect();
            let ids: Vec<u32> = (0..64).map(|i| (i * 104_729 + 3) % vocabulary).collect();
            let found = log_probs(&mut engine.model, &tokens, &ids).await?;
            let expected = if method == Method::CpuTwin {
                let [expected, _] = log_probs(&mut engine.cpu_twin(host).await?, &tokens, &ids).await?;
                expected
            } else {
                stepwise_log_probs(&mut engine.model, &tokens, &ids).await?
            };
            largest(&found, &expected)
        }
    };
    let message = if max_error <= TOLERANCE {
        format!("Known answers were met within {max_error:.5}.")
    } else {
        format!("Known answers were missed by {max_error:.3}, more than the {TOLERANCE} allowed.")
    };
    Ok(report(kind, method, max_error, message))
}

fn report(device: DeviceKind, method: Method, max_error: f64, message: String) -> SelfTest {
    SelfTest {
        passed: max_error <= TOLERANCE,
        device,
        method,
        max_error,
        tolerance: TOLERANCE,
        milliseconds: 0.0,
        message,
        fell_back: false,
    }
}

/// The largest difference between what was expected and either of what was found. NaN counts as infinitely wrong.
fn largest(found: &[Vec<f64>; 2], expected: &[f64]) -> f64 {
    let pairs = found.iter().flat_map(|found| found.iter().zip(expected));
    pairs.map(|(a, b)| (a - b).abs()).fold(0.0, |worst, error| {
        if error <= worst {
            worst
        } else if error.is_nan() {
            f64::INFINITY
        } else {
            error
        }
    })
}

/// After the prompt in one forward, and again after its last token in a forward of its own: a device has kernels for
/// one token alone, which write every word of a generated text.
async fn log_probs(model: &mut Model, tokens: &[u32], ids: &[u32]) -> Result<[Vec<f64>; 2]> {
    let last = tokens.len().saturating_sub(1);
    let whole = forward(model, tokens, 0, ids).await?;
    let step = forward(model, &tokens[last..], last, ids).await?;
    Ok([whole, step])
}

async fn forward(model: &mut Model, tokens: &[u32], past: usize, ids: &[u32]) -> Result<Vec<f64>> {
    let last = tokens.len().saturating_sub(1);
    let read = Read {
        targets: ids.iter().map(|id| (last, *id)).collect(),
        ..Read::default()
    };
    let batch = TokenBatch::sequence(tokens, past);
    let output = model.forward(&batch, &read).await?;
    Ok(output.log_probs.into_iter().map(f64::from).collect())
}

/// The same, one token at a time through the cache.
async fn stepwise_log_probs(model: &mut Model, tokens: &[u32], ids: &[u32]) -> Result<Vec<f64>> {
    let mut found = Vec::new();
    for (past, token) in tokens.iter().enumerate() {
        found = forward(model, &[*token], past, ids).await?;
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::device::DeviceChoice;
    use crate::engine::OpenOptions;
    use crate::gguf::MemorySource;
    use crate::host::{Quiet, block_on};
    use crate::ops::gpu::broken::{self, Break};
    use std::rc::Rc;

    const TINY: &[u8] = include_bytes!("../../../tests/reference/tiny/tiny.gguf");
    const GEMMA3: &[u8] = include_bytes!("../../../tests/reference/architectures/gemma3.gguf");

    /// The self-test of a file on the GPU, the kernels for GPUs in hardware or those for GPUs in software.
    fn tested(file: &[u8], software: bool, broken: Option<Break>) -> SelfTest {
        let options = OpenOptions {
            device: DeviceChoice::Gpu,
            ..OpenOptions::default()
        };
        let source = Rc::new(MemorySource(file.to_vec()));
        let mut engine = block_on(Engine::open(source, options, &Quiet)).unwrap();
        engine.model.compute.software = software;
        broken::set(broken);
        let result = block_on(run(&mut engine, &Quiet)).unwrap();
        broken::set(None);
        result
    }

    /// Each kernel of a forward in turn, in a way that leaves numbers which look like others.
    #[test]
    fn a_kernel_that_computes_something_else_is_noticed() {
        let breaks = [
            (
                TINY,
                "EmbedKernel",
                "let row = ids[id.y];",
                "let row = ids[id.y] ^ 1u;",
            ),
            (
                TINY,
                "RmsNormKernel",
                "total / f32(WIDTH)",
                "total / f32(WIDTH) * 1.2",
            ),
            (
                TINY,
                "RowsKernel",
                "sums_of[at + 0u] = sum0;",
                "sums_of[at + 0u] = sum0 * 1.01;",
            ),
            (
                TINY,
                "AttentionKernel",
                "const LEAST = -3.0e38;",
                "const LEAST = 1.0;",
            ),
            (TINY, "JoinKernel", "log(own.y)", "log2(own.y)"),
            (
                TINY,
                "PickKernel",
                "sum - totals[row]",
                "sum - totals[row] * 1.01",
            ),
            (GEMMA3, "HeadNormKernel", "sqrt(sum", "sqrt(2.0 * sum"),
        ];
        for (file, kernel, from, to) in breaks {
            for software in [false, true] {
                let sound = tested(file, software, None);
                assert!(sound.passed && !sound.fell_back, "{kernel}: {sound:?}");
                let found = tested(file, software, Some(Break { kernel, from, to }));
                assert!(found.fell_back, "{kernel}, software {software}: {found:?}");
            }
        }
    }
}
