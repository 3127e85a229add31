//! Where the tokens of a forward sit and what each may attend to, as one array of words.
//!
//! Words: `[tokens]`, then four a token `[position, slot, first span, spans]`, then two a span `[start, end)`.
//! `position` counts along a token's own path (RoPE), `slot` is its row in the KV cache, spans are runs of slots
//! it may attend to. A span is cut at the token's own slot, so that the tokens of a segment share their spans and
//! each sees itself and what stands before it.

use burn::tensor::{DType, Device, Int, Tensor, TensorData};

/// Words a token takes in a plan.
pub const TOKEN_WORDS: usize = 4;

/// A run of cache slots, `start..end`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// First slot.
    pub start: u32,
    /// The slot after the last.
    pub end: u32,
}

/// A token of a forward.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// Position along the token's path, for RoPE.
    pub position: u32,
    /// Row of the KV cache.
    pub slot: u32,
    /// Index of the first span in the plan's spans.
    pub first_span: u32,
    /// How many spans.
    pub spans: u32,
}

/// Encodes a plan as words.
pub fn encode(places: &[Place], spans: &[Span]) -> Vec<u32> {
    let mut words = Vec::with_capacity(1 + places.len() * TOKEN_WORDS + spans.len() * 2);
    words.push(places.len() as u32);
    for place in places {
        words.extend([place.position, place.slot, place.first_span, place.spans]);
    }
    for span in spans {
        words.extend([span.start, span.end]);
    }
    words
}

/// The same tokens with nothing left for each to see but the last `window` slots of what it sees, which are in the order of its
/// path; `None` where each sees no more.
pub fn windowed(places: &[Place], spans: &[Span], window: usize) -> Option<(Vec<Place>, Vec<Span>)> {
    let mut left_out = false;
    let (mut own_places, mut own_spans) = (Vec::with_capacity(places.len()), Vec::new());
    for place in places {
        let seen = &spans[place.first_span as usize..][..place.spans as usize];
        let first = own_spans.len();
        let mut room = window as u32;
        for span in seen.iter().rev() {
            let end = span.end.min(place.slot + 1);
            let start = span.start.max(end.saturating_sub(room));
            left_out |= start > span.start && span.start < end;
            if start < end {
                room -= end - start;
                own_spans.push(Span { start, end });
            }
        }
        own_spans[first..].reverse();
        own_places.push(Place {
            first_span: first as u32,
            spans: (own_spans.len() - first) as u32,
            ..*place
        });
    }
    left_out.then_some((own_places, own_spans))
}

/// What a token sees, read back from the words of a plan; the CPU kernels' view of it.
pub(crate) struct View<'a> {
    words: &'a [u32],
}

impl<'a> View<'a> {
    pub(crate) fn new(words: &'a [u32]) -> Self {
        Self { words }
    }

    pub(crate) fn tokens(&self) -> usize {
        self.words[0] as usize
    }

    pub(crate) fn position(&self, token: usize) -> usize {
        self.words[1 + token * TOKEN_WORDS] as usize
    }

    pub(crate) fn slot(&self, token: usize) -> usize {
        self.words[2 + token * TOKEN_WORDS] as usize
    }

    /// The runs of slots `token` attends to, already cut at its own slot.
    pub(crate) fn spans(&self, token: usize) -> impl Iterator<Item = core::ops::Range<usize>> + '_ {
        let at = 1 + token * TOKEN_WORDS;
        let (slot, first, count) = (
            self.words[at + 1],
            self.words[at + 2] as usize,
            self.words[at + 3] as usize,
        );
        let base = 1 + self.tokens() * TOKEN_WORDS + first * 2;
        self.words[base..base + count * 2]
            .chunks_exact(2)
            .filter_map(move |span| {
                let end = span[1].min(slot + 1);
                (span[0] < end).then_some(span[0] as usize..end as usize)
            })
    }
}

/// Uploads u32 words.
pub fn upload(words: Vec<u32>, device: &Device) -> Tensor<1, Int> {
    let length = words.len();
    Tensor::from_data(TensorData::new(words, [length]), (device, DType::U32))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_cut_at_the_own_slot() {
        let spans = [Span { start: 0, end: 3 }, Span { start: 7, end: 12 }];
        let places = [
            Place {
                position: 3,
                slot: 8,
                first_span: 0,
                spans: 2,
            },
            Place {
                position: 0,
                slot: 0,
                first_span: 0,
                spans: 1,
            },
        ];
        let words = encode(&places, &spans);
        let view = View::new(&words);
        assert_eq!(view.tokens(), 2);
        assert_eq!(view.spans(0).collect::<Vec<_>>(), [0..3, 7..9]);
        assert!(view.spans(1).eq(core::iter::once(0..1)));
        assert_eq!((view.position(0), view.slot(1)), (3, 0));
    }

    #[test]
    fn a_window_leaves_the_last_slots_of_a_path() {
        let spans = [Span { start: 0, end: 4 }, Span { start: 7, end: 12 }];
        let place = |slot, spans| Place {
            position: 0,
            slot,
            first_span: 0,
            spans,
        };
        // The path of the last token is 0..4, 7..10.
        let places = [place(1, 1), place(3, 1), place(7, 2), place(9, 2)];
        let seen = |window| {
            windowed(&places, &spans, window).map(|(places, spans)| {
                let words = encode(&places, &spans);
                let view = View::new(&words);
                let of_token = |token| view.spans(token).flatten().collect::<Vec<_>>();
                [0, 1, 2, 3].map(of_token)
            })
        };
        let expected = [vec![0, 1], vec![1, 2, 3], vec![2, 3, 7], vec![7, 8, 9]];
        assert_eq!(seen(3), Some(expected));
        let expected = [vec![1], vec![3], vec![7], vec![9]];
        assert_eq!(seen(1), Some(expected));
        let expected = [
            vec![0, 1],
            vec![0, 1, 2, 3],
            vec![0, 1, 2, 3, 7],
            vec![2, 3, 7, 8, 9],
        ];
        assert_eq!(seen(5), Some(expected));
        // With room for the longest path nothing is left out.
        assert_eq!(seen(7), None);
    }
}
