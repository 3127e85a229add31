//! SentencePiece's BPE on two small vocabularies, against SentencePiece itself (`tests/reference/text`).

use serde::Deserialize;

use super::{Rendered, Tokenizer, TokenizerSpec};

#[derive(Deserialize)]
struct Golden {
    plain: Vec<Plain>,
    runs: Vec<Run>,
    /// Begins a text with a space.
    space: Vocabulary,
    /// Does not, and has user-defined pieces.
    bare: Vocabulary,
}

#[derive(Deserialize)]
struct Plain {
    text: String,
}

#[derive(Deserialize)]
struct Run {
    unit: String,
    times: usize,
    end: String,
}

#[derive(Deserialize)]
struct Vocabulary {
    /// Spelling, score and number of the type.
    pieces: Vec<(String, f32, i32)>,
    /// Of each text.
    ids: Vec<Vec<u32>>,
}

fn golden() -> Golden {
    serde_json::from_str(include_str!("../../../../tests/reference/text/pieces.json")).unwrap()
}

fn spec(vocabulary: &Vocabulary, add_space_prefix: Option<bool>) -> TokenizerSpec {
    let pieces = vocabulary.pieces.iter();
    TokenizerSpec {
        model: "llama".into(),
        tokens: pieces.clone().map(|(text, ..)| text.clone()).collect(),
        scores: pieces.clone().map(|(_, score, _)| *score).collect(),
        token_types: pieces.map(|(.., kind)| *kind).collect(),
        bos: Some(1),
        eos: Some(2),
        add_space_prefix,
        ..TokenizerSpec::default()
    }
}

fn tokenizer(vocabulary: &Vocabulary, add_space_prefix: Option<bool>) -> Tokenizer {
    Tokenizer::new(spec(vocabulary, add_space_prefix)).unwrap()
}

/// A text that is all a person's.
fn text(text: &str) -> Rendered {
    Rendered {
        raw: false,
        ..Rendered::raw(text)
    }
}

fn pieces(tokenizer: &Tokenizer, ids: &[u32]) -> Vec<String> {
    ids.iter().map(|id| tokenizer.token(*id).unwrap()).collect()
}

#[test]
fn ids_are_sentence_pieces() {
    let golden = golden();
    let plain = golden.plain.into_iter().map(|plain| plain.text);
    let runs = (golden.runs.into_iter()).map(|run| run.unit.repeat(run.times) + &run.end);
    let texts: Vec<String> = plain.chain(runs).collect();
    for (vocabulary, prefix) in [(&golden.space, None), (&golden.bare, Some(false))] {
        let tokenizer = tokenizer(vocabulary, prefix);
        assert_eq!(vocabulary.ids.len(), texts.len());
        for (written, expected) in texts.iter().zip(&vocabulary.ids) {
            let ids = tokenizer.encode_rendered(&text(written)).unwrap();
            let shown: String = written.chars().take(80).collect();
            assert_eq!(&ids, expected, "{prefix:?}: {shown:?}");
            // All of it comes back, with the space that was put before it.
            let space = if prefix.is_none() && !written.is_empty() {
                " "
            } else {
                ""
            };
            assert_eq!(tokenizer.decode(&ids), format!("{space}{written}"));
            let mut stream = tokenizer.stream();
            let streamed: String = ids.iter().map(|id| stream.push(*id)).collect();
            assert_eq!(streamed + &stream.finish(), tokenizer.decode(&ids));
        }
    }
}

#[test]
fn what_is_typed_becomes_no_control_token_and_no_byte() {
    let golden = golden();
    let tokenizer = tokenizer(&golden.space, None);
    for typed in ["</s>", "<s>", "<unk>", "<0x41>"] {
        let ids = tokenizer.encode(typed).unwrap();
        assert!(ids.len() > 1, "{typed}: {ids:?}");
        assert_eq!(tokenizer.decode(&ids), typed);
    }
    // In a template they are, but for bytes.
    assert_eq!(tokenizer.encode_chat("</s>").unwrap(), [2]);
    assert!(tokenizer.encode_chat("<0x41>").unwrap().len() > 1);
    assert!(tokenizer.is_end(2) && !tokenizer.is_end(1));
}

#[test]
fn user_defined_pieces_are_found_before_anything_is_joined() {
    let golden = golden();
    let tokenizer = tokenizer(&golden.bare, Some(false));
    let found = pieces(&tokenizer, &tokenizer.encode("a<table>\n\n\n   b").unwrap());
    assert_eq!(found, ["a", "<table>", "\n\n", "\n", "   ", "b"]);
}

#[test]
fn a_space_is_put_before_a_text_and_nowhere_else() {
    let golden = golden();
    let with = tokenizer(&golden.space, Some(true));
    let without = tokenizer(&golden.space, Some(false));
    let (first, ids) = (with.encode_rendered(&text("person")).unwrap(), |text: &str| {
        with.encode(text).unwrap()
    });
    assert_eq!(first, ids(" person"));
    assert_ne!(first, ids("person"));
    assert_eq!(without.encode_rendered(&text("person")).unwrap(), ids("person"));
    // After a token of the template text goes on as it is.
    let chat = with.encode_chat("<s>person</s>person").unwrap();
    assert_eq!(chat, [&[1], &ids("person")[..], &[2], &ids("person")].concat());
    let chat = with.encode_chat("person</s>").unwrap();
    assert_eq!(chat, [&first[..], &[2]].concat());
    assert!(with.encode_rendered(&text("")).unwrap().is_empty());
    // Raw text begins with BOS, unless the file says otherwise.
    let raw = with.encode_rendered(&Rendered::raw("person")).unwrap();
    assert_eq!(raw, [&[1], &first[..]].concat());
}

#[test]
fn vocabularies_that_lack_something_are_refused() {
    type Change = fn(&mut TokenizerSpec);
    let cases: [(&str, &str, Change); 6] = [
        ("gguf.invalid", "scores has 0 entries for 700", |spec| {
            spec.scores.clear()
        }),
        ("gguf.invalid", "scores[5] is NaN", |spec| {
            spec.scores[5] = f32::NAN
        }),
        ("gguf.invalid", "no piece \"<0x41>\"", |spec| {
            let at = spec.tokens.iter().position(|piece| piece == "<0x41>").unwrap();
            spec.tokens[at] = "<0x4G>".into();
        }),
        ("gguf.invalid", "no piece \"<0xFF>\"", |spec| {
            let at = spec.tokens.iter().position(|piece| piece == "<0xFF>").unwrap();
            spec.token_types[at] = 1;
        }),
        ("gguf.invalid", "no piece \"<0x00>\"", |spec| {
            spec.token_types.clear()
        }),
        ("model.unsupported", "joins runs of spaces", |spec| {
            spec.remove_extra_whitespaces = Some(true);
        }),
    ];
    for (code, named, change) in cases {
        let mut spec = spec(&golden().space, None);
        change(&mut spec);
        let error = Tokenizer::new(spec).unwrap_err();
        assert_eq!(error.code(), code, "{error}");
        assert!(error.to_string().contains(named), "{error} lacks {named}");
    }
}

#[test]
fn unused_pieces_are_never_made() {
    let mut spec = spec(&golden().space, Some(false));
    let at = spec
        .tokens
        .iter()
        .position(|piece| piece == "\u{2581}the")
        .unwrap();
    let used = Tokenizer::new(spec.clone()).unwrap();
    assert_eq!(used.encode(" the").unwrap(), [at as u32]);
    spec.token_types[at] = 5;
    let unused = Tokenizer::new(spec).unwrap();
    let ids = unused.encode(" the").unwrap();
    assert!(ids.len() > 1 && !ids.contains(&(at as u32)), "{ids:?}");
    assert_eq!(unused.decode(&ids), " the");
}
