//! Decoding one token at a time.

use super::tokenizer::Tokenizer;

/// Turns tokens into text as they come, never giving out half a character.
///
/// A token of a byte-level vocabulary may hold only a part of a character's UTF-8 bytes; these wait until the
/// rest has come. The concatenation of everything given out equals [`Tokenizer::decode`] of all the ids.
#[derive(Debug, Clone)]
pub struct DecodeStream<'a> {
    tokenizer: &'a Tokenizer,
    pending: Vec<u8>,
}

impl<'a> DecodeStream<'a> {
    /// A stream at the beginning of a text.
    pub(super) fn new(tokenizer: &'a Tokenizer) -> Self {
        Self {
            tokenizer,
            pending: Vec::new(),
        }
    }

    /// Takes the next token and gives the text that is complete with it, which may be empty.
    pub fn push(&mut self, id: u32) -> String {
        self.tokenizer.append_bytes(id, &mut self.pending);
        let whole = whole_prefix(&self.pending);
        let text = String::from_utf8_lossy(&self.pending[..whole]).into_owned();
        self.pending.drain(..whole);
        text
    }

    /// Ends the text: a character that was never completed comes out as U+FFFD.
    pub fn finish(self) -> String {
        String::from_utf8_lossy(&self.pending).into_owned()
    }
}

/// Length of the longest prefix that does not end inside a character that could still be completed.
fn whole_prefix(bytes: &[u8]) -> usize {
    let mut done = 0;
    loop {
        match core::str::from_utf8(&bytes[done..]) {
            Ok(_) => return bytes.len(),
            Err(error) => {
                done += error.valid_up_to();
                match error.error_len() {
                    Some(bad) => done += bad,
                    None => return done,
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_for_the_rest_of_a_character() {
        let smile = "a🙂".as_bytes();
        assert_eq!(whole_prefix(&smile[..1]), 1);
        assert_eq!(whole_prefix(&smile[..3]), 1);
        assert_eq!(whole_prefix(smile), 5);
    }

    #[test]
    fn does_not_wait_for_what_can_never_be_a_character() {
        assert_eq!(whole_prefix(&[b'a', 0xFF, b'b']), 3);
        assert_eq!(whole_prefix(&[0xF0, 0x9F, b'b', 0xC3]), 3);
    }
}
