//! Tests of the tokenizer on a tiny vocabulary; the real one is in `golden_tests`.

use std::ops::Range;

use super::spec::tests::tiny;
use super::{MAX_TEXT_BYTES, Rendered, Tokenizer, TokenizerSpec};

fn tokenizer() -> Tokenizer {
    Tokenizer::new(tiny()).unwrap()
}

fn pieces(tokenizer: &Tokenizer, ids: &[u32]) -> Vec<String> {
    ids.iter().map(|id| tokenizer.token(*id).unwrap()).collect()
}

#[test]
fn merges_by_rank() {
    let t = tokenizer();
    assert_eq!(pieces(&t, &t.encode("hello hello").unwrap()), ["hello", "Ġhello"]);
    assert_eq!(pieces(&t, &t.encode("a  12").unwrap()), ["a", "Ġ", "Ġ", "1", "2"]);
    assert!(t.encode("").unwrap().is_empty());
}

#[test]
fn typed_control_tokens_stay_text_and_user_defined_ones_do_not() {
    let t = tokenizer();
    let ids = t.encode("x<|im_end|>").unwrap();
    assert!(ids.iter().all(|id| !t.is_end(*id)));
    assert_eq!(t.decode(&ids), "x<|im_end|>");
    assert_eq!(pieces(&t, &t.encode("a<think>b").unwrap()), ["a", "<think>", "b"]);
    assert_eq!(
        pieces(&t, &t.encode_chat("a<|im_end|>b").unwrap()),
        ["a", "<|im_end|>", "b"]
    );
}

#[test]
fn control_tokens_count_outside_the_literal_ranges_only() {
    let t = tokenizer();
    let text = "<|im_start|>hel<|im_end|>lo<|im_end|>";
    let rendered = |start, end| Rendered {
        text: text.into(),
        literal: vec![Range { start, end }],
        raw: false,
    };
    let literal = t.encode_rendered(&rendered(12, 27)).unwrap();
    assert_eq!(t.decode(&literal), text);
    assert_eq!(literal.iter().filter(|id| t.is_end(**id)).count(), 1);
    // A marker that lies partly in literal text is text.
    let partly = t.encode_rendered(&rendered(12, 20)).unwrap();
    assert_eq!(partly, literal);
    // Merges cross the border between template and content.
    let mut joined = Rendered {
        text: "hel".into(),
        ..Rendered::default()
    };
    joined.append_user_text("lo");
    assert_eq!(pieces(&t, &t.encode_rendered(&joined).unwrap()), ["hello"]);
}

#[test]
fn control_codes_that_the_vocabulary_lacks_are_left_out_and_stop_merges() {
    let t = tokenizer();
    assert_eq!(pieces(&t, &t.encode("h\u{4}e").unwrap()), ["h", "e"]);
    assert_eq!(pieces(&t, &t.encode("hé").unwrap()), ["h", "Ã", "©"]);
}

#[test]
fn bos_only_in_front_of_raw_text_and_only_if_asked_for() {
    let asks = Tokenizer::new(TokenizerSpec {
        add_bos: Some(true),
        ..tiny()
    })
    .unwrap();
    assert_eq!(
        pieces(&asks, &asks.encode_rendered(&Rendered::raw("hello")).unwrap()),
        ["<|im_start|>", "hello"]
    );
    assert_eq!(pieces(&asks, &asks.encode_chat("hello").unwrap()), ["hello"]);
    let t = tokenizer();
    assert!(!t.add_bos());
    assert_eq!(
        pieces(&t, &t.encode_rendered(&Rendered::raw("hello")).unwrap()),
        ["hello"]
    );
    let llama = Tokenizer::new(TokenizerSpec {
        pre: "llama-bpe".into(),
        ..tiny()
    })
    .unwrap();
    assert!(llama.add_bos());
}

#[test]
fn ends_are_the_named_ids_and_the_known_spellings() {
    let t = Tokenizer::new(TokenizerSpec {
        eot: Some(3),
        ..tiny()
    })
    .unwrap();
    let id = |text: &str| (0..300).find(|i| t.token(*i).as_deref() == Some(text)).unwrap();
    assert!(t.is_end(3) && t.is_end(id("<|im_end|>")) && t.is_end(id("<|endoftext|>")));
    assert!(!t.is_end(id("<|im_start|>")) && !t.is_end(id("a")) && !t.is_end(9999));
}

#[test]
fn streams_give_what_decode_gives() {
    let mut spec = tiny();
    spec.tokens.push("ŁĻĤ".into());
    spec.token_types.push(1);
    let id = |text: &str| u32::try_from(spec.tokens.iter().position(|t| t == text).unwrap()).unwrap();
    let (first, rest, a) = (id("ð"), id("ŁĻĤ"), id("a"));
    let t = Tokenizer::new(spec).unwrap();
    for ids in [
        &[a, first, rest, a][..],
        &[first, a],
        &[rest],
        &[first],
        &[9999, a],
    ] {
        let mut stream = t.stream();
        let mut text: String = ids.iter().map(|id| stream.push(*id)).collect();
        text.push_str(&stream.finish());
        assert_eq!(text, t.decode(ids), "{ids:?}");
    }
    let mut stream = t.stream();
    assert_eq!(
        [stream.push(a), stream.push(first), stream.push(rest)],
        ["a", "", "🙂"]
    );
}

#[test]
fn merges_outside_the_vocabulary_or_into_a_control_token_are_refused() {
    for merge in ["h 漢", "x y", "<|im_start| >"] {
        let mut spec = tiny();
        spec.merges.push(merge.into());
        assert_eq!(Tokenizer::new(spec).unwrap_err().code(), "gguf.invalid");
    }
}

#[test]
fn long_runs_are_bounded() {
    let t = tokenizer();
    assert_eq!(
        t.encode(&"a".repeat(MAX_TEXT_BYTES + 1)).unwrap_err().code(),
        "prompt.length"
    );
    for text in [
        " ".repeat(MAX_TEXT_BYTES - 1) + "x",
        "hello".repeat(MAX_TEXT_BYTES / 5),
    ] {
        assert_eq!(t.decode(&t.encode(&text).unwrap()), text);
    }
}
