//! What the GPU kernels share: allocation of outputs and the launch of WGSL sources.

use burn::tensor::{DType, Shape};
use burn_cubecl::CubeDevice;
use burn_cubecl::ops::numeric::empty_device_contiguous_dtype;
use burn_wgpu::{CubeTensor, KernelSource, SourceKernel, SourceTemplate, into_contiguous};
use core::cell::Cell;
use core::fmt::Debug;
use core::hash::Hash;
use cubecl::client::Client;
use cubecl::prelude::{CubeCount, CubeDim, KernelId};
use cubecl::server::KernelArguments;

/// A kernel whose WGSL source follows from its value; equal values share one compiled pipeline.
pub trait Wgsl: Clone + PartialEq + Eq + Hash + Debug + Send + Sync + 'static {
    /// Threads of a workgroup along x.
    const WORKGROUP: u32 = 64;

    /// The same where it depends on the value.
    fn workgroup(&self) -> u32 {
        Self::WORKGROUP
    }

    /// The complete WGSL source, entry point `main`. Bindings are numbered in the order of the buffers given to
    /// [`launch`], all `read_write`, all used.
    fn wgsl(&self) -> String;
}

struct Source<K> {
    kernel: K,
    /// What was broken on purpose when it was launched.
    #[cfg(test)]
    broken: Option<broken::Break>,
}

impl<K> Source<K> {
    fn new(kernel: K) -> Self {
        Self {
            kernel,
            #[cfg(test)]
            broken: broken::of::<K>(),
        }
    }
}

impl<K: Wgsl> KernelSource for Source<K> {
    fn source(&self) -> SourceTemplate {
        let source = self.kernel.wgsl();
        #[cfg(test)]
        let source = broken::apply(self.broken, source);
        SourceTemplate::new(source)
    }

    fn id(&self) -> KernelId {
        #[cfg(test)]
        let info = (self.kernel.clone(), self.broken);
        #[cfg(not(test))]
        let info = self.kernel.clone();
        KernelId::new::<K>()
            .info(info)
            .cube_dim(CubeDim::new_1d(self.kernel.workgroup()).0)
    }

    fn lang(&self) -> &'static str {
        "wgsl"
    }
}

thread_local! {
    static LAUNCHES: Cell<u64> = const { Cell::new(0) };
}

/// Kernels of these operations that this thread has queued so far.
pub fn launches() -> u64 {
    LAUNCHES.get()
}

/// Workgroups (x, y) of which there are at least `count`; a kernel numbers them
/// `workgroup_id.y * num_workgroups.x + workgroup_id.x`.
pub fn groups_for(count: usize) -> (u32, u32) {
    let y = count.div_ceil(MAX_GROUPS as usize).max(1);
    (count.div_ceil(y) as u32, y as u32)
}

/// Most workgroups along one dimension that every WebGPU device allows.
pub const MAX_GROUPS: u32 = 65_535;

/// Queues `kernel` over `groups` (x, y) workgroups.
pub fn launch<K: Wgsl>(kernel: K, groups: (u32, u32), buffers: &[&CubeTensor]) {
    debug_assert!(groups.0 <= MAX_GROUPS && groups.1 <= MAX_GROUPS);
    let mut arguments = KernelArguments::new();
    for buffer in buffers {
        arguments = arguments.with_buffer(buffer.handle.clone().binding());
    }
    let threads = CubeDim::new_1d(kernel.workgroup());
    let source = SourceKernel::new(Source::new(kernel), threads);
    LAUNCHES.set(LAUNCHES.get() + 1);
    buffers[0].client.launch(
        Box::new(source),
        CubeCount::Static(groups.0, groups.1, 1),
        arguments,
    );
}

/// An uninitialised f32 tensor beside `like`.
pub fn empty(client: &Client, device: &CubeDevice, shape: impl Into<Shape>) -> CubeTensor {
    empty_device_contiguous_dtype(client.clone(), device.clone(), shape.into(), DType::F32)
}

/// An uninitialised f32 matrix on the device of `like`.
pub fn matrix_like(like: &CubeTensor, rows: usize, cols: usize) -> CubeTensor {
    empty(&like.client, &like.device, [rows, cols])
}

/// The tensor with its elements one after the other.
pub fn contiguous(tensor: &CubeTensor) -> CubeTensor {
    into_contiguous(tensor.clone())
}

/// Rows and columns of a matrix.
pub fn dims(tensor: &CubeTensor) -> (usize, usize) {
    let shape = tensor.meta.shape();
    (shape[0], shape[1])
}

/// Kernels that are broken on purpose, to see who notices.
#[cfg(test)]
pub(crate) mod broken {
    use core::cell::Cell;

    /// In the source of the kernel of this name the first text becomes the second.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
    pub(crate) struct Break {
        pub(crate) kernel: &'static str,
        pub(crate) from: &'static str,
        pub(crate) to: &'static str,
    }

    thread_local! {
        static NOW: Cell<Option<Break>> = const { Cell::new(None) };
    }

    /// Breaks one kernel for what this thread launches from now on, or none.
    pub(crate) fn set(now: Option<Break>) {
        NOW.set(now);
    }

    pub(super) fn of<K>() -> Option<Break> {
        let name = core::any::type_name::<K>();
        NOW.get().filter(|broken| name.ends_with(broken.kernel))
    }

    pub(super) fn apply(broken: Option<Break>, source: String) -> String {
        let Some(Break { kernel, from, to }) = broken else {
            return source;
        };
        assert!(source.contains(from), "{kernel} has no {from:?}");
        source.replace(from, to)
    }
}
