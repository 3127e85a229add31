//! Tokenizers and chat templates that a file gets wrong.

use super::{ModelFile, open, refused, refused_somewhere};
use crate::engine::{Engine, PromptMode};
use crate::gguf::{Array, Value};

fn text(text: &str) -> Value {
    Value::Str(text.into())
}

impl ModelFile {
    fn value(&mut self, key: &str) -> &mut Value {
        self.keys.get_mut(&format!("tokenizer.ggml.{key}")).unwrap()
    }

    fn texts(&mut self, key: &str) -> &mut Vec<String> {
        match self.value(key) {
            Value::Array(Array::Str(texts)) => texts,
            other => panic!("{key} is {other:?}"),
        }
    }

    fn types(&mut self) -> &mut Vec<i32> {
        match self.value("token_type") {
            Value::Array(Array::I32(types)) => types,
            other => panic!("the types are {other:?}"),
        }
    }

    /// Where the first control token is.
    fn control(&mut self) -> usize {
        self.types().iter().position(|kind| *kind == 3).unwrap()
    }
}

#[test]
fn the_tokenizer_has_a_token_for_each_row_of_the_embedding() {
    let named = "the tokenizer has 307 tokens, the embedding 306";
    refused("model.tensor", named, |file| {
        file.tensor("token_embd.weight").shape[1] = 306;
        file.size("vocab_size", 306);
    });
    let named = "llama.vocab_size is 306, and token_embd.weight has a row for each of 307 tokens";
    refused("model.tensor", named, |file| file.size("vocab_size", 306));
    let named = "the tokenizer has 306 tokens, the embedding 307";
    refused("model.tensor", named, |file| {
        // The last token is what the last merge makes.
        file.texts("tokens").pop();
        file.texts("merges").pop();
        file.types().pop();
    });
}

#[test]
fn tokenizers_that_are_not_run_are_refused_by_name() {
    refused("model.unsupported", "the tokenizer \"t5\"", |file| {
        file.set("tokenizer.ggml.model", text("t5"));
    });
    refused("model.unsupported", "the pre-tokenizer \"tekken\"", |file| {
        file.set("tokenizer.ggml.pre", text("tekken"));
    });
    // Without a name it would have to be guessed.
    refused("model.unsupported", "the pre-tokenizer \"\"", |file| {
        file.keys.remove("tokenizer.ggml.pre");
    });
    for key in ["model", "tokens"] {
        let key = format!("tokenizer.ggml.{key}");
        refused("model.unsupported", &format!("missing key {key}"), |file| {
            file.keys.remove(&key);
        });
    }
    // Another kind of tokenizer needs what this file lacks.
    let named = "tokenizer.ggml.scores has 0 entries for 307 tokens";
    refused("gguf.invalid", named, |file| {
        file.set("tokenizer.ggml.model", text("llama"));
    });
    for key in [
        "tokens",
        "merges",
        "scores",
        "token_type",
        "eos_token_id",
        "add_bos_token",
        "add_space_prefix",
    ] {
        let key = format!("tokenizer.ggml.{key}");
        refused("model.unsupported", &format!("key {key} should be"), |file| {
            file.set(&key, Value::F32(1.0));
        });
    }
}

#[test]
fn vocabularies_that_contradict_themselves_are_refused() {
    type Change = fn(&mut ModelFile);
    let cases: [(&str, Change); 14] = [
        ("tokens has 0 tokens", |file| file.texts("tokens").clear()),
        ("is there a second time", |file| {
            let tokens = file.texts("tokens");
            tokens[7] = tokens[6].clone();
        }),
        ("token_type has 3 entries", |file| file.types().truncate(3)),
        ("token_type[5] is 9", |file| file.types()[5] = 9),
        ("control token of 0 bytes", |file| {
            let at = file.control();
            file.texts("tokens")[at].clear();
        }),
        ("control token of 300 bytes", |file| {
            let at = file.control();
            file.texts("tokens")[at] = "x".repeat(300);
        }),
        ("bos_token_id is 307", |file| id(file, "bos", 307)),
        ("eos_token_id is 4294967295", |file| id(file, "eos", u32::MAX)),
        ("eot_token_id is 307", |file| id(file, "eot", 307)),
        ("eom_token_id is 307", |file| id(file, "eom", 307)),
        ("no tokenizer.ggml.bos_token_id", |file| {
            file.keys.remove("tokenizer.ggml.bos_token_id");
            file.set("tokenizer.ggml.add_bos_token", Value::Bool(true));
        }),
        ("merges[1] \"ll\" is not a pair", |file| {
            file.texts("merges")[1] = "ll".into();
        }),
        ("merges[1] \"l l l\" is not a pair", |file| {
            file.texts("merges")[1] = "l l l".into();
        }),
        // Its halves are no tokens.
        ("tokenizer.ggml.merges:", |file| {
            file.texts("merges")[1] = "nobody knows".into();
        }),
    ];
    for (named, change) in cases {
        refused("gguf.invalid", named, change);
    }
}

fn id(file: &mut ModelFile, key: &str, id: u32) {
    file.set(&format!("tokenizer.ggml.{key}_token_id"), Value::U32(id));
}

#[test]
fn chat_templates_that_cannot_be_read_are_refused() {
    let with = |template: &str, named: &str| {
        refused("template.failed", named, |file| {
            file.set("tokenizer.chat_template", text(template));
        });
    };
    with("{% for message in messages %}", "syntax error");
    with("{{ messages[0] | no_such_filter }", "line 1");
    // Its header is longer than what is read of a file in one go.
    let mut long = ModelFile::tiny();
    long.set("tokenizer.chat_template", text(&" ".repeat(256 * 1024 + 1)));
    refused_somewhere(long.writer().write(), "template.failed", "it has 262145 bytes");
}

#[test]
fn chat_templates_that_fail_when_used_fail_then() {
    let with = |template: &str| -> Engine {
        let mut file = ModelFile::tiny();
        file.set("tokenizer.chat_template", text(template));
        open(file.writer().write()).0.unwrap()
    };
    let failure = |template: &str| {
        let error = with(template).ask(PromptMode::Auto, None, "Hello").unwrap_err();
        assert_eq!(error.code(), "template.failed", "{error}");
        error.to_string()
    };
    assert!(failure("{{ raise_exception('only on Sundays') }}").contains("only on Sundays"));
    assert!(failure("{{ messages | no_such_filter }}").contains("no_such_filter"));
    failure("{% for a in range(100000) %}{% for b in range(100000) %}x{% endfor %}{% endfor %}");
    // What it has nothing to do with still works.
    let engine = with("{{ raise_exception('only on Sundays') }}");
    assert!(engine.ask(PromptMode::Raw, None, "Hello").is_ok());
}
