//! Texts of a data set, such as those of which a model is to learn.

use serde::{Deserialize, Serialize};

use crate::text::Message;
use crate::{Error, Result};

/// Largest data set that is read, in bytes.
pub const MAX_BYTES: usize = 4 * 1024 * 1024;

/// An answer of a data set, or a text by itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, optional_fields))]
pub struct DataText {
    /// What was asked; nothing for a text by itself.
    #[serde(default)]
    pub prompt: Option<String>,
    /// The answer, or the text.
    #[serde(alias = "text", alias = "answer", alias = "completion")]
    pub response: String,
}

/// Reads a data set: a list in JSON, lines of JSON, or plain lines. A text in JSON is `{"prompt", "response"}`, a chat
/// `{"messages": [..]}` of one question and one answer, or a string; a plain line is a question and its answer with a tab
/// between, or a text by itself.
///
/// # Errors
/// [`Error::TextsInvalid`] with the number of the text (from 1) for one that cannot be read or is empty, for none at all, and for
/// more than [`MAX_BYTES`].
pub fn parse_texts(bytes: &[u8]) -> Result<Vec<DataText>> {
    if bytes.len() > MAX_BYTES {
        return invalid(format!(
            "they have {} bytes, and at most {MAX_BYTES} are read",
            bytes.len()
        ));
    }
    let Ok(text) = core::str::from_utf8(bytes) else {
        return invalid("they are no UTF-8 text".into());
    };
    // A tab at an end of the text is one between a question and an answer, of which one is missing.
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let texts = match list(text)? {
        Some(all) => numbered(all.into_iter(), of_json)?,
        None => {
            let lines = text.lines().filter(|line| !line.trim().is_empty());
            numbered(lines, |line| match line.trim_start().starts_with('{') {
                true => serde_json::from_str(line)
                    .map_err(|error| error.to_string())
                    .and_then(of_json),
                false => Ok(of_line(line)),
            })?
        }
    };
    check_texts(&texts)?;
    Ok(texts)
}

/// The texts of a list in JSON; none where the text is no such list. A line may well begin with a note in brackets.
fn list(text: &str) -> Result<Option<Vec<serde_json::Value>>> {
    let Some(inside) = text.trim_start().strip_prefix('[') else {
        return Ok(None);
    };
    match serde_json::from_str(text) {
        Ok(all) => Ok(Some(all)),
        Err(error) if inside.trim_start().starts_with(['"', '{']) => {
            invalid(format!("the list is no JSON of the right form: {error}"))
        }
        Err(_) => Ok(None),
    }
}

/// Refuses no texts, and empty ones.
///
/// # Errors
/// [`Error::TextsInvalid`].
pub fn check_texts(texts: &[DataText]) -> Result<()> {
    if texts.is_empty() {
        return invalid("there are none".into());
    }
    for (number, DataText { prompt, response }) in (1..).zip(texts) {
        if response.trim().is_empty() {
            return invalid(format!("text {number} is empty"));
        }
        if prompt.as_ref().is_some_and(|prompt| prompt.trim().is_empty()) {
            return invalid(format!("the question of text {number} is empty"));
        }
    }
    Ok(())
}

fn numbered<T>(
    all: impl Iterator<Item = T>,
    read: impl Fn(T) -> Result<DataText, String>,
) -> Result<Vec<DataText>> {
    let each = (1..).zip(all).map(|(number, one)| {
        read(one).map_err(|why| Error::TextsInvalid(format!("text {number} cannot be read: {why}")))
    });
    each.collect()
}

fn of_json(value: serde_json::Value) -> Result<DataText, String> {
    match value {
        serde_json::Value::String(response) => Ok(DataText {
            prompt: None,
            response,
        }),
        serde_json::Value::Object(fields) if fields.contains_key("messages") => {
            let messages = fields["messages"].clone();
            let chat: Vec<Message> = serde_json::from_value(messages).map_err(|error| error.to_string())?;
            match &chat[..] {
                [asked, answered] if asked.role == "user" && answered.role == "assistant" => Ok(DataText {
                    prompt: Some(asked.content.clone()),
                    response: answered.content.clone(),
                }),
                _ => Err("a chat must be one message of the user and one of the assistant".into()),
            }
        }
        other => serde_json::from_value(other).map_err(|error| error.to_string()),
    }
}

fn of_line(line: &str) -> DataText {
    match line.split_once('\t') {
        Some((prompt, response)) => DataText {
            prompt: Some(prompt.trim().into()),
            response: response.trim().into(),
        },
        None => DataText {
            prompt: None,
            response: line.trim().into(),
        },
    }
}

fn invalid<T>(why: String) -> Result<T> {
    Err(Error::TextsInvalid(why))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(prompt: Option<&str>, response: &str) -> DataText {
        DataText {
            prompt: prompt.map(Into::into),
            response: response.into(),
        }
    }

    #[test]
    fn every_form_is_read() {
        let wanted = vec![text(Some("How are you?"), "Well."), text(None, "A \"text\".")];
        for form in [
            "How are you?\tWell.\r\n\r\nA \"text\".\n",
            "\u{FEFF}{\"prompt\": \"How are you?\", \"response\": \"Well.\"}\n{\"text\": \"A \\\"text\\\".\"}",
            "[{\"prompt\": \"How are you?\", \"answer\": \"Well.\", \"label\": 1}, \"A \\\"text\\\".\"]",
            "[{\"messages\": [{\"role\": \"user\", \"content\": \"How are you?\"}, {\"role\": \"assistant\", \"content\": \"Well.\"}]},
             {\"completion\": \"A \\\"text\\\".\"}]",
        ] {
            assert_eq!(parse_texts(form.as_bytes()).unwrap(), wanted, "{form}");
        }
    }

    #[test]
    fn a_line_may_begin_with_a_bracket() {
        let found = parse_texts(b"[1] The first.\n[2] The second.\n").unwrap();
        assert_eq!(
            found,
            [text(None, "[1] The first."), text(None, "[2] The second.")]
        );
    }

    #[test]
    fn what_cannot_be_read_is_refused_with_its_number() {
        for (form, why) in [
            (&b" \n "[..], "there are none"),
            (b"[]", "there are none"),
            (b"[\"a\", \" \"]", "text 2 is empty"),
            (b"a\n\tb", "the question of text 2 is empty"),
            (b"a\nb\t", "text 2 is empty"),
            (b"{\"prompt\": \"a\"}", "text 1 cannot be read"),
            (b"a\n{\"response\": 3}", "text 2 cannot be read"),
            (
                b"[\"a\", {\"response\": \"b\", \"text\": \"c\"}]",
                "text 2 cannot be read",
            ),
            (
                b"[{\"messages\": [{\"role\": \"user\", \"content\": \"a\"}]}]",
                "one message of the user",
            ),
            (b"[\"a\",", "the list is no JSON"),
            (b"[1, 2]", "text 1 cannot be read"),
            (b"\xff\xfe", "no UTF-8"),
        ] {
            let error = parse_texts(form).unwrap_err();
            assert!(
                error.code() == "texts.invalid" && error.to_string().contains(why),
                "{error}"
            );
        }
        let large = vec![b'a'; MAX_BYTES + 1];
        assert!(parse_texts(&large).unwrap_err().to_string().contains("at most"));
    }
}
