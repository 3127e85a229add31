//! Bounds on what the template engine's own fuel does not see.
//!
//! Fuel pays for instructions and for data when it is made. A list that holds another list twice is cheap to make,
//! forty of them in each other are cheap too, and writing that out has no end. So whatever is printed, given to a
//! filter or given to a method is measured first.

use std::sync::Arc;

use minijinja::value::{Rest, ValueKind};
use minijinja::{Environment, Error as JinjaError, ErrorKind, State, Value, escape_formatter};
use minijinja_contrib::pycompat::unknown_method_callback;

/// Largest value that is printed or given to a filter, in bytes as counted by [`check`].
const MAX_VALUE: usize = 16 * 1024 * 1024;

/// What a value counts beside its text.
const NODE: usize = 16;

/// Filters for other purposes than a chat, which are left out.
const NOT_NEEDED: [&str; 6] = ["batch", "slice", "groupby", "zip", "pprint", "format"];

/// The engine's filters that templates may use.
const FILTERS: [&str; 42] = [
    "abs",
    "attr",
    "bool",
    "capitalize",
    "chain",
    "count",
    "d",
    "default",
    "dictsort",
    "e",
    "escape",
    "first",
    "float",
    "indent",
    "int",
    "items",
    "join",
    "last",
    "length",
    "lines",
    "list",
    "lower",
    "map",
    "max",
    "min",
    "reject",
    "rejectattr",
    "replace",
    "reverse",
    "round",
    "safe",
    "select",
    "selectattr",
    "sort",
    "split",
    "string",
    "sum",
    "title",
    "tojson",
    "trim",
    "unique",
    "upper",
];

/// Makes the environment measure what is printed and what filters and methods take.
pub(super) fn measure_values(env: &mut Environment<'static>) {
    let plain = Arc::new(env.clone());
    for name in NOT_NEEDED {
        env.remove_filter(name);
    }
    for name in FILTERS {
        let plain = Arc::clone(&plain);
        env.add_filter(name, move |args: Rest<Value>| {
            args.iter().try_for_each(check)?;
            plain.empty_state().apply_filter(name, &args)
        });
    }
    env.set_formatter(|out, state, value| {
        check(value)?;
        escape_formatter(out, state, value)
    });
    env.set_unknown_method_callback(|state: &mut State, value: &Value, method: &str, args: &[Value]| {
        check(value)?;
        args.iter().try_for_each(check)?;
        unknown_method_callback(state, value, method, args)
    });
}

/// Refuses a value that would be larger than [`MAX_VALUE`] when written out, counting what it holds as often as it
/// holds it. Gives up as soon as the bound is passed, so that a value which holds itself is refused too.
fn check(value: &Value) -> Result<(), JinjaError> {
    let mut size = 0usize;
    let mut waiting = vec![value.clone()];
    while let Some(value) = waiting.pop() {
        size = size.saturating_add(NODE + value.as_str().map_or(0, str::len));
        let parts = matches!(
            value.kind(),
            ValueKind::Seq | ValueKind::Map | ValueKind::Iterable
        );
        // Ranges and the like make their items as they go: each is counted before the next one is made.
        for part in parts
            .then(|| value.try_iter().ok())
            .flatten()
            .into_iter()
            .flatten()
        {
            if value.kind() == ValueKind::Map {
                waiting.extend(value.get_item(&part).ok());
            }
            waiting.push(part);
            if size.saturating_add(waiting.len() * NODE) > MAX_VALUE {
                return Err(too_large());
            }
        }
        if size > MAX_VALUE {
            return Err(too_large());
        }
    }
    Ok(())
}

fn too_large() -> JinjaError {
    JinjaError::new(
        ErrorKind::InvalidOperation,
        "the template makes a value of more than 16 MB",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_filter_is_one_of_the_engines() {
        let env = Environment::new();
        for name in FILTERS {
            let error = env.empty_state().apply_filter(name, &[Value::UNDEFINED]).err();
            assert!(
                error.is_none_or(|e| e.kind() != ErrorKind::UnknownFilter),
                "{name}"
            );
        }
    }

    #[test]
    fn counts_what_is_shared_as_often_as_it_is_held() {
        let mut value = Value::from(vec![1]);
        for _ in 0..10 {
            value = Value::from(vec![value.clone(), value]);
        }
        assert!(check(&value).is_ok());
        for _ in 0..30 {
            value = Value::from(vec![value.clone(), value]);
        }
        assert!(check(&value).is_err());
        let text = Value::from("x".repeat(1 << 20));
        assert!(check(&Value::from(vec![text.clone(); 10])).is_ok());
        assert!(check(&Value::from(vec![text; 20])).is_err());
    }
}
