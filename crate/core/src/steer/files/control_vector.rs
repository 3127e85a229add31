//! GGUF control vectors: `general.architecture` "controlvector", `controlvector.model_hint` (the architecture of the
//! model), `controlvector.layer_count`, and a tensor `direction.<block>` of type F32 for each block.
//!
//! llama.cpp adds `direction.<n>`, times a strength, to what block n gives, blocks counted from 0 (its
//! `llama-adapter.cpp` and `common_control_vector_load`): here that is layer n + 1. It refuses n = 0, so that layers 0 and 1
//! have no place in such a file. repeng writes the same.

use super::super::vectors::{LayerVector, TraitVectors};
use super::{bad, foreign};
use crate::Result;
use crate::gguf::writer::GgufWriter;
use crate::gguf::{Gguf, MemorySource, Value};
use crate::quant::Format;

const ARCHITECTURE: &str = "controlvector";
const HINT: &str = "controlvector.model_hint";
const COUNT: &str = "controlvector.layer_count";
const TENSOR: &str = "direction.";
/// Keys of this program: a name and a hash have no place in the format.
const TRAIT: &str = "traitscope.trait";
const METHOD: &str = "traitscope.method";
const SHA256: &str = "traitscope.model_sha256";

/// Reads a control vector; a trait without a name is called `name`.
///
/// # Errors
/// [`crate::Error::DirectionFile`].
pub fn read(bytes: &[u8], name: &str) -> Result<TraitVectors> {
    let source = MemorySource(bytes);
    let gguf = Gguf::read(&source).map_err(foreign)?;
    let text = |key| -> Result<Option<String>> {
        Ok(gguf.metadata.opt_str(key).map_err(foreign)?.map(str::to_owned))
    };
    match text("general.architecture")? {
        Some(kind) if kind == ARCHITECTURE => {}
        Some(kind) => {
            return bad(format!(
                "it is a GGUF file of the kind {kind:?}, not a control vector"
            ));
        }
        None => return bad("it is a GGUF file that does not say that it is a control vector"),
    }
    let mut vectors = TraitVectors {
        trait_name: text(TRAIT)?.unwrap_or_else(|| name.to_owned()),
        method: text(METHOD)?.unwrap_or_else(|| "file".into()),
        architecture: text(HINT)?.unwrap_or_default(),
        model_sha256: text(SHA256)?,
        layers: Vec::new(),
    };
    for tensor in &gguf.tensors {
        let block = tensor
            .name
            .strip_prefix(TENSOR)
            .and_then(|n| n.parse::<u16>().ok());
        let Some(block) = block else {
            return bad(format!(
                "a tensor is called {:?}, not {TENSOR}<block>",
                tensor.name
            ));
        };
        if block == 0 {
            return bad(format!("{TENSOR}0: blocks are counted from 1 in control vectors"));
        }
        if tensor.format != Format::F32 || tensor.rows() != 1 {
            return bad(format!("{} is no row of 32-bit floats", tensor.name));
        }
        let bytes = gguf.read_tensor(&source, tensor).map_err(foreign)?;
        let (values, _) = bytes.as_chunks::<4>();
        let layer = usize::from(block) + 1;
        if vectors.at(layer).is_ok() {
            return bad(format!("block {block} has two directions"));
        }
        vectors.layers.push(LayerVector {
            layer,
            vector: values.iter().map(|value| f32::from_le_bytes(*value)).collect(),
            neutral: None,
        });
    }
    vectors.layers.sort_by_key(|at| at.layer);
    if vectors.layers.is_empty() {
        return bad("it has no directions");
    }
    Ok(vectors)
}

/// Writes a control vector, without layers 0 and 1.
///
/// # Errors
/// [`crate::Error::DirectionFile`] where no layer is left.
pub fn write(vectors: &TraitVectors) -> Result<Vec<u8>> {
    let written: Vec<_> = vectors.layers.iter().filter(|at| at.layer >= 2).collect();
    if written.is_empty() {
        return bad("there are no directions above layer 1, and a control vector holds no others");
    }
    let text = |text: &str| Value::Str(text.to_owned());
    let mut file = GgufWriter::new()
        .key("general.architecture", &text(ARCHITECTURE))
        .key(HINT, &text(&vectors.architecture))
        .key(COUNT, &Value::U32(written.len() as u32))
        .key(TRAIT, &text(&vectors.trait_name))
        .key(METHOD, &text(&vectors.method));
    if let Some(sha256) = &vectors.model_sha256 {
        file = file.key(SHA256, &text(sha256));
    }
    for at in written {
        let data: Vec<u8> = at.vector.iter().flat_map(|value| value.to_le_bytes()).collect();
        file = file.tensor(
            &format!("{TENSOR}{}", at.layer - 1),
            &[at.vector.len() as u64],
            Format::F32,
            &data,
        );
    }
    Ok(file.write())
}
