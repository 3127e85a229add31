//! Product with a packed weight matrix: `y[t, n] = sum_k x[t, k] W[n, k] (+ residual[t, n])`.
//!
//! The weights stay packed in memory and are unpacked to f32 inside the kernel; activations and sums are f32.

mod gemm;
mod source;

use super::{Matrix, ModelOps, Ops, cpu, gpu as device};
use crate::quant::PackedLayout;
use burn::tensor::{Int, Tensor};
use burn_flex::FlexTensor;
use burn_wgpu::CubeTensor;
use source::LinearKernel;

/// Format and shape of a packed matrix: `rows` outputs, `cols` inputs.
pub type MatrixSpec = PackedLayout;

/// `x W^T`.
///
/// # Shapes
/// x `[tokens, cols]`, rows: one word, the number of tokens; result `[tokens, rows of W]`.
pub fn linear(x: &Tensor<2>, weight: &Matrix, rows: &Tensor<1, Int>) -> Tensor<2> {
    Tensor::from_dispatch(<Ops as ModelOps>::linear(
        &x.clone().into_dispatch(),
        weight.words.clone().into_dispatch(),
        rows.clone().into_dispatch(),
        weight.spec,
    ))
}

/// `x W^T + residual`.
///
/// # Shapes
/// As [`linear`]; residual `[tokens, rows of W]`.
pub fn linear_add(x: &Tensor<2>, weight: &Matrix, residual: &Tensor<2>, rows: &Tensor<1, Int>) -> Tensor<2> {
    Tensor::from_dispatch(<Ops as ModelOps>::linear_add(
        &x.clone().into_dispatch(),
        weight.words.clone().into_dispatch(),
        &residual.clone().into_dispatch(),
        rows.clone().into_dispatch(),
        weight.spec,
    ))
}

pub(super) fn cpu(
    x: &FlexTensor,
    words: &FlexTensor,
    residual: Option<&FlexTensor>,
    spec: MatrixSpec,
) -> FlexTensor {
    let (x, words) = (cpu::contiguous(x), cpu::contiguous(words));
    let residual = residual.map(cpu::contiguous);
    let input = cpu::f32s(&x);
    let tokens = input.len() / spec.cols;
    let y = gemm::multiply(
        input,
        cpu::u32s(&words),
        residual.as_ref().map(cpu::f32s),
        tokens,
        &spec,
    );
    cpu::matrix(y, tokens, spec.rows)
}

pub(super) fn gpu(
    x: &CubeTensor,
    words: &CubeTensor,
    residual: Option<&CubeTensor>,
    rows: &CubeTensor,
    spec: MatrixSpec,
) -> CubeTensor {
    let x = device::contiguous(x);
    let (tokens, _) = device::dims(&x);
    let y = device::matrix_like(&x, tokens, spec.rows);
    let kernel = LinearKernel::new(spec, tokens, residual.is_some());
    let groups = kernel.groups(tokens);
    match residual {
        Some(residual) => {
            let residual = device::contiguous(residual);
            device::launch(kernel, groups, &[&x, words, rows, &y, &residual]);
        }
        None => device::launch(kernel, groups, &[&x, words, rows, &y]),
    }
    y
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::testing::{Weights, assert_close, devices, matrix, random, values, words};
    use crate::quant::Format;

    /// Every format, and token counts on either side of each kernel's tile.
    #[test]
    fn both_devices_give_the_plain_product() {
        for compute in devices() {
            let device = &compute.device;
            for format in Format::ALL {
                for (rows, tokens) in [(7, 1), (33, 3), (67, 17)] {
                    let cols = 2 * format.block_len().max(64);
                    let weights = Weights::new(format, rows, cols, rows as u64);
                    let x = random(tokens * cols, 5);
                    let residual = random(tokens * rows, 6);
                    let mut expected = Vec::new();
                    for token in x.chunks(cols) {
                        for row in &weights.rows {
                            expected.push(
                                token
                                    .iter()
                                    .zip(row)
                                    .map(|(a, b)| f64::from(*a) * f64::from(*b))
                                    .sum::<f64>(),
                            );
                        }
                    }
                    let what = format!(
                        "{format} {rows} x {cols}, {tokens} tokens on {:?}",
                        compute.info.kind
                    );
                    let (weight, count) = (weights.upload(device), words(&[tokens as u32], device));
                    // The size of the terms, not of their sum, bounds the rounding.
                    let scale = expected.iter().fold(1.0f64, |a, b| a.max(b.abs()));
                    let y = linear(&matrix(&x, cols, device), &weight, &count);
                    assert_eq!(y.dims(), [tokens, rows]);
                    assert_close(&values(y), &expected, 2e-5 * scale, &what);
                    let y = linear_add(
                        &matrix(&x, cols, device),
                        &weight,
                        &matrix(&residual, rows, device),
                        &count,
                    );
                    let sums: Vec<f64> = expected
                        .iter()
                        .zip(&residual)
                        .map(|(a, b)| a + f64::from(*b))
                        .collect();
                    assert_close(&values(y), &sums, 2e-5 * scale, &what);
                }
            }
            compute.check().unwrap();
        }
    }
}
