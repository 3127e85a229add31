//! Bounds on what the template engine's own fuel does not see.
//!
//! Fuel pays for instructions and for data when it is made. A list that holds another list twice is cheap to make,
//! forty of them in each other are cheap too, and writing that out has no end. So whatever is printed, given to a
//! filter or given to a method is measured first, and filters and methods are paid for what they are given.

use std::sync::Arc;

use minijinja::value::{Rest, ValueKind};
use minijinja::{Environment, Error as JinjaError, ErrorKind, State, Value, escape_formatter};
use minijinja_contrib::pycompat::unknown_method_callback;

/// Largest value that is printed or given to a filter, in bytes as counted by [`measure`].
///
/// All messages of the longest chat fit in; a method may make a list of each of its characters.
const MAX_VALUE: usize = 2 * 1024 * 1024;

/// What a value counts beside its text.
const NODE: usize = 64;

/// How many lists may be in each other: they are written, compared and dropped by recursion.
const MAX_DEPTH: usize = 32;

/// Longest text of a number without a width, in bytes: the largest float's.
const LONGEST_NUMBER: usize = 512;

/// What one unit of the engine's fuel pays for.
const BYTES_PER_FUEL: usize = 64;

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
        env.add_filter(name, move |state: &State, args: Rest<Value>| {
            // The filter runs with fuel of its own, so what it goes through is paid for here.
            for arg in args.iter() {
                charge(state, measure(arg)?)?;
            }
            plain.empty_state().apply_filter(name, &args)
        });
    }
    env.set_formatter(|out, state, value| {
        check(value)?;
        escape_formatter(out, state, value)
    });
    env.set_unknown_method_callback(|state: &mut State, value: &Value, method: &str, args: &[Value]| {
        for part in std::iter::once(value).chain(args) {
            charge(state, measure(part)?)?;
        }
        if let (Some(pattern), "format") = (value.as_str(), method) {
            charge(state, formatted_size(pattern, args)?)?;
        }
        unknown_method_callback(state, value, method, args)
    });
}

/// Refuses a value that would be larger than [`MAX_VALUE`] when written out.
pub(super) fn check(value: &Value) -> Result<(), JinjaError> {
    measure(value).map(|_| ())
}

/// The size of a value, counting what it holds as often as it holds it. Gives up as soon as the bound is passed, so
/// that a value which holds itself is refused too.
///
/// # Errors
/// For a value above [`MAX_VALUE`] or one that nests deeper than [`MAX_DEPTH`].
pub(super) fn measure(value: &Value) -> Result<usize, JinjaError> {
    let mut size = 0usize;
    let mut waiting = vec![(value.clone(), 0)];
    while let Some((value, depth)) = waiting.pop() {
        size = size.saturating_add(NODE + value.as_str().map_or(0, str::len));
        let parts = matches!(
            value.kind(),
            ValueKind::Seq | ValueKind::Map | ValueKind::Iterable
        );
        if parts && depth >= MAX_DEPTH {
            return Err(JinjaError::new(
                ErrorKind::InvalidOperation,
                "the template makes lists in each other that are too deep",
            ));
        }
        // Ranges and the like make their items as they go: each is counted before the next one is made.
        for part in parts
            .then(|| value.try_iter().ok())
            .flatten()
            .into_iter()
            .flatten()
        {
            if value.kind() == ValueKind::Map {
                waiting.extend(value.get_item(&part).ok().map(|part| (part, depth + 1)));
            }
            waiting.push((part, depth + 1));
            if size.saturating_add(waiting.len() * NODE) > MAX_VALUE {
                return Err(too_large());
            }
        }
        if size > MAX_VALUE {
            return Err(too_large());
        }
    }
    Ok(size)
}

/// How much `pattern.format(…)` may make at most, which the engine does not ask before it makes it: for each field
/// the largest argument, and what its numbers ask for as width or precision.
///
/// # Errors
/// For more than [`MAX_VALUE`].
fn formatted_size(pattern: &str, args: &[Value]) -> Result<usize, JinjaError> {
    let mut largest = LONGEST_NUMBER;
    for arg in args {
        largest = largest.max(measure(arg)?);
    }
    let mut size = pattern.len();
    for field in pattern.split('{').skip(1) {
        let field = field.split('}').next().unwrap_or(field);
        size = size.saturating_add(largest);
        for number in field
            .split(|c: char| !c.is_ascii_digit())
            .filter(|n| !n.is_empty())
        {
            size = size.saturating_add(number.parse().unwrap_or(usize::MAX));
        }
    }
    if size > MAX_VALUE {
        return Err(too_large());
    }
    Ok(size)
}

/// Takes the fuel for going through so many bytes.
pub(super) fn charge(state: &State, bytes: usize) -> Result<(), JinjaError> {
    state.consume_fuel(u64::try_from(bytes / BYTES_PER_FUEL).unwrap_or(u64::MAX))
}

fn too_large() -> JinjaError {
    JinjaError::new(
        ErrorKind::InvalidOperation,
        "the template makes a value of more than 2 MB",
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
        assert!(check(&Value::from(vec![text.clone()])).is_ok());
        assert!(check(&Value::from(vec![text; 2])).is_err());
    }

    #[test]
    fn counts_how_deep_lists_are_in_each_other() {
        let nested = |depth: usize| (1..depth).fold(Value::from(vec![1]), |v, _| Value::from(vec![v]));
        assert!(check(&nested(MAX_DEPTH)).is_ok());
        assert!(check(&nested(MAX_DEPTH + 1)).is_err());
    }

    #[test]
    fn counts_what_a_pattern_asks_for() {
        let size = |pattern: &str| formatted_size(pattern, &[Value::from("x".repeat(1000))]).ok();
        assert!(size("{} of {0:>20}").is_some_and(|n| (2000..4000).contains(&n)));
        for pattern in [
            "{:>999999999}",
            "{:.99999999999999999999f}",
            "{:{}}{:09999999}",
            &"{0}".repeat(3000),
        ] {
            assert_eq!(size(pattern), None);
        }
    }
}
