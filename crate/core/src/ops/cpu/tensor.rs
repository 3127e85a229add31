//! Flex tensors as slices, and slices as flex tensors.

use burn::tensor::{DType, Shape};
use burn_flex::{FlexTensor, Layout};

/// A tensor whose elements lie one after the other (the same tensor, or a copy of it).
pub fn contiguous(tensor: &FlexTensor) -> FlexTensor {
    if tensor.is_contiguous() {
        tensor.clone()
    } else {
        tensor.to_contiguous()
    }
}

/// The elements of a contiguous f32 tensor.
pub fn f32s(tensor: &FlexTensor) -> &[f32] {
    view(tensor, tensor.storage::<f32>())
}

/// The elements of a contiguous u32 tensor.
pub fn u32s(tensor: &FlexTensor) -> &[u32] {
    view(tensor, tensor.storage::<u32>())
}

fn view<'a, E>(tensor: &FlexTensor, storage: &'a [E]) -> &'a [E] {
    let start = tensor.layout().start_offset();
    &storage[start..start + tensor.layout().num_elements()]
}

/// A new f32 tensor of `rows` x `cols`.
pub fn matrix(data: Vec<f32>, rows: usize, cols: usize) -> FlexTensor {
    debug_assert_eq!(data.len(), rows * cols);
    FlexTensor::new(
        burn::tensor::Bytes::from_elems(data),
        Layout::contiguous(Shape::from([rows, cols])),
        DType::F32,
    )
}

/// A new f32 vector.
pub fn vector(data: Vec<f32>) -> FlexTensor {
    let n = data.len();
    FlexTensor::new(
        burn::tensor::Bytes::from_elems(data),
        Layout::contiguous(Shape::from([n])),
        DType::F32,
    )
}

/// The number of columns of a matrix, which is its last dimension.
pub fn cols(tensor: &FlexTensor) -> usize {
    let shape = tensor.layout().shape();
    shape[shape.num_dims() - 1]
}
