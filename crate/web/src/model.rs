//! A model as the worker holds it.

use crate::host::{Page, adapter_name, performance_now, tell};
use crate::source::Source;
use crate::value::{error, from_js, to_js};
use js_sys::{Date, Float32Array, Function, Promise, Reflect};
use std::cell::{RefCell, RefMut};
use std::future::Future;
use std::rc::Rc;
use traitscope::Error;
use traitscope::cost::operation_cost;
use traitscope::device::DeviceKind;
use traitscope::engine::{Engine, ModelInfo, OpenOptions};
use traitscope::inspect::{self, Hidden, LogitsRequest, PromptInput, TextEvent, TextRequest};
use traitscope::selftest;
use traitscope::steer::{ExtractRequest, Response, TraitVectors, chance, extract};
use traitscope::study::{
    CoherenceRequest, DifferenceRequest, EffectRequest, FreeRequest, MonitoringRequest, ScoreRequest,
    SweepEvent, check, coherence, difference, effect, free_answers, monitoring, score,
};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::future_to_promise;

/// A loaded model. One request at a time; a second one is refused while the first runs.
#[wasm_bindgen]
pub struct Model(Rc<Held>);

struct Held {
    engine: RefCell<Engine>,
    info: RefCell<ModelInfo>,
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
    /// Opens a model file; `control.cancelled` stops between tensors.
    #[wasm_bindgen(unchecked_return_type = "Promise<Model>")]
    pub fn open(
        source: Source,
        #[wasm_bindgen(unchecked_param_type = "OpenOptions")] options: JsValue,
        #[wasm_bindgen(unchecked_param_type = "(progress: Progress) => void")] on_progress: Function,
        #[wasm_bindgen(unchecked_param_type = "Control")] control: JsValue,
    ) -> Promise {
        future_to_promise(async move {
            let options: OpenOptions = from_js(options)?;
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
    #[wasm_bindgen(unchecked_return_type = "ModelInfo")]
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
    #[wasm_bindgen(js_name = selfTest, unchecked_return_type = "Promise<SelfTest>")]
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

    /// What queueing costs, for the benchmark.
    #[wasm_bindgen(js_name = operationCost, unchecked_return_type = "Promise<OperationCost>")]
    pub fn operation_cost(&self, repeats: u32) -> Promise {
        self.task(move |held| async move {
            let mut engine = held.engine()?;
            to_js(
                &operation_cost(&mut engine.model, repeats, performance_now)
                    .await
                    .map_err(error)?,
            )
        })
    }

    /// The largest logits after a prompt.
    #[wasm_bindgen(unchecked_return_type = "Promise<LogitsResult>")]
    pub fn logits(
        &self,
        #[wasm_bindgen(unchecked_param_type = "LogitsRequest")] request: JsValue,
    ) -> Promise {
        self.task(|held| async move {
            let request: LogitsRequest = from_js(request)?;
            let mut engine = held.engine()?;
            to_js(&inspect::logits(&mut engine, &request).await.map_err(error)?)
        })
    }

    /// The residual stream along a prompt, the values in one array.
    #[wasm_bindgen(unchecked_return_type = "Promise<HiddenShape & { values: Float32Array<ArrayBuffer> }>")]
    pub fn hidden(&self, #[wasm_bindgen(unchecked_param_type = "PromptInput")] prompt: JsValue) -> Promise {
        self.task(|held| async move {
            let prompt: PromptInput = from_js(prompt)?;
            let mut engine = held.engine()?;
            let Hidden { shape, streams } = inspect::hidden(&mut engine, &prompt).await.map_err(error)?;
            let size = (shape.tokens.len() * shape.width) as u32;
            let values = Float32Array::new_with_length(size * streams.len() as u32);
            for (stream, start) in streams.into_iter().zip((0..).step_by(size as usize)) {
                values.subarray(start, start + size).copy_from(&stream);
            }
            let result = to_js(&shape)?;
            Reflect::set(&result, &"values".into(), &values)?;
            Ok(result)
        })
    }

    /// Refuses a request that the model cannot carry out, before anything is computed; `control.cancelled` ends it early.
    #[wasm_bindgen(unchecked_return_type = "Promise<void>")]
    pub fn check(
        &self,
        #[wasm_bindgen(unchecked_param_type = "ScoreRequest")] request: JsValue,
        #[wasm_bindgen(unchecked_param_type = "Control")] control: JsValue,
    ) -> Promise {
        self.task(|held| async move {
            let request: ScoreRequest = from_js(request)?;
            let host = Page::new(None, control);
            let engine = held.engine()?;
            check(&engine, &request, &host).await.map_err(error)?;
            Ok(JsValue::UNDEFINED)
        })
    }

    /// Gives items and reads the answers; `on_event` hears each row, `control.cancelled` stops between forwards.
    #[wasm_bindgen(unchecked_return_type = "Promise<ScoreResult>")]
    pub fn score(
        &self,
        #[wasm_bindgen(unchecked_param_type = "ScoreRequest")] request: JsValue,
        #[wasm_bindgen(unchecked_param_type = "(event: ScoreEvent) => void")] on_event: Function,
        #[wasm_bindgen(unchecked_param_type = "Control")] control: JsValue,
    ) -> Promise {
        self.task(|held| async move {
            let request: ScoreRequest = from_js(request)?;
            let mut engine = held.engine()?;
            let host = Page::new(None, control);
            let mut hear = |event| tell(&on_event, &event);
            to_js(
                &score(&mut engine, &request, &host, &mut hear)
                    .await
                    .map_err(error)?,
            )
        })
    }

    /// Continues a prompt; `on_event` hears each token.
    #[wasm_bindgen(unchecked_return_type = "Promise<TextResult>")]
    pub fn generate(
        &self,
        #[wasm_bindgen(unchecked_param_type = "TextRequest")] request: JsValue,
        #[wasm_bindgen(unchecked_param_type = "(event: TextEvent) => void")] on_event: Function,
        #[wasm_bindgen(unchecked_param_type = "Control")] control: JsValue,
    ) -> Promise {
        self.task(|held| async move {
            let request: TextRequest = from_js(request)?;
            let mut engine = held.engine()?;
            let host = Page::new(None, control);
            let mut hear = |event: TextEvent<'_>| tell(&on_event, &event);
            to_js(
                &inspect::write(&mut engine, &request, &host, &mut hear)
                    .await
                    .map_err(error)?,
            )
        })
    }

    /// Makes the directions of a trait; `on_response` hears each of the model's own answers, where the method has any, so
    /// that a run that is stopped can be gone on with.
    #[wasm_bindgen(unchecked_return_type = "Promise<Extraction>")]
    pub fn extract(
        &self,
        #[wasm_bindgen(unchecked_param_type = "ExtractRequest")] request: JsValue,
        #[wasm_bindgen(unchecked_param_type = "(progress: Progress) => void")] on_progress: Function,
        #[wasm_bindgen(unchecked_param_type = "(response: Response) => void")] on_response: Function,
        #[wasm_bindgen(unchecked_param_type = "Control")] control: JsValue,
    ) -> Promise {
        self.task(|held| async move {
            let request: ExtractRequest = from_js(request)?;
            let mut engine = held.engine()?;
            let host = Page::new(Some(on_progress), control);
            let mut hear = |response: &Response| tell(&on_response, response);
            to_js(
                &extract(&mut engine, &request, &host, &mut hear)
                    .await
                    .map_err(error)?,
            )
        })
    }

    /// Refuses directions that are not of this model, and measures what neutral text is like along them, where that is
    /// not known.
    #[wasm_bindgen(unchecked_return_type = "Promise<TraitVectors>")]
    pub fn calibrate(
        &self,
        #[wasm_bindgen(unchecked_param_type = "TraitVectors")] vectors: JsValue,
        #[wasm_bindgen(unchecked_param_type = "Control")] control: JsValue,
    ) -> Promise {
        self.task(|held| async move {
            let mut vectors: TraitVectors = from_js(vectors)?;
            let mut engine = held.engine()?;
            let host = Page::new(None, control);
            vectors.calibrate(&mut engine, &host).await.map_err(error)?;
            to_js(&vectors)
        })
    }

    /// Directions to hold one of a trait against: its texts with their sides drawn anew, `count` times.
    #[wasm_bindgen(unchecked_return_type = "Promise<number[][]>")]
    pub fn shuffled(
        &self,
        #[wasm_bindgen(unchecked_param_type = "ExtractRequest")] request: JsValue,
        layer: u32,
        count: u32,
        seed: f64,
        #[wasm_bindgen(unchecked_param_type = "(progress: Progress) => void")] on_progress: Function,
        #[wasm_bindgen(unchecked_param_type = "Control")] control: JsValue,
    ) -> Promise {
        self.task(move |held| async move {
            let request: ExtractRequest = from_js(request)?;
            let mut engine = held.engine()?;
            let host = Page::new(Some(on_progress), control);
            let (layer, count) = (layer as usize, count as usize);
            to_js(
                &chance::shuffled(&mut engine, &request, layer, count, seed as u64, &host)
                    .await
                    .map_err(error)?,
            )
        })
    }

    /// Gives a test under every dose of every direction; `on_event` hears each row with its condition.
    #[wasm_bindgen(unchecked_return_type = "Promise<EffectResult>")]
    pub fn effect(
        &self,
        #[wasm_bindgen(unchecked_param_type = "EffectRequest")] request: JsValue,
        #[wasm_bindgen(unchecked_param_type = "(event: SweepEvent) => void")] on_event: Function,
        #[wasm_bindgen(unchecked_param_type = "Control")] control: JsValue,
    ) -> Promise {
        self.task(|held| async move {
            let request: EffectRequest = from_js(request)?;
            let mut engine = held.engine()?;
            let host = Page::new(None, control);
            let mut hear = |event: SweepEvent| tell(&on_event, &event);
            to_js(
                &effect(&mut engine, &request, &host, &mut hear)
                    .await
                    .map_err(error)?,
            )
        })
    }

    /// Has questions answered under every dose of a direction, and judges the answers.
    #[wasm_bindgen(unchecked_return_type = "Promise<CoherenceResult>")]
    pub fn coherence(
        &self,
        #[wasm_bindgen(unchecked_param_type = "CoherenceRequest")] request: JsValue,
        #[wasm_bindgen(unchecked_param_type = "(progress: Progress) => void")] on_progress: Function,
        #[wasm_bindgen(unchecked_param_type = "Control")] control: JsValue,
    ) -> Promise {
        self.task(|held| async move {
            let request: CoherenceRequest = from_js(request)?;
            let mut engine = held.engine()?;
            let host = Page::new(Some(on_progress), control);
            to_js(
                &coherence(&mut engine, &request, &host, &mut |_, _| ())
                    .await
                    .map_err(error)?,
            )
        })
    }

    /// Gives a test under several system prompts, and holds a meter before each answer against the answer.
    #[wasm_bindgen(unchecked_return_type = "Promise<MonitoringResult>")]
    pub fn monitoring(
        &self,
        #[wasm_bindgen(unchecked_param_type = "MonitoringRequest")] request: JsValue,
        #[wasm_bindgen(unchecked_param_type = "(progress: Progress) => void")] on_progress: Function,
        #[wasm_bindgen(unchecked_param_type = "Control")] control: JsValue,
    ) -> Promise {
        self.task(|held| async move {
            let request: MonitoringRequest = from_js(request)?;
            let mut engine = held.engine()?;
            let host = Page::new(Some(on_progress), control);
            to_js(&monitoring(&mut engine, &request, &host).await.map_err(error)?)
        })
    }

    /// Has the items answered in words, and reads what was written.
    #[wasm_bindgen(js_name = freeAnswers, unchecked_return_type = "Promise<FreeResult>")]
    pub fn free_answers(
        &self,
        #[wasm_bindgen(unchecked_param_type = "FreeRequest")] request: JsValue,
        #[wasm_bindgen(unchecked_param_type = "(progress: Progress) => void")] on_progress: Function,
        #[wasm_bindgen(unchecked_param_type = "Control")] control: JsValue,
    ) -> Promise {
        self.task(|held| async move {
            let request: FreeRequest = from_js(request)?;
            let mut engine = held.engine()?;
            let host = Page::new(Some(on_progress), control);
            to_js(&free_answers(&mut engine, &request, &host).await.map_err(error)?)
        })
    }

    /// Reads texts of a data set along a direction, beside the model's own answers to their questions.
    #[wasm_bindgen(unchecked_return_type = "Promise<DifferenceResult>")]
    pub fn difference(
        &self,
        #[wasm_bindgen(unchecked_param_type = "DifferenceRequest")] request: JsValue,
        #[wasm_bindgen(unchecked_param_type = "(progress: Progress) => void")] on_progress: Function,
        #[wasm_bindgen(unchecked_param_type = "Control")] control: JsValue,
    ) -> Promise {
        self.task(|held| async move {
            let request: DifferenceRequest = from_js(request)?;
            let mut engine = held.engine()?;
            let host = Page::new(Some(on_progress), control);
            to_js(&difference(&mut engine, &request, &host).await.map_err(error)?)
        })
    }
}
