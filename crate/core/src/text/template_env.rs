//! The Jinja environment in which a model's chat template runs: as transformers sets it, within bounds.

use minijinja::syntax::SyntaxConfig;
use minijinja::{Environment, Error as JinjaError, ErrorKind, Value};

use super::template_bounds::{check, measure_values};
use super::template_hold::add_held_filter;

/// Work that a template may do. One unit is an instruction or 64 bytes made, so that this also bounds the memory
/// (32 MB); a chat of ordinary length takes some hundreds.
const FUEL: u64 = 500_000;

/// How deep macros may call each other: far below what a browser's one-megabyte stack holds.
const RECURSION: usize = 64;

/// Makes the environment.
///
/// White space around blocks is trimmed as transformers does, strings have Python's methods, nothing is escaped,
/// and other templates cannot be included.
pub(super) fn environment() -> Result<Environment<'static>, JinjaError> {
    let syntax = SyntaxConfig::builder()
        .trim_blocks(true)
        .lstrip_blocks(true)
        .build()?;
    let mut env = Environment::new();
    env.set_syntax(syntax);
    env.set_auto_escape_callback(|_| minijinja::AutoEscape::None);
    env.set_fuel(Some(FUEL));
    env.set_recursion_limit(RECURSION);
    measure_values(&mut env);
    add_held_filter(&mut env);
    // It writes out every variable, however large.
    env.remove_global("debug");
    env.add_function(
        "raise_exception",
        |message: Value| -> Result<String, JinjaError> {
            check(&message)?;
            Err(JinjaError::new(ErrorKind::InvalidOperation, message.to_string()))
        },
    );
    env.add_function("strftime_now", strftime_now);
    Ok(env)
}

/// The date as templates write it into their system turn: always 26 July 2024, noon.
///
/// A prompt that depends on the day would make a study unrepeatable; this is the day that Llama's own templates
/// fall back on where they find no clock.
fn strftime_now(format: &str) -> Result<String, JinjaError> {
    let mut text = String::with_capacity(format.len());
    let mut chars = format.chars();
    while let Some(c) = chars.next() {
        if c != '%' {
            text.push(c);
            continue;
        }
        let mut kind = chars.next();
        // Glibc's "no padding"; none of the fields here that have it is padded, save the month.
        let bare = kind == Some('-');
        if bare {
            kind = chars.next();
        }
        text.push_str(match kind {
            Some('d' | 'e') => "26",
            Some('m') => {
                if bare {
                    "7"
                } else {
                    "07"
                }
            }
            Some('b' | 'h') => "Jul",
            Some('B') => "July",
            Some('Y') => "2024",
            Some('y') => "24",
            Some('a') => "Fri",
            Some('A') => "Friday",
            Some('j') => "208",
            Some('H' | 'I') => "12",
            Some('M' | 'S') => {
                if bare {
                    "0"
                } else {
                    "00"
                }
            }
            Some('p') => "PM",
            Some('F') => "2024-07-26",
            Some('D') => "07/26/24",
            Some('T') => "12:00:00",
            Some('%') => "%",
            other => {
                let field = other.map(String::from).unwrap_or_default();
                return Err(JinjaError::new(
                    ErrorKind::InvalidOperation,
                    format!("strftime_now does not know %{field}"),
                ));
            }
        });
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_fixed() {
        assert_eq!(
            strftime_now("%d %b %Y, %A %-m %%").unwrap(),
            "26 Jul 2024, Friday 7 %"
        );
        assert!(strftime_now("%Q").is_err());
        assert!(strftime_now("%").is_err());
    }
}
