//! Studies under many settings: files, requests, figures.

use crate::value::{error, from_js, to_js};
use traitscope::items::{ItemBank, LikertInventory, Norm};
use traitscope::measure::likert::Rating;
use traitscope::measure::{GateResult, Observation};
use traitscope::study::plan::{Setting, SettingAnswers, StudyFile, StudyResult};
use wasm_bindgen::prelude::*;

/// Reads a study.
///
/// # Errors
/// `study.invalid`.
#[wasm_bindgen(js_name = parseStudy, unchecked_return_type = "StudyFile")]
pub fn parse_study(bytes: &[u8]) -> Result<JsValue, JsValue> {
    StudyFile::from_json(bytes)
        .map_err(error)
        .and_then(|study| to_js(&study))
}

/// The settings that a study asks.
///
/// # Errors
/// `study.invalid`.
#[wasm_bindgen(js_name = studySettings, unchecked_return_type = "Setting[]")]
pub fn study_settings(
    #[wasm_bindgen(unchecked_param_type = "StudyFile")] study: JsValue,
) -> Result<JsValue, JsValue> {
    to_js(&checked(study)?.to_ask())
}

/// The inventory that a setting rates statements of; null where the study has none.
///
/// # Errors
/// `study.invalid`.
#[wasm_bindgen(js_name = studyInventory, unchecked_return_type = "string | null")]
pub fn study_inventory(
    #[wasm_bindgen(unchecked_param_type = "StudyFile")] study: JsValue,
    #[wasm_bindgen(unchecked_param_type = "Setting")] setting: JsValue,
) -> Result<JsValue, JsValue> {
    let (study, setting): (StudyFile, Setting) = (checked(study)?, from_js(setting)?);
    to_js(&study.inventory_of(&setting))
}

/// What is asked under a setting.
///
/// # Errors
/// `study.invalid`.
#[wasm_bindgen(js_name = studyRequest, unchecked_return_type = "ScoreRequest")]
pub fn study_request(
    #[wasm_bindgen(unchecked_param_type = "StudyFile")] study: JsValue,
    #[wasm_bindgen(unchecked_param_type = "Setting")] setting: JsValue,
    #[wasm_bindgen(unchecked_param_type = "ItemBank")] bank: JsValue,
    #[wasm_bindgen(unchecked_param_type = "LikertInventory | null")] inventory: JsValue,
) -> Result<JsValue, JsValue> {
    let study = checked(study)?;
    let (setting, bank): (Setting, ItemBank) = (from_js(setting)?, from_js(bank)?);
    let inventory: Option<LikertInventory> = from_js(inventory)?;
    let request = study
        .request(&setting, &bank, inventory.as_ref())
        .map_err(error)?;
    to_js(&request)
}

/// What asks the factual questions of a study.
///
/// # Errors
/// `study.invalid`.
#[wasm_bindgen(js_name = studyGate, unchecked_return_type = "ScoreRequest[]")]
pub fn study_gate(
    #[wasm_bindgen(unchecked_param_type = "StudyFile")] study: JsValue,
    #[wasm_bindgen(unchecked_param_type = "LikertInventory | null")] inventory: JsValue,
) -> Result<JsValue, JsValue> {
    let inventory: Option<LikertInventory> = from_js(inventory)?;
    to_js(&checked(study)?.gate_requests(inventory.as_ref()))
}

/// The read-outs that a study asks after its factual questions.
///
/// # Errors
/// `study.invalid`.
#[wasm_bindgen(js_name = studyReadouts, unchecked_return_type = "Readout[]")]
pub fn study_readouts(
    #[wasm_bindgen(unchecked_param_type = "StudyFile")] study: JsValue,
    #[wasm_bindgen(unchecked_param_type = "GateResult[]")] gate: JsValue,
    #[wasm_bindgen(unchecked_param_type = "GateResult[]")] statement_gate: JsValue,
) -> Result<JsValue, JsValue> {
    let (gate, statements): (Vec<GateResult>, Vec<GateResult>) = (from_js(gate)?, from_js(statement_gate)?);
    to_js(&checked(study)?.readouts_to_ask(&gate, &statements))
}

/// The answers under a setting, from its rows.
///
/// # Errors
/// `request.invalid` for rows that contradict themselves.
#[wasm_bindgen(js_name = settingAnswers, unchecked_return_type = "SettingAnswers")]
pub fn setting_answers(
    #[wasm_bindgen(unchecked_param_type = "Setting")] setting: JsValue,
    #[wasm_bindgen(unchecked_param_type = "Observation[]")] observations: JsValue,
    #[wasm_bindgen(unchecked_param_type = "Rating[]")] ratings: JsValue,
) -> Result<JsValue, JsValue> {
    let setting: Setting = from_js(setting)?;
    let (observations, ratings): (Vec<Observation>, Vec<Rating>) =
        (from_js(observations)?, from_js(ratings)?);
    let answers = SettingAnswers::of(&setting, &observations, &ratings).map_err(error)?;
    to_js(&answers)
}

/// The figures of a study.
///
/// # Errors
/// `study.invalid` for answers that are none of the study.
#[wasm_bindgen(js_name = summariseStudy, unchecked_return_type = "StudySummary")]
pub fn summarise_study(
    #[wasm_bindgen(unchecked_param_type = "StudyFile")] study: JsValue,
    #[wasm_bindgen(unchecked_param_type = "SettingAnswers[]")] answers: JsValue,
    #[wasm_bindgen(unchecked_param_type = "Norm[]")] norms: JsValue,
) -> Result<JsValue, JsValue> {
    let (answers, norms): (Vec<SettingAnswers>, Vec<Norm>) = (from_js(answers)?, from_js(norms)?);
    let summary = checked(study)?.summarise(&answers, &norms).map_err(error)?;
    to_js(&summary)
}

/// Reads a file of answers to a study.
///
/// # Errors
/// `study.invalid`.
#[wasm_bindgen(js_name = parseStudyResult, unchecked_return_type = "StudyResult")]
pub fn parse_study_result(bytes: &[u8]) -> Result<JsValue, JsValue> {
    StudyResult::from_json(bytes)
        .map_err(error)
        .and_then(|result| to_js(&result))
}

/// Puts two files of answers to a study together.
///
/// # Errors
/// `study.invalid` where they are of different studies, models, items, arithmetic or read-outs.
#[wasm_bindgen(js_name = joinStudyResults, unchecked_return_type = "StudyResult")]
pub fn join_study_results(
    #[wasm_bindgen(unchecked_param_type = "StudyResult")] one: JsValue,
    #[wasm_bindgen(unchecked_param_type = "StudyResult")] other: JsValue,
) -> Result<JsValue, JsValue> {
    let (one, other): (StudyResult, StudyResult) = (from_js(one)?, from_js(other)?);
    to_js(&one.join(other).map_err(error)?)
}

/// What changed from one file of answers to another of the same study.
///
/// # Errors
/// `study.invalid` where they are of different studies or items.
#[wasm_bindgen(js_name = compareStudies, unchecked_return_type = "ScaleChange[]")]
pub fn compare_studies(
    #[wasm_bindgen(unchecked_param_type = "StudyResult")] before: JsValue,
    #[wasm_bindgen(unchecked_param_type = "StudyResult")] after: JsValue,
    seed: f64,
) -> Result<JsValue, JsValue> {
    let (before, after): (StudyResult, StudyResult) = (from_js(before)?, from_js(after)?);
    to_js(&before.compare(&after, seed as u64).map_err(error)?)
}

fn checked(study: JsValue) -> Result<StudyFile, JsValue> {
    let study: StudyFile = from_js(study)?;
    study.check().map_err(error)?;
    Ok(study)
}
