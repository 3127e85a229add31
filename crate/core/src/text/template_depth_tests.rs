//! Tests that no template of a stranger exhausts the stack: what would fail here would end the program.

use super::spec::tests::tiny;
use super::{ChatTemplate, Message, TokenizerSpec};

/// A quarter of the stack that a browser gives.
const SMALL: usize = 256 * 1024;

/// What comes of a template: the rendered text or the error's code and message.
type Outcome = Result<String, (&'static str, String)>;

/// Reads and runs templates, and the message after them, on a stack of so many bytes.
fn on_a_stack<S: AsRef<str>>(bytes: usize, sources: &[S]) -> Vec<Outcome> {
    let sources: Vec<String> = sources.iter().map(|s| s.as_ref().to_owned()).collect();
    let run = |source: String| {
        let spec = TokenizerSpec {
            chat_template: Some(source + "{{ messages[0].content }}"),
            ..tiny()
        };
        ChatTemplate::from_spec(&spec)
            .and_then(|template| template.unwrap().render(&[Message::new("user", "x")], true))
            .map(|rendered| rendered.text)
            .map_err(|e| (e.code(), e.to_string()))
    };
    std::thread::Builder::new()
        .stack_size(bytes)
        .spawn(move || sources.into_iter().map(run).collect())
        .unwrap()
        .join()
        .unwrap()
}

fn on_a_small_stack<S: AsRef<str>>(sources: &[S]) -> Vec<Outcome> {
    on_a_stack(SMALL, sources)
}

/// `first`, then `part` as often as asked, then `last`.
fn row(first: &str, part: &str, last: &str) -> impl Fn(usize) -> String {
    move |times| format!("{first}{}{last}", part.repeat(times))
}

/// `times` of `open`, then `core`, then `times` of `close`, in a tag that begins with `first`.
fn nested(first: &str, open: &str, core: &str, close: &str, last: &str) -> impl Fn(usize) -> String {
    move |times| format!("{first}{}{core}{}{last}", open.repeat(times), close.repeat(times))
}

/// What the engine follows by recursion, as a function of how deep.
fn shapes() -> Vec<Box<dyn Fn(usize) -> String>> {
    let mut shapes: Vec<Box<dyn Fn(usize) -> String>> = Vec::new();
    for part in ["-", "not ", "- not "] {
        shapes.push(Box::new(row("{{ ", part, "1 }}")));
    }
    for part in [
        "+1",
        "~1",
        "*1",
        "**1",
        " and 1",
        " or 1",
        "1or 1",
        " if 1 else 1",
        " if 1",
        " is defined",
        " is not defined",
        " is eq 1",
        "|string",
        "|default(1)",
        "[0]",
        "[0:]",
        ".a",
        ".0",
        "()",
        " in 1",
        " not in 1",
    ] {
        shapes.push(Box::new(row("{{ x", part, " }}")));
        shapes.push(Box::new(row("{% set y = x", part, " %}")));
        shapes.push(Box::new(row("{% if x", part, " %}{% endif %}")));
    }
    shapes.push(Box::new(row("{% set x", "|string", " %}{% endset %}")));
    shapes.push(Box::new(row("{% set x", ".x", " = 1 %}")));
    shapes.push(Box::new(row("{% filter string", "|string", " %}{% endfilter %}")));
    shapes.push(Box::new(row("{% if 1 %}", "{% elif 1 %}x", "{% endif %}")));
    for (open, close) in [
        ("(", ")"),
        ("[", "]"),
        ("{1:", "}"),
        ("x[", "]"),
        ("f(", ")"),
        ("f(a=", ")"),
        ("(1,", ")"),
        ("-(", ")"),
        ("1 if (", ")"),
        ("x|f(", ")"),
        ("x is f(", ")"),
    ] {
        shapes.push(Box::new(nested("{{ ", open, "1", close, " }}")));
    }
    shapes.push(Box::new(nested("{% set ", "(", "x", ")", " = 1 %}")));
    for (open, close) in [
        ("{% if 1 %}", "{% endif %}"),
        ("{% if 1 %}{% else %}", "{% endif %}"),
        ("{% for i in [1] %}", "{% endfor %}"),
        ("{% with x = 1 %}", "{% endwith %}"),
        ("{% set x %}", "{% endset %}"),
        ("{% macro f() %}", "{% endmacro %}"),
        ("{% call f() %}", "{% endcall %}"),
        ("{% filter string %}", "{% endfilter %}"),
        ("{% autoescape true %}", "{% endautoescape %}"),
    ] {
        shapes.push(Box::new(nested("", open, "x", close, "")));
    }
    shapes
}

#[test]
fn deep_sources_are_refused_before_they_are_parsed() {
    for shape in shapes() {
        let sources = [shape(400), shape(6_000)];
        for (source, result) in sources.iter().zip(on_a_small_stack(&sources)) {
            let shown: String = source.chars().take(60).collect();
            let (code, text) = result.unwrap_err();
            assert_eq!(code, "template.failed", "{shown}");
            assert!(text.contains("more than"), "{shown}: {text}");
        }
    }
}

#[test]
fn what_is_just_not_refused_fits_the_stack() {
    for shape in shapes() {
        let sources: Vec<String> = (1..=300).step_by(7).map(&shape).collect();
        // Whatever comes out, it comes out.
        on_a_small_stack(&sources);
    }
    // Every bound at once, which takes a little more than the small stack.
    let sources = [["[", "]"], ["f(", ")"], ["x[", "]"], ["-(", ")"]].map(|[open, close]| {
        let (open, close) = (open.repeat(14), close.repeat(14));
        let deepest = format!("{{{{ x{}+{open}1{close} }}}}", "+1".repeat(220));
        let branches = format!("{{% if 1 %}}{}{deepest}{{% endif %}}", "{% elif 1 %}".repeat(100));
        format!(
            "{}{branches}{}",
            "{% if 1 %}".repeat(22),
            "{% endif %}".repeat(22)
        )
    });
    for result in on_a_stack(2 * SMALL, &sources) {
        assert!(result.is_ok_and(|text| text == "x"));
    }
}

#[test]
fn recursion_at_run_time_ends_with_an_error() {
    let sources = [
        "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}",
        "{% macro f() %}{{ g() }}{% endmacro %}{% macro g() %}{{ f() }}{% endmacro %}{{ g() }}",
        "{% macro f() %}{% call f() %}{% endcall %}{{ caller() }}{% endmacro %}{% call f() %}{% endcall %}",
        "{% macro f(x) %}{{ f([[[[x]]]]) }}{% endmacro %}{{ f(1) }}",
        "{% macro f(x) %}{{ x == [[[[x]]]] }}{% for y in [1] %}{{ f([[[[x]]]]) }}{% endfor %}{% endmacro %}{{ f(1) }}",
        "{% for i in [1] recursive %}{{ loop([1]) }}{% endfor %}",
        "{% for i in [1] recursive %}{{ loop([[[[i]]]]) }}{% endfor %}",
        "{% macro f() %}{% for i in [1] recursive %}{{ f() }}{{ loop([1]) }}{% endfor %}{% endmacro %}{{ f() }}",
    ];
    for (source, result) in sources.iter().zip(on_a_small_stack(&sources)) {
        assert_eq!(result.unwrap_err().0, "template.failed", "{source}");
    }
}

/// Something that is done often enough to go as deep as the fuel lets it.
fn often(first: &str, each: &str) -> String {
    format!("{first}{{% for i in range(20000) %}}{each}{{% endfor %}}")
}

#[test]
fn values_do_not_nest_without_end() {
    let ns = "{% set ns = namespace(a=[1], b=[1]) %}";
    let mut sources: Vec<String> = [
        "{% set ns.a = [ns.a] %}",
        "{% set ns.a = (1, ns.a) %}",
        "{% set ns.a = ns.a, %}",
        "{% set ns.a = {'a': ns.a} %}",
        "{% set ns.a = dict(a=ns.a) %}",
        "{% set ns.a = [[ns.a] * 2] %}",
        "{% set ns.a = [ns.a[0:]] %}",
        "{% set ns.a = {'a': ns.a}.items() %}",
        "{% set x = [ns.a] %}{% set ns.a = x %}",
        "{% set x | default([ns.a], true) %}{% endset %}{% set ns.a = x %}",
        "{% set ns.a | default([ns.a], true) %}{% endset %}",
        "{% set ns.a = namespace(a=ns.a) %}",
        "{% set x = namespace(a=ns.a) %}{% set ns.a = x %}",
        "{% set x = namespace() %}{% set x.a = ns.a %}{% set ns.a = x %}",
        "{% set ns.a = loop %}",
        "{% set p = ns.a %}{% macro f() %}{{ p }}{% endmacro %}{% set ns.a = f %}",
        "{% set ns.a = [ns.a] %}{% set ns.b = [ns.b] %}{% if ns.a == ns.b %}{% endif %}",
    ]
    .iter()
    .map(|each| often(ns, each))
    .collect();
    sources.push(format!(
        "{{% set x = [1] %}}{}",
        "{% set x = [x] %}".repeat(9_000)
    ));
    sources.push(often(
        "{% set head = namespace() %}{% set tail = namespace(at=head) %}",
        "{% set t = tail.at %}{% set n = namespace() %}{% set t.next = n %}{% set tail.at = n %}",
    ));
    for (source, result) in sources.iter().zip(on_a_small_stack(&sources)) {
        let shown: String = source.chars().take(150).collect();
        assert_eq!(result.map_err(|e| e.0), Err("template.failed"), "{shown}");
    }
}

#[test]
fn slices_and_sums_of_lists_are_kept_as_lists() {
    let ns = "{% set ns = namespace(a=[1, 2, 3]) %}";
    let sources = [
        often(
            ns,
            "{% if loop.index < 2000 %}{% set ns.a = ns.a[0:] %}{% endif %}",
        ),
        often(
            ns,
            "{% if loop.index < 2000 %}{% set ns.a = ns.a * 1 %}{% endif %}",
        ),
        often(
            ns,
            "{% if loop.index < 2000 %}{% set ns.a = (ns.a + [1])[1:] %}{% endif %}",
        ),
        "{% set a, b = messages[0:], {'k': [1] + [2]} %}{{ a[0].role ~ b }}".into(),
    ];
    let texts: Vec<String> = on_a_small_stack(&sources)
        .into_iter()
        .map(Result::unwrap)
        .collect();
    assert_eq!(texts, ["x", "x", "x", "user{'k': [1, 2]}x"]);
}
