//! Speed of a model natively: `cargo bench -p traitscope-cli --bench native -- --model FILE --device gpu`.
//!
//! One JSON object on standard output. Every value timed is read, and the log-probabilities are in the output, so that
//! another program's can be held against them. See `bench/native/README.md`.

#![allow(clippy::unwrap_used, reason = "a measurement stops where it meets an error")]

use clap::{Parser, ValueEnum};
use serde_json::{Map, json};
use std::path::PathBuf;
use std::time::Instant;
use traitscope::device::{Compute, DeviceChoice};
use traitscope::gguf::{FileSource, Gguf};
use traitscope::host::{Quiet, block_on};
use traitscope::model::{GenerateRequest, Hooks, LoadOptions, Model, Read, load};
use traitscope::ops::launches;
use traitscope::prompt::TokenBatch;

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Device {
    Cpu,
    Gpu,
}

#[derive(Debug, Parser)]
struct Arguments {
    #[arg(long)]
    model: PathBuf,
    #[arg(long, value_enum, default_value = "gpu")]
    device: Device,
    /// Tokens of the prompts.
    #[arg(long, value_delimiter = ',', default_values_t = [16, 128, 512])]
    prefill: Vec<usize>,
    /// Tokens written.
    #[arg(long, default_value_t = 64)]
    decode: usize,
    /// Times each is measured; the median counts.
    #[arg(long, default_value_t = 7)]
    rounds: usize,
    /// What cargo passes to every bench.
    #[arg(long)]
    bench: bool,
}

/// The token at each place of the prompts; `bench/native/peer.py` takes the same.
fn prompt(tokens: usize) -> Vec<u32> {
    (0..tokens as u32).map(|at| 300 + at * 7).collect()
}

fn median(mut seconds: Vec<f64>) -> f64 {
    seconds.sort_by(f64::total_cmp);
    seconds[seconds.len() / 2]
}

/// Median seconds after a round that does not count.
fn timed(rounds: usize, mut work: impl FnMut()) -> f64 {
    work();
    let once = || {
        let start = Instant::now();
        work();
        start.elapsed().as_secs_f64()
    };
    median(std::iter::repeat_with(once).take(rounds).collect())
}

/// The log-probability of token 300 after a prompt.
fn log_prob(model: &mut Model, tokens: usize) -> f32 {
    let read = Read {
        targets: vec![(tokens - 1, 300)],
        ..Read::default()
    };
    let batch = TokenBatch::sequence(&prompt(tokens), 0);
    block_on(model.forward(&batch, &read)).unwrap().log_probs[0]
}

/// The ids of a text of some tokens after a prompt of 16.
fn written(model: &mut Model, max_tokens: usize) -> Vec<u32> {
    let request = GenerateRequest {
        max_tokens,
        temperature: 0.0,
        seed: 0,
    };
    let prompt = prompt(16);
    let text = model.generate(&prompt, request, |_| false, &Quiet, &|_| Hooks::default(), |_| ());
    block_on(text).unwrap().tokens
}

fn main() {
    let arguments = Arguments::parse();
    let choice = match arguments.device {
        Device::Cpu => DeviceChoice::Cpu,
        Device::Gpu => DeviceChoice::Gpu,
    };
    let started = Instant::now();
    let source = FileSource::open(&arguments.model).unwrap();
    let gguf = Gguf::read(&source).unwrap();
    let compute = block_on(Compute::choose(choice)).unwrap();
    let mut model = block_on(load(&source, &gguf, &compute, LoadOptions::default(), &Quiet)).unwrap();
    log_prob(&mut model, 16);
    let load = started.elapsed().as_secs_f64();

    let (mut prefill, mut log_probs) = (Map::new(), Map::new());
    for tokens in arguments.prefill {
        log_probs.insert(tokens.to_string(), json!(log_prob(&mut model, tokens)));
        let seconds = timed(arguments.rounds, || {
            log_prob(&mut model, tokens);
        });
        prefill.insert(tokens.to_string(), json!(tokens as f64 / seconds));
    }
    let few = timed(arguments.rounds, || {
        written(&mut model, 1);
    });
    let queued = launches();
    let text = written(&mut model, 1 + arguments.decode);
    let queued = launches() - queued;
    let many = timed(arguments.rounds, || {
        written(&mut model, 1 + arguments.decode);
    });
    let decode = arguments.decode as f64 / (many - few);
    // Of the table of embeddings a decoded token reads one row, unless the head is tied to it.
    let tied = !gguf.tensors.iter().any(|tensor| tensor.name == "output.weight");
    let read = gguf
        .tensors
        .iter()
        .filter(|tensor| tied || tensor.name != "token_embd.weight");
    let bytes: u64 = read.map(|tensor| tensor.bytes).sum();
    let result = json!({
        "device": compute.info.adapter,
        "backend": compute.info.backend,
        "load_s": load,
        "prefill_tokens_s": prefill,
        "log_probs": log_probs,
        "decode_tokens_s": decode,
        "decode_gb_s": decode * bytes as f64 * 1e-9,
        "dispatches_a_token": queued as f64 / (1 + arguments.decode) as f64,
        "text": &text[..8],
    });
    println!("{result}");
}
