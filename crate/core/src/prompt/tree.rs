//! Prompt trees: what several prompts share is computed once.
//!
//! Paths of tokens are inserted into a trie. In a forward each token sees its own ancestors and itself, and
//! counts its position along its own path, so that every leaf gets what it would get in a forward of its own.

use crate::ops::plan::{Place, Span};

/// A token in a tree.
pub type NodeId = usize;

#[derive(Clone)]
struct Node {
    token: u32,
    depth: u32,
    parent: Option<NodeId>,
    children: Vec<NodeId>,
}

/// Several token sequences as one trie.
#[derive(Clone, Default)]
pub struct PromptTree {
    nodes: Vec<Node>,
    roots: Vec<NodeId>,
}

impl PromptTree {
    /// An empty tree.
    pub fn new() -> Self {
        Self::default()
    }

    /// Tokens in the tree, shared ones counted once.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Whether nothing was inserted.
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// How many tokens inserting `paths` would add.
    pub fn added_by<'a>(&self, paths: impl Iterator<Item = &'a [u32]>) -> usize {
        let mut copy = self.clone();
        paths.for_each(|path| {
            copy.insert(path);
        });
        copy.len() - self.len()
    }

    /// Adds a path from the root; returns the node of each of its tokens.
    pub fn insert(&mut self, path: &[u32]) -> Vec<NodeId> {
        let mut parent = None;
        let mut ids = Vec::with_capacity(path.len());
        for token in path {
            let siblings = parent.map_or(&self.roots, |id: NodeId| &self.nodes[id].children);
            let found = siblings
                .iter()
                .copied()
                .find(|&child| self.nodes[child].token == *token);
            let id = found.unwrap_or_else(|| self.add(*token, parent));
            ids.push(id);
            parent = Some(id);
        }
        ids
    }

    fn add(&mut self, token: u32, parent: Option<NodeId>) -> NodeId {
        let id = self.nodes.len();
        let depth = parent.map_or(0, |parent| self.nodes[parent].depth + 1);
        self.nodes.push(Node {
            token,
            depth,
            parent,
            children: Vec::new(),
        });
        match parent {
            Some(parent) => self.nodes[parent].children.push(id),
            None => self.roots.push(id),
        }
        id
    }

    /// Lays the tree out for a forward, depth first, in cache slots from 0.
    pub fn batch(&self) -> TokenBatch {
        let mut batch = TokenBatch {
            row_of_node: vec![0; self.nodes.len()],
            ..TokenBatch::default()
        };
        let mut pending: Vec<NodeId> = self.roots.iter().rev().copied().collect();
        // Spans of the segment each finished node belongs to, for its children to start from.
        let mut segment: Vec<(u32, u32)> = vec![(0, 0); self.nodes.len()];
        while let Some(first) = pending.pop() {
            let start = batch.tokens.len() as u32;
            let mut spans: Vec<Span> = match self.nodes[first].parent {
                Some(parent) => {
                    let (first, count) = segment[parent];
                    batch.spans[first as usize..(first + count) as usize].to_vec()
                }
                None => Vec::new(),
            };
            let mut chain = vec![first];
            let mut last = first;
            while let [only] = self.nodes[last].children[..] {
                chain.push(only);
                last = only;
            }
            let end = start + chain.len() as u32;
            match spans.last_mut() {
                Some(span) if span.end == start => span.end = end,
                _ => spans.push(Span { start, end }),
            }
            let own = (batch.spans.len() as u32, spans.len() as u32);
            batch.spans.extend(spans);
            for id in chain {
                let slot = batch.tokens.len() as u32;
                batch.row_of_node[id] = slot as usize;
                batch.tokens.push(self.nodes[id].token);
                let position = self.nodes[id].depth;
                batch.places.push(Place {
                    position,
                    slot,
                    first_span: own.0,
                    spans: own.1,
                });
                segment[id] = own;
            }
            pending.extend(self.nodes[last].children.iter().rev());
        }
        batch
    }
}

/// Tokens of a forward in the order they are computed, each with its place.
#[derive(Debug, Clone, Default)]
pub struct TokenBatch {
    /// Token ids.
    pub tokens: Vec<u32>,
    /// Place of each token.
    pub places: Vec<Place>,
    /// Spans the places refer to.
    pub spans: Vec<Span>,
    /// Row of each node of the tree this came from.
    pub row_of_node: Vec<usize>,
}

impl TokenBatch {
    /// One sequence whose first token stands at position and slot `past`, after `past` cached tokens.
    pub fn sequence(tokens: &[u32], past: usize) -> Self {
        let end = (past + tokens.len()) as u32;
        let place = |position| Place {
            position,
            slot: position,
            first_span: 0,
            spans: 1,
        };
        Self {
            tokens: tokens.to_vec(),
            places: (past as u32..end).map(place).collect(),
            spans: vec![Span { start: 0, end }],
            row_of_node: (0..tokens.len()).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The slots a row sees, in order.
    fn seen(batch: &TokenBatch, row: usize) -> Vec<u32> {
        let place = batch.places[row];
        let spans = &batch.spans[place.first_span as usize..(place.first_span + place.spans) as usize];
        spans
            .iter()
            .flat_map(|span| span.start..span.end.min(place.slot + 1))
            .collect()
    }

    #[test]
    fn every_token_sees_exactly_its_own_path() {
        let paths: [&[u32]; 5] = [&[1, 2, 3, 4], &[1, 2, 3, 5, 6], &[1, 2, 7], &[9], &[1, 2, 3, 5]];
        let mut tree = PromptTree::new();
        let nodes: Vec<_> = paths.iter().map(|path| tree.insert(path)).collect();
        assert_eq!(tree.len(), 8);
        assert_eq!(
            tree.added_by([&[1, 2, 8, 8][..], &[1, 2, 8, 9], &[9]].into_iter()),
            3
        );
        let batch = tree.batch();
        for (path, ids) in paths.iter().zip(&nodes) {
            for (depth, id) in ids.iter().enumerate() {
                let row = batch.row_of_node[*id];
                assert_eq!(batch.places[row].position as usize, depth);
                let tokens: Vec<u32> = seen(&batch, row)
                    .iter()
                    .map(|slot| batch.tokens[*slot as usize])
                    .collect();
                assert_eq!(tokens, path[..=depth]);
            }
        }
    }

    #[test]
    fn a_sequence_sees_the_cache_before_it() {
        let batch = TokenBatch::sequence(&[7, 8], 3);
        assert_eq!(seen(&batch, 0), [0, 1, 2, 3]);
        assert_eq!(seen(&batch, 1), [0, 1, 2, 3, 4]);
        assert_eq!(batch.places[1].position, 4);
    }
}
