//! Projections of the residual stream on directions: `h . r` for each row `h` and direction `r`, and the length `|h|`.

use super::cpu::{self, Kernel, Shared, Simd, dispatch, long_dot};
use super::gpu::{self as device, Wgsl, groups_for};
use super::sliced::Sliced;
use super::{Adapter, ModelOps, Ops, plan};
use burn::tensor::{Int, Tensor};
use burn_flex::FlexTensor;
use burn_wgpu::CubeTensor;

/// Measures every row.
///
/// # Shapes
/// x `[tokens, width]`, directions `[directions, width]`; result `[tokens, directions + 1]`, of which the last column
/// is the length of the row.
pub fn project(x: &Tensor<2>, directions: &Tensor<2>, adapter: Adapter) -> Tensor<2> {
    let sizes: Tensor<1, Int> =
        plan::upload(vec![x.dims()[0] as u32, directions.dims()[0] as u32], &x.device());
    Tensor::from_dispatch(<Ops as ModelOps>::project(
        &x.clone().into_dispatch(),
        &directions.clone().into_dispatch(),
        sizes.into_dispatch(),
        adapter,
    ))
}

pub(super) fn cpu(x: &FlexTensor, directions: &FlexTensor) -> FlexTensor {
    let (x, directions) = (cpu::contiguous(x), cpu::contiguous(directions));
    let width = cpu::cols(&x);
    let (rows, directions) = (cpu::f32s(&x), cpu::f32s(&directions));
    let (tokens, columns) = (rows.len() / width, directions.len() / width + 1);
    let mut y = vec![0.0; tokens * columns];
    let out = Shared::new(&mut y);
    cpu::for_parts(tokens, 1, |part| {
        for row in part {
            dispatch(Row {
                h: &rows[row * width..][..width],
                directions,
                // SAFETY: parts have rows of their own.
                out: unsafe { out.run(row * columns, columns) },
            });
        }
    });
    cpu::matrix(y, tokens, columns)
}

/// One row on the CPU.
struct Row<'a> {
    h: &'a [f32],
    directions: &'a [f32],
    out: &'a mut [f32],
}

impl Kernel for Row<'_> {
    type Output = ();

    #[inline(always)]
    fn run<S: Simd>(self) {
        let directions = self.directions.chunks_exact(self.h.len());
        for (out, direction) in self.out.iter_mut().zip(directions) {
            *out = long_dot::<S>(self.h, direction) as f32;
        }
        if let Some(length) = self.out.last_mut() {
            *length = long_dot::<S>(self.h, self.h).sqrt() as f32;
        }
    }
}

pub(super) fn gpu(
    x: &CubeTensor,
    directions: &CubeTensor,
    sizes: &CubeTensor,
    adapter: Adapter,
) -> CubeTensor {
    let (x, directions) = (device::contiguous(x), device::contiguous(directions));
    let (tokens, width) = device::dims(&x);
    let columns = device::dims(&directions).0 + 1;
    let y = device::matrix_like(&x, tokens, columns);
    let kernel = ProjectKernel {
        width,
        threads: Sliced::new(adapter),
    };
    let groups = groups_for((tokens * columns).div_ceil(kernel.threads.rows as usize));
    device::launch(kernel, groups, &[&x, &directions, sizes, &y]);
    y
}

/// Every value of the result is a sum of its own.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct ProjectKernel {
    width: usize,
    threads: Sliced,
}

impl Wgsl for ProjectKernel {
    fn workgroup(&self) -> u32 {
        self.threads.count()
    }

    fn wgsl(&self) -> String {
        format!(
            "@group(0) @binding(0) var<storage, read_write> x: array<f32>;
@group(0) @binding(1) var<storage, read_write> directions: array<f32>;
@group(0) @binding(2) var<storage, read_write> sizes: array<u32>;
@group(0) @binding(3) var<storage, read_write> y: array<f32>;
const WIDTH = {width}u;
{declarations}
@compute @workgroup_size({threads})
fn main(
    @builtin(workgroup_id) group: vec3<u32>,
    @builtin(num_workgroups) groups: vec3<u32>,
    @builtin(local_invocation_index) thread: u32,
) {{
    let columns = sizes[1] + 1u;
    let at = min((group.y * groups.x + group.x) * ROWS + thread / SLICES, sizes[0] * columns - 1u);
    let base = at / columns * WIDTH;
    let own = at % columns == sizes[1];
    let direction = select(at % columns, 0u, own) * WIDTH;
    {sum}
    y[at] = select(sum, sqrt(sum), own);
}}",
            width = self.width,
            declarations = self.threads.declarations("f32"),
            threads = self.threads.count(),
            sum = self
                .threads
                .sum("f32", "v * select(directions[direction + i], v, own)"),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::testing::{assert_close, devices, matrix, random, values};

    #[test]
    fn both_devices_and_adapters_give_the_formula() {
        let shapes = [(1, 1, 4), (3, 2, 33), (5, 8, 576), (67, 5, 101)];
        for compute in devices() {
            for (tokens, count, width) in shapes {
                let (mut x, directions) = (random(tokens * width, 1), random(count * width, 2));
                // A component far above the others, as the streams of language models have, and a row of zeros.
                x[1] = 3000.0;
                x[(tokens - 1) * width..].fill(0.0);
                let dot = |a: &[f32], b: &[f32]| -> f64 {
                    a.iter().zip(b).map(|(a, b)| f64::from(*a) * f64::from(*b)).sum()
                };
                let mut expected = Vec::new();
                for row in x.chunks(width) {
                    expected.extend(directions.chunks(width).map(|direction| dot(row, direction)));
                    expected.push(dot(row, row).sqrt());
                }
                let [x, directions] = [&x, &directions].map(|values| matrix(values, width, &compute.device));
                for adapter in [Adapter::Hardware, Adapter::Software] {
                    let y = project(&x, &directions, adapter);
                    assert_eq!(y.dims(), [tokens, count + 1]);
                    let what = format!("{tokens} x {width} on {count}, {adapter:?}");
                    assert_close(&values(y), &expected, 2e-6, &what);
                }
            }
            compute.check().unwrap();
        }
    }
}
