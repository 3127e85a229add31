//! The byte-level alphabet of GPT-2's tokenizer: every byte has a printable character of its own.
//!
//! Printable Latin-1 bytes stand for themselves; the 68 others (controls, space, DEL to 0xA0, soft hyphen) are
//! numbered upwards from U+0100 in byte order, so a space is `Ġ` (U+0120) and a newline `Ċ` (U+010A).

/// Whether a byte is its own character in the alphabet.
fn is_plain(byte: u8) -> bool {
    matches!(byte, 0x21..=0x7E | 0xA1..=0xAC | 0xAE..=0xFF)
}

/// The byte that a character of the alphabet stands for; `None` for a character outside it.
pub(super) fn byte_of(c: char) -> Option<u8> {
    let code = u32::from(c);
    if let Ok(byte) = u8::try_from(code) {
        return is_plain(byte).then_some(byte);
    }
    let rank = usize::try_from(code.checked_sub(0x100)?).ok()?;
    (0..=u8::MAX).filter(|b| !is_plain(*b)).nth(rank)
}

/// The character of a byte.
pub(super) fn char_of(byte: u8) -> char {
    if is_plain(byte) {
        return char::from(byte);
    }
    let rank = (0..byte).filter(|b| !is_plain(*b)).count();
    u32::try_from(0x100 + rank)
        .ok()
        .and_then(char::from_u32)
        .unwrap_or(char::REPLACEMENT_CHARACTER)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_characters() {
        assert_eq!(byte_of('A'), Some(b'A'));
        assert_eq!(byte_of('Ġ'), Some(b' '));
        assert_eq!(byte_of('Ċ'), Some(b'\n'));
        assert_eq!(byte_of('ĉ'), Some(b'\t'));
        assert_eq!(byte_of('Ã'), Some(0xC3));
        assert_eq!(byte_of('\u{143}'), Some(0xAD));
        assert_eq!(byte_of('\u{144}'), None);
        assert_eq!(byte_of(' '), None);
        assert_eq!(byte_of('漢'), None);
    }

    #[test]
    fn there_and_back() {
        for byte in 0..=u8::MAX {
            assert_eq!(byte_of(char_of(byte)), Some(byte));
        }
    }

    #[test]
    fn one_character_for_each_byte() {
        let mut bytes: Vec<u8> = (0u32..0x400)
            .filter_map(char::from_u32)
            .filter_map(byte_of)
            .collect();
        bytes.sort_unstable();
        assert_eq!(bytes, (0..=u8::MAX).collect::<Vec<_>>());
    }
}
