//! Product with a packed weight matrix: `y[t, n] = sum_k x[t, k] W[n, k] (+ residual[t, n])`.
//!
//! The weights stay packed in memory and are unpacked inside the kernel; activations and sums are f32, but for the
//! CPU's kernels with [`Activations::Int8`].

mod gemm;
mod int8;
pub mod log_prob;
mod part;
mod product;
mod rows;
mod step;
mod tile;

use super::rms_norm::{self, Norm};
use super::{Activations, Adapter, Gate, Matrix, ModelOps, Ops, cpu, gpu as device};
use crate::quant::PackedLayout;
use burn::tensor::{Int, Tensor};
use burn_flex::FlexTensor;
use burn_wgpu::CubeTensor;
use core::cell::Cell;
use part::Window;
pub(super) use product::{Product, Store};
use rows::RowsKernel;
use tile::TileKernel;

/// Format and shape of a packed matrix: `rows` outputs, `cols` inputs.
pub type MatrixSpec = PackedLayout;

thread_local! {
    static MULTIPLICATIONS: Cell<u64> = const { Cell::new(0) };
}

/// Multiplications of a weight with an activation that the products of this thread, on any device, have been asked for so
/// far.
pub fn multiplications() -> u64 {
    MULTIPLICATIONS.get()
}

fn count(x: &Tensor<2>, weight: &Matrix) {
    let factors = [x.dims()[0], weight.spec.rows, weight.spec.cols];
    let more: u64 = factors.map(|n| n as u64).iter().product();
    MULTIPLICATIONS.set(MULTIPLICATIONS.get() + more);
}

/// `x W^T`.
///
/// # Shapes
/// x `[tokens, cols]`, rows: one word, the number of tokens; result `[tokens, rows of W]`.
pub fn linear(x: &Tensor<2>, weight: &Matrix, rows: &Tensor<1, Int>, adapter: Adapter) -> Tensor<2> {
    count(x, weight);
    Tensor::from_dispatch(<Ops as ModelOps>::linear(
        &x.clone().into_dispatch(),
        weight.words.clone().into_dispatch(),
        rows.clone().into_dispatch(),
        weight.spec,
        adapter,
    ))
}

/// `x W^T + residual`.
///
/// # Shapes
/// As [`linear`]; residual `[tokens, rows of W]`.
pub fn linear_add(
    x: &Tensor<2>,
    weight: &Matrix,
    residual: &Tensor<2>,
    rows: &Tensor<1, Int>,
    adapter: Adapter,
) -> Tensor<2> {
    count(x, weight);
    Tensor::from_dispatch(<Ops as ModelOps>::linear_add(
        &x.clone().into_dispatch(),
        weight.words.clone().into_dispatch(),
        &residual.clone().into_dispatch(),
        rows.clone().into_dispatch(),
        weight.spec,
        adapter,
    ))
}

/// [`linear`] of the normed `x`. On a GPU one token is normed where it is multiplied, by one kernel.
///
/// # Shapes
/// As [`linear`].
pub fn normed_linear(
    x: &Tensor<2>,
    norm: &Norm,
    weight: &Matrix,
    rows: &Tensor<1, Int>,
    adapter: Adapter,
) -> Tensor<2> {
    count(x, weight);
    Tensor::from_dispatch(<Ops as ModelOps>::normed_linear(
        &x.clone().into_dispatch(),
        &norm.weight.clone().into_dispatch(),
        weight.words.clone().into_dispatch(),
        rows.clone().into_dispatch(),
        weight.spec,
        norm.epsilon,
        adapter,
    ))
}

/// What goes before the product of [`normed_gated`], and what becomes of it.
#[derive(Debug, Clone, Copy)]
pub struct NormGate {
    /// Of the norm.
    pub epsilon: f32,
    /// The function of the gate.
    pub gate: Gate,
}

/// `f(n G^T) * n U^T` of the normed `n` and a matrix in which G stands on U, see [`super::gated`].
///
/// # Shapes
/// As [`linear`], with an even number of rows; result `[tokens, half the rows of W]`.
pub fn normed_gated(
    x: &Tensor<2>,
    norm: &Norm,
    weight: &Matrix,
    gate: Gate,
    rows: &Tensor<1, Int>,
    adapter: Adapter,
) -> Tensor<2> {
    count(x, weight);
    Tensor::from_dispatch(<Ops as ModelOps>::normed_gated(
        &x.clone().into_dispatch(),
        &norm.weight.clone().into_dispatch(),
        weight.words.clone().into_dispatch(),
        rows.clone().into_dispatch(),
        weight.spec,
        NormGate {
            epsilon: norm.epsilon,
            gate,
        },
        adapter,
    ))
}

pub(super) fn cpu(
    x: &FlexTensor,
    words: &FlexTensor,
    residual: Option<&FlexTensor>,
    spec: MatrixSpec,
    adapter: Adapter,
) -> FlexTensor {
    let (x, words) = (cpu::contiguous(x), cpu::contiguous(words));
    let residual = residual.map(cpu::contiguous);
    let (input, words) = (cpu::f32s(&x), cpu::u32s(&words));
    let tokens = input.len() / spec.cols;
    let mut y = match &residual {
        Some(residual) => cpu::f32s(residual).to_vec(),
        None => vec![0.0; tokens * spec.rows],
    };
    let window = Window {
        words,
        layout: &spec,
        rows: 0..spec.rows,
    };
    multiply(input, &window, &mut y, tokens, adapter);
    cpu::matrix(y, tokens, spec.rows)
}

/// Adds the products of some rows to `y` on the CPU.
fn multiply(x: &[f32], window: &Window<'_>, y: &mut [f32], tokens: usize, adapter: Adapter) {
    if adapter == Adapter::Cpu(Activations::Int8) && int8::suits(window.layout.format) {
        int8::multiply(x, window, y, tokens);
    } else {
        gemm::multiply(x, window, y, tokens);
    }
}

/// The product on the GPU; `more` is the residual that is added, or the weight of the norm that goes before.
pub(super) fn gpu(
    x: &CubeTensor,
    words: &CubeTensor,
    more: Option<&CubeTensor>,
    rows: &CubeTensor,
    product: Product,
    adapter: Adapter,
) -> CubeTensor {
    let x = device::contiguous(x);
    let (tokens, _) = device::dims(&x);
    let more = more.map(device::contiguous);
    // What the kernel leaves of the outputs: themselves, or a pair of numbers for each part of them.
    let width = |parts: usize| match product.store {
        Store::LogSumExp => 2 * parts,
        _ => product.outputs(),
    };
    let result = |parts: usize| device::matrix_like(&x, tokens, width(parts));
    let buffers = |y| [&x, words, rows, y].into_iter().chain(&more).collect::<Vec<_>>();
    if adapter == Adapter::Hardware && tokens > 1 && TileKernel::suits(&product.layout) {
        let kernel = TileKernel::new(product, tokens);
        let y = result(kernel.parts());
        device::launch(kernel.clone(), kernel.groups(tokens), &buffers(&y));
        y
    } else {
        let kernel = RowsKernel::new(product, tokens, adapter);
        let y = result(kernel.parts(tokens));
        device::launch(kernel.clone(), kernel.groups(tokens), &buffers(&y));
        y
    }
}

/// The product with the norm before it, by one kernel for a single token, whose product waits for memory anyway.
pub(super) fn normed_gpu(
    x: &CubeTensor,
    norm: (&CubeTensor, f32),
    words: &CubeTensor,
    rows: &CubeTensor,
    product: Product,
    adapter: Adapter,
) -> CubeTensor {
    let (weight, epsilon) = norm;
    if device::dims(x).0 == 1 {
        let normed = Product {
            norm: Some(epsilon.to_bits()),
            ..product
        };
        return gpu(x, words, Some(weight), rows, normed, adapter);
    }
    let x = rms_norm::gpu(x, weight, rows, epsilon, adapter);
    gpu(&x, words, None, rows, product, adapter)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::device::Compute;
    use crate::ops::testing::{Products, Weights, assert_close, devices, matrix, random, values, words};
    use crate::quant::Format;
    use burn::tensor::TensorData;

    /// Every format, both kinds of adapter, and numbers of rows and tokens on either side of each kernel's tile.
    /// Some formats stand for all where the kernel is large and a driver takes long to compile it: what they unpack
    /// has been tested by then.
    #[test]
    fn both_devices_give_the_plain_product() {
        let examples = [Format::Q4_1, Format::Q6K];
        for compute in devices() {
            for format in Format::ALL {
                let columns = 2 * format.block_len().max(64);
                let one = Case::new(format, 14, columns, 1);
                one.check(&compute, Adapter::Hardware);
                one.check(&compute, Adapter::Software);
                let several = Case::new(format, 34, 5 * columns, 3);
                several.check(&compute, Adapter::Software);
                several.check(&compute, Adapter::Hardware);
                if examples.contains(&format) {
                    let many = Case::new(format, 67, columns, 61);
                    many.check(&compute, Adapter::Software);
                    many.check(&compute, Adapter::Hardware);
                }
            }
            // A matrix without blocks may have rows of any multiple of 4.
            let odd = Case::new(Format::F16, 6, 20, 2);
            odd.check(&compute, Adapter::Software);
            odd.check(&compute, Adapter::Hardware);
            compute.check().unwrap();
        }
    }

    struct Case {
        weights: Weights,
        cols: usize,
        tokens: usize,
        x: Vec<f32>,
        products: Products,
        what: String,
    }

    impl Case {
        fn new(format: Format, rows: usize, cols: usize, tokens: usize) -> Self {
            let weights = Weights::new(format, rows, cols, rows as u64);
            let x = random(tokens * cols, 5);
            let exact: Vec<f64> = x.iter().map(|x| f64::from(*x)).collect();
            let products = Products::new(&exact, &weights.rows);
            let what = format!("{format} {rows} x {cols}, {tokens} tokens");
            Self {
                weights,
                cols,
                tokens,
                x,
                products,
                what,
            }
        }

        fn check(&self, compute: &Compute, adapter: Adapter) {
            let device = &compute.device;
            let rows = self.weights.rows.len();
            let what = format!("{} on {:?}, {adapter:?}", self.what, compute.info.kind);
            let (weight, count) = (self.weights.upload(device), words(&[self.tokens as u32], device));
            let x = matrix(&self.x, self.cols, device);
            let y = linear(&x, &weight, &count, adapter);
            assert_eq!(y.dims(), [self.tokens, rows]);
            self.products.assert_close(&values(y), &what);
            // What becomes of the sums does not depend on the format, nor does the norm but for the lengths of steps.
            if ![Format::Q4_1, Format::Q6K, Format::F16].contains(&self.weights.format()) {
                return;
            }

            let residual = random(self.tokens * rows, 6);
            let y = linear_add(&x, &weight, &matrix(&residual, rows, device), &count, adapter);
            let mut sums = Products {
                values: self.products.values.clone(),
                sizes: self.products.sizes.clone(),
            };
            for (i, residual) in residual.iter().enumerate() {
                sums.values[i] += f64::from(*residual);
                sums.sizes[i] += f64::from(residual.abs());
            }
            sums.assert_close(&values(y), &what);

            self.check_normed(&weight, &count, (compute, adapter), &what);
        }

        /// The product of the normed tokens, and its gated form. The norm's weights bring the products to about 1, since the
        /// activation takes a power of them.
        fn check_normed(
            &self,
            weight: &Matrix,
            count: &Tensor<1, Int>,
            (compute, adapter): (&Compute, Adapter),
            what: &str,
        ) {
            let (device, rows) = (&compute.device, self.weights.rows.len());
            let most = self.products.values.iter().fold(1.0f64, |a, b| a.max(b.abs()));
            let scales: Vec<f32> = random(self.cols, 7).iter().map(|v| v / most as f32).collect();
            // Large enough to count beside the mean of the squares.
            let norm = Norm {
                weight: Tensor::from_data(TensorData::new(scales.clone(), [self.cols]), device),
                epsilon: 0.1,
            };
            let mut normed = Vec::new();
            for x in self.x.chunks(self.cols) {
                let mean = x.iter().map(|v| f64::from(*v).powi(2)).sum::<f64>() / self.cols as f64;
                let length = 1.0 / (mean + f64::from(0.1f32)).sqrt();
                let pairs = x.iter().zip(&scales);
                normed.extend(pairs.map(|(v, scale)| f64::from(*v) * length * f64::from(*scale)));
            }
            let products = Products::new(&normed, &self.weights.rows);
            let x = matrix(&self.x, self.cols, device);
            products.assert_close(&values(normed_linear(&x, &norm, weight, count, adapter)), what);
            if !rows.is_multiple_of(2) {
                return;
            }
            let y = normed_gated(&x, &norm, weight, Gate::Silu, count, adapter);
            assert_eq!(y.dims(), [self.tokens, rows / 2]);
            let mut expected = Vec::new();
            for row in products.values.chunks(rows) {
                let (gate, up) = row.split_at(rows / 2);
                let pairs = gate.iter().zip(up);
                expected.extend(pairs.map(|(g, u)| g / (1.0 + (-g).exp()) * u));
            }
            assert_close(&values(y), &expected, 2e-5, what);
        }
    }
}
