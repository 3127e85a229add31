//! Where the two columns of a head lie that the rotary embedding turns together.
//!
//! The kernels ([`crate::ops::rope`]) turn neighbours, as the paper has it (arXiv 2104.09864, section 3.2.2). GPT-NeoX, and
//! most models since, pair column `i` with `i + dim / 2`. A score is a sum over the columns of a head, so their order is free
//! as long as queries and keys have the same one: whatever makes queries or keys is put into the order of the kernels once,
//! while loading. Only whole rows move, so packed weights stay as they are.

/// The order in which a file has the columns of a query or key head.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pairs {
    /// `(2i, 2i + 1)`.
    Neighbours,
    /// `(i, i + dim / 2)`.
    Halves,
}

impl Pairs {
    /// Puts what makes each column, `size` elements one after the other, into the order of the kernels.
    pub(super) fn arrange<T: Copy>(self, values: &mut [T], dim: usize, size: usize) {
        if self == Self::Neighbours {
            return;
        }
        for head in values.chunks_exact_mut(dim * size) {
            let old = head.to_vec();
            for (column, place) in head.chunks_exact_mut(size).enumerate() {
                let from = column % 2 * (dim / 2) + column / 2;
                place.copy_from_slice(&old[from * size..][..size]);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_turned_together_comes_to_stand_side_by_side() {
        // Two heads of six columns, each made by two values.
        let rows: Vec<u32> = (0..24).collect();
        let mut found = rows.clone();
        Pairs::Neighbours.arrange(&mut found, 6, 2);
        assert_eq!(found, rows);
        Pairs::Halves.arrange(&mut found, 6, 2);
        let head = [0, 1, 6, 7, 2, 3, 8, 9, 4, 5, 10, 11];
        assert_eq!(found, [head, head.map(|value| value + 12)].concat());
    }
}
