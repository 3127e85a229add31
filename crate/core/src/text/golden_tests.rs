//! The real vocabulary: ids by llama.cpp (`tests/reference/text`) and the default chat of SmolLM2.

use std::path::PathBuf;

use serde::Deserialize;
use serde_json::Value;

use super::{ChatTemplate, Message, Rendered, Tokenizer, TokenizerSpec};
use crate::gguf::{FileSource, Gguf};

const GOLDEN: &str = include_str!("../../../../tests/reference/text/tokens.json");
const FORWARDS: &str = include_str!("../../../../tests/reference/smollm2/smollm2.json");

#[derive(Deserialize)]
struct Golden {
    plain: Vec<Plain>,
    runs: Vec<Run>,
    chats: Vec<Chat>,
}

type Ids = std::collections::HashMap<String, Vec<u32>>;

#[derive(Deserialize)]
struct Plain {
    text: String,
    ids: Ids,
}

#[derive(Deserialize)]
struct Run {
    unit: String,
    times: usize,
    end: String,
    ids: Ids,
}

#[derive(Deserialize)]
struct Chat {
    content: String,
    text: String,
    ids: Vec<u32>,
}

/// The tokenizer part of the default model.
fn spec() -> TokenizerSpec {
    let path = std::env::var_os("TRAITSCOPE_MODEL")
        .map(PathBuf::from)
        .unwrap_or_else(|| {
            let cache = std::env::var_os("XDG_CACHE_HOME").map(PathBuf::from);
            let home = || PathBuf::from(std::env::var_os("HOME").unwrap_or_default()).join(".cache");
            cache
                .unwrap_or_else(home)
                .join("traitscope/models/SmolLM2-135M-Instruct.Q4_1.gguf")
        });
    let source = FileSource::open(&path).unwrap_or_else(|e| {
        panic!(
            "the default model is needed, run ./build.sh models ({}: {e})",
            path.display()
        )
    });
    TokenizerSpec::from_gguf(&Gguf::read(&source).unwrap().metadata).unwrap()
}

fn golden() -> Golden {
    serde_json::from_str(GOLDEN).unwrap()
}

fn user(content: &str) -> Vec<Message> {
    vec![Message::new("user", content)]
}

#[test]
fn ids_are_llama_cpps_under_every_pre_tokenizer() {
    let golden = golden();
    let long: Vec<Plain> = (golden.runs.into_iter())
        .map(|run| Plain {
            text: run.unit.repeat(run.times) + &run.end,
            ids: run.ids,
        })
        .collect();
    let base = spec();
    for pre in ["smollm", "gpt-2", "qwen2", "llama-bpe"] {
        let tokenizer = Tokenizer::new(TokenizerSpec {
            pre: pre.into(),
            ..base.clone()
        })
        .unwrap();
        for case in golden.plain.iter().chain(&long) {
            let ids = tokenizer.encode(&case.text).unwrap();
            let shown: String = case.text.chars().take(80).collect();
            assert_eq!(ids, case.ids[pre], "{pre}: {shown:?}");
        }
    }
}

#[test]
fn prompts_of_the_models_reference_have_the_ids_of_transformers() {
    #[derive(Deserialize)]
    struct Forwards {
        items: std::collections::BTreeMap<String, Prompt>,
    }
    #[derive(Deserialize)]
    struct Prompt {
        text: String,
        ids: Vec<u32>,
    }
    let forwards: Forwards = serde_json::from_str(FORWARDS).unwrap();
    let tokenizer = Tokenizer::new(spec()).unwrap();
    for (name, prompt) in &forwards.items {
        assert_eq!(tokenizer.encode_chat(&prompt.text).unwrap(), prompt.ids, "{name}");
    }
    assert_eq!(forwards.items["long"].ids.len(), 629);
}

#[test]
fn decoding_gives_the_text_back() {
    let tokenizer = Tokenizer::new(spec()).unwrap();
    // This vocabulary lacks six control characters and the characters of planes 4 to 11.
    let lost = |c: char| {
        matches!(
            u32::from(c),
            4 | 6 | 0x13 | 0x14 | 0x16 | 0x1D | 0x4_0000..0xC_0000
        )
    };
    for case in golden().plain.iter().filter(|case| !case.text.contains(lost)) {
        let ids = &case.ids["smollm"];
        assert_eq!(tokenizer.decode(ids), case.text);
        let mut stream = tokenizer.stream();
        let parts: String = ids.iter().map(|id| stream.push(*id)).collect();
        assert_eq!(parts + &stream.finish(), case.text);
    }
}

#[test]
fn chats_are_rendered_and_tokenised_as_the_reference_does() {
    let spec = spec();
    let template = ChatTemplate::from_spec(&spec).unwrap().unwrap();
    let tokenizer = Tokenizer::new(spec).unwrap();
    for chat in golden().chats {
        let rendered = template.render(&user(&chat.content), true).unwrap();
        assert_eq!(rendered.text, chat.text);
        assert_eq!(
            tokenizer.encode_rendered(&rendered).unwrap(),
            chat.ids,
            "{:?}",
            chat.content
        );
    }
}

#[test]
fn an_option_is_tokenised_together_with_its_prompt() {
    let spec = spec();
    let template = ChatTemplate::from_spec(&spec).unwrap().unwrap();
    let tokenizer = Tokenizer::new(spec).unwrap();
    let mut rendered = template
        .render(&user("What is the capital of France?"), true)
        .unwrap();
    let prompt = tokenizer.encode_rendered(&rendered).unwrap();
    rendered.append_user_text("Paris.<|im_end|>");
    let whole = tokenizer.encode_rendered(&rendered).unwrap();
    assert_eq!(&whole[..prompt.len()], prompt);
    assert_eq!(tokenizer.decode(&whole[prompt.len()..]), "Paris.<|im_end|>");
    assert!(!whole[prompt.len()..].iter().any(|id| tokenizer.is_end(*id)));
}

#[test]
fn the_file_says_what_is_known_of_it() {
    let tokenizer = Tokenizer::new(spec()).unwrap();
    assert_eq!(tokenizer.vocab_size(), 49152);
    assert_eq!(
        (tokenizer.bos(), tokenizer.eos(), tokenizer.add_bos()),
        (Some(1), Some(2), false)
    );
    assert!(tokenizer.is_end(0) && tokenizer.is_end(2) && !tokenizer.is_end(1));
    assert_eq!(tokenizer.token(7042).as_deref(), Some("ĠParis"));
    assert_eq!(tokenizer.token(49152), None);
    let raw = tokenizer
        .encode_rendered(&Rendered::raw("The capital of France is"))
        .unwrap();
    assert_eq!(raw, [504, 3575, 282, 4649, 314]);
}

#[test]
fn golden_file_is_whole() {
    let value: Value = serde_json::from_str(GOLDEN).unwrap();
    assert!(value["plain"].as_array().unwrap().len() > 40);
    assert!(value["made_with"].as_str().unwrap().contains("llama.cpp"));
}
