//! A model as the worker holds it.

use crate::host::{Page, adapter_name, tell};
use crate::source::Source;
use crate::value::{error, from_js, to_js};
use js_sys::{Date, Function, Promise};
use serde::{Deserialize, Serialize};
use std::cell::{RefCell, RefMut};
use std::future::Future;
use std::rc::Rc;
use traitscope::Error;
use traitscope::device::{DeviceChoice, DeviceKind};
use traitscope::engine::{Engine, ModelInfo, OpenOptions};
use traitscope::model::{GenerateRequest, Read, Stop, top};
use traitscope::prompt::TokenBatch;
use traitscope::selftest::{self, Golden};
use traitscope::study::{ScoreRequest, ScoreResult, score};
use traitscope::text::{Message, Rendered};
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

#[derive(Deserialize)]
struct LogitsRequest {
    #[serde(default)]
    tokens: Option<Vec<u32>>,
    #[serde(default)]
    prompt: Option<String>,
    #[serde(default)]
    messages: Option<Vec<Message>>,
    top: usize,
}

#[derive(Serialize)]
struct TopToken {
    id: u32,
    token: String,
    logit: f32,
}

#[derive(Serialize)]
struct LogitsResult {
    tokens: Vec<u32>,
    top: Vec<TopToken>,
    logsumexp: f64,
}

#[derive(Deserialize)]
struct TextRequest {
    messages: Vec<Message>,
    #[serde(flatten)]
    how: GenerateRequest,
}

#[derive(Serialize)]
struct Token {
    id: u32,
    text: String,
}

#[derive(Serialize)]
struct TextResult {
    text: String,
    tokens: Vec<u32>,
    stop: Stop,
    milliseconds: f64,
}

#[derive(Serialize)]
struct OperationCost {
    encode: f64,
    whole: f64,
}

#[derive(Serialize)]
struct Timed {
    #[serde(flatten)]
    result: ScoreResult,
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

#[wasm_bindgen]
impl Model {
    /// Opens a model file: `options` is `{device, name, sha256?, catalogue?}`.
    #[wasm_bindgen(unchecked_return_type = "Promise<Model>")]
    pub fn open(source: Source, options: JsValue, on_progress: Function) -> Promise {
        future_to_promise(async move {
            let options: Options = from_js(options)?;
            let options = OpenOptions {
                device: options.device,
                name: options.name,
                sha256: options.sha256,
                golden: options.catalogue.and_then(|entry| entry.golden),
            };
            let host = Page::new(Some(on_progress), JsValue::UNDEFINED);
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

    /// The largest logits after a prompt, given as tokens, plain text or a chat.
    pub fn logits(&self, request: JsValue) -> Promise {
        self.task(|held| async move {
            let request: LogitsRequest = from_js(request)?;
            let mut engine = held.engine()?;
            let tokens = match (request.tokens, request.prompt, request.messages) {
                (Some(tokens), None, None) => Ok(tokens),
                (None, Some(text), None) => engine.tokenizer.encode_rendered(&Rendered::raw(text)),
                (None, None, Some(messages)) => engine.chat_tokens(&messages),
                _ => Err(Error::RequestInvalid(
                    "give one of tokens, prompt and messages".into(),
                )),
            }
            .map_err(error)?;
            let read = Read {
                logits: vec![tokens.len().saturating_sub(1)],
                ..Read::default()
            };
            let output = engine
                .model
                .forward(&TokenBatch::sequence(&tokens, 0), &read)
                .await
                .map_err(error)?;
            let (best, logsumexp) = top(&output.logits[0], request.top);
            let name = |id| engine.tokenizer.token(id).unwrap_or_default();
            let best = best
                .into_iter()
                .map(|(id, logit)| TopToken {
                    id,
                    token: name(id),
                    logit,
                })
                .collect();
            to_js(&LogitsResult {
                tokens,
                top: best,
                logsumexp,
            })
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

    /// Answers a chat; `on_token` hears each token with the text that is complete with it.
    pub fn generate(&self, request: JsValue, on_token: Function, control: JsValue) -> Promise {
        self.task(|held| async move {
            let started = Date::now();
            let request: TextRequest = from_js(request)?;
            let mut engine = held.engine()?;
            let prompt = engine.chat_tokens(&request.messages).map_err(error)?;
            let host = Page::new(None, control);
            let Engine { model, tokenizer, .. } = &mut *engine;
            let mut stream = tokenizer.stream();
            let mut text = String::new();
            let hear = |id| {
                let piece = stream.push(id);
                text.push_str(&piece);
                tell(&on_token, &Token { id, text: piece });
            };
            let result = model
                .generate(&prompt, request.how, |id| tokenizer.is_end(id), &host, hear)
                .await
                .map_err(error)?;
            text.push_str(&stream.finish());
            let milliseconds = Date::now() - started;
            to_js(&TextResult {
                text,
                tokens: result.tokens,
                stop: result.stop,
                milliseconds,
            })
        })
    }
}
