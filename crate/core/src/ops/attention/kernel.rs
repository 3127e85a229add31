//! The GPU kernel of attention.

use super::Adapter;
use super::HeadSpec;
use crate::ops::gpu::{Wgsl, groups_for};
use core::fmt::Write;

/// Most vectors of queries that a thread keeps; there are as many sums again.
const MOST_VECTORS: usize = 64;
/// Bytes of workgroup memory that every WebGPU device has.
const SHARED_BYTES: usize = 16_384;

/// A thread computes some heads of a token that share their keys and values, some slots at a time. Several threads
/// (`slices`) share the slots of each and join their sums at the end where there would be too few of them.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct AttentionKernel {
    heads: HeadSpec,
    /// Query heads a thread.
    together: usize,
    /// Slots a step, for which sums are loaded, scaled and stored once.
    step: usize,
    slices: usize,
    workgroup: u32,
    /// Whether the one token comes as it was projected: its queries and its key are turned here, and its key and value put into
    /// the cache.
    fresh: bool,
}

/// What a thread lays into workgroup memory where several join their sums: these, and for each head a maximum and a total.
fn shared_bytes(together: usize, dim: usize) -> usize {
    together * (4 * dim + 8)
}

impl AttentionKernel {
    /// The kernel for `tokens` tokens, of which the keys and values are in the cache.
    pub(super) fn new(heads: HeadSpec, tokens: usize, adapter: Adapter) -> Self {
        let share = heads.heads / heads.kv_heads;
        let most = MOST_VECTORS / (heads.dim / 4);
        // Where a GPU is computed in software, loads cost most: as many heads as possible use each.
        let widest = (1..=share).rev().find(|n| share.is_multiple_of(*n) && *n <= most);
        let (together, step, slices, workgroup) = match (adapter, tokens) {
            (Adapter::Software | Adapter::Cpu(_), 1) => (widest.unwrap_or(1), 4, 4, 4),
            (Adapter::Software | Adapter::Cpu(_), _) => (widest.unwrap_or(1), 8, 1, 4),
            (Adapter::Hardware, 1) => (1, 4, 16, 32),
            (Adapter::Hardware, _) => (1, 4, 8, 32),
        };
        // Wide heads leave room for the sums of fewer threads.
        let threads = (SHARED_BYTES / shared_bytes(together, heads.dim)).max(1);
        let workgroup = match slices {
            1 => workgroup,
            _ => workgroup.min(1 << threads.ilog2()),
        };
        let slices = slices.min(workgroup as usize);
        Self {
            heads,
            together,
            step,
            slices,
            workgroup,
            fresh: false,
        }
    }

    /// The kernel for one token as it was projected.
    pub(super) fn fresh(heads: HeadSpec, adapter: Adapter) -> Self {
        Self {
            fresh: true,
            ..Self::new(heads, 1, adapter)
        }
    }

    /// Workgroups for `tokens` tokens.
    pub(super) fn groups(&self, tokens: usize) -> (u32, u32) {
        let units = tokens * self.heads.heads / self.together;
        groups_for(units.div_ceil(self.workgroup as usize / self.slices))
    }

    /// `line` for every head of a thread, with `@` for its number, and for every slot of a step, with `#`.
    fn each(&self, line: &str) -> String {
        let slots = if line.contains('#') { self.step } else { 1 };
        let mut code = String::new();
        for head in 0..self.together {
            for slot in 0..slots {
                let line = line
                    .replace('@', &head.to_string())
                    .replace('#', &slot.to_string());
                let _ = writeln!(code, "{line}");
            }
        }
        code
    }

    /// The code of a step: slots from `slot` on that are before `end`.
    fn step(&self) -> String {
        let slots = 0..self.step;
        let of_slots = |line: &str| -> String {
            slots
                .clone()
                .map(|slot| line.replace('#', &slot.to_string()) + "\n")
                .collect()
        };
        let list = |item: &str, glue: &str| -> String {
            let items: Vec<String> = slots
                .clone()
                .map(|slot| item.replace('#', &slot.to_string()))
                .collect();
            items.join(glue)
        };
        // A slot behind the end reads the first one's keys and gets no weight.
        let places = of_slots("let base# = (slot + select(0u, #u, slot + #u < end)) * KV4 + column;");
        let keys = of_slots("let key# = keys[base# + i];");
        let values = of_slots("let value# = values[base# + i];");
        let dots = self.each("var dot@_# = 0.0;");
        let add_dots = self.each("dot@_# += dot(queries[i * TOGETHER + @u], key#);");
        let scores = self.each("let score@_# = select(LEAST, dot@_#, slot + #u < end);");
        let top = list("score@_#", ", ");
        let top = top
            .split(", ")
            .fold("maximum@".to_owned(), |top, score| format!("max({top}, {score})"));
        let next = self.each(&format!(
            "let next@ = {top}; let keep@ = exp(maximum@ - next@); maximum@ = next@;"
        ));
        let weights = self.each("let weight@_# = exp(score@_# - next@);");
        let totals = self.each(&format!(
            "total@ = total@ * keep@ + {};",
            list("weight@_#", " + ")
        ));
        let sums = self.each(&format!(
            "sums[i * TOGETHER + @u] = sums[i * TOGETHER + @u] * keep@ + {};",
            list("value# * weight@_#", " + ")
        ));
        format!(
            "{places}{dots}
for (var i = 0u; i < D4; i++) {{ {keys}{add_dots} }}
{scores}{next}{weights}{totals}
for (var i = 0u; i < D4; i++) {{ {values}{sums} }}"
        )
    }

    /// What a fresh token needs: declarations, and the code that begins the sums with the token itself and puts it into the cache.
    fn own(&self) -> (String, String) {
        if !self.fresh {
            return Default::default();
        }
        let HeadSpec { heads, kv_heads, dim } = self.heads;
        let declarations = "@group(0) @binding(5) var<storage, read_write> turns: array<vec4<f32>>;
fn turned(pairs: vec4<f32>, turn: vec4<f32>) -> vec4<f32> {
    return vec4<f32>(
        pairs.x * turn.x - pairs.y * turn.y,
        pairs.x * turn.y + pairs.y * turn.x,
        pairs.z * turn.z - pairs.w * turn.w,
        pairs.z * turn.w + pairs.w * turn.z,
    );
}";
        // One of the threads that share a key head fills the cache; none reads that slot from it.
        let code = format!(
            "if (slice == 0u && token < tokens) {{
    let slot = plan[place + 1u];
    var own = 0.0;
    for (var s = 0u; s < count; s++) {{
        own += select(0.0, 1.0, plan[spans + s * 2u] <= slot && slot < plan[spans + s * 2u + 1u]);
    }}
    let fills = head % {share}u == 0u;
    let base = slot * KV4 + column;
    {zero}
    for (var i = 0u; i < D4; i++) {{
        let key = turned(q[{q4}u + column + i], turns[plan[1] * D4 + i]);
        let value = q[{q4}u + KV4 + column + i];
        if (fills) {{ keys[base + i] = key; values[base + i] = value; }}
        {add}
    }}
    if (own > 0.0) {{ {begin} }}
}}",
            share = heads / kv_heads,
            q4 = heads * dim / 4,
            zero = self.each("var dot_own@ = 0.0;"),
            add = self.each(
                "dot_own@ += dot(queries[i * TOGETHER + @u], key); sums[i * TOGETHER + @u] = value * own;"
            ),
            begin = self.each("maximum@ = dot_own@; total@ = own;"),
        );
        (declarations.into(), code)
    }

    /// What sums of several threads need: declarations, and the code that stores the result.
    fn finish(&self) -> (String, String) {
        let Self { together, slices, .. } = *self;
        if slices == 1 {
            let store = self.each("y[at + @u * D4 + i] = sums[i * TOGETHER + @u] / total@;");
            let code = format!("for (var i = 0u; i < D4 && token < tokens; i++) {{ {store} }}");
            return (String::new(), code);
        }
        let vectors = together * self.heads.dim / 4;
        let threads = self.workgroup as usize;
        let declarations = format!(
            "const VECTORS = {vectors}u;
var<workgroup> maxima: array<f32, {scalars}>;
var<workgroup> totals: array<f32, {scalars}>;
var<workgroup> parts: array<vec4<f32>, {parts}>;",
            scalars = together * threads,
            parts = vectors * threads,
        );
        let scalars =
            self.each("maxima[@u * THREADS + thread] = maximum@; totals[@u * THREADS + thread] = total@;");
        // A slice without slots has a total of 0 and a weight of exp(LEAST - top), which is 0.
        let code = format!(
            "{scalars}
for (var i = 0u; i < VECTORS; i++) {{ parts[thread * VECTORS + i] = sums[i]; }}
workgroupBarrier();
let first = thread - slice;
for (var i = slice; i < VECTORS && token < tokens; i += {slices}u) {{
    let head_of = i % TOGETHER;
    let row = head_of * THREADS + first;
    var top = maxima[row];
    for (var s = 1u; s < {slices}u; s++) {{ top = max(top, maxima[row + s]); }}
    var total = 0.0;
    var sum = vec4<f32>(0.0);
    for (var s = 0u; s < {slices}u; s++) {{
        let keep = exp(maxima[row + s] - top);
        total += totals[row + s] * keep;
        sum += parts[(first + s) * VECTORS + i] * keep;
    }}
    y[at + head_of * D4 + i / TOGETHER] = sum / total;
}}"
        );
        (declarations, code)
    }
}

impl Wgsl for AttentionKernel {
    fn workgroup(&self) -> u32 {
        self.workgroup
    }

    fn wgsl(&self) -> String {
        let HeadSpec { heads, kv_heads, dim } = self.heads;
        let Self {
            together,
            slices,
            workgroup,
            ..
        } = *self;
        let query = match self.fresh {
            true => "turned(q[at + @u * D4 + i], turns[plan[1] * D4 + i])",
            false => "q[at + @u * D4 + i]",
        };
        let load = self.each(&format!(
            "queries[i * TOGETHER + @u] = {query} * {:?}; sums[i * TOGETHER + @u] = vec4<f32>(0.0);",
            1.0 / (dim as f32).sqrt()
        ));
        let (declarations, finish) = self.finish();
        let (more, own) = self.own();
        format!(
            "@group(0) @binding(0) var<storage, read_write> q: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read_write> keys: array<vec4<f32>>;
@group(0) @binding(2) var<storage, read_write> values: array<vec4<f32>>;
@group(0) @binding(3) var<storage, read_write> plan: array<u32>;
@group(0) @binding(4) var<storage, read_write> y: array<vec4<f32>>;
{more}
const D4 = {d4}u;
const KV4 = {kv4}u;
const TOGETHER = {together}u;
const THREADS = {workgroup}u;
const LEAST = -3.0e38;
{declarations}
@compute @workgroup_size({workgroup})
fn main(
    @builtin(workgroup_id) group: vec3<u32>,
    @builtin(num_workgroups) groups: vec3<u32>,
    @builtin(local_invocation_index) thread: u32,
) {{
    let tokens = plan[0];
    let slice = thread % {slices}u;
    let unit = (group.y * groups.x + group.x) * {units}u + thread / {slices}u;
    let token = unit / {sets}u;
    let head = unit % {sets}u * TOGETHER;
    let place = 1u + min(token, tokens - 1u) * 4u;
    let slot_end = plan[place + 1u] + {seen}u;
    let spans = 1u + tokens * 4u + plan[place + 2u] * 2u;
    let count = select(0u, plan[place + 3u], token < tokens);
    let column = head / {share}u * D4;
    let at = (min(token, tokens - 1u) * {heads}u + head) * D4;
    var queries: array<vec4<f32>, {vectors}>;
    var sums: array<vec4<f32>, {vectors}>;
    for (var i = 0u; i < D4; i++) {{ {load} }}
    {scalars}
    {own}
    for (var s = 0u; s < count; s++) {{
        let end = min(plan[spans + s * 2u + 1u], slot_end);
        for (var slot = plan[spans + s * 2u] + slice * {step}u; slot < end; slot += {stride}u) {{
            {code}
        }}
    }}
    {finish}
}}",
            // A fresh token's own slot is not read from the cache.
            seen = u32::from(!self.fresh),
            d4 = dim / 4,
            kv4 = kv_heads * dim / 4,
            share = heads / kv_heads,
            sets = heads / together,
            units = workgroup as usize / slices,
            vectors = together * dim / 4,
            scalars = self.each("var maximum@ = LEAST; var total@ = 0.0;"),
            step = self.step,
            stride = self.step * slices,
            code = self.step(),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::Activations;

    #[test]
    fn what_threads_share_fits_every_device() {
        let adapters = [
            Adapter::Hardware,
            Adapter::Software,
            Adapter::Cpu(Activations::F32),
        ];
        for adapter in adapters {
            for dim in [4, 64, 128, 256, 512, 1024] {
                for (query_heads, kv_heads) in [(1, 1), (4, 1), (9, 3), (16, 8)] {
                    for tokens in [1, 7] {
                        let heads = HeadSpec {
                            heads: query_heads,
                            kv_heads,
                            dim,
                        };
                        let kernel = AttentionKernel::new(heads, tokens, adapter);
                        let threads = kernel.workgroup as usize;
                        assert!(threads.is_multiple_of(kernel.slices), "{kernel:?}");
                        let bytes = threads * shared_bytes(kernel.together, dim);
                        assert!(kernel.slices == 1 || bytes <= SHARED_BYTES, "{kernel:?}: {bytes}");
                    }
                }
            }
        }
    }
}
