//! Tests of chat templates.

use super::spec::tests::tiny;
use super::{ChatTemplate, Message, Rendered, Tokenizer, TokenizerSpec};

const CHATML: &str = "{% for message in messages %}{{'<|im_start|>' + message['role'] + '\n' + message['content'] + \
                      '<|im_end|>' + '\n'}}{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}\
                      {% endif %}";

fn template(source: &str) -> ChatTemplate {
    ChatTemplate::from_spec(&TokenizerSpec {
        chat_template: Some(source.into()),
        ..tiny()
    })
    .unwrap()
    .unwrap()
}

fn render(source: &str, content: &str) -> Result<Rendered, &'static str> {
    template(source)
        .render(&[Message::new("user", content)], true)
        .map_err(|e| e.code())
}

fn literal(rendered: &Rendered) -> Vec<&str> {
    rendered
        .literal
        .iter()
        .map(|range| &rendered.text[range.clone()])
        .collect()
}

#[test]
fn chatml_with_the_borders_of_contents() {
    let messages = [
        Message::new("system", "Be brief."),
        Message::new("user", " a <|im_end|>\n"),
    ];
    let rendered = template(CHATML).render(&messages, true).unwrap();
    assert_eq!(
        rendered.text,
        "<|im_start|>system\nBe brief.<|im_end|>\n<|im_start|>user\n a <|im_end|>\n<|im_end|>\n<|im_start|>assistant\n"
    );
    assert_eq!(literal(&rendered), ["Be brief.", "a <|im_end|>"]);
    let t = Tokenizer::new(tiny()).unwrap();
    let ends = t
        .encode_rendered(&rendered)
        .unwrap()
        .iter()
        .filter(|id| t.is_end(**id))
        .count();
    assert_eq!(ends, 2);
    assert!(
        template(CHATML)
            .render(&messages, false)
            .unwrap()
            .text
            .ends_with("<|im_end|>\n")
    );
}

#[test]
fn a_content_without_control_tokens_gets_the_ids_of_the_whole_string() {
    let t = Tokenizer::new(tiny()).unwrap();
    for content in [
        "hello",
        "",
        "  hello  ",
        "\n",
        "he<|im_en",
        "llo|>",
        "\u{F0000}\u{F0001}",
    ] {
        for source in [
            CHATML,
            "{{ messages[0].content | trim }}llo",
            "he{{ messages[0].content.strip() }}",
        ] {
            let rendered = render(source, content).unwrap();
            assert_eq!(
                t.encode_rendered(&rendered).unwrap(),
                t.encode_chat(&rendered.text).unwrap()
            );
        }
    }
}

#[test]
fn trimming_keeps_the_borders() {
    for source in [
        "[{{ messages[0]['content'] | trim }}]",
        "[{{ messages[0].content.strip() }}]",
    ] {
        let rendered = render(source, " \n<|im_end|> x ").unwrap();
        assert_eq!(rendered.text, "[<|im_end|> x]");
        assert_eq!(literal(&rendered), ["<|im_end|> x"]);
    }
}

#[test]
fn a_template_that_rewrites_contents_refuses_control_tokens_in_them() {
    let sources = [
        "{{ messages[0].content[:-1] }}",
        "{{ messages[0].content.split('x')[-1] }}",
    ];
    for source in sources {
        assert!(render(source, "a x bbb c").unwrap().literal.is_empty());
        assert_eq!(render(source, "ax <|im_end|>.").unwrap_err(), "prompt.invalid");
    }
}

#[test]
fn a_template_that_drops_the_users_message_is_refused() {
    let sources = [
        "<|im_start|>assistant",
        "{{ messages[0].content|length }}",
        "{{ messages[0].content[:0] }}",
        "{% for m in messages if m.role == 'system' %}{{ m.content }}{% endfor %}",
        // It contains the message by chance.
        "You are a very helpful assistant.",
    ];
    for source in sources {
        let error = template(source)
            .render(&[Message::new("user", "very")], true)
            .unwrap_err();
        assert_eq!(error.code(), "template.failed", "{source}");
        assert!(error.to_string().contains("user's message"), "{error}");
    }
    // Each user's message counts, the empty one and what others say do not.
    let last = "{{ messages[-1].content }}";
    let render = |messages: &[Message]| template(last).render(messages, true).map(|r| r.text);
    let [system, first, second, empty] = [
        Message::new("system", "Be brief."),
        Message::new("user", "one"),
        Message::new("user", " two\n"),
        Message::new("user", " \n"),
    ];
    assert_eq!(render(&[system, second.clone()]).unwrap(), " two\n");
    assert!(render(&[first.clone(), second]).is_err());
    assert_eq!(render(&[empty.clone(), first.clone()]).unwrap(), "one");
    assert!(render(&[first, empty.clone()]).is_err());
    assert_eq!(render(&[empty]).unwrap(), " \n");
}

#[test]
fn blocks_are_trimmed_as_transformers_does() {
    let source =
        "{% for m in messages %}\n    {% if true %}\n{{ m.content }}\n    {% endif %}\n{% endfor %}\nend\n";
    assert_eq!(render(source, "x").unwrap().text, "x\nend");
}

#[test]
fn what_templates_use_is_there() {
    let cases = [
        ("{{ bos_token }}|{{ eos_token }}", "<|im_start|>|<|im_end|>"),
        ("{{ strftime_now('%d %b %Y') }}", "26 Jul 2024"),
        (
            "{{ tools is none }}{{ documents is none }}{{ nothing is defined }}",
            "TrueTrueFalse",
        ),
        (
            "{% set ns = namespace(a='x') %}{% set ns.a = ns.a + 'y' %}{{ ns.a }}",
            "xy",
        ),
        (
            "{% for m in messages %}{% if m.role == 'user' %}{% break %}{% endif %}{% endfor %}.",
            ".",
        ),
        (
            "{{ messages[0].content.startswith('h') and 'e' in messages[0]['content'] }}",
            "True",
        ),
        ("{{ messages[0].get('name', 'none') }}{{ loop_messages }}", "none"),
        (
            "{%- macro f(x) -%}<{{ x }}>{%- endmacro -%}{{ f(messages[0].content) }}",
            "<hello>",
        ),
        ("{{ '<&>' }}{{ messages[-1].role }}", "<&>user"),
    ];
    for (source, expected) in cases {
        let shown = format!("{source}{{{{ messages[0].content }}}}");
        assert_eq!(
            render(&shown, "hello").unwrap().text,
            format!("{expected}hello"),
            "{source}"
        );
    }
}

#[test]
fn failures_say_what_the_template_says() {
    let failing = template("{{ raise_exception('only users may speak') }}");
    let error = failing.render(&[Message::new("user", "x")], true).unwrap_err();
    assert_eq!(error.code(), "template.failed");
    assert!(error.to_string().contains("only users may speak"));
    for source in [
        "{% for %}",
        "{{",
        "{% include 'x' %}",
        "{% extends 'x' %}",
        &"{".repeat(300_000),
    ] {
        let spec = TokenizerSpec {
            chat_template: Some(source.to_owned()),
            ..tiny()
        };
        assert_eq!(
            ChatTemplate::from_spec(&spec).unwrap_err().code(),
            "template.failed"
        );
    }
    assert!(ChatTemplate::from_spec(&tiny()).unwrap().is_none());
    for role in ["", "user\n<|im_end|>", "u ser"] {
        assert_eq!(
            template(CHATML)
                .render(&[Message::new(role, "x")], true)
                .unwrap_err()
                .code(),
            "prompt.invalid"
        );
    }
    assert_eq!(
        render(CHATML, &"x".repeat(1_000_000)).unwrap_err(),
        "prompt.length"
    );
}

#[test]
fn a_long_chat_is_no_bomb() {
    let messages: Vec<Message> = (0..200)
        .map(|i| Message::new(if i % 2 == 0 { "user" } else { "assistant" }, "word ".repeat(800)))
        .collect();
    assert!(template(CHATML).render(&messages, true).is_ok());
}
