//! The worker as the core's host: hears of progress, is asked whether to stop, and gets a turn now and then.

use js_sys::{Date, Function, Promise, Reflect};
use serde::Serialize;
use std::cell::Cell;
use traitscope::host::{Host, LocalFuture, Progress};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen(inline_js = "
export function breathe() {
  return new Promise(resolve => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => { channel.port1.close(); resolve(); };
    channel.port2.postMessage(0);
  });
}
export async function nameAdapter() {
  const adapter = await navigator.gpu?.requestAdapter({ powerPreference: 'high-performance' });
  const { vendor, architecture, device, description } = adapter?.info ?? {};
  return [vendor, architecture, device, description].filter(Boolean).join(' ');
}")]
extern "C" {
    /// What the browser tells of the adapter; wgpu passes on less.
    #[wasm_bindgen(js_name = nameAdapter)]
    fn name_adapter() -> Promise;

    /// Resolves after the messages that have already arrived were handled. A timer would be slowed by the browser.
    fn breathe() -> Promise;
}

#[wasm_bindgen]
extern "C" {
    /// Milliseconds, in finer steps than a date's.
    #[wasm_bindgen(js_namespace = performance, js_name = now)]
    pub fn performance_now() -> f64;
}

/// Between pauses, so that pausing costs nothing where steps are short.
const PAUSE_EVERY_MS: f64 = 16.0;

/// Calls `listener` with progress; stops once `control.cancelled` is true.
pub struct Page {
    listener: Option<Function>,
    control: JsValue,
    paused: Cell<f64>,
}

impl Page {
    pub fn new(listener: Option<Function>, control: JsValue) -> Self {
        Self {
            listener,
            control,
            paused: Cell::new(0.0),
        }
    }
}

/// Vendor and architecture of the adapter, if the browser tells them.
pub async fn adapter_name() -> Option<String> {
    let name = JsFuture::from(name_adapter()).await.ok()?.as_string()?;
    (!name.is_empty()).then_some(name)
}

/// Calls back; a listener that throws does not stop a run.
pub fn tell<T: Serialize>(listener: &Function, event: &T) {
    if let Ok(event) = super::value::to_js(event) {
        let _ = listener.call1(&JsValue::NULL, &event);
    }
}

impl Host for Page {
    fn progress(&self, phase: &str, done: u64, total: u64) {
        if let Some(listener) = &self.listener {
            let phase = phase.into();
            tell(listener, &Progress { phase, done, total });
        }
    }

    fn cancelled(&self) -> bool {
        Reflect::get(&self.control, &"cancelled".into()).is_ok_and(|value| value.is_truthy())
    }

    fn pause(&self) -> LocalFuture<'_> {
        Box::pin(async {
            if Date::now() - self.paused.get() >= PAUSE_EVERY_MS {
                // A worker that is being closed rejects nothing here; there is nothing to do if it did.
                let _ = JsFuture::from(breathe()).await;
                self.paused.set(Date::now());
            }
        })
    }
}
