//! Directions in safetensors.
//!
//! The project's own form holds any number of traits of one model. For a trait called `t`: `t`, F16 or F32 `[n, width]`, the
//! vectors; `t.layers`, U32 `[n]`, their layers; `t.neutral`, F32 `[n, 3]`, norm, mean and deviation
//! ([`Neutral`]), if known. The metadata entry `traitscope` is a JSON object with `architecture`, `model_sha256` and
//! `methods`, which has an entry for each trait.
//!
//! A file without that entry is read as persona vectors are stored (arXiv 2507.21509, section 2.2): a matrix
//! `[layers + 1, width]` for each trait, row 0 for the output of the embedding.

use std::collections::BTreeMap;

use half::f16;
use safetensors::tensor::{Dtype, SafeTensors, TensorView, serialize};
use serde::{Deserialize, Serialize};

use super::super::neutral::Neutral;
use super::super::vectors::{LayerVector, TraitVectors};
use super::{bad, foreign};
use crate::Result;

const ENTRY: &str = "traitscope";

/// Largest count of layers that is believed.
const MOST_LAYERS: usize = 1024;

#[derive(Serialize, Deserialize)]
struct About {
    architecture: String,
    model_sha256: Option<String>,
    methods: BTreeMap<String, String>,
}

/// How vectors are stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Precision {
    /// 16 bits: half the size, and the same direction to a cosine of 0.9999999.
    F16,
    /// 32 bits, as they are computed.
    F32,
}

/// Reads the traits of a file.
///
/// # Errors
/// [`crate::Error::DirectionFile`].
pub fn read(bytes: &[u8]) -> Result<Vec<TraitVectors>> {
    let (_, header) = SafeTensors::read_metadata(bytes).map_err(foreign)?;
    let about = header.metadata().as_ref().and_then(|entries| entries.get(ENTRY));
    let file = SafeTensors::deserialize(bytes).map_err(foreign)?;
    match about {
        Some(about) => own(&file, serde_json::from_str(about).map_err(foreign)?),
        None => plain(&file),
    }
}

fn own(file: &SafeTensors<'_>, about: About) -> Result<Vec<TraitVectors>> {
    let mut traits = Vec::with_capacity(about.methods.len());
    for (name, method) in about.methods {
        let rows = matrix(&name, &file.tensor(&name).map_err(foreign)?)?;
        let layers = file.tensor(&format!("{name}.layers")).map_err(foreign)?;
        if layers.dtype() != Dtype::U32 || layers.shape() != [rows.len()] {
            return bad(format!(
                "{name}.layers does not name a layer for each of {} vectors",
                rows.len()
            ));
        }
        let layers = layers
            .data()
            .as_chunks::<4>()
            .0
            .iter()
            .map(|n| u32::from_le_bytes(*n) as usize);
        let neutral = match file.tensor(&format!("{name}.neutral")) {
            Ok(view) if view.dtype() == Dtype::F32 && view.shape() == [rows.len(), 3] => Some(floats(&view)),
            Ok(_) => {
                return bad(format!(
                    "{name}.neutral does not have three numbers for each vector"
                ));
            }
            Err(_) => None,
        };
        let mut at: Vec<LayerVector> = Vec::with_capacity(rows.len());
        for (i, (layer, vector)) in layers.zip(rows).enumerate() {
            let neutral = neutral.as_ref().map(|values| Neutral {
                norm: values[3 * i],
                mean: values[3 * i + 1],
                sd: values[3 * i + 2],
            });
            let usable = |n: &Neutral| {
                [n.norm, n.mean, n.sd].iter().all(|v| v.is_finite()) && n.norm > 0.0 && n.sd > 0.0
            };
            if neutral.as_ref().is_some_and(|n| !usable(n)) {
                return bad(format!("{name}.neutral holds numbers that cannot be true"));
            }
            if at.iter().any(|before| before.layer >= layer) {
                return bad(format!("{name} has layer {layer} twice or out of order"));
            }
            at.push(LayerVector {
                layer,
                vector,
                neutral,
            });
        }
        traits.push(TraitVectors {
            trait_name: name,
            method,
            architecture: about.architecture.clone(),
            model_sha256: about.model_sha256.clone(),
            layers: at,
        });
    }
    if traits.is_empty() {
        return bad("it has no traits");
    }
    Ok(traits)
}

fn plain(file: &SafeTensors<'_>) -> Result<Vec<TraitVectors>> {
    let mut names = file.names();
    names.sort_unstable();
    if names.is_empty() {
        return bad("it has no tensors");
    }
    let of = |name: &str| -> Result<TraitVectors> {
        let rows = matrix(name, &file.tensor(name).map_err(foreign)?)?;
        // A row of zeros says that there is no direction at that layer, as at the embedding where prompts end alike.
        let pointing = rows
            .into_iter()
            .enumerate()
            .filter(|(_, vector)| vector.iter().any(|value| *value != 0.0));
        let layers = pointing.map(|(layer, vector)| LayerVector {
            layer,
            vector,
            neutral: None,
        });
        Ok(TraitVectors {
            trait_name: name.to_owned(),
            method: "file".into(),
            architecture: String::new(),
            model_sha256: None,
            layers: layers.collect(),
        })
    };
    names.into_iter().map(of).collect()
}

/// The rows of a matrix of floats.
fn matrix(name: &str, view: &TensorView<'_>) -> Result<Vec<Vec<f32>>> {
    let [rows, width] = view.shape()[..] else {
        return bad(format!(
            "{name:?} has {} dimensions; a matrix is wanted, with a row for the embedding and one for each layer",
            view.shape().len()
        ));
    };
    if rows == 0 || width == 0 || rows > MOST_LAYERS {
        return bad(format!("{name:?} has {rows} rows of {width} values"));
    }
    if !matches!(view.dtype(), Dtype::F16 | Dtype::BF16 | Dtype::F32) {
        return bad(format!(
            "{name:?} holds no floats of 16 or 32 bits but {:?}",
            view.dtype()
        ));
    }
    Ok(floats(view).chunks(width).map(<[f32]>::to_vec).collect())
}

fn floats(view: &TensorView<'_>) -> Vec<f32> {
    let (halves, _) = view.data().as_chunks::<2>();
    let (words, _) = view.data().as_chunks::<4>();
    match view.dtype() {
        Dtype::F16 => halves
            .iter()
            .map(|value| f16::from_le_bytes(*value).to_f32())
            .collect(),
        Dtype::BF16 => halves
            .iter()
            .map(|value| half::bf16::from_le_bytes(*value).to_f32())
            .collect(),
        _ => words.iter().map(|value| f32::from_le_bytes(*value)).collect(),
    }
}

/// Writes traits of one model in the project's own form.
///
/// # Errors
/// [`crate::Error::DirectionFile`] for traits of different models or widths, or of the same name.
pub fn write(traits: &[TraitVectors], precision: Precision) -> Result<Vec<u8>> {
    let Some(first) = traits.first() else {
        return bad("there are no traits to write");
    };
    let mut about = About {
        architecture: first.architecture.clone(),
        model_sha256: first.model_sha256.clone(),
        methods: BTreeMap::new(),
    };
    let mut parts: Vec<(String, Dtype, Vec<usize>, Vec<u8>)> = Vec::new();
    for vectors in traits {
        let name = &vectors.trait_name;
        if (&vectors.architecture, &vectors.model_sha256) != (&about.architecture, &about.model_sha256) {
            return bad(format!("{name} is of another model than {}", first.trait_name));
        }
        if about
            .methods
            .insert(name.clone(), vectors.method.clone())
            .is_some()
        {
            return bad(format!("there are two traits called {name:?}"));
        }
        let all = || vectors.layers.iter();
        let width = all().next().map_or(0, |at| at.vector.len());
        if width == 0 || all().any(|at| at.vector.len() != width) {
            return bad(format!("the vectors of {name} are not of one width"));
        }
        let values = all().flat_map(|at| &at.vector);
        let (dtype, data) = match precision {
            Precision::F16 => (
                Dtype::F16,
                values.flat_map(|v| f16::from_f32(*v).to_le_bytes()).collect(),
            ),
            Precision::F32 => (Dtype::F32, values.flat_map(|v| v.to_le_bytes()).collect()),
        };
        let count = vectors.layers.len();
        parts.push((name.clone(), dtype, vec![count, width], data));
        let layers = all().flat_map(|at| (at.layer as u32).to_le_bytes());
        parts.push((
            format!("{name}.layers"),
            Dtype::U32,
            vec![count],
            layers.collect(),
        ));
        let neutral: Vec<Neutral> = all().filter_map(|at| at.neutral).collect();
        if neutral.len() == count {
            let numbers = neutral.iter().flat_map(|n| [n.norm, n.mean, n.sd]);
            let data = numbers.flat_map(f32::to_le_bytes).collect();
            parts.push((format!("{name}.neutral"), Dtype::F32, vec![count, 3], data));
        }
    }
    let views: Vec<_> = parts
        .iter()
        .map(|(name, dtype, shape, data)| {
            let view = TensorView::new(*dtype, shape.clone(), data).map_err(foreign)?;
            Ok((name, view))
        })
        .collect::<Result<_>>()?;
    let about = serde_json::to_string(&about).map_err(foreign)?;
    serialize(views, Some([(ENTRY.to_owned(), about)].into_iter().collect())).map_err(foreign)
}
