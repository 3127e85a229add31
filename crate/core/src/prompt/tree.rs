//! Prompt trees: what several prompts share is computed once.
//!
//! Paths of tokens are inserted into a trie. In a forward each token sees its own ancestors and itself, and
//! counts its position along its own path, so that every leaf gets what it would get in a forward of its own.

use super::Role;
use crate::ops::plan::{Place, Span};

/// A token in a tree.
pub type NodeId = usize;

/// In the place of the row of a node that has none; no forward takes it for one.
const NO_ROW: usize = usize::MAX;

#[derive(Clone)]
struct Node {
    token: u32,
    role: Role,
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

    /// Adds a path from the root; returns the node of each of its tokens.
    pub fn insert(&mut self, path: &[u32]) -> Vec<NodeId> {
        self.insert_as(path, &vec![Role::Prompt; path.len()])
    }

    /// Adds a path whose tokens play these roles, and shares only what plays the same one, because an edit may tell them
    /// apart.
    pub fn insert_as(&mut self, path: &[u32], roles: &[Role]) -> Vec<NodeId> {
        let mut parent = None;
        let mut ids = Vec::with_capacity(path.len());
        for (token, role) in path.iter().zip(roles) {
            let siblings = parent.map_or(&self.roots, |id: NodeId| &self.nodes[id].children);
            let same = |child: &NodeId| {
                let node = &self.nodes[*child];
                (node.token, node.role) == (*token, *role)
            };
            let found = siblings.iter().copied().find(same);
            let id = found.unwrap_or_else(|| self.add(*token, *role, parent));
            ids.push(id);
            parent = Some(id);
        }
        ids
    }

    fn add(&mut self, token: u32, role: Role, parent: Option<NodeId>) -> NodeId {
        let id = self.nodes.len();
        let depth = parent.map_or(0, |parent| self.nodes[parent].depth + 1);
        self.nodes.push(Node {
            token,
            role,
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

    /// The tokens that all paths begin with.
    pub fn stem(&self) -> Vec<u32> {
        let mut stem = Vec::new();
        let mut siblings = &self.roots;
        while let [only] = siblings[..] {
            stem.push(self.nodes[only].token);
            siblings = &self.nodes[only].children;
        }
        stem
    }

    /// Lays the tree out for a forward, depth first, in cache slots from 0.
    pub fn batch(&self) -> TokenBatch {
        self.batch_after(0)
    }

    /// The same without the first `kept` tokens of the stem, whose keys and values the cache still has in its first slots.
    ///
    /// The others attend to them. They have no rows of their own, so nothing can be read there.
    pub fn batch_after(&self, kept: usize) -> TokenBatch {
        let mut batch = TokenBatch {
            row_of_node: vec![NO_ROW; self.nodes.len()],
            stem: self.stem(),
            ..TokenBatch::default()
        };
        let mut slots = 0;
        let mut pending: Vec<NodeId> = self.roots.iter().rev().copied().collect();
        // Spans of the segment each finished node belongs to, for its children to start from.
        let mut segment: Vec<(u32, u32)> = vec![(0, 0); self.nodes.len()];
        while let Some(first) = pending.pop() {
            let start = slots;
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
                segment[id] = own;
                let slot = slots;
                slots += 1;
                if (slot as usize) < kept {
                    continue;
                }
                batch.row_of_node[id] = batch.tokens.len();
                batch.tokens.push(self.nodes[id].token);
                batch.roles.push(self.nodes[id].role);
                batch.places.push(Place {
                    position: self.nodes[id].depth,
                    slot,
                    first_span: own.0,
                    spans: own.1,
                });
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
    /// Role of each token: [`Role::Prompt`] where nothing else was said.
    pub roles: Vec<Role>,
    /// Place of each token.
    pub places: Vec<Place>,
    /// Spans the places refer to.
    pub spans: Vec<Span>,
    /// Row of each node of the tree this came from, [`usize::MAX`] for one that is not computed.
    pub row_of_node: Vec<usize>,
    /// The tokens that all its paths begin with, in the first slots of the cache when it has been computed; empty where
    /// that is not known.
    pub stem: Vec<u32>,
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
            roles: vec![Role::Prompt; tokens.len()],
            places: (past as u32..end).map(place).collect(),
            spans: vec![Span { start: 0, end }],
            row_of_node: (0..tokens.len()).collect(),
            stem: Vec::new(),
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
    fn a_token_is_shared_only_in_the_same_role() {
        let mut tree = PromptTree::new();
        let short = tree.insert_as(&[1, 2, 3], &Role::of(2, 0, 3));
        let long = tree.insert_as(&[1, 2, 3], &Role::of(3, 0, 3));
        assert_eq!(short[0], long[0]);
        assert_ne!(short[1], long[1]);
        let batch = tree.batch();
        let role = |id: NodeId| batch.roles[batch.row_of_node[id]];
        assert_eq!([role(short[1]), role(short[2])], [Role::Last, Role::Response]);
        assert_eq!([role(long[1]), role(long[2])], [Role::Prompt, Role::Last]);
    }

    #[test]
    fn what_the_cache_keeps_is_seen_and_not_computed() {
        let paths: [&[u32]; 3] = [&[1, 2, 3, 4], &[1, 2, 3, 5, 6], &[1, 2, 3]];
        let mut tree = PromptTree::new();
        let nodes: Vec<_> = paths.iter().map(|path| tree.insert(path)).collect();
        assert_eq!(tree.stem(), [1, 2, 3]);
        let whole = tree.batch();
        for kept in 0..=3 {
            let batch = tree.batch_after(kept);
            assert_eq!(batch.tokens, whole.tokens[kept..]);
            assert_eq!(batch.places, whole.places[kept..]);
            assert_eq!(batch.spans, whole.spans);
            for id in nodes.iter().flatten() {
                let row = whole.row_of_node[*id];
                assert_eq!(batch.row_of_node[*id], row.checked_sub(kept).unwrap_or(NO_ROW));
            }
        }
        tree.insert(&[9]);
        assert!(tree.stem().is_empty());
        assert!(PromptTree::new().stem().is_empty());
    }

    #[test]
    fn a_sequence_sees_the_cache_before_it() {
        let batch = TokenBatch::sequence(&[7, 8], 3);
        assert_eq!(seen(&batch, 0), [0, 1, 2, 3]);
        assert_eq!(seen(&batch, 1), [0, 1, 2, 3, 4]);
        assert_eq!(batch.places[1].position, 4);
    }
}
