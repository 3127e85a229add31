//! Traits and their directions as files.

use crate::value::{error, from_js, to_js};
use traitscope::measure::Observation;
use traitscope::steer::files::{self, control_vector, tensors, tensors::Precision};
use traitscope::steer::{TraitArtefact, TraitVectors, chance, orthogonal as own_parts};
use traitscope::study::{
    EffectRequest, MonitoringRequest, MonitoringRow, parse_texts as texts_of,
    summarise_monitoring as summary_of,
};
use traitscope::{Error, Result};
use wasm_bindgen::prelude::*;

/// Reads a trait's texts.
///
/// # Errors
/// `contrast.invalid`.
#[wasm_bindgen(js_name = parseTrait, unchecked_return_type = "TraitArtefact")]
pub fn parse_trait(bytes: &[u8]) -> Result<JsValue, JsValue> {
    TraitArtefact::from_json(bytes)
        .map_err(error)
        .and_then(|artefact| to_js(&artefact))
}

/// Reads a file of directions, GGUF or safetensors; a trait without a name is called after the file.
///
/// # Errors
/// `direction.file`, `direction.invalid`.
#[wasm_bindgen(js_name = readDirections, unchecked_return_type = "TraitVectors[]")]
pub fn read_directions(bytes: &[u8], name: &str) -> Result<JsValue, JsValue> {
    files::read(bytes, name)
        .map_err(error)
        .and_then(|vectors| to_js(&vectors))
}

/// Takes out of each vector what it shares with those before it.
///
/// # Errors
/// `direction.invalid` for one of which hardly anything is left.
#[wasm_bindgen(unchecked_return_type = "number[][]")]
pub fn orthogonal(
    #[wasm_bindgen(unchecked_param_type = "number[][]")] vectors: JsValue,
) -> Result<JsValue, JsValue> {
    let vectors: Vec<Vec<f32>> = from_js(vectors)?;
    let vectors: Vec<&[f32]> = vectors.iter().map(|vector| &vector[..]).collect();
    to_js(&own_parts(&vectors).map_err(error)?)
}

/// Writes directions: "gguf", which holds one trait, or "safetensors".
///
/// # Errors
/// `request.invalid` for another form or several traits in a GGUF; `direction.file` for what a form cannot hold.
#[wasm_bindgen(js_name = writeDirections)]
pub fn write_directions(
    #[wasm_bindgen(unchecked_param_type = "TraitVectors[]")] vectors: JsValue,
    #[wasm_bindgen(unchecked_param_type = "DirectionFormat")] format: &str,
) -> Result<Vec<u8>, JsValue> {
    let vectors: Vec<TraitVectors> = from_js(vectors)?;
    written(&vectors, format).map_err(error)
}

fn written(vectors: &[TraitVectors], format: &str) -> Result<Vec<u8>> {
    match (format, vectors) {
        ("gguf", [only]) => control_vector::write(only),
        ("gguf", _) => Err(Error::RequestInvalid(
            "a control vector holds one trait; write safetensors".into(),
        )),
        ("safetensors", vectors) => tensors::write(vectors, Precision::F32),
        _ => Err(Error::RequestInvalid(format!(
            "directions are written as \"gguf\" or \"safetensors\", not {format:?}"
        ))),
    }
}

/// Directions drawn from the normal distribution, `count` of so many values.
///
/// # Errors
/// None.
#[wasm_bindgen(unchecked_return_type = "number[][]")]
pub fn gaussian(width: u32, count: u32, seed: f64) -> Result<JsValue, JsValue> {
    to_js(&chance::gaussian(width as usize, count as usize, seed as u64))
}

/// What the rows of an effect study say, such as those of several parts of it: rows of each condition, in their order.
///
/// # Errors
/// `request.invalid` for another number of conditions, and for rows that contradict themselves.
#[wasm_bindgen(js_name = summariseEffect, unchecked_return_type = "EffectSummary")]
pub fn summarise_effect(
    #[wasm_bindgen(unchecked_param_type = "EffectRequest")] request: JsValue,
    #[wasm_bindgen(unchecked_param_type = "Observation[][]")] observations: JsValue,
) -> Result<JsValue, JsValue> {
    let request: EffectRequest = from_js(request)?;
    let observations: Vec<Vec<Observation>> = from_js(observations)?;
    request
        .summarise(&observations)
        .map_err(error)
        .and_then(|summary| to_js(&summary))
}

/// What the rows of a monitoring study say, such as those of several parts of it.
///
/// # Errors
/// None for values of these types.
#[wasm_bindgen(js_name = summariseMonitoring, unchecked_return_type = "MonitoringSummary[]")]
pub fn summarise_monitoring(
    #[wasm_bindgen(unchecked_param_type = "MonitoringRequest")] request: JsValue,
    #[wasm_bindgen(unchecked_param_type = "MonitoringRow[]")] rows: JsValue,
) -> Result<JsValue, JsValue> {
    let request: MonitoringRequest = from_js(request)?;
    let rows: Vec<MonitoringRow> = from_js(rows)?;
    to_js(&summary_of(&request, &rows))
}

/// Reads a data set: JSON, lines of JSON, or plain lines, with a tab between question and answer.
///
/// # Errors
/// `texts.invalid`.
#[wasm_bindgen(js_name = parseTexts, unchecked_return_type = "DataText[]")]
pub fn parse_texts(bytes: &[u8]) -> Result<JsValue, JsValue> {
    texts_of(bytes).map_err(error).and_then(|texts| to_js(&texts))
}
