//! Sums along the rows of a matrix in WGSL, as [`super::edit`] and [`super::project`] take them.

use super::Adapter;

/// Values a thread adds up before it adds them to its sum, so that rounding grows with neither count alone.
const BLOCK: u32 = 16;

/// Threads of a workgroup: `slices` threads share a row and join their sums at a barrier; with one there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Sliced {
    /// Rows a workgroup.
    pub rows: u32,
    slices: u32,
}

impl Sliced {
    /// As suits the adapter.
    pub fn new(adapter: Adapter) -> Self {
        let (rows, slices) = match adapter {
            Adapter::Hardware => (1, 64),
            Adapter::Software | Adapter::Cpu(_) => (4, 1),
        };
        Self { rows, slices }
    }

    /// Threads of a workgroup.
    pub fn count(self) -> u32 {
        self.rows * self.slices
    }

    /// The constants `ROWS` and `SLICES`, and what [`Self::sum`] needs outside of `main`; `kind` is the type of the
    /// sum.
    pub fn declarations(self, kind: &str) -> String {
        let Self { rows, slices } = self;
        let parts = match slices {
            1 => String::new(),
            _ => format!("var<workgroup> parts: array<{kind}, {}>;", self.count()),
        };
        format!("const ROWS = {rows}u;\nconst SLICES = {slices}u;\n{parts}")
    }

    /// Declares `slice`, this thread's place among those of its row, and `sum`, that of `terms` over `i` below `WIDTH`.
    /// Terms have `v`, which is `x[base + i]`; `thread` is the place in the workgroup.
    pub fn sum(self, kind: &str, terms: &str) -> String {
        let join = match self.slices {
            1 => String::new(),
            _ => format!(
                "parts[thread] = sum;
    workgroupBarrier();
    sum = {kind}();
    for (var s = thread - slice; s < thread - slice + SLICES; s++) {{ sum += parts[s]; }}"
            ),
        };
        format!(
            "let slice = thread % SLICES;
    var sum = {kind}();
    for (var start = slice; start < WIDTH; start += {stride}u) {{
        let end = min(start + {stride}u, WIDTH);
        var block = {kind}();
        for (var i = start; i < end; i += SLICES) {{ let v = x[base + i]; block += {terms}; }}
        sum += block;
    }}
    {join}",
            stride = BLOCK * self.slices,
        )
    }
}
