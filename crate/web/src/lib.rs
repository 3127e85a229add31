//! What a web worker calls: models, self-test, logits, scores, text, directions. No arithmetic happens here.
//!
//! Everything asynchronous is a promise. Errors are plain objects `{code, message}` with the core's stable codes.

mod directions;
mod hash;
mod host;
mod model;
mod source;
mod study;
mod value;

use traitscope::items::{Instrument, Norm, bundled_bank};
use traitscope::measure::likert::Rating;
use traitscope::measure::{
    ComparedAnswers, FreeAnswer, FreeRating, GateAnswer, GateResult, Observation, Readout, gate_result,
};
use wasm_bindgen::prelude::*;

/// The core's structures by the names that its tests write TypeScript types for, so that what wasm-bindgen declares
/// can be held against what the worker calls.
#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
import type { CoherenceRequest } from '../../src/generated/CoherenceRequest';
import type { CoherenceResult } from '../../src/generated/CoherenceResult';
import type { ComparedAnswers } from '../../src/generated/ComparedAnswers';
import type { Comparison } from '../../src/generated/Comparison';
import type { EffectRequest } from '../../src/generated/EffectRequest';
import type { EffectResult } from '../../src/generated/EffectResult';
import type { EffectSummary } from '../../src/generated/EffectSummary';
import type { ExtractRequest } from '../../src/generated/ExtractRequest';
import type { Extraction } from '../../src/generated/Extraction';
import type { FreeAnswer } from '../../src/generated/FreeAnswer';
import type { FreeRating } from '../../src/generated/FreeRating';
import type { FreeRequest } from '../../src/generated/FreeRequest';
import type { FreeResult } from '../../src/generated/FreeResult';
import type { FreeSummary } from '../../src/generated/FreeSummary';
import type { GateAnswer } from '../../src/generated/GateAnswer';
import type { GateResult } from '../../src/generated/GateResult';
import type { HiddenShape } from '../../src/generated/HiddenShape';
import type { Instrument } from '../../src/generated/Instrument';
import type { ItemBank } from '../../src/generated/ItemBank';
import type { LikertInventory } from '../../src/generated/LikertInventory';
import type { LikertSummary } from '../../src/generated/LikertSummary';
import type { LogitsRequest } from '../../src/generated/LogitsRequest';
import type { LogitsResult } from '../../src/generated/LogitsResult';
import type { ModelInfo } from '../../src/generated/ModelInfo';
import type { MonitoringRequest } from '../../src/generated/MonitoringRequest';
import type { MonitoringResult } from '../../src/generated/MonitoringResult';
import type { Norm } from '../../src/generated/Norm';
import type { Observation } from '../../src/generated/Observation';
import type { OpenOptions } from '../../src/generated/OpenOptions';
import type { OperationCost } from '../../src/generated/OperationCost';
import type { Progress } from '../../src/generated/Progress';
import type { PromptInput } from '../../src/generated/PromptInput';
import type { Rating } from '../../src/generated/Rating';
import type { Readout } from '../../src/generated/Readout';
import type { Response } from '../../src/generated/Response';
import type { ScoreEvent } from '../../src/generated/ScoreEvent';
import type { ScoreRequest } from '../../src/generated/ScoreRequest';
import type { ScoreResult } from '../../src/generated/ScoreResult';
import type { SelfTest } from '../../src/generated/SelfTest';
import type { ScaleChange } from '../../src/generated/ScaleChange';
import type { Setting } from '../../src/generated/Setting';
import type { SettingAnswers } from '../../src/generated/SettingAnswers';
import type { StudyFile } from '../../src/generated/StudyFile';
import type { StudyResult } from '../../src/generated/StudyResult';
import type { StudySummary } from '../../src/generated/StudySummary';
import type { Summary } from '../../src/generated/Summary';
import type { SweepEvent } from '../../src/generated/SweepEvent';
import type { TextEvent } from '../../src/generated/TextEvent';
import type { TextRequest } from '../../src/generated/TextRequest';
import type { TextResult } from '../../src/generated/TextResult';
import type { TraitArtefact } from '../../src/generated/TraitArtefact';
import type { TraitVectors } from '../../src/generated/TraitVectors';

/** A form of files of directions. */
export type DirectionFormat = 'gguf' | 'safetensors';

/** Set `cancelled` to stop what runs. */
export interface Control {
  cancelled: boolean;
}
"#;

#[cfg(target_family = "wasm")]
unsafe extern "C" {
    fn __wasm_call_ctors();
}

/// Runs once when the module is loaded.
///
/// cubecl registers itself in constructors that run before `main`. Unless the module calls them itself, the linker
/// wraps every export in a call of all of them, which makes each small call forty times slower.
#[wasm_bindgen(start)]
pub fn start() {
    // SAFETY: called once, before any other code of the module runs.
    #[cfg(target_family = "wasm")]
    unsafe {
        __wasm_call_ctors();
    }
    std::panic::set_hook(Box::new(|info| {
        web_sys::console::error_1(&info.to_string().into())
    }));
}

/// The item bank that comes with the program.
///
/// # Errors
/// None in a build whose tests passed.
#[wasm_bindgen(js_name = bundledItems, unchecked_return_type = "ItemBank")]
pub fn bundled_items() -> Result<JsValue, JsValue> {
    bundled_bank()
        .map_err(value::error)
        .and_then(|bank| value::to_js(&bank))
}

/// Reads a file with items or with an inventory of statements; `name` is shown where the file itself has no name.
///
/// # Errors
/// `items.invalid`, with row and field.
#[wasm_bindgen(js_name = parseInstrument, unchecked_return_type = "Instrument")]
pub fn parse_instrument(bytes: &[u8], name: &str) -> Result<JsValue, JsValue> {
    Instrument::read(bytes, name)
        .map_err(value::error)
        .and_then(|instrument| value::to_js(&instrument))
}

/// Sums up rows, such as those of several parts of one run.
///
/// # Errors
/// `request.invalid` for rows that contradict themselves.
#[wasm_bindgen(unchecked_return_type = "Summary")]
pub fn summarise(
    #[wasm_bindgen(unchecked_param_type = "Observation[]")] observations: JsValue,
    #[wasm_bindgen(unchecked_param_type = "GateResult[]")] gate: JsValue,
    seed: f64,
) -> Result<JsValue, JsValue> {
    let observations: Vec<Observation> = value::from_js(observations)?;
    let gate: Vec<GateResult> = value::from_js(gate)?;
    let summary = traitscope::measure::summarise(&observations, &gate, seed as u64).map_err(value::error)?;
    value::to_js(&summary)
}

/// Judges the answers to the gate of one request, whoever gave them: one result for each read-out that has any.
///
/// # Errors
/// `request.invalid` for answers that contradict each other.
#[wasm_bindgen(unchecked_return_type = "GateResult[]")]
pub fn gate(
    #[wasm_bindgen(unchecked_param_type = "GateAnswer[]")] answers: JsValue,
    asked: u32,
) -> Result<JsValue, JsValue> {
    let answers: Vec<GateAnswer> = value::from_js(answers)?;
    let mut results = Vec::new();
    for readout in [Readout::Letters, Readout::Continuation] {
        results.extend(gate_result(readout, &answers, asked as usize).map_err(value::error)?);
    }
    value::to_js(&results)
}

/// Sums up ratings, such as those of several parts of one run: those of an inventory, those of the statements of its gate, of
/// which `asked` pairs were to be asked, and what people score.
///
/// # Errors
/// `request.invalid` for rows that contradict themselves.
#[wasm_bindgen(js_name = summariseRatings, unchecked_return_type = "LikertSummary | null")]
pub fn summarise_ratings(
    #[wasm_bindgen(unchecked_param_type = "Rating[]")] ratings: JsValue,
    #[wasm_bindgen(unchecked_param_type = "Rating[]")] facts: JsValue,
    asked: u32,
    #[wasm_bindgen(unchecked_param_type = "Norm[]")] norms: JsValue,
    seed: f64,
) -> Result<JsValue, JsValue> {
    let (ratings, facts): (Vec<Rating>, Vec<Rating>) = (value::from_js(ratings)?, value::from_js(facts)?);
    let norms: Vec<Norm> = value::from_js(norms)?;
    let summary =
        traitscope::measure::likert::summarise_ratings(&ratings, &facts, asked as usize, &norms, seed as u64)
            .map_err(value::error)?;
    value::to_js(&summary)
}

/// Compares two tests, trait by trait and domain by domain.
///
/// # Errors
/// `request.invalid` for rows that contradict themselves or stand twice.
#[wasm_bindgen(js_name = compareAnswers, unchecked_return_type = "Comparison")]
pub fn compare_answers(
    #[wasm_bindgen(unchecked_param_type = "ComparedAnswers")] before: JsValue,
    #[wasm_bindgen(unchecked_param_type = "ComparedAnswers")] after: JsValue,
    seed: f64,
) -> Result<JsValue, JsValue> {
    let before: ComparedAnswers = value::from_js(before)?;
    let after: ComparedAnswers = value::from_js(after)?;
    let found = traitscope::measure::compare(&before, &after, seed as u64).map_err(value::error)?;
    value::to_js(&found)
}

/// Sums up answers and ratings that were written.
///
/// # Errors
/// `request.invalid` for one that stands twice, or names an option that there is not.
#[wasm_bindgen(js_name = summariseFree, unchecked_return_type = "FreeSummary")]
pub fn summarise_free(
    #[wasm_bindgen(unchecked_param_type = "FreeAnswer[]")] answers: JsValue,
    #[wasm_bindgen(unchecked_param_type = "FreeRating[]")] ratings: JsValue,
    seed: f64,
) -> Result<JsValue, JsValue> {
    let (answers, ratings): (Vec<FreeAnswer>, Vec<FreeRating>) =
        (value::from_js(answers)?, value::from_js(ratings)?);
    let found = traitscope::measure::summarise_free(&answers, &ratings, seed as u64).map_err(value::error)?;
    value::to_js(&found)
}

/// Version of this program.
#[wasm_bindgen]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").into()
}
