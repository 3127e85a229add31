//! Choosing and watching the device a model runs on.
//!
//! The wgpu device is made here rather than by Burn, so that its limits are known before anything is loaded and
//! its loss or an invalid command is seen: results made after either are never shown (see [`Compute::check`]).

use crate::ops::{Activations, Adapter};
use crate::{Error, Result};
use burn::tensor::Device;
use burn::tensor::wgpu::WgpuSetup;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

/// Which device is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "lowercase")]
pub enum DeviceChoice {
    /// The GPU where there is a usable one, else the CPU.
    #[default]
    Auto,
    /// The GPU or an error.
    Gpu,
    /// The CPU.
    Cpu,
}

/// What a model runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "lowercase")]
pub enum DeviceKind {
    /// Through wgpu.
    Gpu,
    /// Burn's flex backend.
    Cpu,
}

/// Why a device is not the one asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Notice {
    /// Stable code, as of [`Error::code`].
    pub code: String,
    /// For people.
    pub message: String,
}

/// The device in words and numbers, for the page and for reports.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct DeviceInfo {
    /// GPU or CPU.
    pub kind: DeviceKind,
    /// Name of the adapter.
    pub adapter: String,
    /// Graphics API, or the CPU backend.
    pub backend: String,
    /// Limits in bytes (or counts) that decide what fits.
    pub limits: BTreeMap<String, f64>,
    /// Why this is not the device asked for.
    pub notice: Option<Notice>,
}

/// A device ready for tensors.
#[derive(Clone)]
pub struct Compute {
    /// Burn's handle.
    pub device: Device,
    /// What it is.
    pub info: DeviceInfo,
    /// Largest buffer a kernel can bind, in bytes; none on the CPU.
    pub max_binding: Option<u64>,
    /// Bytes that all tensors together can have, where that is known: in WebAssembly, what 32 bits address. No
    /// interface tells how much memory a GPU has.
    pub max_memory: Option<u64>,
    /// Whether the GPU is one in name only, computed on the CPU.
    pub software: bool,
    /// What the CPU multiplies with; a GPU takes activations as they are.
    pub activations: Activations,
    fault: Arc<Mutex<Option<Error>>>,
}

impl Compute {
    /// The CPU.
    pub fn cpu() -> Self {
        let place = if cfg!(target_family = "wasm") {
            "wasm"
        } else {
            "native"
        };
        Self {
            device: Device::flex(),
            info: DeviceInfo {
                kind: DeviceKind::Cpu,
                adapter: "CPU".into(),
                backend: format!("{place}, {}", crate::ops::instructions()),
                limits: BTreeMap::new(),
                notice: None,
            },
            max_binding: None,
            max_memory: cfg!(target_pointer_width = "32").then_some(1 << 32),
            software: false,
            activations: Activations::F32,
            fault: Arc::default(),
        }
    }

    /// A new device on the best adapter.
    ///
    /// # Errors
    /// [`Error::DeviceUnavailable`] where there is none, or none with what Burn and the kernels need.
    pub async fn gpu() -> Result<Self> {
        Self::over(request().await?)
    }

    /// Hands a device to Burn and watches it.
    fn over(setup: WgpuSetup) -> Result<Self> {
        let facts = setup.adapter.get_info();
        let limits = setup.device.limits();
        let max_binding = limits.max_storage_buffer_binding_size.min(limits.max_buffer_size);
        let info = DeviceInfo {
            kind: DeviceKind::Gpu,
            adapter: describe(&facts),
            backend: format!("{:?}", facts.backend),
            limits: BTreeMap::from([
                ("max_storage_buffer_binding_size".into(), max_binding as f64),
                ("max_buffer_size".into(), limits.max_buffer_size as f64),
            ]),
            notice: None,
        };
        let watched = setup.device.clone();
        let device = Device::wgpu_options()
            .setup(setup)
            .init()
            .map_err(|error| unavailable(format!("the device could not be set up ({error})")))?;
        Ok(Self {
            device,
            info,
            max_binding: Some(max_binding),
            max_memory: None,
            software: facts.device_type == wgpu::DeviceType::Cpu,
            activations: Activations::F32,
            fault: watch(&watched),
        })
    }

    /// The device asked for; with [`DeviceChoice::Auto`] the CPU, and a notice why, where there is no real GPU.
    pub async fn choose(choice: DeviceChoice) -> Result<Self> {
        match choice {
            DeviceChoice::Cpu => Ok(Self::cpu()),
            DeviceChoice::Gpu => Self::gpu().await,
            DeviceChoice::Auto => Ok(match Self::gpu().await {
                Ok(gpu) if gpu.software => {
                    let why = "the only adapter is computed on the CPU, which is quicker without that detour";
                    Self::cpu().instead_of_gpu(&unavailable(why.into()))
                }
                Ok(gpu) => gpu,
                Err(error) => Self::cpu().instead_of_gpu(&error),
            }),
        }
    }

    /// The CPU, saying what keeps the GPU from being used.
    pub fn instead_of_gpu(mut self, error: &Error) -> Self {
        self.info.notice = Some(Notice {
            code: error.code().into(),
            message: format!("{error}. The model runs on the CPU instead"),
        });
        self
    }

    /// What computes its kernels.
    pub fn adapter(&self) -> Adapter {
        match self.info.kind {
            DeviceKind::Cpu => Adapter::Cpu(self.activations),
            DeviceKind::Gpu if self.software => Adapter::Software,
            DeviceKind::Gpu => Adapter::Hardware,
        }
    }

    /// Fails if the device was lost or refused a command since it was made: what it computed since is invalid.
    pub fn check(&self) -> Result<()> {
        match self.fault.lock() {
            Ok(fault) => fault.clone().map_or(Ok(()), Err),
            Err(_) => Err(Error::DeviceLost("its state cannot be read".into())),
        }
    }
}

/// Asks for the best adapter, and a device with everything it has.
async fn request() -> Result<WgpuSetup> {
    let instance = wgpu::Instance::new(wgpu::InstanceDescriptor::new_without_display_handle());
    let options = wgpu::RequestAdapterOptions {
        power_preference: wgpu::PowerPreference::HighPerformance,
        ..Default::default()
    };
    // What wgpu says of each backend that it tried helps nobody who opens a page.
    let adapter = instance.request_adapter(&options).await.map_err(|_| {
        unavailable(
            "no WebGPU adapter is there (in a browser, WebGPU or hardware acceleration may be switched off)"
                .into(),
        )
    })?;
    suits(adapter.features(), &adapter.limits())?;
    let descriptor = wgpu::DeviceDescriptor {
        label: Some("traitscope"),
        // Burn generates code for whatever the adapter has.
        required_features: adapter
            .features()
            .difference(wgpu::Features::MAPPABLE_PRIMARY_BUFFERS)
            .difference(wgpu::Features::all_experimental_mask()),
        required_limits: adapter.limits(),
        memory_hints: wgpu::MemoryHints::MemoryUsage,
        ..Default::default()
    };
    let (device, queue) = adapter
        .request_device(&descriptor)
        .await
        .map_err(|error| unavailable(format!("the adapter gave no device ({error})")))?;
    Ok(WgpuSetup {
        instance,
        backend: adapter.get_info().backend,
        adapter,
        device,
        queue,
    })
}

/// Whether an adapter has what Burn and the kernels need.
fn suits(features: wgpu::Features, limits: &wgpu::Limits) -> Result<()> {
    // Burn's stream cannot be made without it.
    if !features.contains(wgpu::Features::TIMESTAMP_QUERY) {
        return Err(unavailable(
            "the adapter lacks the feature timestamp-query".into(),
        ));
    }
    let needed = [
        (
            "storage buffers a stage",
            u64::from(limits.max_storage_buffers_per_shader_stage),
            6,
        ),
        (
            "invocations a workgroup",
            u64::from(limits.max_compute_invocations_per_workgroup),
            64,
        ),
    ];
    for (what, has, needs) in needed {
        if has < needs {
            return Err(unavailable(format!(
                "the adapter allows {has} {what}, {needs} are needed"
            )));
        }
    }
    Ok(())
}

fn unavailable(why: String) -> Error {
    Error::DeviceUnavailable(why)
}

/// Notes the first thing that goes wrong with a device.
///
/// Burn sets callbacks of its own when it takes the device over, and its own ends the program at a refused command;
/// these have to come later to stand in their place.
fn watch(device: &wgpu::Device) -> Arc<Mutex<Option<Error>>> {
    let fault: Arc<Mutex<Option<Error>>> = Arc::default();
    let lost = fault.clone();
    device.set_device_lost_callback(move |_, message| {
        let said = message.trim().trim_end_matches('.');
        let why = if said.is_empty() {
            "no reason was given"
        } else {
            said
        };
        record(&lost, Error::DeviceLost(why.into()));
    });
    let refused = fault.clone();
    device.on_uncaptured_error(Arc::new(move |error: wgpu::Error| {
        record(&refused, fault_of(&error));
    }));
    fault
}

/// A command that the device could not carry out.
fn fault_of(error: &wgpu::Error) -> Error {
    match error {
        wgpu::Error::OutOfMemory { .. } => Error::DeviceMemory(
            "its memory was used up, and it does not tell beforehand how much it has".into(),
        ),
        other => Error::DeviceLost(format!("a command was refused: {other}")),
    }
}

/// Keeps the first fault, which is the cause of those that follow.
fn record(fault: &Mutex<Option<Error>>, error: Error) {
    if let Ok(mut fault) = fault.lock() {
        fault.get_or_insert(error);
    }
}

/// Browsers give an adapter's vendor and architecture, native drivers its name.
fn describe(facts: &wgpu::AdapterInfo) -> String {
    let name = facts.name.trim();
    if name.is_empty() {
        "GPU of unknown name".into()
    } else {
        name.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::host::block_on;
    use burn::tensor::Tensor;

    async fn read(compute: &Compute) -> Result<(), impl core::fmt::Debug> {
        let tensor = Tensor::<1>::zeros([8], &compute.device) + 1.0;
        tensor.into_data_async().await.map(|_| ())
    }

    fn device() -> (Compute, wgpu::Device) {
        let setup = block_on(request()).unwrap();
        let raw = setup.device.clone();
        (Compute::over(setup).unwrap(), raw)
    }

    #[test]
    fn a_refused_command_is_a_fault_and_no_panic() {
        let (compute, raw) = device();
        compute.check().unwrap();
        let _ = raw.create_buffer(&wgpu::BufferDescriptor {
            label: None,
            size: u64::MAX,
            usage: wgpu::BufferUsages::STORAGE,
            mapped_at_creation: false,
        });
        let error = compute.check().unwrap_err();
        assert_eq!(error.code(), "device.lost");
        assert!(error.to_string().contains("refused"), "{error}");
    }

    #[test]
    fn a_lost_device_is_a_fault_that_stays() {
        let (compute, raw) = device();
        block_on(read(&compute)).unwrap();
        raw.destroy();
        let _ = raw.poll(wgpu::PollType::wait_indefinitely());
        let error = compute.check().unwrap_err();
        assert_eq!(error.code(), "device.lost");
        // What is asked of it afterwards fails too, and does not panic.
        let _ = block_on(read(&compute));
        assert_eq!(compute.check().unwrap_err(), error);
    }

    #[test]
    fn an_adapter_without_what_is_needed_is_refused_by_name() {
        let features = wgpu::Features::TIMESTAMP_QUERY;
        let limits = wgpu::Limits::default();
        suits(features, &limits).unwrap();
        let few_buffers = wgpu::Limits {
            max_storage_buffers_per_shader_stage: 4,
            ..limits.clone()
        };
        let small_workgroups = wgpu::Limits {
            max_compute_invocations_per_workgroup: 32,
            ..limits.clone()
        };
        for (features, limits, named) in [
            (wgpu::Features::empty(), &limits, "timestamp-query"),
            (features, &few_buffers, "4 storage buffers"),
            (features, &small_workgroups, "32 invocations"),
        ] {
            let error = suits(features, limits).unwrap_err();
            assert_eq!(error.code(), "device.unavailable");
            assert!(error.to_string().contains(named), "{error}");
            let notice = Compute::cpu().instead_of_gpu(&error).info.notice.unwrap();
            assert_eq!(notice.code, "device.unavailable");
            assert!(notice.message.contains(named) && notice.message.ends_with("on the CPU instead"));
        }
    }

    #[test]
    fn memory_used_up_is_not_a_lost_device() {
        let source = Box::new(std::io::Error::other("no more"));
        let error = fault_of(&wgpu::Error::OutOfMemory { source });
        assert_eq!(error.code(), "device.memory");
    }
}
