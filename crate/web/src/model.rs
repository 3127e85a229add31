//! A model as the worker holds it.

use crate::host::{Page, adapter_name, tell};
use crate::source::Source;
use crate::value::{error, from_js, to_js};
use js_sys::{Date, Float32Array, Function, Promise, Reflect};
use serde::{Deserialize, Serialize};
use std::cell::{RefCell, RefMut};
use std::future::Future;
use std::rc::Rc;
use traitscope::Error;
use traitscope::device::{DeviceChoice, DeviceKind};
use traitscope::engine::{Engine, ModelInfo, OpenOptions};
use traitscope::inspect::{self, Hidden, LogitsRequest, PromptInput, TextRequest};
use traitscope::selftest::{self, Golden};
use traitscope::study::{ScoreRequest, score};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::future_to_promise;

/// A loaded model. One request at a time; a second one is refused while the first runs.
#[wasm_bindgen]
pub struct Model(Rc<Held>);

struct Held {
    engine: RefCell<Engine>,
    info: RefCell<ModelInfo>,
}

#[derive(Deserialize)]
struct Options {
    #[serde(default)]
    device: DeviceChoice,
    #[serde(default)]
    name: String,
    #[serde(default)]
    sha256: Option<String>,
    #[serde(default)]
    catalogue: Option<Entry>,
}

/// The part of a catalogue entry that concerns the core.
#[derive(Deserialize)]
struct Entry {
    #[serde(default)]
    golden: Option<Golden>,
}

/// What comes with the values of a residual stream.
#[derive(Serialize)]
struct Stream {
    tokens: Vec<u32>,
    layers: usize,
    width: usize,
}

#[derive(Serialize)]
struct Token<'a> {
    id: u32,
    text: &'a str,
}

#[derive(Serialize)]
struct OperationCost {
    encode: f64,
    whole: f64,
}

#[derive(Serialize)]
struct Timed<T> {
    #[serde(flatten)]
    result: T,
    milliseconds: f64,
}

impl Held {
    fn engine(&self) -> Result<RefMut<'_, Engine>, JsValue> {
        let busy = "the model is at work on another request; wait for it or cancel it";
        self.engine
            .try_borrow_mut()
            .map_err(|_| error(Error::RequestInvalid(busy.into())))
    }
}

#[expect(
    clippy::await_holding_refcell_ref,
    reason = "the borrow is the lock: a second request finds it taken and is refused (see `Held::engine`)"
)]
#[wasm_bindgen]
impl Model {
    /// Opens a model file: `options` is `{device, name, sha256?, catalogue?}`; `control.cancelled` stops between
    /// tensors.
    #[wasm_bindgen(unchecked_return_type = "Promise<Model>")]
    pub fn open(source: Source, options: JsValue, on_progress: Function, control: JsValue) -> Promise {
        future_to_promise(async move {
            let options: Options = from_js(options)?;
            let options = OpenOptions {
                device: options.device,
                name: options.name,
                sha256: options.sha256,
                golden: options.catalogue.and_then(|entry| entry.golden),
            };
            let host = Page::new(Some(on_progress), control);
            let mut engine = Engine::open(source.0.clone(), options, &host)
                .await
                .map_err(error)?;
            let device = &mut engine.model.compute.info;
            if device.kind == DeviceKind::Gpu
                && let Some(name) = adapter_name().await
            {
                device.adapter = name;
            }
            let info = RefCell::new(engine.info());
            Ok(Model(Rc::new(Held {
                engine: RefCell::new(engine),
                info,
            }))
            .into())
        })
    }

    /// Facts about the model and its device.
    ///
    /// # Errors
    /// None.
    pub fn info(&self) -> Result<JsValue, JsValue> {
        to_js(&*self.0.info.borrow())
    }

    fn task<F: Future<Output = Result<JsValue, JsValue>> + 'static>(
        &self,
        work: impl FnOnce(Rc<Held>) -> F + 'static,
    ) -> Promise {
        let held = self.0.clone();
        future_to_promise(async move { work(held).await })
    }

    /// Tests the device; a GPU that fails is replaced by the CPU.
    #[wasm_bindgen(js_name = selfTest)]
    pub fn self_test(&self) -> Promise {
        self.task(|held| async move {
            let started = Date::now();
            let mut engine = held.engine()?;
            let host = Page::new(None, JsValue::UNDEFINED);
            let mut result = selftest::run(&mut engine, &host).await.map_err(error)?;
            result.milliseconds = Date::now() - started;
            *held.info.borrow_mut() = engine.info();
            to_js(&result)
        })
    }

    /// What one tiny operation costs, for the benchmark: `{encode, whole}` in milliseconds.
    #[wasm_bindgen(js_name = operationCost)]
    pub fn operation_cost(&self, repeats: u32) -> Promise {
        self.task(move |held| async move {
            let engine = held.engine()?;
            let (encode, whole) = engine
                .model
                .compute
                .operation_cost(repeats, Date::now)
                .await
                .map_err(error)?;
            to_js(&OperationCost { encode, whole })
        })
    }

    /// The largest logits after a prompt.
    pub fn logits(&self, request: JsValue) -> Promise {
        self.task(|held| async move {
            let request: LogitsRequest = from_js(request)?;
            let mut engine = held.engine()?;
            to_js(&inspect::logits(&mut engine, &request).await.map_err(error)?)
        })
    }

    /// The residual stream along a prompt: `{tokens, layers, width, values}`, the values in one array.
    pub fn hidden(&self, prompt: JsValue) -> Promise {
        self.task(|held| async move {
            let prompt: PromptInput = from_js(prompt)?;
            let mut engine = held.engine()?;
            let width = engine.model.config.width;
            let Hidden { tokens, streams } = inspect::hidden(&mut engine, &prompt).await.map_err(error)?;
            let size = (tokens.len() * width) as u32;
            let values = Float32Array::new_with_length(size * streams.len() as u32);
            let layers = streams.len() - 1;
            for (stream, start) in streams.into_iter().zip((0..).step_by(size as usize)) {
                values.subarray(start, start + size).copy_from(&stream);
            }
            let result = to_js(&Stream {
                tokens,
                layers,
                width,
            })?;
            Reflect::set(&result, &"values".into(), &values)?;
            Ok(result)
        })
    }

    /// Gives items and reads the answers; `on_event` hears each row, `control.cancelled` stops between forwards.
    pub fn score(&self, request: JsValue, on_event: Function, control: JsValue) -> Promise {
        self.task(|held| async move {
            let started = Date::now();
            let request: ScoreRequest = from_js(request)?;
            let mut engine = held.engine()?;
            let host = Page::new(None, control);
            let result = score(&mut engine, &request, &host, &mut |event| tell(&on_event, &event))
                .await
                .map_err(error)?;
            to_js(&Timed {
                result,
                milliseconds: Date::now() - started,
            })
        })
    }

    /// Continues a prompt; `on_token` hears each token with the text that is complete with it.
    pub fn generate(&self, request: JsValue, on_token: Function, control: JsValue) -> Promise {
        self.task(|held| async move {
            let started = Date::now();
            let request: TextRequest = from_js(request)?;
            let mut engine = held.engine()?;
            let host = Page::new(None, control);
            let mut hear = |id, text: &str| tell(&on_token, &Token { id, text });
            let result = inspect::write(&mut engine, &request, &host, &mut hear)
                .await
                .map_err(error)?;
            to_js(&Timed {
                result,
                milliseconds: Date::now() - started,
            })
        })
    }
}
