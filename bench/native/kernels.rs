//! What single kernels give on a GPU: `cargo bench -p traitscope-cli --bench kernels`.
//!
//! One JSON object a line. Each figure is the median of rounds in which a kernel is queued many times, until the last
//! result has been read. Matrices take turns; small ones still fit a large cache together.

#![allow(clippy::unwrap_used, reason = "a measurement stops where it meets an error")]

use burn::tensor::{Device, Tensor, TensorData};
use serde_json::json;
use std::time::Instant;
use traitscope::device::Compute;
use traitscope::host::block_on;
use traitscope::ops::attention::attention;
use traitscope::ops::linear::{linear, log_prob::log_probs};
use traitscope::ops::plan::{Place, Span, encode, upload};
use traitscope::ops::rms_norm::{Norm, rms_norm};
use traitscope::ops::{Adapter, HeadSpec, Matrix};
use traitscope::quant::{Format, PackedLayout};
use traitscope::random::SplitMix64;

const ROUNDS: usize = 7;
const REPEATS: usize = 64;
/// Matrices of a format take turns until so many bytes have been read.
const COLD_BYTES: usize = 160 << 20;

fn random(rows: usize, cols: usize, device: &Device) -> Tensor<2> {
    let mut random = SplitMix64::new(7);
    let values = (0..rows * cols).map(|_| random.uniform() as f32 - 0.5);
    Tensor::from_data(TensorData::new(values.collect::<Vec<_>>(), [rows, cols]), device)
}

/// A matrix of random words in which every half-precision number, wherever a format has one, is at most 1.
fn weights(format: Format, rows: usize, cols: usize, seed: u64, device: &Device) -> Matrix {
    let spec = PackedLayout::new(format, rows, cols).unwrap();
    let mut random = SplitMix64::new(seed);
    let words = (0..spec.words()).map(|_| (random.uniform() * 4_294_967_296.0) as u32 & 0x3bff_3bff);
    Matrix {
        words: upload(words.collect(), device),
        spec,
    }
}

/// Median microseconds of one call.
fn timed<const D: usize>(mut queue: impl FnMut(usize) -> Tensor<D>) -> f64 {
    let mut round = || {
        let start = Instant::now();
        let mut last = queue(0);
        for turn in 1..REPEATS {
            last = queue(turn);
        }
        let values: Vec<f32> = block_on(last.into_data_async()).unwrap().try_into_vec().unwrap();
        assert!(values.iter().all(|value| value.is_finite()));
        start.elapsed().as_secs_f64() / REPEATS as f64 * 1e6
    };
    round();
    let mut times: Vec<f64> = std::iter::repeat_with(round).take(ROUNDS).collect();
    times.sort_by(f64::total_cmp);
    times[ROUNDS / 2]
}

fn products(adapter: Adapter, device: &Device) {
    let shapes = [
        (Format::Q4_1, 1728, 576),
        (Format::Q4_1, 3072, 576),
        (Format::Q4_1, 576, 1536),
        (Format::Q4_0, 2048, 2048),
        (Format::Q4_0, 16384, 2048),
        (Format::Q4_0, 2048, 8192),
        (Format::Q8_0, 2048, 8192),
        (Format::Q6K, 2048, 8192),
        (Format::Q8_0, 49152, 576),
    ];
    for (format, rows, cols) in shapes {
        let bytes = PackedLayout::new(format, rows, cols).unwrap().words() * 4;
        let count = (COLD_BYTES / bytes).clamp(2, REPEATS);
        let matrices: Vec<Matrix> = (0..count as u64)
            .map(|seed| weights(format, rows, cols, seed, device))
            .collect();
        for tokens in [1, 8, 32, 128, 512] {
            let (x, words) = (random(tokens, cols, device), upload(vec![tokens as u32], device));
            let us = timed(|turn| linear(&x, &matrices[turn % count], &words, adapter).narrow(0, 0, 1));
            println!(
                "{}",
                json!({
                    "product": format!("{format} {rows} x {cols}, {tokens} tokens"),
                    "us": us,
                    "gb_s": bytes as f64 / us * 1e-3,
                    "gflop_s": 2.0 * (rows * cols * tokens) as f64 / us * 1e-3,
                })
            );
        }
    }
}

fn others(adapter: Adapter, device: &Device) {
    let heads = HeadSpec {
        heads: 9,
        kv_heads: 3,
        dim: 64,
    };
    let (keys, values) = (
        random(1024, heads.kv_width(), device),
        random(1024, heads.kv_width(), device),
    );
    for (tokens, first) in [(1, 128), (1, 512), (8, 128), (128, 0), (512, 0)] {
        let places: Vec<Place> = (first..first + tokens)
            .map(|slot| Place {
                position: slot,
                slot,
                first_span: 0,
                spans: 1,
            })
            .collect();
        let span = Span {
            start: 0,
            end: first + tokens,
        };
        let plan = upload(encode(&places, &[span]), device);
        let q = random(tokens as usize, heads.q_width(), device);
        let us = timed(|_| attention(&q, &keys, &values, &plan, heads, adapter));
        println!(
            "{}",
            json!({ "attention": format!("{tokens} tokens from slot {first}"), "us": us })
        );
    }
    let table = weights(Format::Q8_0, 49152, 576, 1, device);
    for tokens in [1, 64] {
        let (x, words) = (random(tokens, 576, device), upload(vec![tokens as u32], device));
        let norm = Norm {
            weight: random(1, 576, device).reshape([576]),
            epsilon: 1e-5,
        };
        let us = timed(|_| rms_norm(&x, &norm, &words, adapter));
        println!(
            "{}",
            json!({ "norm": format!("{tokens} tokens of 576"), "us": us })
        );
        let mut pairs = vec![tokens as u32];
        pairs.extend((0..tokens as u32).flat_map(|row| [row, 300]));
        let pairs = upload(pairs, device);
        let us = timed(|_| log_probs(&x, &table, &pairs, &words, adapter).values);
        println!("{}", json!({ "log_probs": format!("{tokens} tokens"), "us": us }));
    }
}

fn main() {
    let compute = block_on(Compute::gpu()).unwrap();
    println!(
        "{}",
        json!({ "device": compute.info.adapter, "backend": compute.info.backend })
    );
    let (device, adapter) = (compute.device.clone(), compute.adapter());
    others(adapter, &device);
    products(adapter, &device);
    compute.check().unwrap();
}
