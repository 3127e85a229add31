//! A template's source cut into tags and their words, as the template engine's own lexer cuts it.
//!
//! The engine parses by recursion, so what it is given has to be looked at before. Where this reader and the
//! engine's could differ, this one finds more words rather than fewer; where the engine stops with an error, what
//! is found behind that place does not matter.

use std::ops::Range;

/// One `{{ … }}` or `{% … %}`; comments, raw blocks and the text between are left out.
#[derive(Debug)]
pub(super) struct Tag<'a> {
    /// Whether it is a statement, `{% … %}`.
    pub statement: bool,
    /// What is in it, without white space.
    pub words: Vec<Word<'a>>,
}

impl Tag<'_> {
    /// What kind of statement it is; `None` for `{{ … }}`.
    pub(super) fn statement_name(&self) -> Option<&str> {
        match self.words.first()?.kind {
            Kind::Name(name) if self.statement => Some(name),
            _ => None,
        }
    }

    /// Which word is the `=` outside all brackets.
    pub(super) fn assignment(&self) -> Option<usize> {
        let mut brackets = 0i64;
        self.words.iter().position(|word| {
            match word.kind {
                Kind::Sign("(" | "[" | "{") => brackets += 1,
                Kind::Sign(")" | "]" | "}") => brackets -= 1,
                _ => {}
            }
            brackets == 0 && word.kind == Kind::Sign("=")
        })
    }
}

/// A word of a tag and where it is.
#[derive(Debug)]
pub(super) struct Word<'a> {
    pub kind: Kind<'a>,
    pub place: Range<usize>,
}

/// The kinds of words that have to be told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind<'a> {
    /// A name or keyword.
    Name(&'a str),
    /// Text in quotes.
    Text,
    /// Digits.
    Number,
    /// An operator, bracket or anything else. So is a name that stands right behind digits: the engine may read
    /// `0xab` as a number, but `1or` as a number and an operator.
    Sign(&'a str),
}

/// All tags of a template.
pub(super) fn tags(source: &str) -> Vec<Tag<'_>> {
    Scanner {
        source,
        at: 0,
        open_brackets: 0,
    }
    .tags()
}

struct Scanner<'a> {
    source: &'a str,
    at: usize,
    /// Brackets opened less brackets closed. A tag ends only where this is nothing; as in the engine, what one tag
    /// leaves over counts in the next.
    open_brackets: i64,
}

impl<'a> Scanner<'a> {
    fn tags(mut self) -> Vec<Tag<'a>> {
        let mut tags = Vec::new();
        while let Some(skip) = self.rest().find('{') {
            self.at += skip;
            let control = |at: Option<&u8>| usize::from(matches!(at, Some(b'-' | b'+')));
            let inside = self.at + 2 + control(self.source.as_bytes().get(self.at + 2));
            let more = match self.source.as_bytes().get(self.at + 1) {
                Some(b'#') => self.skip_past(inside, "#}"),
                Some(b'%') => match end_of_bare(&self.source[inside..], "raw", false) {
                    Some(raw) => self.skip_raw(inside + raw),
                    None => {
                        self.at = inside;
                        tags.push(self.tag("%}"));
                        true
                    }
                },
                Some(b'{') => {
                    self.at = inside;
                    tags.push(self.tag("}}"));
                    true
                }
                _ => {
                    self.at += 1;
                    true
                }
            };
            if !more {
                break;
            }
        }
        tags
    }

    fn rest(&self) -> &'a str {
        &self.source[self.at..]
    }

    /// Goes behind the next `end`; false where there is none.
    fn skip_past(&mut self, from: usize, end: &str) -> bool {
        match self.source[from..].find(end) {
            Some(found) => {
                self.at = from + found + end.len();
                true
            }
            None => false,
        }
    }

    /// Goes behind the tag that ends a raw block.
    fn skip_raw(&mut self, from: usize) -> bool {
        self.at = from;
        while self.skip_past(self.at, "{%") {
            if let Some(end) = end_of_bare(self.rest(), "endraw", true) {
                self.at += end;
                return true;
            }
        }
        false
    }

    /// The words up to the end of a tag or of the source.
    fn tag(&mut self, end: &str) -> Tag<'a> {
        let mut words = Vec::new();
        loop {
            let rest = self.rest();
            let Some(first) = rest.bytes().next() else { break };
            if first.is_ascii_whitespace() {
                self.at += 1;
                continue;
            }
            let bare = rest.strip_prefix(['-', '+']).unwrap_or(rest);
            if self.open_brackets == 0 && bare.starts_with(end) {
                self.at += rest.len() - bare.len() + end.len();
                break;
            }
            let Some((kind, length)) = self.word(rest, first) else {
                self.at = self.source.len();
                break;
            };
            words.push(Word {
                kind,
                place: self.at..self.at + length,
            });
            self.at += length;
        }
        Tag {
            statement: end == "%}",
            words,
        }
    }

    /// The word at the beginning of `rest` and its length; `None` for a text in quotes that does not end.
    fn word(&mut self, rest: &'a str, first: u8) -> Option<(Kind<'a>, usize)> {
        let length = match first {
            b'"' | b'\'' => return Some((Kind::Text, quoted(rest, first)?)),
            b'A'..=b'Z' | b'a'..=b'z' | b'_' => {
                let length = rest
                    .find(|c: char| !c.is_ascii_alphanumeric() && c != '_')
                    .unwrap_or(rest.len());
                if !self.source[..self.at].ends_with(|c: char| c.is_ascii_digit()) {
                    return Some((Kind::Name(&rest[..length]), length));
                }
                length
            }
            b'0'..=b'9' => {
                let length = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
                return Some((Kind::Number, length));
            }
            b'(' | b'[' | b'{' => {
                self.open_brackets += 1;
                1
            }
            b')' | b']' | b'}' => {
                self.open_brackets -= 1;
                1
            }
            _ => match rest.get(..2) {
                Some("//" | "**" | "==" | "!=" | ">=" | "<=") => 2,
                _ => rest.chars().next().map_or(1, char::len_utf8),
            },
        };
        Some((Kind::Sign(&rest[..length]), length))
    }
}

/// The length of a text in quotes, both quotes included.
fn quoted(rest: &str, quote: u8) -> Option<usize> {
    let mut escaped = false;
    for (i, b) in rest.bytes().enumerate().skip(1) {
        match b {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            _ if b == quote => return Some(i + 1),
            _ => {}
        }
    }
    None
}

/// The length of the rest of a tag that holds nothing but `name`.
fn end_of_bare(rest: &str, name: &str, control_before: bool) -> Option<usize> {
    let mut inner = rest;
    if control_before {
        inner = inner.strip_prefix(['-', '+']).unwrap_or(inner);
    }
    inner = inner.trim_start_matches(|c: char| c.is_ascii_whitespace());
    inner = inner.strip_prefix(name)?;
    inner = inner.trim_start_matches(|c: char| c.is_ascii_whitespace());
    inner = inner.strip_prefix(['-', '+']).unwrap_or(inner);
    Some(rest.len() - inner.strip_prefix("%}")?.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every tag's words, each as it is spelled.
    fn spelled(source: &str) -> Vec<Vec<&str>> {
        tags(source)
            .iter()
            .map(|tag| tag.words.iter().map(|w| &source[w.place.clone()]).collect())
            .collect()
    }

    #[test]
    fn tags_and_their_words() {
        assert_eq!(
            spelled("a{%- set x = y|f('%}', \"}}\") -%}{b{{-x[1:]//2}}"),
            [
                vec!["set", "x", "=", "y", "|", "f", "(", "'%}'", ",", "\"}}\"", ")"],
                vec!["x", "[", "1", ":", "]", "//", "2"],
            ]
        );
        assert_eq!(
            spelled("{{ 'it\\'s' }}{{ {'a': {}} }}"),
            [vec!["'it\\'s'"], vec!["{", "'a'", ":", "{", "}", "}"],]
        );
        assert_eq!(spelled("{{ 11or 2 }}"), [["11", "or", "2"]]);
        assert_eq!(tags("{{ 11or 2 }}")[0].words[1].kind, Kind::Sign("or"));
    }

    #[test]
    fn comments_and_raw_blocks_are_no_code() {
        assert_eq!(
            spelled("{# {{ a }} #}{%- raw -%}{{ b }}{% end %}{%+ endraw +%}{{ c }}{#-#}{{ d }}"),
            [["c"], ["d"]]
        );
        assert_eq!(spelled("{% rawer %}{{ a }}"), [["rawer"], ["a"]]);
    }

    #[test]
    fn what_does_not_end_is_read_to_its_end() {
        assert_eq!(spelled("{{ a 'b"), [["a"]]);
        assert_eq!(spelled("{{ a {{ b"), [["a", "{", "{", "b"]]);
        assert!(spelled("{# {{ a }}").is_empty());
        assert!(spelled("{% raw %}{{ a }}").is_empty());
        assert!(spelled("{").is_empty() && spelled("{{").len() == 1);
    }

    #[test]
    fn the_assignment_of_a_set() {
        assert_eq!(tags("{% set (a, b) = f(x=1) %}")[0].assignment(), Some(6));
        assert_eq!(tags("{% set a | f(x=1) %}")[0].assignment(), None);
        assert_eq!(tags("{% set a %}")[0].statement_name(), Some("set"));
        assert_eq!(tags("{{ set }}")[0].statement_name(), None);
    }
}
