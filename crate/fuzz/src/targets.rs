//! The readers: each takes what a stranger may give it, and does with it what the program would.

use traitscope::gguf::{Gguf, MemorySource};
use traitscope::items::{GateSet, Instrument};
use traitscope::model::Config;
use traitscope::steer::{TraitArtefact, files};
use traitscope::study::parse_texts;
use traitscope::study::plan::{StudyFile, StudyResult};
use traitscope::text::{ChatTemplate, Message, Tokenizer, TokenizerSpec};

/// A reader, with the name of the folder of its corpus.
pub struct Target {
    /// That name.
    pub name: &'static str,
    /// Reads a file of that name; whether it was taken. A refusal is as good, but a reader that refuses all is not tried.
    pub read: fn(bytes: &[u8], file_name: &str) -> bool,
}

/// All of them.
pub const ALL: [Target; 7] = [
    Target {
        name: "gguf",
        read: model_file,
    },
    Target {
        name: "tokenizer",
        read: tokenizer,
    },
    Target {
        name: "template",
        read: template,
    },
    Target {
        name: "items",
        read: items,
    },
    Target {
        name: "studies",
        read: studies,
    },
    Target {
        name: "directions",
        read: directions,
    },
    Target {
        name: "texts",
        read: texts,
    },
];

/// Texts that a tokenizer is asked for: scripts, spaces, what looks like a control token, bytes that are no letters.
const TEXTS: [&str; 5] = [
    "Hello, how are you?",
    "  a\tb\r\n\u{a0}\u{3000}c  ",
    "Grüße, 你好, नमस्ते, 👩‍👩‍👧 e\u{301}",
    "<|im_start|>user <s></s> <0x0A>",
    "\u{0}\u{feff}\u{202e}",
];

/// The header, what the configuration makes of it, and the data of its tensors.
fn model_file(bytes: &[u8], _: &str) -> bool {
    let source = MemorySource(bytes);
    let Ok(gguf) = Gguf::read(&source) else {
        return false;
    };
    drop(Config::from_gguf(&gguf));
    for tensor in &gguf.tensors {
        drop(gguf.read_tensor(&source, tensor));
    }
    true
}

/// The tokenizer of a model file, at work.
fn tokenizer(bytes: &[u8], _: &str) -> bool {
    let Ok(gguf) = Gguf::read(&MemorySource(bytes)) else {
        return false;
    };
    drop(ChatTemplate::from_gguf(&gguf.metadata));
    let Ok(tokenizer) = Tokenizer::from_gguf(&gguf.metadata) else {
        return false;
    };
    for text in TEXTS {
        for ids in [tokenizer.encode(text), tokenizer.encode_chat(text)]
            .into_iter()
            .flatten()
        {
            let _ = tokenizer.decode(&ids);
            let mut stream = tokenizer.stream();
            for id in ids {
                stream.push(id);
            }
            let _ = stream.finish();
        }
    }
    let _ = tokenizer.decode(&[0, 1, u32::MAX, tokenizer.vocab_size() as u32]);
    true
}

/// A chat template with a chat.
fn template(bytes: &[u8], _: &str) -> bool {
    let Ok(source) = std::str::from_utf8(bytes) else {
        return false;
    };
    let spec = TokenizerSpec {
        model: "gpt2".into(),
        tokens: ["<s>", "<|im_end|>"].map(String::from).into(),
        bos: Some(0),
        eos: Some(1),
        chat_template: Some(source.to_owned()),
        ..TokenizerSpec::default()
    };
    let Ok(Some(template)) = ChatTemplate::from_spec(&spec) else {
        return false;
    };
    let chat = [
        Message::new("system", "You are kind."),
        Message::new("user", "Which letter? <|im_end|>"),
        Message::new("assistant", "B"),
        Message::new("user", " Why? "),
    ];
    for messages in [&chat[..], &chat[1..2]] {
        for cue in [true, false] {
            drop(template.render(messages, cue));
        }
    }
    true
}

/// Items and statements in all forms, and factual questions.
fn items(bytes: &[u8], file_name: &str) -> bool {
    let read = Instrument::read(bytes, file_name);
    if let Ok(Instrument::Items { bank }) = &read {
        let _ = bank.traits();
        for item in &bank.items {
            let _ = (item.text(false), item.text(true), item.options());
        }
        let _ = bank.halves();
    }
    read.is_ok() | GateSet::from_json(bytes).is_ok()
}

/// Studies with their settings, and results, whose figures are made again.
fn studies(bytes: &[u8], _: &str) -> bool {
    let study = StudyFile::from_json(bytes);
    if let Ok(study) = &study {
        let _ = (study.to_ask(), study.gate_requests(None));
    }
    study.is_ok() | StudyResult::from_json(bytes).is_ok()
}

fn directions(bytes: &[u8], file_name: &str) -> bool {
    let Ok(found) = files::read(bytes, file_name) else {
        return false;
    };
    // What was read can be written, and is read again.
    for vectors in &found {
        drop(files::control_vector::write(vectors));
    }
    drop(files::tensors::write(&found, files::tensors::Precision::F32));
    true
}

/// Texts to read along a direction, and the texts of a trait.
fn texts(bytes: &[u8], _: &str) -> bool {
    parse_texts(bytes).is_ok() | TraitArtefact::from_json(bytes).is_ok()
}
