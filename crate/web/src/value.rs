//! Values across the boundary.

use serde::Serialize;
use serde::de::DeserializeOwned;
use traitscope::Error;
use wasm_bindgen::JsValue;

#[derive(Serialize)]
struct Fault<'a> {
    code: &'a str,
    message: String,
}

/// Plain objects and numbers, nulls for what is missing.
pub fn to_js<T: Serialize + ?Sized>(value: &T) -> Result<JsValue, JsValue> {
    let serializer = serde_wasm_bindgen::Serializer::json_compatible();
    value
        .serialize(&serializer)
        .map_err(|fault| error(Error::RequestInvalid(fault.to_string())))
}

/// A request from the page.
pub fn from_js<T: DeserializeOwned>(value: JsValue) -> Result<T, JsValue> {
    serde_wasm_bindgen::from_value(value).map_err(|fault| error(Error::RequestInvalid(fault.to_string())))
}

/// `{code, message}`.
pub fn error(error: Error) -> JsValue {
    let fault = Fault {
        code: error.code(),
        message: error.to_string(),
    };
    serde_wasm_bindgen::to_value(&fault).unwrap_or_else(|_| JsValue::from_str(error.code()))
}
