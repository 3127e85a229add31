//! Files that are whole GGUFs and no model: the tiny one with one change each, opened as the page opens a file.

mod architectures;
mod size;
mod tensors;
mod text;

use crate::Result;
use crate::device::DeviceChoice;
use crate::engine::{Engine, OpenOptions};
use crate::gguf::writer::GgufWriter;
use crate::gguf::{Gguf, MemorySource, ReadAt, Value};
use crate::host::{Host, block_on};
use crate::model::Config;
use crate::prompt::TokenBatch;
use crate::quant::Format;
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

const TINY: &[u8] = include_bytes!("../../../../tests/reference/tiny/tiny.gguf");

/// A model file that can be changed.
struct ModelFile {
    keys: BTreeMap<String, Value>,
    tensors: Vec<Weights>,
}

struct Weights {
    name: String,
    shape: Vec<u64>,
    format: Format,
    data: Vec<u8>,
}

impl ModelFile {
    /// The tiny model: two blocks of width 256, four heads over two, 307 tokens.
    fn tiny() -> Self {
        Self::of(TINY)
    }

    fn of(bytes: &[u8]) -> Self {
        let source = MemorySource(bytes);
        let gguf = Gguf::read(&source).unwrap();
        let keys = gguf.metadata.iter();
        Self {
            keys: keys.map(|(key, value)| (key.into(), value.clone())).collect(),
            tensors: (gguf.tensors.iter())
                .map(|tensor| Weights {
                    name: tensor.name.clone(),
                    shape: tensor.shape.clone(),
                    format: tensor.format,
                    data: gguf.read_tensor(&source, tensor).unwrap(),
                })
                .collect(),
        }
    }

    fn set(&mut self, key: &str, value: Value) {
        self.keys.insert(key.into(), value);
    }

    /// Sets a size of the architecture.
    fn size(&mut self, key: &str, value: u32) {
        let Value::Str(architecture) = &self.keys["general.architecture"] else {
            panic!("the architecture is text");
        };
        self.set(&format!("{architecture}.{key}"), Value::U32(value));
    }

    fn tensor(&mut self, name: &str) -> &mut Weights {
        let mut tensors = self.tensors.iter_mut();
        tensors.find(|tensor| tensor.name == name).unwrap()
    }

    /// Replaces a tensor, or adds it, by one of zeros.
    fn zeros(&mut self, name: &str, shape: &[u64], format: Format) {
        self.tensors.retain(|tensor| tensor.name != name);
        let blocks = shape.iter().product::<u64>() as usize / format.block_len();
        self.tensors.push(Weights {
            name: name.into(),
            shape: shape.into(),
            format,
            data: vec![0; blocks * format.block_bytes()],
        });
    }

    fn writer(&self) -> GgufWriter {
        let keys = self.keys.iter();
        let writer = keys.fold(GgufWriter::new(), |writer, (key, value)| writer.key(key, value));
        self.tensors.iter().fold(writer, |writer, tensor| {
            writer.tensor(&tensor.name, &tensor.shape, tensor.format, &tensor.data)
        })
    }
}

/// A source that notes where it is read, and a host that notes whether it hears of progress.
struct Noting<T> {
    source: T,
    reads: RefCell<Vec<u64>>,
    heard: Cell<bool>,
}

impl<T: ReadAt> ReadAt for Noting<T> {
    fn len(&self) -> u64 {
        self.source.len()
    }

    fn read_at(&self, offset: u64, buf: &mut [u8]) -> Result<()> {
        self.reads.borrow_mut().push(offset);
        self.source.read_at(offset, buf)
    }
}

impl<T> Host for Noting<T> {
    fn progress(&self, _: &str, _: u64, _: u64) {
        self.heard.set(true);
    }
}

/// Opens these bytes on the CPU; says too whether anything but the header was read.
fn open(bytes: Vec<u8>) -> (Result<Engine>, bool) {
    open_on(DeviceChoice::Cpu, MemorySource(bytes))
}

fn open_on(device: DeviceChoice, source: impl ReadAt + 'static) -> (Result<Engine>, bool) {
    let noting = Rc::new(Noting {
        source,
        reads: RefCell::default(),
        heard: Cell::new(false),
    });
    let options = OpenOptions {
        device,
        ..OpenOptions::default()
    };
    let engine = block_on(Engine::open(noting.clone(), options, &*noting));
    // The header of the tiny model is read in one go, from the start.
    let more = noting.heard.get() || *noting.reads.borrow() != [0];
    (engine, more)
}

/// The file is refused with this code and a message that contains `named`, before any of its weights is read.
#[track_caller]
fn refused_bytes(bytes: Vec<u8>, code: &str, named: &str) {
    let read_weights = refused_somewhere(bytes, code, named);
    assert!(!read_weights, "{named}: weights were read first");
}

/// The file is refused; says whether some of its weights were read before.
#[track_caller]
fn refused_somewhere(bytes: Vec<u8>, code: &str, named: &str) -> bool {
    let (engine, read_weights) = open(bytes);
    let Err(error) = engine else {
        panic!("it opened: {named}");
    };
    assert_eq!(error.code(), code, "{named}: {error}");
    assert!(error.to_string().contains(named), "{named}: {error}");
    read_weights
}

/// The tiny model with this change is refused.
#[track_caller]
fn refused(code: &str, named: &str, change: impl FnOnce(&mut ModelFile)) {
    refused_of(TINY, code, named, change);
}

/// A model with this change is refused.
#[track_caller]
fn refused_of(bytes: &[u8], code: &str, named: &str, change: impl FnOnce(&mut ModelFile)) {
    let mut file = ModelFile::of(bytes);
    change(&mut file);
    refused_bytes(file.writer().write(), code, named);
}

#[test]
fn the_file_without_a_change_is_the_tiny_model() {
    let (engine, read_weights) = open(ModelFile::tiny().writer().write());
    let (mut engine, original) = (engine.unwrap(), open(TINY.to_vec()).0.unwrap());
    assert!(read_weights);
    let mut info = engine.info();
    info.bytes = TINY.len() as u64;
    assert_eq!(info, original.info());
    let batch = TokenBatch::sequence(&[1, 9, 30], 0);
    block_on(engine.model.forward(&batch, &super::Read::default())).unwrap();
}

#[test]
fn settings_that_are_not_implemented_are_refused_by_name() {
    let text = |text: &str| Value::Str(text.into());
    let named = "architecture is \"mamba\", and implemented are \"llama\", ";
    refused("model.unsupported", named, |file| {
        file.set("general.architecture", text("mamba"));
    });
    refused("model.unsupported", "llama.attention.causal is false", |file| {
        file.set("llama.attention.causal", Value::Bool(false));
    });
    refused("model.unsupported", "a mixture of 8 experts", |file| {
        file.size("expert_count", 8);
    });
    let mut plain = ModelFile::tiny();
    plain.set("llama.attention.causal", Value::Bool(true));
    plain.size("expert_count", 0);
    plain.size("vocab_size", 307);
    assert!(open(plain.writer().write()).0.is_ok());
    for kind in ["yarn", ""] {
        refused("model.unsupported", &format!("scaling {kind:?}"), |file| {
            file.set("llama.rope.scaling.type", text(kind));
        });
    }
    for key in ["llama.rope.scaling.factor", "llama.rope.scale_linear"] {
        for wrong in [-8.0, f32::NAN, f32::INFINITY] {
            refused("model.tensor", &format!("{key} is {wrong}"), |file| {
                file.set(key, Value::F32(wrong));
            });
        }
        for (kind, factor, stretch) in [
            (None, 8.0, 8.0),
            (Some("linear"), 2.5, 2.5),
            (Some("linear"), 0.0, 1.0),
            (Some("none"), 8.0, 1.0),
        ] {
            let mut file = ModelFile::tiny();
            file.set(key, Value::F32(factor));
            if let Some(kind) = kind {
                file.set("llama.rope.scaling.type", text(kind));
            }
            let gguf = Gguf::read(&MemorySource(file.writer().write())).unwrap();
            assert_eq!(
                Config::from_gguf(&gguf).unwrap().rope_stretch,
                stretch,
                "{key}, {kind:?}"
            );
        }
    }
    for (key, value, widths) in [
        ("attention.key_length", 128, "(128, 128, 64)"),
        ("attention.value_length", 32, "(64, 32, 64)"),
        ("rope.dimension_count", 32, "(64, 64, 32)"),
    ] {
        let named = format!("key, value and rotary widths differ {widths}");
        refused("model.unsupported", &named, |file| file.size(key, value));
    }
}

#[test]
fn sizes_are_from_one_to_what_is_sensible() {
    for (key, most) in [
        ("block_count", 1 << 10),
        ("embedding_length", 1 << 16),
        ("feed_forward_length", 1 << 18),
        ("attention.head_count", 1 << 10),
    ] {
        for value in [0, most + 1, u32::MAX] {
            let named = format!("llama.{key} is {value},");
            refused("model.tensor", &named, |file| file.size(key, value));
        }
        let key = format!("llama.{key}");
        refused("model.unsupported", &format!("missing key {key}"), |file| {
            file.keys.remove(&key);
        });
        refused("model.unsupported", &format!("key {key} should be"), |file| {
            file.set(&key, Value::U64(1 << 32));
        });
    }
}

#[test]
fn heads_divide_and_have_a_sensible_width() {
    for kv_heads in [0, 3, 8] {
        let named = format!("4 query heads do not divide over {kv_heads} key heads");
        refused("model.tensor", &named, |file| {
            file.size("attention.head_count_kv", kv_heads);
        });
    }
    // 2^16 x 2^16 and 4 x 2^30 are 0 in the 32 bits of WebAssembly.
    refused("model.tensor", "head_count is 65536,", |file| {
        file.size("attention.head_count", 1 << 16);
        file.size("attention.key_length", 1 << 16);
        file.size("rope.dimension_count", 1 << 16);
    });
    for (heads, dim) in [
        (4, 1 << 30),
        (4, u32::MAX - 3),
        (4, 1028),
        (1024, 1024),
        (4, 0),
        (4, 62),
    ] {
        refused(
            "model.tensor",
            &format!("{heads} heads of width {dim} "),
            |file| {
                file.size("attention.head_count", heads);
                file.size("attention.key_length", dim);
                file.size("rope.dimension_count", dim);
            },
        );
    }
    refused("model.tensor", "512 heads of width 0 ", |file| {
        file.size("attention.head_count", 512);
        file.keys.remove("llama.rope.dimension_count");
    });
}

#[test]
fn numbers_that_would_spoil_every_value_are_refused() {
    for epsilon in [0.0, -1e-5, 1.0, f32::NAN, f32::INFINITY] {
        refused("model.tensor", &format!("norm epsilon {epsilon} "), |file| {
            file.set("llama.attention.layer_norm_rms_epsilon", Value::F32(epsilon));
        });
    }
    for base in [0.0, 1.0, -10_000.0, f32::NAN, f32::INFINITY] {
        refused("model.tensor", &format!("rotary base {base} "), |file| {
            file.set("llama.rope.freq_base", Value::F32(base));
        });
    }
    let missing = "missing key llama.attention.layer_norm_rms_epsilon";
    refused("model.unsupported", missing, |file| {
        file.keys.remove("llama.attention.layer_norm_rms_epsilon");
    });
}

#[test]
fn weights_are_finite_numbers() {
    let check = |named: &str, name: &str, value: &[u8], at: usize| {
        let mut file = ModelFile::tiny();
        if name == "rope_freqs.weight" {
            file.zeros(name, &[32], Format::F32);
        }
        let tensor = file.tensor(name);
        let at = at * tensor.format.block_bytes();
        tensor.data[at..at + value.len()].copy_from_slice(value);
        let read_weights = refused_somewhere(file.writer().write(), "gguf.invalid", named);
        assert!(read_weights, "only the weights themselves can tell");
    };
    for value in [f32::NAN, f32::NEG_INFINITY] {
        for name in ["blk.1.ffn_norm.weight", "output_norm.weight", "rope_freqs.weight"] {
            check(&format!("{name} has {value} at 2"), name, &value.to_le_bytes(), 2);
        }
    }
    // The scale of the second block, as a half-precision NaN and infinity.
    for scale in [0x7e00u16, 0x7c00] {
        for name in ["token_embd.weight", "blk.0.attn_q.weight"] {
            let named = format!("block 1 of {name} has weights that are no finite numbers");
            check(&named, name, &scale.to_le_bytes(), 1);
        }
    }
}
