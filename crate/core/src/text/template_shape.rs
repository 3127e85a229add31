//! How deep a template's source may nest.
//!
//! The engine parses, compiles and drops what it read by recursion, and most of it without a bound of its own:
//! `{{ ---…1 }}` or a long row of `elif` ends the program, not the parsing. So that is counted before. Measured
//! in a release build of the engine, a level takes 0.4 KB of stack for a sign, 2.8 KB for a bracket, 2.2 KB for a
//! block and 0.6 KB for an `elif`: everything at its bound at once takes about 270 KB, a quarter of the stack that
//! a browser gives. Templates in use reach some 60 signs, 6 brackets, 10 blocks and 20 branches.

use super::template_scan::{Kind, Tag};
use crate::error::{Error, Result};

/// Most signs and keywords in one tag that can put one expression into another.
const MAX_SIGNS: usize = 300;

/// Most brackets in each other.
const MAX_BRACKETS: usize = 16;

/// Most blocks in each other.
const MAX_BLOCKS: usize = 24;

/// Most `elif` and `else` of the blocks that are open at one place.
const MAX_BRANCHES: usize = 100;

/// Keywords that put one expression into another.
const NESTING: [&str; 8] = ["not", "and", "or", "if", "else", "is", "in", "elif"];

/// Statements that are closed by an `end…`; `set` is one only where it assigns nothing.
const BLOCKS: [&str; 8] = [
    "for",
    "if",
    "with",
    "filter",
    "macro",
    "call",
    "autoescape",
    "block",
];

/// Refuses a template that nests deeper than the engine can follow.
///
/// # Errors
/// [`Error::TemplateFailed`].
pub(super) fn check_shape(tags: &[Tag<'_>]) -> Result<()> {
    // For each open block, its branches.
    let mut open: Vec<usize> = Vec::new();
    let mut branches = 0;
    for tag in tags {
        check_tag(tag)?;
        match tag.statement_name() {
            Some("elif" | "else") => {
                if let Some(own) = open.last_mut() {
                    *own += 1;
                    branches += 1;
                }
            }
            Some(name) if name.starts_with("end") => branches -= open.pop().unwrap_or(0),
            Some("set") if tag.assignment().is_none() => open.push(0),
            Some(name) if BLOCKS.contains(&name) => open.push(0),
            _ => {}
        }
        if open.len() > MAX_BLOCKS {
            return Err(too_deep("blocks in each other", MAX_BLOCKS));
        }
        if branches > MAX_BRANCHES {
            return Err(too_deep("branches (elif) of one block", MAX_BRANCHES));
        }
    }
    Ok(())
}

/// The bounds of one tag.
fn check_tag(tag: &Tag<'_>) -> Result<()> {
    let mut signs = 0;
    let mut brackets = 0usize;
    for word in &tag.words {
        match word.kind {
            Kind::Text | Kind::Number => continue,
            Kind::Name(name) if !NESTING.contains(&name) => continue,
            Kind::Sign(",") => continue,
            Kind::Sign(")" | "]" | "}") => {
                // One that was not opened is for the parser to refuse, which says where it stands, and reads no further.
                brackets = brackets.saturating_sub(1);
                continue;
            }
            Kind::Sign("(" | "[" | "{") => brackets += 1,
            Kind::Name(_) | Kind::Sign(_) => {}
        }
        signs += 1;
        if brackets > MAX_BRACKETS {
            return Err(too_deep("brackets in each other", MAX_BRACKETS));
        }
        if signs > MAX_SIGNS {
            return Err(too_deep("operators in one tag", MAX_SIGNS));
        }
    }
    Ok(())
}

fn too_deep(what: &str, most: usize) -> Error {
    Error::TemplateFailed(format!(
        "it has more than {most} {what}, which no template of a chat needs; use another file of this model"
    ))
}
