//! What a template may keep in a variable.
//!
//! The engine drops, compares and writes values by recursion. `{% set ns.a = [ns.a] %}` in a loop makes a list so
//! deep that dropping it ends the program, and fuel pays for each step as for any other. There is no hook for
//! that, so every `set` is rewritten to send its value through a filter, which refuses what is too deep. All other
//! ways to hand a value on (arguments, loops, `with`) end with their block, and blocks and brackets are counted.

use minijinja::value::ValueKind;
use minijinja::{Environment, Error as JinjaError, ErrorKind, State, Value};

use super::template_bounds::{charge, measure};
use super::template_scan::Tag;

/// The filter's name, which no template has.
const FILTER: &str = "traitscope_held";

/// The source with every value that is set sent through the filter. Its lines stay where they are.
pub(super) fn with_held_values(source: &str, tags: &[Tag<'_>]) -> String {
    let mut held = String::with_capacity(source.len() + 64 * tags.len());
    let mut done = 0;
    for tag in tags.iter().filter(|t| t.statement_name() == Some("set")) {
        let Some(end) = tag.words.last().map(|w| w.place.end) else {
            continue;
        };
        match tag.assignment() {
            // What is set is in the tag, and there is something.
            Some(at) if at + 1 < tag.words.len() => {
                let start = tag.words[at].place.end;
                // An attribute of a namespace outlives the block, so a namespace must not get into one.
                let into = tag.words[..at].iter().any(|w| &source[w.place.clone()] == ".");
                held.push_str(&source[done..start]);
                held.push_str(" (");
                held.push_str(&source[start..end]);
                held.push_str(&format!(")|{FILTER}({into})"));
                done = end;
            }
            Some(_) => {}
            // A block makes a text, which a filter may turn into something else.
            None if tag.words.iter().any(|w| &source[w.place.clone()] == "|") => {
                held.push_str(&source[done..end]);
                held.push_str(&format!("|{FILTER}(true)"));
                done = end;
            }
            None => {}
        }
    }
    held.push_str(&source[done..]);
    held
}

/// Adds the filter.
pub(super) fn add_held_filter(env: &mut Environment<'static>) {
    env.add_filter(FILTER, |state: &State, value: Value, into_namespace: bool| {
        let size = measure(&value)?;
        charge(state, size)?;
        Ok::<_, JinjaError>(settle(&value, into_namespace)?.unwrap_or(value))
    });
}

/// What is kept instead of a value; `None` where that is the value itself. Slices and sums of lists refer to what
/// they were made of, level upon level: they become lists, and so do lists that hold one.
fn settle(value: &Value, inside: bool) -> Result<Option<Value>, JinjaError> {
    let Some(object) = value.as_object() else {
        return Ok(None);
    };
    let type_name = object.type_name();
    if type_name.ends_with("::Namespace") && !inside {
        return Ok(None);
    }
    if ["::Namespace", "::Loop", "::Macro"]
        .iter()
        .any(|t| type_name.ends_with(t))
    {
        return Err(JinjaError::new(
            ErrorKind::InvalidOperation,
            "the template keeps a namespace, loop or macro inside another value",
        ));
    }
    let kind = value.kind();
    let lazy = kind == ValueKind::Iterable;
    if !lazy && kind != ValueKind::Seq && kind != ValueKind::Map {
        return Ok(None);
    }
    let mut keys = Vec::new();
    let mut parts = Vec::new();
    let mut changed = lazy;
    for mut part in value.try_iter()? {
        if kind == ValueKind::Map {
            let held = value.get_item(&part)?;
            let key = std::mem::replace(&mut part, held);
            // A key keeps what it is made of too.
            let settled = settle(&key, true)?;
            changed |= settled.is_some();
            keys.push(settled.unwrap_or(key));
        }
        let settled = settle(&part, true)?;
        changed |= settled.is_some();
        parts.push(settled.unwrap_or(part));
    }
    Ok(changed.then(|| match kind {
        ValueKind::Map => Value::from_pairs(keys.into_iter().zip(parts)),
        _ => Value::from(parts),
    }))
}

#[cfg(test)]
mod tests {
    use super::super::template_scan::tags;
    use super::*;

    #[test]
    fn what_is_set_goes_through_the_filter() {
        let held = |source: &str| with_held_values(source, &tags(source)).replace(FILTER, "held");
        assert_eq!(
            held("{%- set x = a.b -%}{{ x }}{% set ns.y=1, '=' %}\n"),
            "{%- set x = ( a.b)|held(false) -%}{{ x }}{% set ns.y= (1, '=')|held(true) %}\n"
        );
        assert_eq!(
            held("{% set x %}a{% endset %}{% set x | f(a=1) %}"),
            "{% set x %}a{% endset %}{% set x | f(a=1)|held(true) %}"
        );
        for same in [
            "{% set %}",
            "{% set x = %}",
            "{{ set }}",
            "{% raw %}{% set x = 1 %}{% endraw %}",
        ] {
            assert_eq!(held(same), same);
        }
    }
}
