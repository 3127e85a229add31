//! Prefix caching: what the prompts of one forward begin with is not computed again where the last one began alike.

use super::tree::{PromptTree, TokenBatch};

/// The tokens whose keys and values are in the first slots of the KV cache, from one forward of a tree to the next.
///
/// It knows of no other forwards: whoever runs some in between, or computes in another way from here on, starts anew.
#[derive(Debug, Default)]
pub struct PrefixCache(Vec<u32>);

impl PrefixCache {
    /// Lays `tree` out for the next forward, in which nothing before the depth `first_read` is read.
    pub fn batch(&mut self, tree: &PromptTree, first_read: usize) -> TokenBatch {
        let stem = tree.stem();
        let alike = stem.iter().zip(&self.0).take_while(|(a, b)| a == b).count();
        self.0 = stem;
        tree.batch_after(alike.min(first_read))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(paths: &[&[u32]]) -> PromptTree {
        let mut tree = PromptTree::new();
        for path in paths {
            tree.insert(path);
        }
        tree
    }

    #[test]
    fn only_what_both_begin_with_is_kept() {
        let mut cache = PrefixCache::default();
        let mut computed = |paths: &[&[u32]], first_read| cache.batch(&tree(paths), first_read).tokens;
        assert_eq!(computed(&[&[1, 2, 3, 4], &[1, 2, 3, 5]], 3), [1, 2, 3, 4, 5]);
        assert_eq!(computed(&[&[1, 2, 3, 6], &[1, 2, 7]], 2), [3, 6, 7]);
        // The slots of what follows the stem are others now.
        assert_eq!(computed(&[&[1, 2, 3, 4]], 3), [3, 4]);
        // A token that is read is computed.
        assert_eq!(computed(&[&[1, 2, 3, 4]], 1), [2, 3, 4]);
        assert_eq!(computed(&[&[1, 2, 3, 4]], 3), [4]);
        // Trees that begin in two ways leave nothing behind.
        assert_eq!(computed(&[&[1, 2], &[3]], 0), [1, 2, 3]);
        assert_eq!(computed(&[&[1, 2]], 1), [1, 2]);
    }
}
