//! Changes of files.

use traitscope::random::SplitMix64;

use crate::corpus::Seed;

/// Largest file that is made.
const MOST_BYTES: usize = 256 * 1024;

/// Numbers at which programs go wrong: around powers of two and at the ends of what a type holds.
const EDGES: [u64; 18] = [
    0,
    1,
    2,
    7,
    31,
    32,
    127,
    128,
    255,
    256,
    0x7fff,
    0xffff,
    0x7fff_ffff,
    0x8000_0000,
    0xffff_ffff,
    0x1_0000_0000,
    0x7fff_ffff_ffff_ffff,
    0xffff_ffff_ffff_ffff,
];

/// What means something in one of the forms.
const WORDS: [&str; 40] = [
    "null",
    "true",
    "false",
    "[]",
    "{}",
    "[[[[[[[[",
    "{\"a\":",
    "\"",
    "\\u0000",
    "\\ud800",
    "1e999",
    "-0",
    "NaN",
    "0.1",
    "\u{feff}",
    "\u{202e}",
    "\u{0}",
    "\r\n",
    "\t",
    ",",
    ",,",
    "\"\"",
    "=1+1",
    "{{",
    "}}",
    "{%",
    "%}",
    "{% for i in range(99999) %}",
    "{% endfor %}",
    "{{ x * 9999 }}",
    "{% include 'x' %}",
    "{% macro m() %}{{ m() }}{% endmacro %}",
    "messages",
    "loop.index",
    "namespace()",
    "<|im_end|>",
    "general.architecture",
    "tokenizer.ggml.tokens",
    "token_embd.weight",
    "items",
];

/// A changed file: a good one with one to eight changes.
pub fn mutated(seeds: &[Seed], random: &mut SplitMix64) -> Seed {
    let mut seed = seeds[random.below(seeds.len())].clone();
    // Few changes leave what is behind them in order, many look like no such file at all.
    let changes = 1 + random.below(8).min(random.below(8));
    for _ in 0..changes {
        change(&mut seed.bytes, seeds, random);
        seed.bytes.truncate(MOST_BYTES);
    }
    seed
}

fn change(bytes: &mut Vec<u8>, seeds: &[Seed], random: &mut SplitMix64) {
    let at = random.below(bytes.len() + 1);
    let span = |random: &mut SplitMix64| {
        let length = 1 << random.below(10);
        at..(at + 1 + random.below(length)).min(bytes.len())
    };
    match random.below(11) {
        0 if at < bytes.len() => bytes[at] ^= 1 << random.below(8),
        1 if at < bytes.len() => bytes[at] = random.next_u64() as u8,
        2 => drop(bytes.drain(span(random))),
        3 => {
            let copy = bytes[span(random)].to_vec();
            let times = 1 + random.below(8);
            bytes.splice(at..at, copy.repeat(times));
        }
        4 => {
            let other = &seeds[random.below(seeds.len())].bytes;
            let from = random.below(other.len() + 1);
            let until = (from + 1 + random.below(1024)).min(other.len());
            bytes.splice(at..at, other[from..until].iter().copied());
        }
        5 => bytes.truncate(at),
        6 | 7 => number(bytes, at, random),
        8 => digits(bytes, at, random),
        9 => {
            let word = WORDS[random.below(WORDS.len())].bytes();
            bytes.splice(at..at, word);
        }
        _ => {
            let word = WORDS[random.below(WORDS.len())].bytes();
            bytes.splice(span(random), word);
        }
    }
}

/// Writes an edge, or what stands there and a little, over four or eight bytes.
fn number(bytes: &mut [u8], at: usize, random: &mut SplitMix64) {
    let size = [1, 2, 4, 8][random.below(4)];
    let Some(place) = bytes.get_mut(at..at + size) else {
        return;
    };
    let mut whole = [0; 8];
    whole[..size].copy_from_slice(place);
    let edge = match random.below(2) {
        0 => EDGES[random.below(EDGES.len())],
        _ => u64::from_le_bytes(whole)
            .wrapping_add(random.below(9) as u64)
            .wrapping_sub(4),
    };
    place.copy_from_slice(&edge.to_le_bytes()[..size]);
}

/// Writes an edge in decimal over the next number in digits.
fn digits(bytes: &mut Vec<u8>, at: usize, random: &mut SplitMix64) {
    let Some(from) = bytes[at..].iter().position(u8::is_ascii_digit).map(|n| at + n) else {
        return;
    };
    let length = bytes[from..]
        .iter()
        .take_while(|byte| byte.is_ascii_digit())
        .count();
    let edge = EDGES[random.below(EDGES.len())].to_string();
    bytes.splice(from..from + length, edge.bytes());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cases_follow_from_their_seed_differ_and_stay_small() {
        let seeds: Vec<Seed> = ["one 12 two", "{\"a\": [1, 2, 3]}"]
            .map(|text| Seed {
                name: "x.json".into(),
                bytes: text.into(),
            })
            .into();
        let make = |seed| {
            let mut random = SplitMix64::new(seed);
            (0..2000)
                .map(|_| mutated(&seeds, &mut random).bytes)
                .collect::<Vec<_>>()
        };
        let cases = make(1);
        assert_eq!(cases, make(1));
        assert_ne!(cases, make(2));
        let unlike = cases.iter().collect::<std::collections::HashSet<_>>().len();
        assert!(unlike > 1700, "{unlike}");
        assert!(cases.iter().all(|case| case.len() <= MOST_BYTES));
        assert!(cases.iter().any(Vec::is_empty));
    }
}
