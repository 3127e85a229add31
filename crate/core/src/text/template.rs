//! The model's own chat template: messages to one text.
//!
//! What a person typed must not become a control token. So the template is run twice, once as it is and once with
//! two private-use characters around each message's content: where both give the same text but for those
//! characters, their places are the borders of the content. A template that rewrites contents (other than by
//! trimming them) gives something else; then a content that spells a control token is refused, and all others are
//! as harmless as they are in the plain rendering.

use std::ops::Range;

use minijinja::{Environment, Value, context};
use serde::{Deserialize, Serialize};

use super::rendered::Rendered;
use super::spec::{TokenType, TokenizerSpec};
use super::special::Specials;
use super::template_env::environment;
use super::template_hold::with_held_values;
use super::template_scan::tags;
use super::template_shape::check_shape;
use super::tokenizer::MAX_TEXT_BYTES;
use crate::error::{Error, Result};

/// Longest template source that is read, in bytes; the longest in use have some ten thousand.
const MAX_SOURCE_BYTES: usize = 256 * 1024;

/// One turn of a chat.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Message {
    /// Who speaks: `system`, `user` or `assistant`.
    pub role: String,
    /// What they say.
    pub content: String,
}

impl Message {
    /// A turn.
    pub fn new(role: impl Into<String>, content: impl Into<String>) -> Self {
        Self {
            role: role.into(),
            content: content.into(),
        }
    }
}

/// A chat template from a model file.
#[derive(Debug, Clone)]
pub struct ChatTemplate {
    env: Environment<'static>,
    source: String,
    bos: String,
    eos: String,
    control: Specials,
}

impl ChatTemplate {
    /// The template of a model; `None` for a base model, which has none.
    ///
    /// # Errors
    /// [`Error::TemplateFailed`] for a template that does not parse, nests too deep or is longer than 256 KiB.
    pub fn from_spec(spec: &TokenizerSpec) -> Result<Option<Self>> {
        let Some(source) = &spec.chat_template else {
            return Ok(None);
        };
        if source.len() > MAX_SOURCE_BYTES {
            return Err(Error::TemplateFailed(format!("it has {} bytes", source.len())));
        }
        let tags = tags(source);
        check_shape(&tags)?;
        let spelled = |id: Option<u32>| id.and_then(|id| spec.text(id)).unwrap_or_default().to_owned();
        let control = spec
            .entries()
            .filter(|(.., t)| *t == TokenType::Control)
            .map(|(text, id, _)| (text, id));
        let template = Self {
            env: environment().map_err(failed)?,
            source: with_held_values(source, &tags),
            bos: spelled(spec.bos),
            eos: spelled(spec.eos),
            control: Specials::new(control),
        };
        template.env.template_from_str(&template.source).map_err(failed)?;
        Ok(Some(template))
    }

    /// Renders a chat, with the cue that makes the model answer if `add_generation_prompt`.
    ///
    /// # Errors
    /// [`Error::TemplateFailed`] if the template fails, refuses the messages (its own words are in the error), leaves
    /// a user's message out or does not end in bounded time and memory; [`Error::PromptInvalid`] for a role that is no plain word, or for
    /// a content that spells a control token under a template that rewrites contents; [`Error::PromptLength`] for
    /// messages of more than [`MAX_TEXT_BYTES`] together.
    pub fn render(&self, messages: &[Message], add_generation_prompt: bool) -> Result<Rendered> {
        for message in messages {
            let plain = message
                .role
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-');
            if !plain || message.role.is_empty() {
                return Err(Error::PromptInvalid(format!(
                    "{:?} is no role of a chat",
                    message.role
                )));
            }
        }
        let length: usize = messages.iter().map(|m| m.content.len()).sum();
        if length > MAX_TEXT_BYTES {
            return Err(Error::PromptLength(format!(
                "{length} bytes of messages; at most {MAX_TEXT_BYTES}"
            )));
        }
        let text = self.run(messages, add_generation_prompt)?;
        let marks = Marks::unused(&self.source, messages)?;
        let marked: Vec<Message> = messages
            .iter()
            .map(|m| Message::new(&m.role, marks.around(&m.content)))
            .collect();
        let literal = match self
            .run(&marked, add_generation_prompt)
            .ok()
            .and_then(|t| marks.take_out(&t))
        {
            Some((unmarked, literal)) if unmarked == text => {
                refuse_dropped(messages, literal.iter().map(|range| &text[range.clone()]))?;
                literal
            }
            _ => {
                self.refuse_control_tokens(messages)?;
                refuse_dropped(messages, std::iter::once(text.as_str()))?;
                Vec::new()
            }
        };
        Ok(Rendered {
            text,
            literal,
            raw: false,
        })
    }

    /// Runs the template once.
    fn run(&self, messages: &[Message], add_generation_prompt: bool) -> Result<String> {
        let template = self.env.template_from_str(&self.source).map_err(failed)?;
        let messages: Vec<Value> = (messages.iter())
            .map(|m| Value::from_pairs([("role", m.role.as_str()), ("content", m.content.as_str())]))
            .collect();
        template
            .render(context! {
                messages => messages,
                add_generation_prompt => add_generation_prompt,
                bos_token => self.bos.as_str(),
                eos_token => self.eos.as_str(),
                tools => (),
                documents => (),
            })
            .map_err(failed)
    }

    /// For templates that rewrite contents, so that their borders are unknown.
    fn refuse_control_tokens(&self, messages: &[Message]) -> Result<()> {
        match messages.iter().find_map(|m| self.control.first_in(&m.content)) {
            None => Ok(()),
            Some(token) => Err(Error::PromptInvalid(format!(
                "a message contains {token:?}, which steers this model, and the model's chat template changes \
                 messages so that it cannot be kept apart; take it out"
            ))),
        }
    }
}

/// Refuses a chat that lacks what a user said: an answer to it would be an answer to nothing. The longest word
/// stands for the message, because templates may trim what they are given or cut some of it. `shown` is where
/// contents stand in the chat.
fn refuse_dropped<'a>(messages: &[Message], shown: impl Iterator<Item = &'a str> + Clone) -> Result<()> {
    let dropped = messages.iter().filter(|m| m.role == "user").any(|message| {
        let longest = message.content.split_whitespace().max_by_key(|word| word.len());
        longest.is_some_and(|word| !shown.clone().any(|part| part.contains(word)))
    });
    if dropped {
        return Err(Error::TemplateFailed(
            "it leaves the user's message out of the chat, so that the model would never see it; use the raw \
             mode or another file of this model"
                .into(),
        ));
    }
    Ok(())
}

/// The template's failure in one line, with the line of the template.
fn failed(error: minijinja::Error) -> Error {
    let detail = error
        .detail()
        .map_or_else(|| error.kind().to_string(), |d| format!("{} ({d})", error.kind()));
    let place = error
        .line()
        .map_or_else(String::new, |line| format!(", line {line}"));
    Error::TemplateFailed(format!("{detail}{place}"))
}

/// Two characters that occur nowhere else, to find contents again.
#[derive(Debug, Clone, Copy)]
struct Marks {
    open: char,
    close: char,
}

impl Marks {
    /// Two private-use characters that neither the template nor any content has.
    fn unused(source: &str, messages: &[Message]) -> Result<Self> {
        let taken: std::collections::HashSet<char> = std::iter::once(source)
            .chain(messages.iter().map(|m| m.content.as_str()))
            .flat_map(str::chars)
            .filter(|c| u32::from(*c) >= 0xF_0000)
            .collect();
        let mut free = ('\u{F0000}'..='\u{FFFFD}')
            .chain('\u{100000}'..='\u{10FFFD}')
            .filter(|c| !taken.contains(c));
        match (free.next(), free.next()) {
            (Some(open), Some(close)) => Ok(Self { open, close }),
            _ => Err(Error::PromptInvalid("it uses every private-use character".into())),
        }
    }

    /// The content between the marks. White space at its ends stays outside, because templates may trim it and
    /// none of it can be part of a control token; a content of white space alone is left as it is.
    fn around(self, content: &str) -> String {
        let core = content.trim();
        if core.is_empty() {
            return content.to_owned();
        }
        let (before, rest) = content.split_at(content.len() - content.trim_start().len());
        format!("{before}{}{core}{}{}", self.open, self.close, &rest[core.len()..])
    }

    /// The text without the marks, and the ranges between them; `None` where they do not pair up.
    fn take_out(self, text: &str) -> Option<(String, Vec<Range<usize>>)> {
        let mut plain = String::with_capacity(text.len());
        let mut ranges = Vec::new();
        let mut open = None;
        for c in text.chars() {
            if c == self.open {
                if open.replace(plain.len()).is_some() {
                    return None;
                }
            } else if c == self.close {
                ranges.push(open.take()?..plain.len());
            } else {
                plain.push(c);
            }
        }
        open.is_none().then_some((plain, ranges))
    }
}
