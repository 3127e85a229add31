//! Numbers of the real model that PyTorch gave (`tests/reference/smollm2`).

use safetensors::SafeTensors;

/// The bytes of a file of that folder.
pub fn reference(name: &str) -> Vec<u8> {
    let path = format!(
        "{}/../../tests/reference/smollm2/{name}",
        env!("CARGO_MANIFEST_DIR")
    );
    std::fs::read(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The values of a tensor.
pub fn floats(tensors: &SafeTensors<'_>, name: &str) -> Vec<f32> {
    let bytes = tensors.tensor(name).unwrap().data();
    bytes
        .chunks_exact(4)
        .map(|b| f32::from_le_bytes(b.try_into().unwrap()))
        .collect()
}
