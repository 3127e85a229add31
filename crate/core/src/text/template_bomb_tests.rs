//! Tests that a template which asks for endless work or memory ends soon and with an error.

use super::spec::tests::tiny;
use super::{ChatTemplate, Message, TokenizerSpec};

#[test]
fn bombs_end_early() {
    let nested = "{% for a in range(99999) %}{% for b in range(99999) %}{% for c in range(99999) %}x{% endfor %}\
                  {% endfor %}{% endfor %}";
    let doubling = format!(
        "{{% set x = 'aaaaaaaa' %}}{}{{{{ x }}}}",
        "{% set x = x ~ x %}".repeat(60)
    );
    let capture = format!(
        "{{% set x = 'aaaaaaaa' %}}{}",
        "{% set x %}{{ x }}{{ x }}{% endset %}".repeat(60)
    );
    let lists = |end: &str| format!("{{% set x = [1] %}}{}{end}", "{% set x = [x, x] %}".repeat(40));
    let often =
        |x: &str, each: &str| format!("{{% set x = {x} %}}{{% for i in range(99999) %}}{each}{{% endfor %}}");
    let replaced = format!(
        "{{% set x = 'a' * 1000 %}}{}",
        "{% set x = x.replace('a', 'aaaa') %}".repeat(40)
    );
    let deep = format!("{{{{ {}1{} }}}}", "(".repeat(20_000), ")".repeat(20_000));
    let sources: Vec<String> = vec![
        nested.to_owned(),
        "{{ 'x' * 10000000000 }}".to_owned(),
        "{{ ('x' * 99999999) | upper | length }}".into(),
        "{{ range(1000000000) | list }}".into(),
        "{% macro f() %}{{ f() }}{{ f() }}{% endmacro %}{{ f() }}".into(),
        "{{ range(10**12) | list }}".into(),
        "{{ 'x' | center(999999999) }}".into(),
        "{{ 'x'.center(999999999) }}{{ 'x'.ljust(999999999) }}".into(),
        "{{ 'x'.zfill(999999999) }}".into(),
        "{{ '{:>999999999}'.format(1) }}".into(),
        "{{ '{:0999999999d}'.format(1) }}".into(),
        "{{ '{:.999999999f}'.format(1) }}".into(),
        "{{ ('{:>9999}' * 9999).format(1) }}".into(),
        "{{ ('{0}' * 9999).format('x' * 99999) }}".into(),
        "{{ '%999999999d' % 1 }}".into(),
        "{{ ('x' * 99999).join(['y'] * 99999) }}".into(),
        "{{ (['y'] * 9999) | join('x' * 99999) }}".into(),
        "{{ ('x' * 9999999).split('') | length }}".into(),
        "{{ ('x' * 9999999) | list | length }}".into(),
        "{{ 'x' | indent(999999999, true) }}".into(),
        "{{ 'x' | replace('', 'y' * 9999999) }}".into(),
        "{{ [1, 2] | tojson(indent=999999999) }}".into(),
        "{% set ns = namespace(a='aaaaaaaa') %}{% for i in range(99) %}{% set ns.a = ns.a ~ ns.a %}{% endfor %}".into(),
        "{% set ns = namespace(a=[1]) %}{% for i in range(99) %}{% set ns.a = ns.a + ns.a %}{% endfor %}".into(),
        "{{ raise_exception([['x' * 99999] * 9999] * 9999) }}".into(),
        lists("{{ x ~ x }}"),
        lists("{{ x == x[0:] }}"),
        lists("{{ x in x }}"),
        lists("{{ {x: x} }}"),
        lists("{{ debug() }}"),
        often("'x' * 1000000", "{% if x | length %}{% endif %}"),
        often("'x' * 1000000", "{% if x.startswith(x) %}{% endif %}"),
        often("[1] * 10000", "{% if x | first %}{% endif %}"),
        "{{ '%999999999d' | format(1) }}".into(),
        doubling,
        capture,
        lists("{{ x }}"),
        lists("{{ x | tojson }}"),
        lists("{{ x | upper }}"),
        lists("{{ '{}'.format(x) }}"),
        "{% set ns = namespace() %}{% set ns.a = ns %}{{ ns }}".into(),
        "{% set ns = namespace() %}{% set ns.a = ns %}{{ ns | tojson }}".into(),
        replaced,
        deep,
    ];
    for source in sources {
        let spec = TokenizerSpec {
            chat_template: Some(format!("{source}{{{{ messages[0].content }}}}")),
            ..tiny()
        };
        let start = std::time::Instant::now();
        let result = ChatTemplate::from_spec(&spec)
            .and_then(|template| template.unwrap().render(&[Message::new("user", "x")], true));
        let shown: String = source.chars().take(60).collect();
        assert_eq!(
            result.map(|r| r.text.len()).map_err(|e| e.code()),
            Err("template.failed"),
            "{shown}"
        );
        assert!(
            start.elapsed().as_secs() < 5,
            "{shown} takes {:?}",
            start.elapsed()
        );
    }
    if std::env::var_os(ASK_PEAK).is_some() {
        let status = std::fs::read_to_string("/proc/self/status").unwrap();
        let peak = status.lines().find(|line| line.starts_with("VmHWM"));
        println!("{}", peak.unwrap());
    }
}

/// Set for a process that runs the bombs alone, to make it say how much memory it took.
const ASK_PEAK: &str = "TRAITSCOPE_TEST_PEAK";

#[cfg(target_os = "linux")]
#[test]
fn bombs_take_little_memory() {
    let output = std::process::Command::new(std::env::current_exe().unwrap())
        .args([
            "--exact",
            "text::template_bomb_tests::bombs_end_early",
            "--nocapture",
        ])
        .env(ASK_PEAK, "1")
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    let peak = text
        .lines()
        .find_map(|line| line.split_once("VmHWM:"))
        .and_then(|(_, size)| size.split_whitespace().next()?.parse::<u64>().ok())
        .unwrap();
    assert!(peak < 200_000, "{peak} kB");
}
