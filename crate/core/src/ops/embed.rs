//! Embedding: rows of a packed table, unpacked. `y[t] = W[ids[t]]`.

use super::gpu::{self as device, Wgsl};
use super::wgsl::{FUNCTIONS, group_len, group_vec4, load_group};
use super::{Matrix, MatrixSpec, ModelOps, Ops, cpu};
use crate::quant::PackedLayout;
use burn::tensor::{Int, Tensor};
use burn_flex::FlexTensor;
use burn_wgpu::CubeTensor;
use core::fmt::Write;

/// Rows `ids` of `table`.
///
/// # Shapes
/// ids `[tokens]`, each below the table's rows; result `[tokens, cols]`.
pub fn embed(table: &Matrix, ids: &Tensor<1, Int>) -> Tensor<2> {
    Tensor::from_dispatch(<Ops as ModelOps>::embed(
        table.words.clone().into_dispatch(),
        ids.clone().into_dispatch(),
        table.spec,
    ))
}

pub(super) fn cpu(words: &FlexTensor, ids: &FlexTensor, spec: MatrixSpec) -> FlexTensor {
    let (words, ids) = (cpu::contiguous(words), cpu::contiguous(ids));
    let ids = cpu::u32s(&ids);
    let y = cpu::unpack_rows(&spec, cpu::u32s(&words), ids);
    cpu::matrix(y, ids.len(), spec.cols)
}

pub(super) fn gpu(words: &CubeTensor, ids: &CubeTensor, spec: MatrixSpec) -> CubeTensor {
    let tokens = ids.meta.shape()[0];
    let y = device::matrix_like(words, tokens, spec.cols);
    let groups = spec.cols / group_len(spec.format);
    let x = groups.div_ceil(EmbedKernel::WORKGROUP as usize) as u32;
    device::launch(
        EmbedKernel { layout: spec },
        (x, tokens as u32),
        &[words, ids, &y],
    );
    y
}

/// One thread a group of a row.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct EmbedKernel {
    layout: PackedLayout,
}

impl Wgsl for EmbedKernel {
    fn wgsl(&self) -> String {
        let layout = &self.layout;
        let group = group_len(layout.format);
        let mut body = load_group(layout, "row", "g", "");
        for i in 0..group / 4 {
            let value = group_vec4(layout.format, i, "");
            let _ = writeln!(
                body,
                "y[id.y * {}u + g * {}u + {i}u] = {value};",
                layout.cols / 4,
                group / 4
            );
        }
        format!(
            "@group(0) @binding(0) var<storage, read_write> w: array<u32>;
@group(0) @binding(1) var<storage, read_write> ids: array<u32>;
@group(0) @binding(2) var<storage, read_write> y: array<vec4<f32>>;
{FUNCTIONS}
@compute @workgroup_size({workgroup})
fn main(@builtin(global_invocation_id) id: vec3<u32>) {{
    let g = id.x;
    if (g >= {groups}u) {{ return; }}
    let row = ids[id.y];
    {body}
}}",
            workgroup = Self::WORKGROUP,
            groups = layout.cols / group,
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::testing::{Weights, devices, values, words};
    use crate::quant::Format;

    #[test]
    fn both_devices_give_the_unpacked_rows() {
        for compute in devices() {
            for format in Format::ALL {
                let cols = 3 * format.block_len().max(32);
                let weights = Weights::new(format, 11, cols, 3);
                let table = weights.upload(&compute.device);
                let found = values(embed(&table, &words(&[10, 0, 3, 3], &compute.device)));
                for (row, id) in found.chunks(cols).zip([10, 0, 3, 3]) {
                    for (a, b) in row.iter().zip(&weights.rows[id]) {
                        let error = (a - b).abs();
                        assert!(
                            error <= 1e-6 * b.abs(),
                            "{format} on {:?}: {a} for {b}",
                            compute.info.kind
                        );
                    }
                }
            }
            compute.check().unwrap();
        }
    }
}
